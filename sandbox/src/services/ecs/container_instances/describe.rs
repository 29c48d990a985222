//! `DescribeContainerInstances`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{id, resources};
use crate::context::Cx;
use crate::fault::Fault;
use crate::protocol::timestamp;
use crate::services::ecs::faults::{invalid, one_of};
use crate::services::ecs::names::{cluster, missing};
use crate::services::ecs::state::{Cluster, ContainerInstance, Task};
use crate::services::ecs::tags;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct DescribeContainerInstances {
    cluster: Option<String>,
    container_instances: Vec<String>,
    #[serde(default)]
    include: Vec<String>,
}

/// `DescribeContainerInstances` (ECS API Reference).
pub(crate) fn describe_container_instances(
    cx: &mut Cx,
    input: DescribeContainerInstances,
) -> Result<Value, Fault> {
    for included in &input.include {
        one_of("include", included, &["TAGS", "CONTAINER_INSTANCE_HEALTH"])?;
    }
    let there = cluster(cx, input.cluster.as_deref())?.clone();
    if input.container_instances.is_empty() {
        return Err(invalid(
            "Container instance IDs should not be null or empty.",
        ));
    }
    if input.container_instances.len() > 100 {
        return Err(invalid("containerInstances can have at most 100 items."));
    }
    let included = |part: &str| input.include.iter().any(|included| included == part);
    let (mut found, mut failures) = (Vec::new(), Vec::new());
    for reference in &input.container_instances {
        match there.instances.get(&id(cx, reference)?) {
            Some(instance) => {
                let mut described = described(cx, &there, instance, included("TAGS"));
                if included("CONTAINER_INSTANCE_HEALTH") {
                    described["healthStatus"] = health(instance);
                }
                found.push(described);
            }
            None => failures.push(missing(reference)),
        }
    }
    Ok(json!({ "containerInstances": found, "failures": failures }))
}

/// A container instance as ECS describes it.
pub(super) fn described(
    cx: &Cx,
    cluster: &Cluster,
    instance: &ContainerInstance,
    with_tags: bool,
) -> Value {
    let count = |of: fn(&Task) -> bool| {
        let tasks = cluster.tasks_on(&instance.id);
        tasks.filter(|task| of(task)).count()
    };
    let arn = format!("container-instance/{}/{}", cluster.name, instance.id);
    json!({
        "containerInstanceArn": cx.arn("ecs", &arn),
        "ec2InstanceId": instance.ec2_instance,
        "capacityProviderName": instance.capacity_provider,
        "version": instance.version,
        "versionInfo": {
            "agentVersion": "1.100.1",
            "agentHash": "0d4bd1c8",
            "dockerVersion": "DockerVersion: 25.0.13",
        },
        "remainingResources": resources::remaining(cluster, instance),
        "registeredResources": resources::registered(instance),
        "status": instance.status,
        "agentConnected": instance.connected,
        "runningTasksCount": count(Task::is_running),
        "pendingTasksCount": count(Task::is_pending),
        "attributes": attributes(instance)
            .into_iter()
            .map(|(name, value)| json!({ "name": name, "value": value }))
            .collect::<Value>(),
        "registeredAt": timestamp(instance.registered),
        "attachments": [],
        "tags": if with_tags { tags::list(&instance.tags) } else { json!([]) },
    })
}

/// The attributes of an instance; capabilities of the agent have no value.
pub(in crate::services::ecs) fn attributes(
    instance: &ContainerInstance,
) -> Vec<(&'static str, Option<&str>)> {
    vec![
        ("ecs.availability-zone", Some(&instance.zone)),
        ("ecs.instance-type", Some(&instance.instance_type)),
        ("ecs.ami-id", Some(&instance.image)),
        ("ecs.subnet-id", Some(&instance.subnet)),
        ("ecs.vpc-id", Some(&instance.vpc)),
        ("ecs.cpu-architecture", Some(&instance.architecture)),
        ("ecs.os-type", Some("linux")),
        ("ecs.os-family", Some("LINUX")),
        ("com.amazonaws.ecs.capability.ecr-auth", None),
        ("com.amazonaws.ecs.capability.task-iam-role", None),
        ("com.amazonaws.ecs.capability.logging-driver.awslogs", None),
        (
            "com.amazonaws.ecs.capability.logging-driver.json-file",
            None,
        ),
        ("com.amazonaws.ecs.capability.docker-remote-api.1.18", None),
        ("ecs.capability.execution-role-awslogs", None),
        ("ecs.capability.execution-role-ecr-pull", None),
        ("ecs.capability.secrets.ssm.environment-variables", None),
        ("ecs.capability.task-cpu-mem-limit", None),
    ]
}

fn health(instance: &ContainerInstance) -> Value {
    let status = if instance.connected { "OK" } else { "IMPAIRED" };
    let at = timestamp(instance.registered);
    json!({
        "overallStatus": status,
        "details": [{
            "type": "CONTAINER_RUNTIME",
            "status": status,
            "lastUpdated": at,
            "lastStatusChange": at,
        }],
    })
}
