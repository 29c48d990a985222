//! What a check found.

use serde::{Deserialize, Serialize};

use super::Timestamp;
use crate::blueprint::{Kind, Step};

/// The outcome of a check, or of one row of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// As the workshop wants it, perhaps with a warning.
    Passed,
    /// Not as the workshop needs it.
    Wrong,
    /// Still being made; it is looked at again by itself.
    NotYet,
    /// It could not be looked at; never the attendee's fault.
    CouldNotTell,
}

impl Outcome {
    /// The sign that goes with the word.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Passed => "✓",
            Self::Wrong => "✕",
            Self::NotYet => "◔",
            Self::CouldNotTell => "?",
        }
    }

    /// The word that goes with the sign.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Wrong => "wrong",
            Self::NotYet => "not yet",
            Self::CouldNotTell => "could not tell",
        }
    }

    /// The outcome of several together: the one that needs attention most.
    pub fn of_all(outcomes: impl Iterator<Item = Self> + Clone) -> Self {
        [Self::Wrong, Self::CouldNotTell, Self::NotYet]
            .into_iter()
            .find(|outcome| outcomes.clone().any(|other| other == *outcome))
            .unwrap_or(Self::Passed)
    }

    /// The name used in the database and as a CSS class.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Wrong => "wrong",
            Self::NotYet => "not-yet",
            Self::CouldNotTell => "could-not-tell",
        }
    }
}

/// One row of the evidence: one thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The resource.
    pub kind: Kind,
    /// The setting's key; `exists` and `status` are about the resource as a whole.
    pub setting: String,
    /// What was looked at, in words.
    pub looked_at: String,
    /// The resource's name.
    pub name: String,
    /// What was expected.
    pub expected: String,
    /// What was found.
    pub found: String,
    /// The verdict.
    pub outcome: Outcome,
    /// Why a passed row is not wise.
    pub warning: Option<String>,
    /// The likely cause of a miss.
    pub cause: Option<String>,
    /// What to do about it.
    pub remedy: Option<String>,
    /// Whether the panel can put it right.
    pub fixable: bool,
    /// Where the AWS console shows it.
    pub console: Option<String>,
}

/// A check of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The step.
    pub step: Step,
    /// When the account was looked at.
    pub checked_at: Timestamp,
    /// The rows, in the order of the resources.
    pub findings: Vec<Finding>,
}

impl Evidence {
    /// The outcome of the whole: the row that needs attention most.
    pub fn outcome(&self) -> Outcome {
        Outcome::of_all(self.findings.iter().map(|finding| finding.outcome))
    }

    /// How many rows have this outcome.
    pub fn count(&self, outcome: Outcome) -> usize {
        self.findings
            .iter()
            .filter(|finding| finding.outcome == outcome)
            .count()
    }

    /// Whether a row passed with a warning.
    pub fn has_warning(&self) -> bool {
        self.findings
            .iter()
            .any(|finding| finding.warning.is_some())
    }
}
