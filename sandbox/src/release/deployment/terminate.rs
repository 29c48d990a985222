//! The wait before the original goes, and its end.

use super::due::{Due, plan};
use super::end;
use super::state::{Deployment, Phase, Status, get, with};
use crate::clock::Millis;
use crate::context::Cx;
use crate::services::codedeploy::TerminationAction;
use crate::services::ecs;

/// Keeps the original for as long as was set, so that one can still go back to it.
pub(super) fn wait(cx: &mut Cx, deployment: &Deployment) {
    let (id, now) = (&deployment.id, cx.now);
    let blue_green = deployment.settings.blue_green.as_ref();
    let option =
        blue_green.and_then(|it| it.terminate_blue_instances_on_deployment_success.as_ref());
    let minutes = option.and_then(|option| option.termination_wait_time_in_minutes);
    let until: Millis = now + minutes.unwrap_or(0) * 60_000;
    with(cx, id, |deployment| {
        deployment.phase = Phase::Terminating { until };
        deployment.updated = now;
    });
    if until == now {
        let_go(cx, id);
    } else {
        plan(cx, until, Due::Terminate(id.clone()));
    }
}

/// Lets the original go, unless it is to be kept: the deployment has succeeded.
pub(crate) fn let_go(cx: &mut Cx, id: &str) {
    let Some(deployment) = get(cx, id) else {
        return;
    };
    let blue_green = deployment.settings.blue_green.as_ref();
    let option =
        blue_green.and_then(|it| it.terminate_blue_instances_on_deployment_success.as_ref());
    let kept = option.and_then(|option| option.action) == Some(TerminationAction::KeepAlive);
    if let Some(blue) = deployment.blue.as_ref().filter(|_| !kept) {
        let (cluster, service) = deployment.service();
        // One that is gone already is none to let go.
        let _ = ecs::delete_task_set(cx, cluster, service, &blue.id);
    }
    end::close(cx, id, Status::Succeeded, None);
}
