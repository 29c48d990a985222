//! `DescribeServices`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::context::Cx;
use crate::fault::Fault;
use crate::protocol::timestamp;
use crate::services::ecs::faults::{invalid, one_of};
use crate::services::ecs::names::{cluster, missing, short};
use crate::services::ecs::state::{Cluster, Rollout, Service, Task, TaskSet};
use crate::services::ecs::tags;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct DescribeServices {
    cluster: Option<String>,
    services: Vec<String>,
    #[serde(default)]
    include: Vec<String>,
}

/// `DescribeServices` (ECS API Reference): deleted ones too, as inactive.
pub(crate) fn describe_services(cx: &mut Cx, input: DescribeServices) -> Result<Value, Fault> {
    for included in &input.include {
        one_of("include", included, &["TAGS"])?;
    }
    let there = cluster(cx, input.cluster.as_deref())?.clone();
    if input.services.is_empty() {
        return Err(invalid("Services cannot be empty."));
    }
    if input.services.len() > 10 {
        return Err(invalid("services can have at most 10 items."));
    }
    let (mut found, mut failures) = (Vec::new(), Vec::new());
    for reference in &input.services {
        let name = short(cx, "service", reference)?;
        if let Some(service) = there.services.get(name) {
            let with_tags = !input.include.is_empty();
            found.push(described(cx, &there.name, service, with_tags));
        } else {
            let arn = format!("service/{}/{name}", there.name);
            failures.push(missing(&cx.arn("ecs", &arn)));
        }
    }
    Ok(json!({ "services": found, "failures": failures }))
}

/// The tasks of a set, or of all: desired, running, pending.
struct Counts {
    running: usize,
    pending: usize,
}

fn counts(cluster: Option<&Cluster>, of: impl Fn(&Task) -> bool) -> Counts {
    let tasks: Vec<&Task> = cluster
        .into_iter()
        .flat_map(Cluster::live_tasks)
        .filter(|task| of(task))
        .collect();
    let count = |what: fn(&Task) -> bool| tasks.iter().filter(|task| what(task)).count();
    Counts {
        running: count(Task::is_running),
        pending: count(Task::is_pending),
    }
}

/// A service as ECS describes it.
pub(super) fn described(cx: &mut Cx, cluster: &str, service: &Service, with_tags: bool) -> Value {
    let there = cx.region().ecs.clusters.get(cluster).cloned();
    let there = there.as_ref();
    let all = counts(there, |task| task.service.as_ref() == Some(&service.name));
    let is_rolling = service.controller == "ECS";
    let desired = if service.daemon {
        all.running + all.pending
    } else {
        usize::try_from(service.desired).unwrap_or(usize::MAX)
    };
    let sets = service.task_sets.iter();
    let (deployments, task_sets): (Value, Value) = if is_rolling {
        let deployments = sets.map(|set| deployment(cx, there, set, desired));
        (deployments.collect(), json!([]))
    } else {
        let sets = sets.map(|set| described_task_set(cx, cluster, service, set, with_tags));
        (json!([]), sets.collect())
    };
    let events = service.events.iter().map(|event| {
        json!({
            "id": event.id,
            "createdAt": timestamp(event.created),
            "message": event.message,
        })
    });
    let role = "role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS";
    let role = match &service.role {
        Some(role) => Some(super::super::roles::arn(cx, role)),
        None => (!service.load_balancers.is_empty()).then(|| cx.global_arn("iam", role)),
    };
    let primary = service.primary();
    let definition =
        primary.map(|set| cx.arn("ecs", &format!("task-definition/{}", set.definition)));
    let placement = primary.map_or(&service.placement, |set| &set.placement);
    json!({
        "serviceArn": cx.arn("ecs", &format!("service/{cluster}/{}", service.name)),
        "serviceName": service.name,
        "clusterArn": cx.arn("ecs", &format!("cluster/{cluster}")),
        "status": service.status,
        "desiredCount": desired,
        "runningCount": all.running,
        "pendingCount": all.pending,
        "launchType": placement.launch_type,
        "capacityProviderStrategy": (!placement.strategy.is_empty()).then_some(&placement.strategy),
        "taskDefinition": definition,
        "deploymentConfiguration": service.deployment,
        "deploymentController": (!is_rolling).then(|| json!({ "type": service.controller })),
        "deployments": deployments,
        "taskSets": (!is_rolling).then_some(task_sets),
        "loadBalancers": primary.map_or(&service.load_balancers, |set| &set.load_balancers),
        "serviceRegistries": [],
        "roleArn": role,
        "events": events.collect::<Value>(),
        "createdAt": timestamp(service.created),
        "createdBy": service.created_by,
        "placementConstraints": service.constraints,
        "placementStrategy": service.strategies,
        "networkConfiguration": placement.network,
        "healthCheckGracePeriodSeconds": service
            .grace
            .or((!service.load_balancers.is_empty()).then_some(0)),
        "schedulingStrategy": if service.daemon { "DAEMON" } else { "REPLICA" },
        "enableECSManagedTags": service.managed_tags,
        "propagateTags": service.propagate_tags.as_deref().unwrap_or("NONE"),
        "enableExecuteCommand": service.execute_command,
        "availabilityZoneRebalancing": if service.rebalancing { "ENABLED" } else { "DISABLED" },
        "tags": with_tags.then(|| tags::list(&service.tags)),
    })
}

