//! How far a step is.

use serde::{Deserialize, Serialize};

use super::{Outcome, Timestamp};

/// The state of a step for one attendee.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// Never checked.
    NotBegun,
    /// As its last check said.
    Checked {
        /// The outcome.
        outcome: Outcome,
        /// Whether it passed with a warning.
        warning: bool,
    },
    /// It had passed, and does no more.
    Broken {
        /// When that was noticed.
        since: Timestamp,
    },
}

impl StepState {
    /// Whether the step is done.
    pub const fn is_done(self) -> bool {
        matches!(
            self,
            Self::Checked {
                outcome: Outcome::Passed,
                ..
            }
        )
    }

    /// The sign in the rail.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::NotBegun => "–",
            Self::Checked { outcome, .. } => outcome.sign(),
            Self::Broken { .. } => "✕",
        }
    }

    /// The word that goes with the sign.
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotBegun => "not begun",
            Self::Checked {
                outcome: Outcome::Passed,
                warning: true,
            } => "passed with a warning",
            Self::Checked { outcome, .. } => outcome.word(),
            Self::Broken { .. } => "broken",
        }
    }

    /// The CSS class that goes with it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NotBegun => "not-begun",
            Self::Checked { outcome, .. } => outcome.key(),
            Self::Broken { .. } => "wrong",
        }
    }
}
