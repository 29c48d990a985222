//! What other services of this crate ask of ECS.
//!
//! EC2 tells of its instances ([`instance_runs`], [`instance_leaves`], [`instance_terminated`]), Elastic Load Balancing asks
//! who answers on a port ([`answers`]), and CodeDeploy directs the task sets of a service under its
//! controller ([`service`], [`create_task_set`], [`make_primary`],
//! [`delete_task_set`]). Clusters, services and task definitions are named as the API names them: by
//! name or ARN, task sets by their id, `ecs-svc/…`.

pub(crate) use super::containers::answers;
pub(crate) use super::observe::observe;

use super::container_instances;
use super::services as own;
use super::services::placement::Wanted;
use super::shapes::{LoadBalancer, Network, StrategyItem};
use super::state::{Cluster, Service, ServiceStatus, Task, TaskSetStatus};
use super::task_sets::{self, NewTaskSet};
use crate::clock::Millis;
use crate::context::Cx;
use crate::fault::Fault;

/// An EC2 instance began to run: if its image has the container agent, that registers it with the
/// cluster that its user data names, if its role may.
pub(crate) fn instance_runs(cx: &mut Cx, id: &str) {
    container_instances::boot(cx, id);
}

/// An EC2 instance begins to stop, or to shut down for good, and its tasks with it.
pub(crate) fn instance_leaves(cx: &mut Cx, id: &str) {
    container_instances::leave(cx, id);
}

/// An EC2 instance is terminated: it is no container instance any more.
pub(crate) fn instance_terminated(cx: &mut Cx, id: &str) {
    container_instances::forget(cx, id);
}

/// A service as CodeDeploy needs to know it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ServiceFacts {
    pub(crate) cluster: String,
    pub(crate) name: String,
    /// `ECS`, `CODE_DEPLOY` or `EXTERNAL`.
    pub(crate) controller: String,
    /// Whether it is active: not deleted, nor being deleted.
    pub(crate) active: bool,
    pub(crate) desired: u32,
    /// ARNs of the target groups that the service itself names.
    pub(crate) target_groups: Vec<String>,
    /// The newest first.
    pub(crate) task_sets: Vec<TaskSetFacts>,
}

/// A task set as CodeDeploy shows it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TaskSetFacts {
    /// `ecs-svc/1234567890123456789`
    pub(crate) id: String,
    /// `PRIMARY`, `ACTIVE` or `DRAINING`.
    pub(crate) status: &'static str,
    /// The ARN of its task definition.
    pub(crate) task_definition: String,
    pub(crate) target_groups: Vec<String>,
    /// Percent of the service's desired count.
    pub(crate) scale: f64,
    pub(crate) desired: u32,
    pub(crate) running: u32,
    pub(crate) pending: u32,
    /// Tasks of it that failed so far.
    pub(crate) failed: u32,
    /// Whether it has all its tasks, and the load balancer finds them healthy.
    pub(crate) steady: bool,
    pub(crate) created: Millis,
    pub(crate) external_id: Option<String>,
    /// Why its last task stopped by itself or could not start.
    pub(crate) last_stopped_reason: Option<String>,
}

/// What is known of a service, deleted ones included; `None` if there is no such cluster or service.
pub(crate) fn service(cx: &mut Cx, cluster: &str, service: &str) -> Option<ServiceFacts> {
    let name = |reference: &str| reference.rsplit('/').next().unwrap_or_default().to_owned();
    let definitions = cx.arn("ecs", "task-definition/");
    let cluster = cx.region().ecs.clusters.get(&name(cluster))?;
    let service = cluster.services.get(&name(service))?;
    let sets = service.task_sets.iter();
    Some(ServiceFacts {
        cluster: cluster.name.clone(),
        name: service.name.clone(),
        controller: service.controller.clone(),
        active: service.is(ServiceStatus::Active),
        desired: service.desired,
        target_groups: groups(&service.load_balancers),
        task_sets: sets
            .map(|set| facts(cluster, service, &set.id, &definitions))
            .collect::<Option<_>>()?,
    })
}

fn groups(balancers: &[LoadBalancer]) -> Vec<String> {
    let groups = balancers.iter();
    groups
        .filter_map(|it| it.target_group_arn.clone())
        .collect()
}

