//! Deployments, as they are told of.

use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::context::Cx;
use crate::fault::Fault;
use crate::protocol::timestamp;
use crate::release::deployment::{Deployment, Phase, Status};
use crate::services::codedeploy::state::Platform;

/// How many a batch may name.
const BATCH: usize = 25;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct GetDeployment {
    deployment_id: String,
}

/// `GetDeployment` (CodeDeploy API Reference).
pub(crate) fn get_deployment(cx: &mut Cx, input: GetDeployment) -> Result<Value, Fault> {
    let deployment = found(cx, &input.deployment_id)?;
    Ok(json!({ "deploymentInfo": described(&deployment) }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct BatchGetDeployments {
    deployment_ids: Vec<String>,
}

/// `BatchGetDeployments` (CodeDeploy API Reference): those that there are.
pub(crate) fn batch_get_deployments(
    cx: &mut Cx,
    input: BatchGetDeployments,
) -> Result<Value, Fault> {
    if input.deployment_ids.len() > BATCH {
        let words = format!("The maximum number of deployments allowed is {BATCH}.");
        return Err(Fault::new("BatchLimitExceededException", words));
    }
    let mut infos = Vec::new();
    for id in &input.deployment_ids {
        match found(cx, id) {
            Ok(deployment) => infos.push(described(&deployment)),
            Err(fault) if fault.code == "DeploymentDoesNotExistException" => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(json!({ "deploymentsInfo": infos }))
}

/// The deployment of that id, or CodeDeploy's words for that there is none.
pub(super) fn found(cx: &mut Cx, id: &str) -> Result<Deployment, Fault> {
    let letters = id.strip_prefix("d-").unwrap_or_default();
    if letters.is_empty() || !letters.chars().all(|letter| letter.is_ascii_alphanumeric()) {
        let words = format!("Specified DeploymentId is not in the valid format: {id}");
        return Err(Fault::new("InvalidDeploymentIdException", words));
    }
    let mut deployments = cx.region().codedeploy.deployments.iter();
    let found = deployments.find(|deployment| deployment.id == id).cloned();
    found.ok_or_else(|| {
        let words = format!("No Deployment found for id: {id}");
        Fault::new("DeploymentDoesNotExistException", words)
    })
}

/// `deploymentOverview` counts targets, of which there is one.
fn overview(status: Status) -> Value {
    let count = |is: bool| u8::from(is);
    json!({
        "Pending": count(matches!(status, Status::Created | Status::Queued)),
        "InProgress": count(matches!(status, Status::InProgress | Status::Baking)),
        "Succeeded": count(status == Status::Succeeded),
        "Failed": count(status == Status::Failed),
        "Skipped": count(status == Status::Stopped),
        "Ready": count(status == Status::Ready),
    })
}

fn rollback(deployment: &Deployment) -> Option<Value> {
    match (&deployment.rolled_back_by, &deployment.rolls_back) {
        (Some(by), _) => Some(json!({
            "rollbackDeploymentId": by,
            "rollbackMessage": format!("Deployment {} was rolled back by deployment {by}", deployment.id),
        })),
        (None, Some(of)) => Some(json!({
            "rollbackTriggeringDeploymentId": of,
            "rollbackMessage": format!("Deployment {} rolls back deployment {of}", deployment.id),
        })),
        (None, None) => None,
    }
}

fn described(deployment: &Deployment) -> Value {
    let Deployment { settings, .. } = deployment;
    let error = deployment.error.as_ref();
    json!({
        "applicationName": deployment.application,
        "deploymentGroupName": deployment.group,
        "deploymentConfigName": settings.deployment_config_name,
        "deploymentId": deployment.id,
        "revision": {
            "revisionType": "AppSpecContent",
            "appSpecContent": {
                "content": deployment.content,
                "sha256": hex::encode(Sha256::digest(&deployment.content)),
            },
        },
        "status": deployment.status,
        "errorInformation": error.map(|(code, message)| json!({ "code": code, "message": message })),
        "createTime": timestamp(deployment.created),
        "startTime": deployment.started.map(timestamp),
        "completeTime": deployment.completed.map(timestamp),
        "deploymentOverview": overview(deployment.status),
        "description": deployment.description,
        "creator": deployment.creator,
        "ignoreApplicationStopFailures": false,
        "autoRollbackConfiguration": settings.rollback,
        "updateOutdatedInstancesOnly": false,
        "rollbackInfo": rollback(deployment),
        "deploymentStyle": settings.style,
        "instanceTerminationWaitTimeStarted": matches!(deployment.phase, Phase::Terminating { .. }),
        "blueGreenDeploymentConfiguration": settings.blue_green,
        "loadBalancerInfo": settings.load_balancer,
        "fileExistsBehavior": "DISALLOW",
        "deploymentStatusMessages": error.map(|(_, message)| [message]),
        "computePlatform": Platform::Ecs,
        "overrideAlarmConfiguration": settings.alarms,
    })
}
