//! Tasks behind load balancers: which targets they are, and what the balancer finds of them.

use std::time::Duration;

use super::faults::invalid;
use super::state::{Ecs, TaskStatus};
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::elb::traffic;
use crate::state::Region;

/// A target: a port of an instance, in a target group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    /// The target group's ARN.
    pub(super) group: String,
    pub(super) machine: String,
    pub(super) port: u16,
}

/// What the balancer's health checks have found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Health {
    Healthy,
    /// In the balancer's words.
    Unhealthy(String),
    /// Not known yet, not asked after, or on its way out.
    Pending,
}

/// The targets that a task is to be.
pub(super) fn targets(ecs: &Ecs, cluster: &str, task: &str) -> Vec<Target> {
    let found = ecs.clusters.get(cluster).and_then(|cluster| {
        let task = cluster.tasks.get(task)?;
        let instance = cluster.instances.get(task.instance.as_ref()?)?;
        let service = cluster.services.get(task.service.as_ref()?)?;
        let set = service.task_set(task.task_set.as_ref()?)?;
        let targets = set.load_balancers.iter().filter_map(|balancer| {
            let container = balancer.container_name.as_ref()?;
            Some(Target {
                group: balancer.target_group_arn.clone()?,
                machine: instance.ec2_instance.clone(),
                port: task.host_port(container, balancer.container_port?)?,
            })
        });
        Some(targets.collect())
    });
    found.unwrap_or_default()
}

/// Registers the targets of a task.
pub(super) fn register(cx: &mut Cx, cluster: &str, task: &str) -> Vec<Target> {
    let targets = targets(&cx.region().ecs, cluster, task);
    for target in &targets {
        traffic::register(cx, &target.group, &target.machine, target.port);
    }
    targets
}

/// Deregisters the targets of a task that has been registered; how long the balancer drains them.
pub(super) fn deregister(cx: &mut Cx, cluster: &str, task: &str) -> Option<Duration> {
    let ecs = &cx.region().ecs;
    if ecs.clusters.get(cluster)?.tasks.get(task)?.status < TaskStatus::Running {
        return None;
    }
    let mut longest = None;
    for target in targets(ecs, cluster, task) {
        let group = traffic::group(cx.region(), &target.group);
        longest = longest.max(group.map(|group| group.drains_for));
        traffic::deregister(cx, &target.group, &target.machine, target.port);
    }
    longest
}

/// Whether a running task serves: its targets are healthy, if it is to have any.
pub(super) fn serves(cx: &mut Cx, cluster: &str, task: &str) -> bool {
    let region = cx.region();
    let targets = targets(&region.ecs, cluster, task);
    targets
        .iter()
        .all(|target| health(region, target) == Health::Healthy)
}

/// What the balancer finds of a target.
pub(super) fn health(region: &Region, target: &Target) -> Health {
    match traffic::health(region, &target.group, &target.machine, target.port) {
        Some(traffic::Health::Healthy) => Health::Healthy,
        Some(traffic::Health::Unhealthy(_, words)) => Health::Unhealthy(words),
        _ => Health::Pending,
    }
}

/// Checks that a target group is there, that a balancer sends to it, and that its targets are of the
/// kind that tasks of that network mode are.
pub(super) fn check(cx: &mut Cx, group: &str, network: &str) -> Result<(), Fault> {
    let Some(facts) = traffic::group(cx.region(), group) else {
        return Err(invalid(format!(
            "The specified target group does not exist: {group}"
        )));
    };
    let kind = if network == "awsvpc" {
        "ip"
    } else {
        "instance"
    };
    if facts.target_type != kind {
        return Err(invalid(format!(
            "The provided target group {group} has target type {}, which is incompatible with the {network} \
             network mode specified in the task definition.",
            facts.target_type
        )));
    }
    if facts.load_balancer.is_none() {
        return Err(invalid(format!(
            "The target group with targetGroupArn {group} does not have an associated load balancer."
        )));
    }
    Ok(())
}
