//! Test traffic, and the wait for a person.

use std::time::Duration;

use super::due::{Due, plan};
use super::shift;
use super::state::{Deployment, Phase, Status, get, with};
use super::traffic;
use crate::clock::Millis;
use crate::context::Cx;
use crate::services::codedeploy::ReadyAction;

/// How long a listener takes to send its traffic elsewhere.
pub(super) const SWITCH: Duration = Duration::from_secs(5);

/// Shows the replacement to test traffic, where there is a listener for it.
pub(super) fn test(cx: &mut Cx, id: &str) {
    let now = cx.now;
    with(cx, id, |deployment| {
        deployment.phase = Phase::Testing;
        deployment.enter("AllowTestTraffic", now);
    });
    if let Some(deployment) = get(cx, id) {
        traffic::send(cx, &deployment, deployment.settings.test_listener(), 100);
    }
    let at = cx.after(SWITCH);
    plan(cx, at, Due::Tested(id.to_owned()));
}

/// Test traffic arrives: on at once, or when a person says so, who is given
/// their time in full.
pub(super) fn wait(cx: &mut Cx, deployment: &Deployment) {
    let (id, now) = (&deployment.id, cx.now);
    with(cx, id, |deployment| {
        deployment.pass("AllowTestTraffic", now);
        deployment.pass("AfterAllowTestTraffic", now);
    });
    let blue_green = deployment.settings.blue_green.as_ref();
    let option = blue_green.and_then(|it| it.deployment_ready_option.as_ref());
    let minutes = option
        .filter(|option| option.action_on_timeout == Some(ReadyAction::StopDeployment))
        .and_then(|option| option.wait_time_in_minutes);
    match minutes {
        Some(minutes) => {
            let until: Millis = now + minutes * 60_000;
            with(cx, id, |deployment| {
                deployment.status = Status::Ready;
                deployment.phase = Phase::Ready { until };
            });
            plan(cx, until, Due::ReadyTimeout(id.clone()));
        }
        None => reroute(cx, id),
    }
}

/// Begins to shift production traffic.
pub(crate) fn reroute(cx: &mut Cx, id: &str) {
    let now = cx.now;
    with(cx, id, |deployment| {
        deployment.status = Status::InProgress;
        deployment.phase = Phase::Shifting { shifted: 0 };
        deployment.pass("BeforeAllowTraffic", now);
        deployment.enter("AllowTraffic", now);
    });
    if let Some(deployment) = get(cx, id) {
        shift::shift(cx, &deployment, 0);
    }
}
