//! Blue/green deployments of ECS services in motion (CodeDeploy User Guide,
//! "Deployments on an Amazon ECS compute platform").
//!
//! [`state`] is what there is. A deployment [`begin`]s, installs a
//! replacement task set and waits for it ([`install`]), shows it to test
//! traffic and waits for a person ([`ready`]), shifts production traffic
//! ([`shift`]), waits again and lets the original go ([`terminate`]); what goes
//! wrong or is stopped ends it, and rolls back where it is set to ([`end`]).

mod appspec;
mod begin;
mod due;
mod end;
mod install;
mod ready;
mod shift;
mod state;
mod terminate;
mod traffic;

pub(crate) use appspec::AppSpec;
pub(crate) use due::{Due, due, observe};
pub(crate) use end::{Cause, end, rolls_back_on};
pub(crate) use ready::reroute;
pub(crate) use state::{Creator, Deployment, Phase, Status, TaskSet, lifecycle};
pub(crate) use terminate::let_go;

use crate::context::Cx;

/// A new deployment's id: `d-` and nine capital letters and digits.
pub(crate) fn new_id(cx: &mut Cx) -> String {
    let letters = cx.unique_id("");
    format!("d-{}", &letters[..letters.len().min(9)])
}
