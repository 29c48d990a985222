//! How a task ends: asked to, by itself, or with its instance.

use std::time::Duration;

use super::begin::lasts;
use super::find;
use crate::clock::Millis;
use crate::context::Cx;
use crate::services::ecs::state::{StopCode, Task, TaskStatus};
use crate::services::ecs::{balancing, scheduler};

/// What is left to do for a task that has ended.
const AFTERMATH: Duration = Duration::from_secs(2);
/// How long a stopped task is remembered (ECS API Reference, `DescribeTasks`: at least one hour).
const REMEMBERED: Millis = 60 * 60 * 1000;
/// How many stopped tasks a cluster remembers; an account is stored with all of them.
const MOST: usize = 50;
/// What a process exits with that obeys the signal to end.
const TERMINATED: i64 = 143;

/// Why a task stops.
#[derive(Debug, Clone)]
pub(in crate::services::ecs) struct Stop {
    pub(in crate::services::ecs) code: StopCode,
    pub(in crate::services::ecs) reason: String,
}

/// Stops a task in good order: its targets are deregistered and drained, its containers asked to end.
pub(in crate::services::ecs) fn stop(cx: &mut Cx, cluster: &str, id: &str, stop: Stop) {
    let Some(task) = find(cx, cluster, id).filter(|task| !task.stops) else {
        return;
    };
    let had_started = task.status >= TaskStatus::Activating;
    note(cx, cluster, id, stop);
    if !had_started {
        return settle(cx, cluster, id, TaskStatus::Stopping);
    }
    let drain = balancing::deregister(cx, cluster, id);
    if let Some(task) = find(cx, cluster, id) {
        for container in &mut task.containers {
            container.exit_code.get_or_insert(TERMINATED);
        }
    }
    let (status, wait) = match drain {
        Some(delay) => (TaskStatus::Deactivating, delay),
        None => (TaskStatus::Stopping, AFTERMATH),
    };
    let until = cx.after(wait);
    if let Some(task) = find(cx, cluster, id) {
        task.status = status;
    }
    lasts(cx, cluster, id, until);
}

/// A task has ended by itself, or could not start.
pub(super) fn fail(cx: &mut Cx, cluster: &str, id: &str, stop: Stop) {
    balancing::deregister(cx, cluster, id);
    note(cx, cluster, id, stop);
    scheduler::failed(cx, cluster, id);
    settle(cx, cluster, id, TaskStatus::Deprovisioning);
}

/// A task is gone at once, with the instance it was on.
pub(in crate::services::ecs) fn kill(cx: &mut Cx, cluster: &str, id: &str, stop: Stop) {
    balancing::deregister(cx, cluster, id);
    note(cx, cluster, id, stop);
    end(cx, cluster, id);
}

fn note(cx: &mut Cx, cluster: &str, id: &str, stop: Stop) {
    let now = cx.now;
    if let Some(task) = find(cx, cluster, id) {
        task.stops = true;
        task.stopping.get_or_insert(now);
        task.stop_code.get_or_insert(stop.code);
        task.stopped_reason.get_or_insert(stop.reason);
        task.version += 1;
    }
}

fn settle(cx: &mut Cx, cluster: &str, id: &str, status: TaskStatus) {
    let until = cx.after(AFTERMATH);
    if let Some(task) = find(cx, cluster, id) {
        task.status = status;
    }
    lasts(cx, cluster, id, until);
}

/// A task has stopped: what it had is free, and the scheduler looks what to do.
pub(in crate::services::ecs) fn end(cx: &mut Cx, cluster: &str, id: &str) {
    let now = cx.now;
    if let Some(task) = find(cx, cluster, id) {
        task.status = TaskStatus::Stopped;
        task.until = None;
        task.version += 1;
        task.execution_stopped = task.started.map(|_| now);
        task.stopped = Some(now);
    }
    forget(cx, cluster);
    scheduler::look_soon(cx, cluster);
}

/// Forgets what stopped long ago; of too many the oldest.
fn forget(cx: &mut Cx, cluster: &str) {
    let now = cx.now;
    let Some(cluster) = cx.region().ecs.clusters.get_mut(cluster) else {
        return;
    };
    let is_recent = |task: &Task| task.stopped.is_none_or(|at| now - at < REMEMBERED);
    cluster.tasks.retain(|_, task| is_recent(task));
    let stopped = cluster.tasks.values().filter_map(|task| task.stopped);
    let mut stopped: Vec<_> = stopped.collect();
    if stopped.len() > MOST {
        stopped.sort_unstable();
        let oldest = stopped[stopped.len() - MOST];
        let is_kept = |task: &Task| task.stopped.is_none_or(|at| at >= oldest);
        cluster.tasks.retain(|_, task| is_kept(task));
    }
}
