//! What a person does to a deployment: on with it, or not.

use serde::Deserialize;
use serde_json::{Value, json};

use super::read::found;
use crate::context::Cx;
use crate::fault::Fault;
use crate::release::deployment::{self, Cause, Phase};
use crate::services::codedeploy::groups::RollbackEvent;

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum WaitType {
    ReadyWait,
    TerminationWait,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ContinueDeployment {
    deployment_id: Option<String>,
    deployment_wait_type: Option<WaitType>,
}

/// `ContinueDeployment` (CodeDeploy API Reference): reroutes traffic, or lets
/// the original go, before the wait is over.
pub(crate) fn continue_deployment(cx: &mut Cx, input: ContinueDeployment) -> Result<Value, Fault> {
    let id = required(input.deployment_id)?;
    let deployment = found(cx, &id)?;
    if deployment.status.is_over() {
        return Err(completed(&id));
    }
    let wanted = input.deployment_wait_type.unwrap_or(WaitType::ReadyWait);
    match (wanted, deployment.phase) {
        (WaitType::ReadyWait, Phase::Ready { .. }) => deployment::reroute(cx, &id),
        (WaitType::TerminationWait, Phase::Terminating { .. }) => deployment::let_go(cx, &id),
        (WaitType::ReadyWait, _) => {
            let words = format!("The deployment {id} is not in the Ready state.");
            return Err(Fault::new("DeploymentIsNotInReadyStateException", words));
        }
        (WaitType::TerminationWait, _) => {
            let words =
                format!("The deployment {id} does not wait for the termination of its original.");
            return Err(Fault::new("InvalidDeploymentStatusException", words));
        }
    }
    Ok(Value::Null)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct StopDeployment {
    deployment_id: String,
    auto_rollback_enabled: Option<bool>,
}

/// `StopDeployment` (CodeDeploy API Reference): rolls back if asked to, or if
/// the group is set to and nothing is asked.
pub(crate) fn stop_deployment(cx: &mut Cx, input: StopDeployment) -> Result<Value, Fault> {
    let id = input.deployment_id;
    let deployment = found(cx, &id)?;
    if deployment.status.is_over() {
        return Err(completed(&id));
    }
    let configured = deployment::rolls_back_on(&deployment, RollbackEvent::DeploymentStopOnRequest);
    let roll_back = input.auto_rollback_enabled.unwrap_or(configured);
    deployment::end(cx, &id, Cause::Stopped { roll_back });
    Ok(json!({
        "status": "Succeeded",
        "statusMessage": "No more commands will be scheduled for execution in the deployment instances",
    }))
}

fn required(id: Option<String>) -> Result<String, Fault> {
    id.filter(|id| !id.is_empty()).ok_or_else(|| {
        let words = "The parameter deploymentId is required.";
        Fault::new("DeploymentIdRequiredException", words)
    })
}

fn completed(id: &str) -> Fault {
    let words = format!("The deployment {id} has already completed.");
    Fault::new("DeploymentAlreadyCompletedException", words)
}
