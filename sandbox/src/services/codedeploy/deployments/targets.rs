//! What a deployment deploys to: of ECS, one service.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::read::found;
use crate::context::Cx;
use crate::fault::Fault;
use crate::protocol::timestamp;
use crate::release::deployment::{Deployment, Status, TaskSet};
use crate::services::codedeploy::names;
use crate::services::ecs::{self, ServiceFacts};

/// How many targets a batch may name.
const BATCH: usize = 25;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ListDeploymentTargets {
    deployment_id: String,
    next_token: Option<String>,
    #[serde(default)]
    target_filters: BTreeMap<String, Vec<String>>,
}

/// `ListDeploymentTargets` (CodeDeploy API Reference).
pub(crate) fn list_deployment_targets(
    cx: &mut Cx,
    input: ListDeploymentTargets,
) -> Result<Value, Fault> {
    let deployment = started(cx, &input.deployment_id)?;
    let mut ids = vec![target_id(&deployment)];
    for (filter, values) in &input.target_filters {
        if filter != "TargetStatus" {
            let words = format!("The target filter name {filter} is invalid.");
            return Err(Fault::new("InvalidTargetFilterNameException", words));
        }
        ids.retain(|_| values.iter().any(|value| value == status(&deployment)));
    }
    let page = names::page(ids, input.next_token.as_deref())?;
    Ok(json!({ "targetIds": page.items, "nextToken": page.next }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct GetDeploymentTarget {
    deployment_id: String,
    target_id: String,
}

/// `GetDeploymentTarget` (CodeDeploy API Reference).
pub(crate) fn get_deployment_target(
    cx: &mut Cx,
    input: GetDeploymentTarget,
) -> Result<Value, Fault> {
    let deployment = started(cx, &input.deployment_id)?;
    check(&deployment, &input.target_id)?;
    Ok(json!({ "deploymentTarget": target(cx, &deployment) }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct BatchGetDeploymentTargets {
    deployment_id: String,
    target_ids: Vec<String>,
}

/// `BatchGetDeploymentTargets` (CodeDeploy API Reference).
pub(crate) fn batch_get_deployment_targets(
    cx: &mut Cx,
    input: BatchGetDeploymentTargets,
) -> Result<Value, Fault> {
    let deployment = started(cx, &input.deployment_id)?;
    if input.target_ids.is_empty() {
        let words = "A deployment target ID was not provided.";
        return Err(Fault::new("DeploymentTargetIdRequiredException", words));
    }
    if input.target_ids.len() > BATCH {
        let words = format!("The maximum number of targets that can be requested is {BATCH}.");
        return Err(Fault::new(
            "DeploymentTargetListSizeExceededException",
            words,
        ));
    }
    input
        .target_ids
        .iter()
        .try_for_each(|id| check(&deployment, id))?;
    let targets = input.target_ids.iter().map(|_| target(cx, &deployment));
    Ok(json!({ "deploymentTargets": targets.collect::<Value>() }))
}

/// The deployment of that id, once it has targets.
fn started(cx: &mut Cx, id: &str) -> Result<Deployment, Fault> {
    let deployment = found(cx, id)?;
    if deployment.started.is_none() {
        let words = format!("The deployment {id} has not started.");
        return Err(Fault::new("DeploymentNotStartedException", words));
    }
    Ok(deployment)
}

/// `CLUSTER:SERVICE`
fn target_id(deployment: &Deployment) -> String {
    let (cluster, service) = deployment.service();
    format!("{cluster}:{service}")
}

fn check(deployment: &Deployment, id: &str) -> Result<(), Fault> {
    if id == target_id(deployment) {
        return Ok(());
    }
    let (code, words) = if id.is_empty() {
        (
            "DeploymentTargetIdRequiredException",
            "A deployment target ID was not provided.".to_owned(),
        )
    } else {
        (
            "DeploymentTargetDoesNotExistException",
            format!("The deployment {} has no target {id}.", deployment.id),
        )
    };
    Err(Fault::new(code, words))
}

/// `TargetStatus`
fn status(deployment: &Deployment) -> &'static str {
    match deployment.status {
        Status::Created | Status::Queued => "Pending",
        Status::InProgress | Status::Baking => "InProgress",
        Status::Ready => "Ready",
        Status::Succeeded => "Succeeded",
        Status::Failed => "Failed",
        Status::Stopped => "Skipped",
    }
}

fn target(cx: &mut Cx, deployment: &Deployment) -> Value {
    let (cluster, name) = deployment.service();
    let service = ecs::service(cx, cluster, name);
    let events = deployment.events.iter().map(|event| {
        json!({
            "lifecycleEventName": event.name,
            "startTime": event.started.map(timestamp),
            "endTime": event.ended.map(timestamp),
            "status": event.status,
            "diagnostics": event.message.as_ref().map(|message| json!({
                "errorCode": "UnknownError",
                "message": message,
            })),
        })
    });
    let sets = [(&deployment.blue, "Blue"), (&deployment.green, "Green")];
    let sets = sets
        .into_iter()
        .filter_map(|(set, label)| Some((set.as_ref()?, label)))
        .filter(|(set, _)| !set.id.is_empty())
        .map(|(set, label)| task_set(service.as_ref(), set, label));
    json!({
        "deploymentTargetType": "ECSTarget",
        "ecsTarget": {
            "deploymentId": deployment.id,
            "targetId": target_id(deployment),
            "targetArn": cx.arn("ecs", &format!("service/{cluster}/{name}")),
            "lastUpdatedAt": timestamp(deployment.updated),
            "lifecycleEvents": events.collect::<Value>(),
            "status": status(deployment),
            "taskSetsInfo": sets.collect::<Value>(),
        },
    })
}

/// A task set as ECS has it now; one that is gone has no tasks.
fn task_set(service: Option<&ServiceFacts>, set: &TaskSet, label: &str) -> Value {
    let there = service.and_then(|service| service.task_sets.iter().find(|it| it.id == set.id));
    json!({
        // AWS's model spells it so.
        "identifer": set.id,
        "desiredCount": there.map_or(0, |it| it.desired),
        "pendingCount": there.map_or(0, |it| it.pending),
        "runningCount": there.map_or(0, |it| it.running),
        "status": there.map_or("DRAINING", |it| it.status),
        "trafficWeight": f64::from(set.weight),
        "targetGroup": { "name": set.group },
        "taskSetLabel": label,
    })
}
