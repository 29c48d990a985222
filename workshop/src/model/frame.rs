//! What every page shows around its content.

use serde::{Deserialize, Serialize};

use super::{AccountBadge, Outcome, StepState, Timestamp};
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
    /// What the workspace is being brought to, or was, until it stopped.
    pub goal: Option<Goal>,
    /// The last pre-flight's outcome, and when it was.
    pub pre_flight: Option<(Outcome, Timestamp)>,
    /// The server's time when this was put together.
    pub now: Timestamp,
}

/// Everything up to and with a step, made at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goal {
    /// The last step.
    pub step: Step,
    /// Why it stopped; `None` while it is under way.
    pub problem: Option<String>,
}

impl Goal {
    /// Whether it is under way.
    pub const fn is_open(&self) -> bool {
        self.problem.is_none()
    }
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
