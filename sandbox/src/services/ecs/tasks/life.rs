//! The life of a task, one status after the other
//! (ECS Developer Guide, "Amazon ECS task lifecycle").

use std::time::Duration;

use super::begin::lasts;
use super::end::{self, Stop, end};
use super::find;
use crate::context::Cx;
use crate::services::ecs::containers::{self, Boot};
use crate::services::ecs::state::{StopCode, Task, TaskStatus};
use crate::services::ecs::{balancing, scheduler};

/// From a started container to a registered target.
const ACTIVATION: Duration = Duration::from_secs(3);
/// From the signal to the end of a process that obeys it.
const TERMINATION: Duration = Duration::from_secs(2);

/// Lets the status of a task end, if it has run its time; plans for one that was cut short find that
/// it has not.
pub(in crate::services::ecs) fn step(cx: &mut Cx, cluster: &str, id: &str) {
    let now = cx.now;
    let Some(task) = find(cx, cluster, id) else {
        return;
    };
    if task.until.is_none_or(|until| until > now) {
        return;
    }
    task.until = None;
    let task = task.clone();
    match task.status {
        TaskStatus::Pending if !task.stops => pulled(cx, cluster, &task),
        TaskStatus::Activating if !task.stops => run(cx, cluster, &task),
        TaskStatus::Running if !task.stops => booted(cx, cluster, &task),
        TaskStatus::Deactivating => {
            let until = cx.after(TERMINATION);
            advance(cx, cluster, id, TaskStatus::Stopping);
            lasts(cx, cluster, id, until);
        }
        TaskStatus::Stopping | TaskStatus::Deprovisioning => end(cx, cluster, id),
        _ => {}
    }
}

fn advance(cx: &mut Cx, cluster: &str, id: &str, status: TaskStatus) {
    if let Some(task) = find(cx, cluster, id) {
        task.status = status;
        task.version += 1;
    }
}

/// The agent has pulled the images and starts the containers, if it could.
fn pulled(cx: &mut Cx, cluster: &str, task: &Task) {
    let now = cx.now;
    let prepared = containers::prepare(cx, cluster, task);
    let Some(found) = find(cx, cluster, &task.id) else {
        return;
    };
    found.pull_stopped = Some(now);
    let digests = match prepared {
        Ok(digests) => digests,
        Err(failure) => {
            if let Some(container) = found
                .containers
                .iter_mut()
                .find(|container| Some(&container.name) == failure.container.as_ref())
            {
                container.reason = Some(failure.reason.clone());
            }
            let stop = Stop {
                code: StopCode::TaskFailedToStart,
                reason: failure.reason,
            };
            return end::fail(cx, cluster, &task.id, stop);
        }
    };
    let id = &found.id.clone();
    for (container, digest) in found.containers.iter_mut().zip(digests) {
        container.digest = Some(digest);
        container.runtime = Some(containers::runtime_id(id, &container.name));
    }
    if balancing::targets(&cx.region().ecs, cluster, id).is_empty() {
        return run(cx, cluster, task);
    }
    let until = cx.after(ACTIVATION);
    advance(cx, cluster, id, TaskStatus::Activating);
    lasts(cx, cluster, id, until);
}

/// The containers run; how what is in them fares shows a while later.
fn run(cx: &mut Cx, cluster: &str, task: &Task) {
    let now = cx.now;
    advance(cx, cluster, &task.id, TaskStatus::Running);
    if let Some(task) = find(cx, cluster, &task.id) {
        task.started = Some(now);
    }
    containers::greet(cx, task);
    let shows = match containers::boot(cx, cluster, task) {
        Boot::Ready(after) => after,
        Boot::Fails(trouble) => trouble.lasts,
    };
    let until = cx.after(shows);
    lasts(cx, cluster, &task.id, until);
    scheduler::registered(cx, cluster, &task.id);
    scheduler::look_soon(cx, cluster);
}

/// How the start of what is in the containers has ended: it answers, or it gives up.
fn booted(cx: &mut Cx, cluster: &str, task: &Task) {
    let now = cx.now;
    match containers::boot(cx, cluster, task) {
        Boot::Ready(_) => {
            if let Some(task) = find(cx, cluster, &task.id) {
                task.ready = Some(now);
            }
        }
        Boot::Fails(trouble) => {
            containers::complain(cx, task, &trouble);
            if let Some(task) = find(cx, cluster, &task.id)
                && let Some(container) = task
                    .containers
                    .iter_mut()
                    .find(|it| it.name == trouble.container)
            {
                container.exit_code = Some(1);
            }
            let stop = Stop {
                code: StopCode::EssentialContainerExited,
                reason: "Essential container in task exited".to_owned(),
            };
            end::fail(cx, cluster, &task.id, stop);
        }
    }
}