fn deployment(cx: &Cx, cluster: Option<&Cluster>, set: &TaskSet, desired: usize) -> Value {
    let own = counts(cluster, |task| task.is_of(&set.id));
    let is_primary = json!(set.status) == "PRIMARY";
    let (id, words) = (
        set.starter(),
        match set.rollout {
            Rollout::InProgress => "in progress.",
            Rollout::Completed => "completed.",
            Rollout::Failed => "failed: tasks failed to start.",
        },
    );
    json!({
        "id": id,
        "status": set.status,
        "taskDefinition": cx.arn("ecs", &format!("task-definition/{}", set.definition)),
        "desiredCount": if is_primary { desired } else { 0 },
        "runningCount": own.running,
        "pendingCount": own.pending,
        "failedTasks": set.throttle.failed,
        "createdAt": timestamp(set.created),
        "updatedAt": timestamp(set.updated),
        "launchType": set.placement.launch_type,
        "capacityProviderStrategy": (!set.placement.strategy.is_empty())
            .then_some(&set.placement.strategy),
        "networkConfiguration": set.placement.network,
        "rolloutState": set.rollout,
        "rolloutStateReason": format!("ECS deployment {id} {words}"),
    })
}

/// A task set as ECS describes it.
pub(in crate::services::ecs) fn described_task_set(
    cx: &mut Cx,
    cluster: &str,
    service: &Service,
    set: &TaskSet,
    with_tags: bool,
) -> Value {
    let there = cx.region().ecs.clusters.get(cluster).cloned();
    let own = counts(there.as_ref(), |task| task.is_of(&set.id));
    let (name, id) = (&service.name, &set.id);
    json!({
        "id": set.starter(),
        "taskSetArn": cx.arn("ecs", &format!("task-set/{cluster}/{name}/ecs-svc/{id}")),
        "serviceArn": cx.arn("ecs", &format!("service/{cluster}/{name}")),
        "clusterArn": cx.arn("ecs", &format!("cluster/{cluster}")),
        "startedBy": set.started_by,
        "externalId": set.external_id,
        "status": set.status,
        "taskDefinition": cx.arn("ecs", &format!("task-definition/{}", set.definition)),
        "computedDesiredCount": set.computed_desired(service.desired),
        "pendingCount": own.pending,
        "runningCount": own.running,
        "createdAt": timestamp(set.created),
        "updatedAt": timestamp(set.updated),
        "launchType": set.placement.launch_type,
        "capacityProviderStrategy": (!set.placement.strategy.is_empty())
            .then_some(&set.placement.strategy),
        "networkConfiguration": set.placement.network,
        "loadBalancers": set.load_balancers,
        "serviceRegistries": [],
        "scale": { "value": set.scale, "unit": "PERCENT" },
        "stabilityStatus": if set.steady { "STEADY_STATE" } else { "STABILIZING" },
        "stabilityStatusAt": timestamp(set.steady_at),
        "tags": if with_tags { tags::list(&set.tags) } else { json!([]) },
    })
}
