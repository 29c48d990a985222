//! How long each side of a blue/green deployment is waited for.

use super::settings::{
    BlueGreen, DeploymentType, Ready, ReadyAction, Settings, Termination, TerminationAction,
};
use crate::fault::Fault;
use crate::services::codedeploy::state::Platform;

/// How long the original may be kept, in minutes: two days.
const LONGEST_TERMINATION: i64 = 2880;

/// How long a deployment may wait for its reroute, in minutes: 120 hours for
/// ECS (CodeDeploy quotas).
const LONGEST_READY: i64 = 7200;

/// Whether `blueGreenDeploymentConfiguration` goes with the style and the platform.
pub(super) fn check(settings: &Settings, platform: Platform) -> Result<(), Fault> {
    let Some(given) = &settings.blue_green else {
        return Ok(());
    };
    if settings.style.deployment_type != DeploymentType::BlueGreen {
        return invalid(
            "The blue/green deployment configuration can be specified only if the deployment type is \
             BLUE_GREEN.",
        );
    }
    if let Some(ready) = &given.deployment_ready_option {
        check_ready(ready)?;
    }
    if let Some(termination) = &given.terminate_blue_instances_on_deployment_success {
        check_termination(termination)?;
    }
    match platform {
        Platform::Ecs => for_ecs(given),
        Platform::Server | Platform::Lambda => Ok(()),
    }
}

fn check_ready(ready: &Ready) -> Result<(), Fault> {
    let wait = ready.wait_time_in_minutes;
    match (ready.action_on_timeout, wait) {
        (None, _) => {
            invalid("The action on timeout of the deployment ready option must be specified.")
        }
        (Some(ReadyAction::ContinueDeployment), Some(1..)) => invalid(
            "The wait time of the deployment ready option can be specified only if the action on \
             timeout is STOP_DEPLOYMENT.",
        ),
        (Some(ReadyAction::StopDeployment), None | Some(0)) => invalid(
            "The wait time of the deployment ready option must be specified if the action on timeout \
             is STOP_DEPLOYMENT.",
        ),
        (_, wait) if !(0..=LONGEST_READY).contains(&wait.unwrap_or(0)) => invalid(&format!(
            "The wait time of the deployment ready option must be between 0 and {LONGEST_READY} minutes."
        )),
        _ => Ok(()),
    }
}

fn check_termination(termination: &Termination) -> Result<(), Fault> {
    let wait = termination.termination_wait_time_in_minutes;
    if !(0..=LONGEST_TERMINATION).contains(&wait.unwrap_or(0)) {
        return invalid(&format!(
            "The termination wait time must be between 0 and {LONGEST_TERMINATION} minutes."
        ));
    }
    match (termination.action, wait) {
        (Some(TerminationAction::KeepAlive), Some(1..)) => {
            invalid("The termination wait time can be specified only if the action is TERMINATE.")
        }
        _ => Ok(()),
    }
}

/// Of an ECS group the two waits must be said, and there is no fleet to provision.
fn for_ecs(given: &BlueGreen) -> Result<(), Fault> {
    if given.green_fleet_provisioning_option.is_some() {
        return invalid(
            "For ECS deployment group, greenFleetProvisioningOption cannot be specified.",
        );
    }
    if given.deployment_ready_option.is_none() {
        return invalid("For ECS deployment group, deploymentReadyOption must be specified.");
    }
    let termination = given
        .terminate_blue_instances_on_deployment_success
        .as_ref();
    if termination
        .and_then(|termination| termination.action)
        .is_none()
    {
        return invalid(
            "For ECS deployment group, terminateBlueInstancesOnDeploymentSuccess must be specified.",
        );
    }
    Ok(())
}

fn invalid(words: &str) -> Result<(), Fault> {
    let code = "InvalidBlueGreenDeploymentConfigurationException";
    Err(Fault::new(code, words))
}
