//! What tasks of services came to.

use super::events::{inconsistent, tell_of, tell_once};
use super::launch::with_throttle;
use super::throttle;
use crate::context::Cx;
use crate::services::ecs::balancing;
use crate::services::ecs::state::Task;

fn owner(cx: &mut Cx, cluster: &str, task: &str) -> Option<(String, String)> {
    let cluster = cx.region().ecs.clusters.get(cluster)?;
    let Task {
        service, task_set, ..
    } = cluster.tasks.get(task)?;
    service.clone().zip(task_set.clone())
}

/// A task could not start, or ended by itself: the service holds back if that goes on.
pub(in crate::services::ecs) fn failed(cx: &mut Cx, cluster: &str, task: &str) {
    let Some((service, set)) = owner(cx, cluster, task) else {
        return;
    };
    if with_throttle(cx, cluster, &service, &set, throttle::failure) == Some(true) {
        tell_once(cx, cluster, &service, &set, &inconsistent());
    }
}

/// A task runs: its targets are registered.
pub(in crate::services::ecs) fn registered(cx: &mut Cx, cluster: &str, task: &str) {
    let targets = balancing::register(cx, cluster, task);
    let Some((service, set)) = owner(cx, cluster, task) else {
        return;
    };
    for target in targets {
        let words = format!("registered 1 targets in (target-group {})", target.group);
        tell_of(cx, cluster, &service, &set, &words);
    }
}
