//! What every page shows around its content.

use serde::{Deserialize, Serialize};

use super::{AccountBadge, StepState, Timestamp};
use crate::blueprint::{Micros, Step};

/// The top bar and the rail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    /// The workspace's name.
    pub workspace: String,
    /// Which account the pages change.
    pub account: AccountBadge,
    /// What exists now costs this much an hour.
    pub cost_per_hour: Micros,
    /// The steps.
    pub rail: Vec<RailItem>,
    /// The server's time when this was put together.
    pub now: Timestamp,
}

/// A step in the rail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RailItem {
    /// The step.
    pub step: Step,
    /// Its state.
    pub state: StepState,
}

impl Frame {
    /// How many steps are done.
    pub fn done(&self) -> usize {
        self.rail.iter().filter(|item| item.state.is_done()).count()
    }

    /// The minutes of the steps that are done.
    pub fn minutes_done(&self) -> u32 {
        self.rail
            .iter()
            .filter(|item| item.state.is_done())
            .map(|item| item.step.minutes())
            .sum()
    }

    /// The minutes of the steps that are open.
    pub fn minutes_left(&self) -> u32 {
        self.rail
            .iter()
            .filter(|item| !item.state.is_done())
            .map(|item| item.step.minutes())
            .sum()
    }

    /// The first step that is not done.
    pub fn first_open(&self) -> Option<Step> {
        self.rail
            .iter()
            .find(|item| !item.state.is_done())
            .map(|item| item.step)
    }
}
