//! What crosses the wire: plain data, serialisable, without behaviour beyond small readings.

mod account;
mod evidence;
mod frame;
mod observation;
mod pages;
mod pre_flight;
mod progress;
mod surroundings;
mod time;

pub use account::{AccountBadge, AccountKind, Who};
pub use evidence::{Evidence, Finding, Outcome};
pub use frame::{Frame, Goal, RailItem};
pub use observation::{Fact, Facts, Near, Observation, Phase, Trouble};
pub use pages::{
    FieldView, FormGroup, MapNode, NodeState, Overview, Prerequisite, Provisioned, ResourceView,
    StartPage, StepPage, Way, YieldView,
};
pub use pre_flight::{ItemReport, PreFlight, PreFlightItem, PreFlightPage, PreFlightView};
pub use progress::StepState;
pub use surroundings::{Instance, Resources, Surroundings, TaskCount, Traffic, UnderWay};
pub use time::Timestamp;
