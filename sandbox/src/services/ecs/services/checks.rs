//! What a service must be like.

use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ecs::balancing;
use crate::services::ecs::faults::{invalid, one_of};
use crate::services::ecs::shapes::{Controller, Definition, DeploymentConfiguration, LoadBalancer};

/// How many target groups a service can have (ECS Developer Guide, "Registering multiple target
/// groups").
const MOST_TARGET_GROUPS: usize = 5;

/// The controller: `ECS` where none is named.
pub(super) fn controller(given: Option<Controller>) -> Result<String, Fault> {
    let name = given.map_or_else(|| "ECS".to_owned(), |controller| controller.r#type);
    one_of("type", &name, &["ECS", "CODE_DEPLOY", "EXTERNAL"])?;
    Ok(name)
}

/// Checks load balancers against the containers and against Elastic Load Balancing.
pub(in crate::services::ecs) fn check_load_balancers(
    cx: &mut Cx,
    balancers: &[LoadBalancer],
    definition: &Definition,
) -> Result<(), Fault> {
    if balancers.len() > MOST_TARGET_GROUPS {
        return Err(invalid(format!(
            "load balancers can have at most {MOST_TARGET_GROUPS} items."
        )));
    }
    for balancer in balancers {
        let Some(group) = &balancer.target_group_arn else {
            return Err(invalid(
                "loadBalancerName is for Classic Load Balancers, which are not available here; specify a \
                 targetGroupArn.",
            ));
        };
        if balancer.classic_name.is_some() {
            return Err(invalid(
                "loadBalancerName and targetGroupArn cannot both be specified.",
            ));
        }
        let name = balancer.container_name.as_deref().unwrap_or_default();
        let port = balancer.container_port.unwrap_or_default();
        let Some(container) = definition.container(name) else {
            return Err(invalid(format!(
                "The container {name} does not exist in the task definition."
            )));
        };
        let mut mapped = container.port_mappings.iter();
        if !mapped.any(|mapping| mapping.container_port == Some(port)) {
            return Err(invalid(format!(
                "The container {name} did not have a container port {port} defined."
            )));
        }
        balancing::check(cx, group, definition.network())?;
    }
    Ok(())
}

/// Checks the grace period, which only load balancers give a sense.
pub(super) fn grace(given: Option<i64>, balancers: &[LoadBalancer]) -> Result<(), Fault> {
    let Some(seconds) = given else { return Ok(()) };
    if !(0..=2_147_483_647).contains(&seconds) {
        return Err(invalid(
            "healthCheckGracePeriodSeconds must be between 0 and 2147483647.",
        ));
    }
    if balancers.is_empty() {
        return Err(invalid(
            "Health check grace period is only valid for services configured to use load balancers",
        ));
    }
    Ok(())
}

/// The deployment configuration with ECS's defaults.
pub(super) fn deployment(
    given: Option<DeploymentConfiguration>,
    there: Option<&DeploymentConfiguration>,
    controller: &str,
    daemon: bool,
) -> Result<DeploymentConfiguration, Fault> {
    let none = DeploymentConfiguration {
        deployment_circuit_breaker: None,
        maximum_percent: None,
        minimum_healthy_percent: None,
        alarms: None,
        strategy: None,
        bake_time_in_minutes: None,
    };
    let given = given.unwrap_or_else(|| none.clone());
    let there = there.cloned().unwrap_or(none);
    let (least, most) = if daemon { (0, 100) } else { (100, 200) };
    let minimum = given
        .minimum_healthy_percent
        .or(there.minimum_healthy_percent);
    let maximum = given.maximum_percent.or(there.maximum_percent);
    let (minimum, maximum) = (minimum.unwrap_or(least), maximum.unwrap_or(most));
    if !(0..=100).contains(&minimum) || !(0..=10_000).contains(&maximum) || maximum < 1 {
        return Err(invalid(
            "minimumHealthyPercent must be between 0 and 100, and maximumPercent greater than 0.",
        ));
    }
    if minimum == 100 && maximum == 100 {
        return Err(invalid(
            "Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.",
        ));
    }
    if controller != "ECS"
        && (given
            .deployment_circuit_breaker
            .as_ref()
            .is_some_and(|it| it.enable)
            || given.alarms.as_ref().is_some_and(|it| it.enable))
    {
        return Err(invalid(format!(
            "Deployment circuit breaker and alarms are not supported with the deployment controller {controller}."
        )));
    }
    if let Some(strategy) = given.strategy.as_deref().filter(|it| *it != "ROLLING") {
        one_of(
            "strategy",
            strategy,
            &["ROLLING", "BLUE_GREEN", "LINEAR", "CANARY"],
        )?;
        return Err(Fault::new(
            "UnsupportedFeatureException",
            format!("The deployment strategy {strategy} is not available in this account."),
        ));
    }
    Ok(DeploymentConfiguration {
        deployment_circuit_breaker: given
            .deployment_circuit_breaker
            .or(there.deployment_circuit_breaker),
        maximum_percent: Some(maximum),
        minimum_healthy_percent: Some(minimum),
        alarms: given.alarms.or(there.alarms),
        strategy: (controller == "ECS").then(|| "ROLLING".to_owned()),
        bake_time_in_minutes: given.bake_time_in_minutes.or(there.bake_time_in_minutes),
    })
}

/// Checks a desired count.
pub(super) fn count(given: i64) -> Result<u32, Fault> {
    u32::try_from(given)
        .ok()
        .filter(|count| *count <= 5000)
        .ok_or_else(|| invalid("Desired count must be between 0 and 5000."))
}

/// Checks where tags come from.
pub(super) fn propagation(given: Option<&str>) -> Result<(), Fault> {
    given.map_or(Ok(()), |given| {
        one_of(
            "propagateTags",
            given,
            &["TASK_DEFINITION", "SERVICE", "NONE"],
        )
    })
}
