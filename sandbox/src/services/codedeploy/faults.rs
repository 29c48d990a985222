//! CodeDeploy's refusals that more than one operation uses.

use crate::fault::Fault;
use crate::protocol::{InputError, Problem};

pub(super) fn no_such_application(name: &str) -> Fault {
    Fault::new(
        "ApplicationDoesNotExistException",
        format!("No application found for name: {name}"),
    )
}

pub(super) fn no_such_group(name: &str) -> Fault {
    Fault::new(
        "DeploymentGroupDoesNotExistException",
        format!("No Deployment Group found for name: {name}"),
    )
}

pub(super) fn no_such_config(name: &str) -> Fault {
    Fault::new(
        "DeploymentConfigDoesNotExistException",
        format!("No Deployment Configuration found for name: {name}"),
    )
}

/// What a parameter that must be there is called when it is not, and when it is wrong.
const PARAMETERS: &[(&str, &str, &str)] = &[
    (
        "applicationName",
        "ApplicationNameRequiredException",
        "InvalidApplicationNameException",
    ),
    (
        "deploymentGroupName",
        "DeploymentGroupNameRequiredException",
        "InvalidDeploymentGroupNameException",
    ),
    (
        "currentDeploymentGroupName",
        "DeploymentGroupNameRequiredException",
        "InvalidDeploymentGroupNameException",
    ),
    (
        "deploymentConfigName",
        "DeploymentConfigNameRequiredException",
        "InvalidDeploymentConfigNameException",
    ),
    (
        "serviceRoleArn",
        "RoleRequiredException",
        "InvalidRoleException",
    ),
    (
        "resourceArn",
        "ResourceArnRequiredException",
        "InvalidArnException",
    ),
    // The operations on tags write their parameters with a capital, the others do not.
    ("tags", "TagRequiredException", "InvalidTagsToAddException"),
    (
        "tagKeys",
        "TagRequiredException",
        "InvalidTagsToAddException",
    ),
    (
        "deploymentId",
        "DeploymentIdRequiredException",
        "InvalidDeploymentIdException",
    ),
    (
        "targetId",
        "DeploymentTargetIdRequiredException",
        "InvalidDeploymentTargetIdException",
    ),
    (
        "targetIds",
        "DeploymentTargetIdRequiredException",
        "InvalidDeploymentTargetIdException",
    ),
    (
        "revision",
        "RevisionRequiredException",
        "InvalidRevisionException",
    ),
    (
        "deploymentWaitType",
        "",
        "InvalidDeploymentWaitTypeException",
    ),
    (
        "includeOnlyStatuses",
        "",
        "InvalidDeploymentStatusException",
    ),
    ("createTimeRange", "", "InvalidTimeRangeException"),
    ("computePlatform", "", "InvalidComputePlatformException"),
    ("ecsServices", "", "InvalidECSServiceException"),
    ("loadBalancerInfo", "", "InvalidLoadBalancerInfoException"),
    ("deploymentStyle", "", "InvalidDeploymentStyleException"),
    (
        "blueGreenDeploymentConfiguration",
        "",
        "InvalidBlueGreenDeploymentConfigurationException",
    ),
    (
        "autoRollbackConfiguration",
        "",
        "InvalidAutoRollbackConfigException",
    ),
    ("alarmConfiguration", "", "InvalidAlarmConfigException"),
    ("triggerConfigurations", "", "InvalidTriggerConfigException"),
    (
        "trafficRoutingConfig",
        "",
        "InvalidTrafficRoutingConfigurationException",
    ),
    (
        "minimumHealthyHosts",
        "",
        "InvalidMinimumHealthyHostValueException",
    ),
];

/// CodeDeploy's words for input that does not fit its model: a code a parameter.
pub(super) fn input(error: InputError) -> Fault {
    let top = error.path.split('.').next().unwrap_or_default();
    let known = PARAMETERS
        .iter()
        .find(|(name, ..)| name.eq_ignore_ascii_case(top));
    let whole = top == error.path;
    match (known, &error.problem) {
        (Some((name, required, _)), Problem::Missing) if whole && !required.is_empty() => {
            Fault::new(*required, format!("The parameter {name} is required."))
        }
        (Some((_, _, invalid)), problem) => {
            let words = match problem {
                Problem::Missing => format!("The parameter {} is required.", error.path),
                Problem::Unknown => format!("The parameter {} is not recognized.", error.path),
                Problem::Type(wanted) => format!("{}: {wanted}", error.path),
            };
            Fault::new(*invalid, words)
        }
        (None, _) => error.validation("ValidationException"),
    }
}