fn facts(
    cluster: &Cluster,
    service: &Service,
    id: &str,
    definitions: &str,
) -> Option<TaskSetFacts> {
    let set = service.task_set(id)?;
    let tasks = || cluster.tasks.values().filter(|task| task.is_of(id));
    let count = |of: fn(&Task) -> bool| {
        u32::try_from(tasks().filter(|task| of(task)).count()).unwrap_or(u32::MAX)
    };
    let failed = tasks().filter(|task| task.has_failed());
    let last = failed.max_by_key(|task| task.stopping);
    Some(TaskSetFacts {
        id: set.starter(),
        status: match set.status {
            TaskSetStatus::Primary => "PRIMARY",
            TaskSetStatus::Active => "ACTIVE",
            TaskSetStatus::Draining => "DRAINING",
        },
        task_definition: format!("{definitions}{}", set.definition),
        target_groups: groups(&set.load_balancers),
        scale: set.scale,
        desired: set.computed_desired(service.desired),
        running: count(Task::is_running),
        pending: count(Task::is_pending),
        failed: set.throttle.failed,
        steady: set.steady,
        created: set.created,
        external_id: set.external_id.clone(),
        last_stopped_reason: last.and_then(|task| task.stopped_reason.clone()),
    })
}

/// What CodeDeploy makes a replacement task set of: the appspec's content, with the deployment's id.
#[derive(Debug, Clone)]
pub(crate) struct Replacement {
    pub(crate) task_definition: String,
    pub(crate) container_name: String,
    pub(crate) container_port: i64,
    /// The ARN of the target group that it is put behind.
    pub(crate) target_group: String,
    /// The deployment's id.
    pub(crate) external_id: String,
    /// The capacity provider strategy of the appspec, as provider, weight and base. Where it names
    /// none the launch type EC2 is meant, whatever strategy the service has: then no group grows for
    /// the replacement.
    pub(crate) capacity_providers: Vec<(String, i64, i64)>,
}

/// Makes a task set for a deployment, beside the others and at full size, and gives its id; or
/// refuses as `CreateTaskSet` does.
pub(crate) fn create_task_set(
    cx: &mut Cx,
    cluster: &str,
    service: &str,
    replacement: Replacement,
) -> Result<String, Fault> {
    let (_, there) = own::active(cx, Some(cluster), service)?;
    let placement = there.placement.clone();
    let given = replacement.capacity_providers.into_iter();
    let given: Vec<_> = given
        .map(|(capacity_provider, weight, base)| StrategyItem {
            capacity_provider,
            weight,
            base,
        })
        .collect();
    let network: Option<Network> = placement.network;
    let wanted = Wanted {
        launch_type: given.is_empty().then(|| "EC2".to_owned()),
        strategy: given,
        network,
        platform_version: placement.platform_version,
    };
    let new = NewTaskSet {
        task_definition: replacement.task_definition,
        external_id: Some(replacement.external_id),
        started_by: Some("CODE_DEPLOY".to_owned()),
        load_balancers: vec![LoadBalancer {
            target_group_arn: Some(replacement.target_group),
            classic_name: None,
            container_name: Some(replacement.container_name),
            container_port: Some(replacement.container_port),
        }],
        wanted,
        scale: 100.0,
        tags: [].into(),
        token: None,
    };
    let id = task_sets::make(cx, cluster, service, new)?;
    Ok(format!("ecs-svc/{id}"))
}

/// Makes a task set the service's primary one, as after production traffic has shifted to it.
pub(crate) fn make_primary(
    cx: &mut Cx,
    cluster: &str,
    service: &str,
    task_set: &str,
) -> Result<(), Fault> {
    task_sets::make_primary(cx, cluster, service, task_set)
}

/// Lets a task set go: its tasks are drained and stopped, and then it is gone from [`service`].
pub(crate) fn delete_task_set(
    cx: &mut Cx,
    cluster: &str,
    service: &str,
    task_set: &str,
) -> Result<(), Fault> {
    task_sets::remove(cx, cluster, service, task_set)
}

#[cfg(test)]
mod tests;
