//! Where tasks may go: launch type or capacity provider strategy, and the rules of placement.

use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ecs::capacity_providers::is_fargate;
use crate::services::ecs::clusters::check_strategy;
use crate::services::ecs::expressions;
use crate::services::ecs::faults::{invalid, one_of};
use crate::services::ecs::names::cluster;
use crate::services::ecs::shapes::{
    Definition, Network, PlacementConstraint, PlacementStrategy, StrategyItem,
};
use crate::services::ecs::state::Placement;

/// What was given.
pub(in crate::services::ecs) struct Wanted {
    pub(in crate::services::ecs) launch_type: Option<String>,
    pub(in crate::services::ecs) strategy: Vec<StrategyItem>,
    pub(in crate::services::ecs) network: Option<Network>,
    pub(in crate::services::ecs) platform_version: Option<String>,
}

/// The placement that follows: the cluster's default strategy where nothing is given, and the launch
/// type EC2 where there is none either.
pub(in crate::services::ecs) fn checked(
    cx: &mut Cx,
    name: &str,
    wanted: Wanted,
    definition: &Definition,
) -> Result<Placement, Fault> {
    let Wanted {
        launch_type,
        mut strategy,
        network,
        platform_version,
    } = wanted;
    if let Some(launch_type) = &launch_type {
        let known = ["EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES"];
        one_of("launchType", launch_type, &known)?;
        if !strategy.is_empty() {
            return Err(invalid(
                "Specifying both a launch type and capacity provider strategy is not supported. Remove one and \
                 try again.",
            ));
        }
    }
    let cluster = cluster(cx, Some(name))?;
    if launch_type.is_none() && strategy.is_empty() {
        strategy.clone_from(&cluster.strategy);
    }
    check_strategy(&strategy, &cluster.capacity_providers)?;
    let is_fargate = launch_type.as_deref() == Some("FARGATE")
        || strategy
            .iter()
            .any(|item| is_fargate(&item.capacity_provider));
    if is_fargate || launch_type.as_deref().is_some_and(|it| it != "EC2") {
        return Err(Fault::new(
            "UnsupportedFeatureException",
            "Only container instances on EC2 are available in this account.",
        ));
    }
    if platform_version.is_some() {
        return Err(invalid(
            "The platform version must be null when specifying an EC2 launch type.",
        ));
    }
    check_network(cx, network.as_ref(), definition)?;
    Ok(Placement {
        launch_type: strategy.is_empty().then(|| "EC2".to_owned()),
        strategy,
        network,
        platform_version,
    })
}

fn check_network(
    cx: &mut Cx,
    network: Option<&Network>,
    definition: &Definition,
) -> Result<(), Fault> {
    let given = network.and_then(|network| network.awsvpc_configuration.as_ref());
    match (definition.network(), given) {
        ("awsvpc", None) => Err(invalid(
            "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
        )),
        ("awsvpc", Some(given)) => {
            let ec2 = &cx.region().ec2;
            if given.subnets.is_empty() {
                return Err(invalid("subnets can not be empty."));
            }
            let subnet = given
                .subnets
                .iter()
                .find(|id| !ec2.subnets.contains_key(*id));
            if let Some(subnet) = subnet {
                return Err(invalid(format!(
                    "Error retrieving subnet information for [{subnet}]: The subnet ID '{subnet}' does not exist"
                )));
            }
            let groups = given.security_groups.iter();
            let mut unknown = groups.filter(|id| !ec2.security_groups.contains_key(*id));
            match unknown.next() {
                Some(id) => Err(invalid(format!(
                    "Error retrieving security group information for [{id}]: The security group '{id}' does \
                     not exist"
                ))),
                None => Ok(()),
            }
        }
        (_, Some(_)) => Err(invalid(
            "Network Configuration is not valid for the given networkMode of this task definition.",
        )),
        (_, None) => Ok(()),
    }
}

/// Checks placement constraints and strategies.
pub(in crate::services::ecs) fn check_constraints(
    constraints: &[PlacementConstraint],
    strategies: &[PlacementStrategy],
) -> Result<(), Fault> {
    if constraints.len() > 10 {
        return Err(invalid("placementConstraints can have at most 10 items."));
    }
    if strategies.len() > 5 {
        return Err(invalid("placementStrategy can have at most 5 items."));
    }
    for constraint in constraints {
        let kind = constraint.r#type.as_deref().unwrap_or_default();
        one_of("type", kind, &["distinctInstance", "memberOf"])?;
        match (kind, &constraint.expression) {
            ("memberOf", Some(expression)) => drop(expressions::parse(expression)?),
            ("memberOf", None) => {
                return Err(invalid("A memberOf constraint needs an expression."));
            }
            (_, Some(_)) => {
                return Err(invalid(
                    "A distinctInstance constraint takes no expression.",
                ));
            }
            _ => {}
        }
    }
    for strategy in strategies {
        let kind = strategy.r#type.as_deref().unwrap_or_default();
        one_of("type", kind, &["random", "spread", "binpack"])?;
        let field = strategy.field.as_deref();
        let fits = match kind {
            "random" => field.is_none(),
            "binpack" => {
                field.is_some_and(|it| matches!(&*it.to_ascii_lowercase(), "cpu" | "memory"))
            }
            _ => field.is_some_and(|it| {
                matches!(it, "instanceId" | "host") || it.starts_with("attribute:")
            }),
        };
        if !fits {
            return Err(invalid(format!(
                "Field {} is not valid for placement strategy {kind}.",
                field.unwrap_or("null")
            )));
        }
    }
    Ok(())
}
