//! `DescribeTasks`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::definition_of;
use crate::context::Cx;
use crate::fault::Fault;
use crate::protocol::timestamp;
use crate::services::ecs::faults::{invalid, one_of};
use crate::services::ecs::names::{cluster, missing, short};
use crate::services::ecs::shapes::{ContainerDefinition, HealthCheck};
use crate::services::ecs::state::{Cluster, Container, Task, TaskStatus};
use crate::services::ecs::tags;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct DescribeTasks {
    cluster: Option<String>,
    tasks: Vec<String>,
    #[serde(default)]
    include: Vec<String>,
}

/// `DescribeTasks` (ECS API Reference): stopped ones for a while too.
pub(crate) fn describe_tasks(cx: &mut Cx, input: DescribeTasks) -> Result<Value, Fault> {
    for included in &input.include {
        one_of("include", included, &["TAGS"])?;
    }
    let there = cluster(cx, input.cluster.as_deref())?.clone();
    if input.tasks.is_empty() {
        return Err(invalid("Tasks cannot be empty."));
    }
    if input.tasks.len() > 100 {
        return Err(invalid("tasks can have at most 100 items."));
    }
    let (mut found, mut failures) = (Vec::new(), Vec::new());
    for reference in &input.tasks {
        let id = short(cx, "task", reference)?;
        match there.tasks.get(id) {
            Some(task) => found.push(described(cx, &there, task, !input.include.is_empty())),
            None => failures.push(missing(
                &cx.arn("ecs", &format!("task/{}/{id}", there.name)),
            )),
        }
    }
    Ok(json!({ "tasks": found, "failures": failures }))
}

/// A task as ECS describes it.
pub(super) fn described(cx: &mut Cx, cluster: &Cluster, task: &Task, with_tags: bool) -> Value {
    let definition = definition_of(cx, task).map(|it| it.definition);
    let containers = task.containers.iter().map(|container| {
        let of = definition
            .as_ref()
            .and_then(|it| it.container(&container.name));
        container_described(cx, cluster, task, container, of)
    });
    let containers: Vec<_> = containers.collect();
    let is_sick = containers
        .iter()
        .any(|it| it["healthStatus"] == "UNHEALTHY");
    let checked = containers
        .iter()
        .filter(|it| it["healthStatus"] != "UNKNOWN");
    let health = match (is_sick, checked.count()) {
        (true, _) => "UNHEALTHY",
        (false, 0) => "UNKNOWN",
        (false, _) => "HEALTHY",
    };
    let name = &cluster.name;
    let instance = task.instance.as_ref();
    let instance = instance.map(|id| cx.arn("ecs", &format!("container-instance/{name}/{id}")));
    let connected = instance.is_some().then_some("CONNECTED");
    json!({
        "taskArn": cx.arn("ecs", &format!("task/{name}/{}", task.id)),
        "clusterArn": cx.arn("ecs", &format!("cluster/{name}")),
        "taskDefinitionArn": cx.arn("ecs", &format!("task-definition/{}", task.definition)),
        "containerInstanceArn": instance,
        "availabilityZone": task.zone,
        "capacityProviderName": task.capacity_provider,
        "launchType": task.placement.launch_type.as_deref().unwrap_or("EC2"),
        "group": task.group,
        "startedBy": task.started_by,
        "lastStatus": task.status,
        "desiredStatus": if task.stops { "STOPPED" } else { "RUNNING" },
        "healthStatus": health,
        "connectivity": connected,
        "connectivityAt": connected.and(task.pull_started).map(timestamp),
        "cpu": task.cpu.to_string(),
        "memory": task.memory.to_string(),
        "containers": containers,
        "overrides": task.overrides,
        "enableExecuteCommand": task.execute_command,
        "attachments": [],
        "attributes": architecture(cluster, task),
        "createdAt": timestamp(task.created),
        "pullStartedAt": task.pull_started.map(timestamp),
        "pullStoppedAt": task.pull_stopped.map(timestamp),
        "startedAt": task.started.map(timestamp),
        "stoppingAt": task.stopping.map(timestamp),
        "executionStoppedAt": task.execution_stopped.map(timestamp),
        "stoppedAt": task.stopped.map(timestamp),
        "stopCode": task.stop_code,
        "stoppedReason": task.stopped_reason,
        "version": task.version,
        "tags": if with_tags { tags::list(&task.tags) } else { json!([]) },
    })
}

fn architecture(cluster: &Cluster, task: &Task) -> Value {
    let instance = task.instance.as_ref();
    let instance = instance.and_then(|id| cluster.instances.get(id));
    let attribute =
        instance.map(|it| json!({ "name": "ecs.cpu-architecture", "value": it.architecture }));
    attribute.into_iter().collect()
}

fn container_described(
    cx: &Cx,
    cluster: &Cluster,
    task: &Task,
    container: &Container,
    definition: Option<&ContainerDefinition>,
) -> Value {
    let is_running = matches!(
        task.status,
        TaskStatus::Activating
            | TaskStatus::Running
            | TaskStatus::Deactivating
            | TaskStatus::Stopping
    );
    let status = match task.status {
        TaskStatus::Stopped | TaskStatus::Deprovisioning => "STOPPED",
        _ if is_running && container.runtime.is_some() => "RUNNING",
        _ => "PENDING",
    };
    let check = definition.and_then(|it| it.health_check.as_ref());
    let has_stopped = status == "STOPPED";
    let bindings = container.bindings.iter().map(|binding| {
        json!({
            "bindIP": "0.0.0.0",
            "containerPort": binding.container,
            "hostPort": binding.host,
            "protocol": binding.protocol,
        })
    });
    let path = format!("{}/{}/{}", cluster.name, task.id, container.id);
    json!({
        "containerArn": cx.arn("ecs", &format!("container/{path}")),
        "taskArn": cx.arn("ecs", &format!("task/{}/{}", cluster.name, task.id)),
        "name": container.name,
        "image": container.image,
        "imageDigest": container.digest,
        "runtimeId": container.runtime,
        "lastStatus": status,
        "exitCode": container.exit_code.filter(|_| has_stopped),
        "reason": container.reason,
        "networkBindings": container
            .runtime
            .as_ref()
            .map_or_else(|| json!([]), |_| bindings.collect()),
        "networkInterfaces": [],
        "healthStatus": check.map_or("UNKNOWN", |check| health(cx, task, check)),
        "cpu": definition.map_or_else(|| "0".to_owned(), |it| it.cpu.to_string()),
        "memory": definition.and_then(|it| it.memory).map(|it| it.to_string()),
        "memoryReservation": definition
            .and_then(|it| it.memory_reservation)
            .map(|it| it.to_string()),
    })
}

/// What the container's own health check has found: it answers as the application does.
fn health(cx: &Cx, task: &Task, check: &HealthCheck) -> &'static str {
    let Some(started) = task.started.filter(|_| task.is_running()) else {
        return "UNKNOWN";
    };
    let real = |seconds: i64| std::time::Duration::from_secs(seconds.try_into().unwrap_or(0));
    let spans = |seconds| crate::clock::hurried(real(seconds), cx.account.speed);
    let patience = check.start_period.unwrap_or(0) + check.interval * check.retries;
    match task.ready {
        Some(ready) if cx.now >= ready.max(started + spans(check.interval)) => "HEALTHY",
        _ if cx.now >= started + spans(patience) => "UNHEALTHY",
        _ => "UNKNOWN",
    }
}
