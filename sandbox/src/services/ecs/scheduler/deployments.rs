//! Rolling updates: the deployments of a service under the controller `ECS`
//! (ECS Developer Guide, "Deploy Amazon ECS services by replacing tasks").

use super::events::{tell, with};
use super::service::size;
use crate::context::Cx;
use crate::services::ecs::balancing;
use crate::services::ecs::services::new_task_set;
use crate::services::ecs::state::{
    Cluster, InstanceStatus, Rollout, Service, TaskSet, TaskSetStatus,
};

/// How many tasks each deployment is to have now: the new one grows as far as the maximum lets it,
/// the old ones shrink as far as the minimum lets them.
pub(super) fn wanted(cx: &mut Cx, cluster: &str, service: &Service) -> Vec<(TaskSet, usize)> {
    let Some(there) = cx.region().ecs.clusters.get(cluster).cloned() else {
        return Vec::new();
    };
    let desired = desired(&there, service);
    let least = percent(desired, minimum(service), true);
    let most = percent(desired, maximum(service), false).max(1);
    let of = |set: &TaskSet| {
        there
            .live_tasks()
            .filter(|task| task.is_of(&set.id))
            .count()
    };
    let Some(primary) = service.primary() else {
        return Vec::new();
    };
    let running = there
        .live_tasks()
        .filter(|task| task.is_of(&primary.id) && task.is_running());
    let well = running
        .filter(|task| balancing::serves(cx, cluster, &task.id))
        .count();
    let old: Vec<&TaskSet> = service
        .task_sets
        .iter()
        .filter(|set| set.status != TaskSetStatus::Primary)
        .collect();
    let old_count: usize = old.iter().map(|set| of(set)).sum();
    let grown = desired
        .min(most.saturating_sub(old_count))
        .max(of(primary).min(desired));
    let mut wanted = vec![(primary.clone(), grown)];
    // What serves beyond the minimum may go, and all of it once the new one stands.
    let mut left = if well >= desired {
        0
    } else {
        least.saturating_sub(well).min(old_count)
    };
    for set in old {
        let kept = of(set).min(left);
        left -= kept;
        wanted.push((set.clone(), kept));
    }
    wanted
}

/// How many tasks a service is to have: a daemon one on each instance.
pub(super) fn desired(cluster: &Cluster, service: &Service) -> usize {
    if !service.daemon {
        return size(service.desired);
    }
    let instances = cluster.instances.values();
    instances
        .filter(|it| it.status == InstanceStatus::Active && it.connected)
        .count()
}

fn minimum(service: &Service) -> i64 {
    let default = if service.daemon { 0 } else { 100 };
    service
        .deployment
        .minimum_healthy_percent
        .unwrap_or(default)
}

fn maximum(service: &Service) -> i64 {
    let default = if service.daemon { 100 } else { 200 };
    service.deployment.maximum_percent.unwrap_or(default)
}

fn percent(count: usize, percent: i64, up: bool) -> usize {
    let percent = usize::try_from(percent).unwrap_or(0);
    let product = count.saturating_mul(percent);
    if up {
        product.div_ceil(100)
    } else {
        product / 100
    }
}

/// Ends a deployment that stands, or that the circuit breaker gives up.
pub(super) fn judge(cx: &mut Cx, cluster: &str, name: &str) {
    let Some(there) = cx.region().ecs.clusters.get(cluster).cloned() else {
        return;
    };
    let Some(service) = there.services.get(name).filter(|it| it.controller == "ECS") else {
        return;
    };
    let Some(primary) = service
        .primary()
        .filter(|it| it.rollout == Rollout::InProgress)
    else {
        return;
    };
    let desired = desired(&there, service);
    let running: Vec<_> = there
        .live_tasks()
        .filter(|task| task.is_of(&primary.id) && task.is_running())
        .map(|task| task.id.clone())
        .collect();
    let stands = running.len() >= desired
        && running
            .iter()
            .all(|task| balancing::serves(cx, cluster, task));
    let is_left = |set: &TaskSet| {
        set.status != TaskSetStatus::Primary && there.live_tasks().any(|task| task.is_of(&set.id))
    };
    if !stands || service.task_sets.iter().any(is_left) {
        return break_circuit(cx, cluster, service, primary, desired);
    }
    let id = primary.id.clone();
    with(cx, cluster, name, |service| {
        service.task_sets.retain(|set| set.id == id);
        if let Some(set) = service.task_set_mut(&id) {
            set.rollout = Rollout::Completed;
        }
    });
    let words = format!("(deployment ecs-svc/{id}) deployment completed.");
    tell(cx, cluster, name, &words);
}

/// Gives a deployment up whose tasks fail, and goes back to the one before if that is wished
/// (ECS Developer Guide, "How the Amazon ECS deployment circuit breaker detects failures").
fn break_circuit(cx: &mut Cx, cluster: &str, service: &Service, primary: &TaskSet, desired: usize) {
    let Some(breaker) = &service.deployment.deployment_circuit_breaker else {
        return;
    };
    let threshold = desired.div_ceil(2).clamp(3, 200);
    if !breaker.enable || size(primary.throttle.failed) < threshold {
        return;
    }
    let id = primary.id.clone();
    let before = service
        .task_sets
        .iter()
        .find(|set| set.rollout == Rollout::Completed)
        .cloned();
    with(cx, cluster, &service.name, |service| {
        if let Some(set) = service.task_set_mut(&id) {
            set.rollout = Rollout::Failed;
        }
    });
    let words = "deployment failed: tasks failed to start.";
    tell(
        cx,
        cluster,
        &service.name,
        &format!("(deployment ecs-svc/{id}) {words}"),
    );
    let Some(before) = before.filter(|_| breaker.rollback) else {
        return;
    };
    tell(
        cx,
        cluster,
        &service.name,
        &format!("rolling back to deployment ecs-svc/{}.", before.id),
    );
    let back = TaskSet {
        placement: before.placement.clone(),
        load_balancers: before.load_balancers.clone(),
        ..new_task_set(cx, before.definition.clone())
    };
    with(cx, cluster, &service.name, |service| {
        for set in &mut service.task_sets {
            set.status = TaskSetStatus::Active;
        }
        service.task_sets.insert(0, back);
    });
    super::look_soon(cx, cluster);
}
