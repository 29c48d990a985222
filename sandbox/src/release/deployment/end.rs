//! Deployments that end otherwise than well, and what is rolled back.

use super::state::{Creator, Deployment, EventStatus, Phase, Status, get, lifecycle, with};
use super::traffic;
use crate::context::Cx;
use crate::release::pipeline;
use crate::services::codedeploy::RollbackEvent;
use crate::services::ecs;

/// Why a deployment is ended before its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cause {
    /// Somebody stopped it, and wants it rolled back or not.
    Stopped { roll_back: bool },
    /// Nobody rerouted traffic in time.
    NotRerouted,
}

/// Fails a deployment with a code and a sentence.
pub(super) fn fail(cx: &mut Cx, id: &str, code: &str, words: String) {
    let Some(deployment) = get(cx, id) else {
        return;
    };
    let roll_back = rolls_back_on(&deployment, RollbackEvent::DeploymentFailure);
    finish(
        cx,
        &deployment,
        Status::Failed,
        (code.to_owned(), words),
        roll_back,
    );
}

/// Ends a deployment that still goes on.
pub(crate) fn end(cx: &mut Cx, id: &str, cause: Cause) {
    let Some(deployment) = get(cx, id) else {
        return;
    };
    let (code, words, roll_back) = match cause {
        Cause::Stopped { roll_back } => {
            ("MANUAL_STOP", "Deployment was stopped by user.", roll_back)
        }
        Cause::NotRerouted => (
            "TIMEOUT",
            "The deployment was stopped because traffic was not rerouted within the wait time.",
            rolls_back_on(&deployment, RollbackEvent::DeploymentStopOnRequest),
        ),
    };
    let error = (code.to_owned(), words.to_owned());
    finish(cx, &deployment, Status::Stopped, error, roll_back);
}

/// Whether the group is set to roll back on that event.
pub(crate) fn rolls_back_on(deployment: &Deployment, event: RollbackEvent) -> bool {
    let rollback = deployment.settings.rollback.as_ref();
    deployment.creator == Creator::User
        && rollback.is_some_and(|rollback| rollback.enabled && rollback.events.contains(&event))
}

fn finish(
    cx: &mut Cx,
    deployment: &Deployment,
    status: Status,
    error: (String, String),
    roll_back: bool,
) {
    let (id, shifted) = (&deployment.id, has_shifted(deployment));
    // With production traffic on the replacement, only a rollback takes it back.
    if !shifted || roll_back {
        restore(cx, deployment);
    }
    close(cx, id, status, Some(error));
    if roll_back && deployment.started.is_some() {
        note_rollback(cx, id, status);
    }
}

/// Whether production traffic is, in part at least, on the replacement.
fn has_shifted(deployment: &Deployment) -> bool {
    deployment
        .green
        .as_ref()
        .is_some_and(|green| green.weight > 0)
}

/// Everything as it was before: traffic on the original, the replacement gone.
fn restore(cx: &mut Cx, deployment: &Deployment) {
    let settings = &deployment.settings;
    let (cluster, service) = deployment.service();
    traffic::send(cx, deployment, settings.production_listener(), 0);
    traffic::send(cx, deployment, settings.test_listener(), 0);
    let Some(green) = deployment
        .green
        .as_ref()
        .filter(|green| !green.id.is_empty())
    else {
        return;
    };
    if let Some(blue) = &deployment.blue {
        if matches!(deployment.phase, Phase::Terminating { .. }) {
            let _ = ecs::make_primary(cx, cluster, service, &blue.id);
        }
        with(cx, &deployment.id, |deployment| {
            if let (Some(blue), Some(green)) = (&mut deployment.blue, &mut deployment.green) {
                (blue.weight, green.weight) = (100, 0);
            }
        });
    }
    // One that is gone already is none to let go.
    let _ = ecs::delete_task_set(cx, cluster, service, &green.id);
}

/// Ends a deployment and tells the pipeline that waits for it.
pub(super) fn close(cx: &mut Cx, id: &str, status: Status, error: Option<(String, String)>) {
    let now = cx.now;
    with(cx, id, |deployment| {
        for event in &mut deployment.events {
            match event.status {
                EventStatus::InProgress => {
                    event.status = EventStatus::Failed;
                    event.ended = Some(now);
                    event.message = error.as_ref().map(|(_, words)| words.clone());
                }
                EventStatus::Pending => event.status = EventStatus::Skipped,
                _ => {}
            }
        }
        deployment.status = status;
        deployment.phase = Phase::Over;
        deployment.completed = Some(now);
        deployment.updated = now;
        deployment.error = error;
    });
    if let Some(deployment) = get(cx, id) {
        pipeline::deployment_ended(cx, &deployment);
    }
}

/// The rollback is a deployment too: that of the original, which runs still, so
/// that it is done at once.
fn note_rollback(cx: &mut Cx, id: &str, status: Status) {
    let (Some(failed), new) = (get(cx, id), super::new_id(cx)) else {
        return;
    };
    let now = cx.now;
    let mut events = lifecycle(&failed.settings);
    for event in &mut events {
        event.status = EventStatus::Succeeded;
        (event.started, event.ended) = (Some(now), Some(now));
    }
    let rollback = Deployment {
        id: new.clone(),
        creator: Creator::Rollback,
        description: Some(format!(
            "Deployment {id} {} and was rolled back.",
            if status == Status::Failed {
                "failed"
            } else {
                "was stopped"
            }
        )),
        created: now,
        started: Some(now),
        completed: Some(now),
        updated: now,
        status: Status::Succeeded,
        phase: Phase::Over,
        error: None,
        events,
        rolled_back_by: None,
        rolls_back: Some(id.to_owned()),
        ..failed
    };
    with(cx, id, |deployment| deployment.rolled_back_by = Some(new));
    cx.region().codedeploy.deployments.push(rollback);
}
