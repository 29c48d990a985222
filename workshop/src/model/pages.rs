//! What each page shows.

use serde::{Deserialize, Serialize};

use super::{Evidence, Frame, Outcome, PreFlightView, Timestamp};
use crate::blueprint::{Kind, Micros, Step, Variables};

/// The three ways to do a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// By a form on the page.
    #[default]
    Form,
    /// By AWS CLI and git.
    Cli,
    /// In the AWS console.
    Console,
}

/// The first page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartPage {
    /// Top bar and rail.
    pub frame: Frame,
    /// What one needs, checked where that is possible.
    pub prerequisites: Vec<Prerequisite>,
    /// Whether anything was done yet.
    pub begun: bool,
    /// This attendee's values, for the set-up of the CLI.
    pub variables: Variables,
}

/// Something that one needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prerequisite {
    /// What, in a few words.
    pub title: String,
    /// What was seen, or why it is needed.
    pub detail: String,
    /// The verdict, where it could be checked.
    pub outcome: Option<Outcome>,
    /// What to do where it is missing.
    pub remedy: Option<String>,
}

/// The overview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// Top bar and rail.
    pub frame: Frame,
    /// The state of every resource.
    pub resources: Vec<ResourceView>,
    /// What the steps yielded.
    pub yields: Vec<YieldView>,
    /// The pre-flight, once the last step has passed.
    pub pre_flight: Option<PreFlightView>,
}

/// A resource as the map and the lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResourceView {
    /// Which one.
    pub kind: Kind,
    /// Its name in this account.
    pub name: String,
    /// Its state.
    pub state: NodeState,
    /// What it costs an hour now.
    pub cost_per_hour: Micros,
}

/// The state of a resource on the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NodeState {
    /// Never looked at, or not there.
    Absent,
    /// On its way.
    Coming,
    /// There and right.
    Right,
    /// There and wrong.
    Wrong,
    /// It could not be looked at.
    Unknown,
}

/// A node's state by its id, for the live map.
pub type MapNode = (Kind, NodeState);

/// A step's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepPage {
    /// Top bar and rail.
    pub frame: Frame,
    /// The step.
    pub step: Step,
    /// The form, with what was entered before and what of it was refused.
    pub form: Vec<FormGroup>,
    /// The last check.
    pub evidence: Option<Evidence>,
    /// What went wrong with the last action, in sentences; it is shown once.
    pub problem: Option<String>,
    /// What the step yields, as far as it is known.
    pub yields: Vec<YieldView>,
    /// The state of every resource, for the map.
    pub resources: Vec<ResourceView>,
    /// This attendee's values, for the text.
    pub variables: Variables,
    /// The pre-flight, at the end of the last step.
    pub pre_flight: Option<PreFlightView>,
}

/// The fields of one resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormGroup {
    /// The resource.
    pub kind: Kind,
    /// Its name.
    pub name: String,
    /// Whether it is there already, so that the form would not make it.
    pub exists: bool,
    /// What it would cost an hour.
    pub price: Micros,
    /// Its fields.
    pub fields: Vec<FieldView>,
}

/// A field with its value. Its label and help are the blueprint's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldView {
    /// `<kind>.<key>`.
    pub name: String,
    /// What was entered, or else the workshop's value. Never a password.
    pub value: String,
    /// Why it was refused.
    pub error: Option<String>,
}

/// A value that a step yields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct YieldView {
    /// The step that yields it.
    pub step: Step,
    /// The variable's name.
    pub variable: String,
    /// Its label.
    pub label: String,
    /// The value; `None` while the step has not yielded it.
    pub value: Option<String>,
}

/// What came of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Provisioned {
    /// It is made, and checked.
    Made {
        /// How many resources were made now.
        made: u32,
        /// When.
        at: Timestamp,
    },
    /// Nothing was sent: some answers cannot be; the page shows which.
    Refused,
}
