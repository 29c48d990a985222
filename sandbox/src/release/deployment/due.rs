//! What comes due in a deployment, and what it notices.

use serde::{Deserialize, Serialize};

use super::begin;
use super::end::{Cause, end, fail};
use super::install;
use super::ready;
use super::shift;
use super::state::{Phase, get};
use super::terminate;
use crate::agenda;
use crate::clock::Millis;
use crate::context::Cx;

/// The next step of a deployment, by its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Due {
    Begin(String),
    InstallTimeout(String),
    Tested(String),
    ReadyTimeout(String),
    Shift(String),
    Terminate(String),
}

/// Plans a step.
pub(super) fn plan(cx: &mut Cx, at: Millis, due: Due) {
    cx.plan(at, agenda::Due::Deployment(due));
}

/// Lets a step happen, if the deployment still waits for it.
pub(crate) fn due(cx: &mut Cx, due: Due) {
    let (Due::Begin(id)
    | Due::InstallTimeout(id)
    | Due::Tested(id)
    | Due::ReadyTimeout(id)
    | Due::Shift(id)
    | Due::Terminate(id)) = &due;
    let Some(deployment) = get(cx, id) else {
        return;
    };
    match (&due, deployment.phase) {
        (Due::Begin(_), Phase::Created) => begin::begin(cx, &deployment),
        (Due::InstallTimeout(_), Phase::Installing) => {
            let words = "The deployment timed out while waiting for the replacement task set to become \
                         healthy. This time out period is 60 minutes.";
            fail(cx, id, "TIMEOUT", words.to_owned());
        }
        (Due::Tested(_), Phase::Testing) => ready::wait(cx, &deployment),
        (Due::ReadyTimeout(_), Phase::Ready { .. }) => end(cx, id, Cause::NotRerouted),
        (Due::Shift(_), Phase::Shifting { shifted }) => shift::shift(cx, &deployment, shifted),
        (Due::Terminate(_), Phase::Terminating { .. }) => terminate::let_go(cx, id),
        _ => {}
    }
}

/// Looks at the replacements that are waited for, after a change of whatever kind.
pub(crate) fn observe(cx: &mut Cx) {
    let Some(region) = cx.account.regions.get(cx.region) else {
        return;
    };
    let deployments = region.codedeploy.deployments.iter();
    let installing = deployments.filter(|deployment| deployment.phase == Phase::Installing);
    let installing = installing.cloned().collect::<Vec<_>>();
    for deployment in installing {
        install::look(cx, &deployment);
    }
}
