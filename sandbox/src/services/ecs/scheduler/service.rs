//! One service, looked at.

use super::events::with;
use super::{deployments, earlier, health, launch, reduce, steady};
use crate::clock::Millis;
use crate::context::Cx;
use crate::services::ecs::state::{Cluster, Service, ServiceStatus, TaskSet, TaskSetStatus};

/// Brings a service closer to what it is to be; when to look again, if nobody would tell.
pub(super) fn tend(cx: &mut Cx, cluster: &str, name: &str) -> Option<Millis> {
    let service = with(cx, cluster, name, |it| it.clone())?;
    if service.is(ServiceStatus::Draining) {
        drain(cx, cluster, &service);
        return None;
    }
    let mut again = health::check(cx, cluster, name);
    reduce::off_draining_instances(cx, cluster, name);
    for (set, wanted) in wanted(cx, cluster, &service) {
        let live = count(cx, cluster, &set.id);
        if live < wanted {
            again = earlier(
                again,
                launch::start(cx, cluster, name, &set.id, wanted - live),
            );
        } else if live > wanted {
            reduce::stop(cx, cluster, name, &set.id, live - wanted);
        }
    }
    let_go(cx, cluster, name);
    deployments::judge(cx, cluster, name);
    steady::judge(cx, cluster, name);
    again
}

/// How many tasks each task set is to have now.
fn wanted(cx: &mut Cx, cluster: &str, service: &Service) -> Vec<(TaskSet, usize)> {
    if service.controller == "ECS" {
        return deployments::wanted(cx, cluster, service);
    }
    let sets = service.task_sets.iter();
    sets.map(|set| (set.clone(), size(set.computed_desired(service.desired))))
        .collect()
}

pub(super) fn size(count: u32) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

/// The tasks of a set that run or are about to.
fn count(cx: &mut Cx, cluster: &str, set: &str) -> usize {
    let cluster: Option<&Cluster> = cx.region().ecs.clusters.get(cluster);
    let tasks = cluster.into_iter().flat_map(Cluster::live_tasks);
    tasks.filter(|task| task.is_of(set) && !task.stops).count()
}

/// Takes the sets away that were to go and whose tasks are gone.
fn let_go(cx: &mut Cx, cluster: &str, name: &str) {
    let Some(there) = cx.region().ecs.clusters.get_mut(cluster) else {
        return;
    };
    let live: Vec<_> = there
        .live_tasks()
        .filter_map(|task| task.task_set.clone())
        .collect();
    if let Some(service) = there.services.get_mut(name) {
        service
            .task_sets
            .retain(|set| set.status != TaskSetStatus::Draining || live.contains(&set.id));
    }
}

/// A deleted service: its tasks stop, and then it is inactive.
fn drain(cx: &mut Cx, cluster: &str, service: &Service) {
    let mut is_empty = true;
    for set in &service.task_sets {
        let live = count(cx, cluster, &set.id);
        if live > 0 {
            reduce::stop(cx, cluster, &service.name, &set.id, live);
        }
        let there = cx.region().ecs.clusters.get(cluster);
        let mut tasks = there.into_iter().flat_map(Cluster::live_tasks);
        is_empty &= !tasks.any(|task| task.is_of(&set.id));
    }
    if is_empty {
        with(cx, cluster, &service.name, |service| {
            service.status = ServiceStatus::Inactive;
            service.task_sets.clear();
        });
    }
}
