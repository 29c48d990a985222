//! `CreateService`.

use std::collections::VecDeque;

use serde::Deserialize;
use serde_json::{Value, json};

use super::checks;
use super::describe::described;
use super::placement::{self, Wanted};
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ecs::faults::{invalid, one_of};
use crate::services::ecs::names::{cluster, is_name};
use crate::services::ecs::shapes::{
    Controller, DeploymentConfiguration, LoadBalancer, Network, PlacementConstraint,
    PlacementStrategy, StrategyItem,
};
use crate::services::ecs::state::{
    Placement, Rollout, Service, ServiceStatus, TaskSet, TaskSetStatus, Throttle,
};
use crate::services::ecs::tags::{self, Tag};
use crate::services::ecs::{roles, scheduler, task_definitions};
use crate::services::iam;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct CreateService {
    cluster: Option<String>,
    service_name: String,
    task_definition: Option<String>,
    availability_zone_rebalancing: Option<String>,
    #[serde(default)]
    load_balancers: Vec<LoadBalancer>,
    desired_count: Option<i64>,
    client_token: Option<String>,
    launch_type: Option<String>,
    #[serde(default)]
    capacity_provider_strategy: Vec<StrategyItem>,
    platform_version: Option<String>,
    role: Option<String>,
    deployment_configuration: Option<DeploymentConfiguration>,
    #[serde(default)]
    placement_constraints: Vec<PlacementConstraint>,
    #[serde(default)]
    placement_strategy: Vec<PlacementStrategy>,
    network_configuration: Option<Network>,
    health_check_grace_period_seconds: Option<i64>,
    scheduling_strategy: Option<String>,
    deployment_controller: Option<Controller>,
    #[serde(default)]
    tags: Vec<Tag>,
    #[serde(default, rename = "enableECSManagedTags")]
    managed_tags: bool,
    propagate_tags: Option<String>,
    #[serde(default)]
    enable_execute_command: bool,
}

/// `CreateService` (ECS API Reference). Service discovery, Service Connect, VPC Lattice and EBS volumes
/// are refused as unknown.
pub(crate) fn create_service(cx: &mut Cx, input: CreateService) -> Result<Value, Fault> {
    let (name, tags) = (
        input.service_name.clone(),
        tags::of_new(input.tags.clone())?,
    );
    if !is_name(&name) {
        return Err(invalid("Service name contains invalid characters."));
    }
    let cluster_name = cluster(cx, input.cluster.as_deref())?.name.clone();
    let controller = checks::controller(input.deployment_controller.clone())?;
    let strategy = input.scheduling_strategy.as_deref().unwrap_or("REPLICA");
    one_of("schedulingStrategy", strategy, &["REPLICA", "DAEMON"])?;
    let daemon = strategy == "DAEMON";
    let desired = desired(&input, daemon, &controller)?;
    checks::propagation(input.propagate_tags.as_deref())?;
    let rebalancing = input
        .availability_zone_rebalancing
        .as_deref()
        .unwrap_or("DISABLED");
    one_of(
        "availabilityZoneRebalancing",
        rebalancing,
        &["ENABLED", "DISABLED"],
    )?;
    placement::check_constraints(&input.placement_constraints, &input.placement_strategy)?;
    let deployment = input.deployment_configuration.clone();
    let deployment = checks::deployment(deployment, None, &controller, daemon)?;
    let (set, placement) = first_task_set(cx, &cluster_name, &input, &controller)?;
    checks::grace(
        input.health_check_grace_period_seconds,
        &input.load_balancers,
    )?;
    check_role(cx, input.role.as_deref(), &input.load_balancers)?;
    if let Some(there) = there(cx, &cluster_name, &input)? {
        return Ok(json!({ "service": described(cx, &cluster_name, &there, true) }));
    }
    roles::require_service_linked(cx)?;
    let service = Service {
        name: name.clone(),
        status: ServiceStatus::Active,
        controller,
        desired,
        placement,
        load_balancers: input.load_balancers,
        role: input.role,
        deployment,
        constraints: input.placement_constraints,
        strategies: input.placement_strategy,
        grace: input.health_check_grace_period_seconds,
        daemon,
        managed_tags: input.managed_tags,
        propagate_tags: input.propagate_tags,
        execute_command: input.enable_execute_command,
        rebalancing: rebalancing == "ENABLED",
        created: cx.now,
        created_by: cx.account.iam.user.arn.clone(),
        tags,
        events: VecDeque::new(),
        task_sets: set.into_iter().collect(),
        steady: false,
        token: input.client_token,
    };
    super::store(cx, &cluster_name, service.clone());
    scheduler::look_soon(cx, &cluster_name);
    Ok(json!({ "service": described(cx, &cluster_name, &service, true) }))
}

