//! What ECS notices of changes elsewhere: that a load balancer finds something else of a task.

use super::balancing::{self, Health};
use super::scheduler;
use crate::context::Cx;

/// Looks at the targets of every running task of a service, after a change of whatever kind. Where
/// the load balancer finds something else than before, the scheduler looks at the cluster.
pub(crate) fn observe(cx: &mut Cx) {
    let Some(region) = cx.account.regions.get(cx.region) else {
        return;
    };
    let mut changed = Vec::new();
    for cluster in region.ecs.clusters.values() {
        for task in cluster.live_tasks().filter(|task| task.is_running()) {
            let targets = balancing::targets(&region.ecs, &cluster.name, &task.id);
            if targets.is_empty() {
                continue;
            }
            let found: Vec<_> = targets
                .iter()
                .map(|target| balancing::health(region, target))
                .collect();
            let found = if found.iter().any(|it| matches!(it, Health::Unhealthy(_))) {
                Some(false)
            } else {
                found
                    .iter()
                    .all(|it| *it == Health::Healthy)
                    .then_some(true)
            };
            if task.found_healthy != found {
                changed.push((cluster.name.clone(), task.id.clone(), found));
            }
        }
    }
    for (cluster, task, found) in changed {
        if let Some(cluster) = cx.region().ecs.clusters.get_mut(&cluster)
            && let Some(task) = cluster.tasks.get_mut(&task)
        {
            task.found_healthy = found;
        }
        scheduler::look_soon(cx, &cluster);
    }
}
