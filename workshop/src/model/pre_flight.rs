//! What a pre-flight found: whether a push would lead to a deployment that gets through.

use serde::{Deserialize, Serialize};

use super::{Finding, Frame, Outcome, Timestamp};

/// A thing that a deployment needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PreFlightItem {
    /// Room for the replacement beside the original.
    Capacity,
    /// Visitors reach the balancer, and the balancer the ports that Docker chooses.
    Ports,
    /// The image, and what else a task is started from.
    Image,
    /// The files of the branch, the build and the pipeline fit together.
    Files,
    /// Both target groups are as `CodeDeploy` wants them.
    TargetGroups,
    /// Nothing is being released already.
    Quiet,
    /// The connection to GitLab is available.
    Connection,
    /// The roles may do what they have to.
    Roles,
}

impl PreFlightItem {
    /// Every item, in the order in which they are shown.
    pub const ALL: [Self; 8] = [
        Self::Capacity,
        Self::Ports,
        Self::Image,
        Self::Files,
        Self::TargetGroups,
        Self::Quiet,
        Self::Connection,
        Self::Roles,
    ];

    /// The name used in the page's marks.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Capacity => "capacity",
            Self::Ports => "ports",
            Self::Image => "image",
            Self::Files => "files",
            Self::TargetGroups => "target_groups",
            Self::Quiet => "quiet",
            Self::Connection => "connection",
            Self::Roles => "roles",
        }
    }

    /// What has to be so, in a few words.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Capacity => "Room for twice the tasks",
            Self::Ports => "The ports are open",
            Self::Image => "The image is there",
            Self::Files => "Files, build and pipeline fit together",
            Self::TargetGroups => "Both target groups are ready",
            Self::Quiet => "Nothing is being released",
            Self::Connection => "The connection is available",
            Self::Roles => "The roles may do their work",
        }
    }
}

/// What was found of one item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemReport {
    /// Which one.
    pub item: PreFlightItem,
    /// What was seen, in numbers and names: a sentence.
    pub evidence: String,
    /// What was looked at, row by row.
    pub findings: Vec<Finding>,
}

impl ItemReport {
    /// The outcome of the item: the row that needs attention most.
    pub fn outcome(&self) -> Outcome {
        Outcome::of_all(self.findings.iter().map(|finding| finding.outcome))
    }

    /// The rows that did not pass.
    pub fn misses(&self) -> impl Iterator<Item = &Finding> {
        self.findings
            .iter()
            .filter(|finding| finding.outcome != Outcome::Passed)
    }

    /// The rows that passed with a warning.
    pub fn warnings(&self) -> impl Iterator<Item = &Finding> {
        self.findings
            .iter()
            .filter(|finding| finding.warning.is_some())
    }
}

/// A pre-flight: one look at all that a deployment needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreFlight {
    /// When the account was looked at.
    pub checked_at: Timestamp,
    /// The items, each once.
    pub items: Vec<ItemReport>,
}

impl PreFlight {
    /// The outcome of the whole: the item that needs attention most.
    pub fn outcome(&self) -> Outcome {
        Outcome::of_all(self.items.iter().map(ItemReport::outcome))
    }

    /// How many items have this outcome.
    pub fn count(&self, outcome: Outcome) -> usize {
        self.items
            .iter()
            .filter(|report| report.outcome() == outcome)
            .count()
    }
}

/// A pre-flight as a page shows it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreFlightView {
    /// The last one; `None` while there was none.
    pub last: Option<PreFlight>,
    /// What went wrong with the last action, in sentences.
    pub problem: Option<String>,
}

/// The page of the pre-flight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreFlightPage {
    /// Top bar and rail.
    pub frame: Frame,
    /// What was found.
    pub view: PreFlightView,
}