fn desired(input: &CreateService, daemon: bool, controller: &str) -> Result<u32, Fault> {
    if daemon && controller != "ECS" {
        return Err(invalid(format!(
            "The DAEMON scheduling strategy is not supported with the deployment controller {controller}."
        )));
    }
    match input.desired_count {
        Some(_) if daemon => Err(invalid(
            "The daemon scheduling strategy does not support a desired count.",
        )),
        None if daemon => Ok(0),
        None if controller == "EXTERNAL" => Ok(0),
        None => Err(invalid("Desired count should not be null.")),
        Some(count) => checks::count(count),
    }
}

/// The task set that a service starts with; under the controller `EXTERNAL` it has none, and nothing
/// that belongs to one.
fn first_task_set(
    cx: &mut Cx,
    cluster: &str,
    input: &CreateService,
    controller: &str,
) -> Result<(Option<TaskSet>, Placement), Fault> {
    if controller == "EXTERNAL" {
        if input.task_definition.is_some() {
            return Err(invalid("TaskDefinition must be empty or null."));
        }
        if !input.load_balancers.is_empty() {
            return Err(invalid("LoadBalancers must be empty or null."));
        }
        return Ok((None, Placement::default()));
    }
    let reference = input.task_definition.as_deref();
    let reference = reference.ok_or_else(|| invalid("TaskDefinition can not be blank."))?;
    let definition = task_definitions::active(cx, reference)?;
    let wanted = Wanted {
        launch_type: input.launch_type.clone(),
        strategy: input.capacity_provider_strategy.clone(),
        network: input.network_configuration.clone(),
        platform_version: input.platform_version.clone(),
    };
    let placement = placement::checked(cx, cluster, wanted, &definition.definition)?;
    checks::check_load_balancers(cx, &input.load_balancers, &definition.definition)?;
    if controller == "CODE_DEPLOY" && input.load_balancers.is_empty() {
        return Err(invalid(
            "A load balancer is required when using the CODE_DEPLOY deployment controller.",
        ));
    }
    let set = TaskSet {
        status: TaskSetStatus::Primary,
        placement: placement.clone(),
        load_balancers: input.load_balancers.clone(),
        ..new_task_set(cx, definition.name())
    };
    Ok((Some(set), placement))
}

/// A role of the account's own instead of the service-linked one must be made for ECS.
fn check_role(cx: &Cx, role: Option<&str>, balancers: &[LoadBalancer]) -> Result<(), Fault> {
    let Some(role) = role else { return Ok(()) };
    if balancers.is_empty() {
        return Err(invalid(
            "A role was passed, but no load balancers were present.",
        ));
    }
    let arn = roles::arn(cx, role);
    let source = cx.arn("ecs", "service/*");
    let action = "elasticloadbalancing:RegisterTargets";
    let is_able =
        iam::trusts(cx, &arn, "ecs.amazonaws.com", &source) && iam::may(cx, &arn, action, "*", &[]);
    if !is_able {
        return Err(invalid(
            "Unable to assume role and validate the specified targetGroupArn. Please verify that the ECS \
             service role being passed has the proper permissions.",
        ));
    }
    Ok(())
}

/// A service of that name which is there: the same one again, or a reason to refuse.
fn there(cx: &mut Cx, cluster_name: &str, input: &CreateService) -> Result<Option<Service>, Fault> {
    let services = &cluster(cx, Some(cluster_name))?.services;
    match services.get(&input.service_name) {
        Some(service) if service.is(ServiceStatus::Draining) => {
            Err(invalid("Unable to Start a service that is still Draining."))
        }
        Some(service) if service.is(ServiceStatus::Active) => {
            if service.token.is_some() && service.token == input.client_token {
                return Ok(Some(service.clone()));
            }
            Err(invalid("Creation of service was not idempotent."))
        }
        _ => Ok(None),
    }
}

/// A task set of a definition, at full size and the only one so far.
pub(in crate::services::ecs) fn new_task_set(cx: &mut Cx, definition: String) -> TaskSet {
    let digits = u64::from_str_radix(&cx.id("", 16), 16).unwrap_or_default();
    TaskSet {
        id: format!("{:019}", digits % 10_000_000_000_000_000_000),
        status: TaskSetStatus::Primary,
        started_by: None,
        external_id: None,
        definition,
        placement: Placement::default(),
        load_balancers: Vec::new(),
        scale: 100.0,
        created: cx.now,
        updated: cx.now,
        steady: false,
        steady_at: cx.now,
        throttle: Throttle::default(),
        rollout: Rollout::InProgress,
        tags: [].into(),
        token: None,
    }
}
