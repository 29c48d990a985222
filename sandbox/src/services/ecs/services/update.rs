//! `UpdateService`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::checks;
use super::create::new_task_set;
use super::describe::described;
use super::placement::{self, Wanted};
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ecs::faults::{invalid, one_of};
use crate::services::ecs::shapes::{
    Controller, DeploymentConfiguration, LoadBalancer, Network, PlacementConstraint,
    PlacementStrategy, StrategyItem,
};
use crate::services::ecs::state::{Placement, Service, TaskSet, TaskSetStatus};
use crate::services::ecs::{scheduler, task_definitions};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct UpdateService {
    cluster: Option<String>,
    service: String,
    desired_count: Option<i64>,
    task_definition: Option<String>,
    capacity_provider_strategy: Option<Vec<StrategyItem>>,
    deployment_configuration: Option<DeploymentConfiguration>,
    availability_zone_rebalancing: Option<String>,
    network_configuration: Option<Network>,
    placement_constraints: Option<Vec<PlacementConstraint>>,
    placement_strategy: Option<Vec<PlacementStrategy>>,
    platform_version: Option<String>,
    #[serde(default)]
    force_new_deployment: bool,
    health_check_grace_period_seconds: Option<i64>,
    deployment_controller: Option<Controller>,
    enable_execute_command: Option<bool>,
    #[serde(rename = "enableECSManagedTags")]
    managed_tags: Option<bool>,
    load_balancers: Option<Vec<LoadBalancer>>,
    propagate_tags: Option<String>,
}

/// `UpdateService` (ECS API Reference). Under the controller `ECS` what changes the tasks is a new
/// deployment; under the others only task sets can do that.
pub(crate) fn update_service(cx: &mut Cx, input: UpdateService) -> Result<Value, Fault> {
    let (cluster, service) = super::active(cx, input.cluster.as_deref(), &input.service)?;
    check_controller(&input, &service)?;
    checks::propagation(input.propagate_tags.as_deref())?;
    placement::check_constraints(
        input.placement_constraints.as_deref().unwrap_or_default(),
        input.placement_strategy.as_deref().unwrap_or_default(),
    )?;
    if let Some(rebalancing) = &input.availability_zone_rebalancing {
        one_of(
            "availabilityZoneRebalancing",
            rebalancing,
            &["ENABLED", "DISABLED"],
        )?;
    }
    let deployment = checks::deployment(
        input.deployment_configuration.clone(),
        Some(&service.deployment),
        &service.controller,
        service.daemon,
    )?;
    let desired = match input.desired_count {
        Some(_) if service.daemon => {
            return Err(invalid(
                "The daemon scheduling strategy does not support a desired count.",
            ));
        }
        Some(count) => checks::count(count)?,
        None => service.desired,
    };
    let balancers = input
        .load_balancers
        .as_ref()
        .unwrap_or(&service.load_balancers);
    checks::grace(input.health_check_grace_period_seconds, balancers)?;
    let balancers = balancers.clone();
    let set = new_deployment(cx, &cluster, &input, &service, &balancers)?;
    let mut updated = Service {
        desired,
        deployment,
        load_balancers: balancers,
        constraints: input.placement_constraints.unwrap_or(service.constraints),
        strategies: input.placement_strategy.unwrap_or(service.strategies),
        grace: input.health_check_grace_period_seconds.or(service.grace),
        managed_tags: input.managed_tags.unwrap_or(service.managed_tags),
        propagate_tags: input.propagate_tags.or(service.propagate_tags),
        execute_command: input
            .enable_execute_command
            .unwrap_or(service.execute_command),
        rebalancing: input
            .availability_zone_rebalancing
            .map_or(service.rebalancing, |it| it == "ENABLED"),
        ..service
    };
    if let Some(set) = set {
        for old in &mut updated.task_sets {
            old.status = TaskSetStatus::Active;
        }
        updated.placement = set.placement.clone();
        updated.task_sets.insert(0, set);
    } else if input.desired_count.is_some() {
        // A new count is a new try: what held the scheduler back counts for nothing any more.
        for set in &mut updated.task_sets {
            set.throttle.until = None;
            set.throttle.in_a_row = 0;
            set.throttle.unplaced = 0;
        }
    }
    super::store(cx, &cluster, updated.clone());
    scheduler::look_soon(cx, &cluster);
    Ok(json!({ "service": described(cx, &cluster, &updated, true) }))
}

/// What only task sets can change, and who makes those.
fn check_controller(input: &UpdateService, service: &Service) -> Result<(), Fault> {
    if input
        .deployment_controller
        .as_ref()
        .is_some_and(|controller| controller.r#type != service.controller)
    {
        return Err(invalid(
            "The deployment controller of a service with task sets cannot be changed.",
        ));
    }
    let how = match service.controller.as_str() {
        "CODE_DEPLOY" => "Use AWS CodeDeploy to trigger a new deployment.",
        "EXTERNAL" => "Use CreateTaskSet to create a new deployment.",
        _ => return Ok(()),
    };
    let controller = &service.controller;
    let on = format!("on services with a {controller} deployment controller. {how}");
    let what = [
        (input.task_definition.is_some(), "task definition"),
        (input.network_configuration.is_some(), "network parameters"),
        (input.platform_version.is_some(), "platform version"),
        (input.load_balancers.is_some(), "load balancers"),
        (
            input.capacity_provider_strategy.is_some(),
            "capacity provider strategy",
        ),
    ];
    if let Some((_, what)) = what.iter().find(|(given, _)| *given) {
        return Err(invalid(format!("Unable to update {what} {on}")));
    }
    if input.force_new_deployment {
        return Err(invalid(format!("Cannot force a new deployment {on}")));
    }
    Ok(())
}

/// The deployment that the update begins, if it changes the tasks.
fn new_deployment(
    cx: &mut Cx,
    cluster: &str,
    input: &UpdateService,
    service: &Service,
    balancers: &[LoadBalancer],
) -> Result<Option<TaskSet>, Fault> {
    let Some(primary) = service.primary().filter(|_| service.controller == "ECS") else {
        return Ok(None);
    };
    let definition = match &input.task_definition {
        Some(reference) => task_definitions::active(cx, reference)?,
        None => match task_definitions::named(&mut cx.region().ecs, &primary.definition) {
            Some(definition) => definition.clone(),
            None => return Ok(None),
        },
    };
    let there = &primary.placement;
    let strategy = input.capacity_provider_strategy.clone();
    if strategy.is_some() && !input.force_new_deployment {
        return Err(invalid(
            "When switching from launch type to capacity provider strategy on an existing service, or making \
             a change to a capacity provider strategy on a service that is already using one, you must force \
             a new deployment.",
        ));
    }
    let launch_type = there.launch_type.clone().filter(|_| strategy.is_none());
    let wanted = Wanted {
        launch_type,
        strategy: strategy.unwrap_or_else(|| there.strategy.clone()),
        network: input
            .network_configuration
            .clone()
            .or_else(|| there.network.clone()),
        platform_version: input.platform_version.clone(),
    };
    let placement: Placement = placement::checked(cx, cluster, wanted, &definition.definition)?;
    checks::check_load_balancers(cx, balancers, &definition.definition)?;
    let changes = input.force_new_deployment
        || definition.name() != primary.definition
        || placement != primary.placement
        || *balancers != primary.load_balancers;
    if !changes {
        return Ok(None);
    }
    Ok(Some(TaskSet {
        placement,
        load_balancers: balancers.to_vec(),
        ..new_task_set(cx, definition.name())
    }))
}
