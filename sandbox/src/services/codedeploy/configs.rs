//! Deployment configurations: the predefined and the account's own.

use serde::Deserialize;
use serde_json::{Value, json};

use super::faults::no_such_config;
use super::state::{Config, HealthyHosts, HostsKind, Platform, Routing, RoutingKind};
use super::{names, predefined};
use crate::context::Cx;
use crate::fault::Fault;
use crate::protocol::timestamp;

/// How long a shift may take in all, in minutes (CodeDeploy quotas).
const LONGEST_SHIFT: u32 = 2880;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct CreateDeploymentConfig {
    deployment_config_name: String,
    minimum_healthy_hosts: Option<HealthyHosts>,
    traffic_routing_config: Option<Routing>,
    compute_platform: Option<Platform>,
}

/// `CreateDeploymentConfig` (CodeDeploy API Reference): for ECS and Lambda how
/// traffic shifts, for servers how many stay healthy.
pub(crate) fn create_deployment_config(
    cx: &mut Cx,
    input: CreateDeploymentConfig,
) -> Result<Value, Fault> {
    let name = input.deployment_config_name;
    names::config(&name)?;
    let platform = input.compute_platform.unwrap_or(Platform::Server);
    let (routing, hosts) = (input.traffic_routing_config, input.minimum_healthy_hosts);
    match (platform, &routing, &hosts) {
        (Platform::Server, None, Some(hosts)) => healthy(hosts)?,
        (Platform::Server, ..) => {
            return Err(Fault::new(
                "InvalidMinimumHealthyHostValueException",
                "The compute platform Server needs minimumHealthyHosts and has no trafficRoutingConfig.",
            ));
        }
        (_, Some(routing), None) => shift(routing)?,
        _ => {
            return Err(Fault::new(
                "InvalidTrafficRoutingConfigurationException",
                "The compute platforms ECS and Lambda need trafficRoutingConfig and have no \
                 minimumHealthyHosts.",
            ));
        }
    }
    if find(cx, &name).is_some() {
        let words = format!("Deployment Configuration already exists with name: {name}");
        return Err(Fault::new("DeploymentConfigAlreadyExistsException", words));
    }
    let id = cx.account.ids.uuid();
    let config = Config {
        name: name.clone(),
        id: id.clone(),
        created: cx.now,
        platform,
        routing,
        hosts,
    };
    cx.region().codedeploy.configs.insert(name, config);
    Ok(json!({ "deploymentConfigId": id }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ConfigName {
    deployment_config_name: String,
}

/// `GetDeploymentConfig` (CodeDeploy API Reference).
pub(crate) fn get_deployment_config(cx: &mut Cx, input: ConfigName) -> Result<Value, Fault> {
    let config = found(cx, &input.deployment_config_name)?;
    Ok(json!({ "deploymentConfigInfo": {
        "deploymentConfigId": config.id,
        "deploymentConfigName": config.name,
        "minimumHealthyHosts": config.hosts,
        "createTime": timestamp(config.created),
        "computePlatform": config.platform,
        "trafficRoutingConfig": config.routing,
    }}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ListDeploymentConfigs {
    next_token: Option<String>,
}

/// `ListDeploymentConfigs` (CodeDeploy API Reference).
pub(crate) fn list_deployment_configs(
    cx: &mut Cx,
    input: ListDeploymentConfigs,
) -> Result<Value, Fault> {
    let own = cx.region().codedeploy.configs.keys().cloned();
    let names = predefined::all().map(|config| config.name).chain(own);
    let page = names::page(names.collect(), input.next_token.as_deref())?;
    Ok(json!({ "deploymentConfigsList": page.items, "nextToken": page.next }))
}

/// `DeleteDeploymentConfig` (CodeDeploy API Reference): one's own, where no group has it.
pub(crate) fn delete_deployment_config(cx: &mut Cx, input: ConfigName) -> Result<Value, Fault> {
    let name = input.deployment_config_name;
    names::config(&name)?;
    if predefined::all().any(|config| config.name == name) {
        let words = "An invalid operation was detected: a predefined deployment configuration \
                     cannot be deleted.";
        return Err(Fault::new("InvalidOperationException", words));
    }
    let codedeploy = &mut cx.region().codedeploy;
    let mut groups = codedeploy
        .applications
        .values()
        .flat_map(|application| application.groups.values());
    if groups.any(|group| group.settings.deployment_config_name == name) {
        let words = format!("The deployment configuration {name} is still in use.");
        return Err(Fault::new("DeploymentConfigInUseException", words));
    }
    codedeploy.configs.remove(&name);
    Ok(Value::Null)
}

/// The configuration of that name, or CodeDeploy's words for that there is none.
pub(super) fn found(cx: &mut Cx, name: &str) -> Result<Config, Fault> {
    names::config(name)?;
    find(cx, name).ok_or_else(|| no_such_config(name))
}

fn find(cx: &mut Cx, name: &str) -> Option<Config> {
    let own = cx.region().codedeploy.configs.get(name).cloned();
    own.or_else(|| predefined::all().find(|config| config.name == name))
}

fn healthy(hosts: &HealthyHosts) -> Result<(), Fault> {
    if hosts.kind == HostsKind::FleetPercent && hosts.value > 99 {
        let words = "FLEET_PERCENT must be between 0 and 99.";
        return Err(Fault::new("InvalidMinimumHealthyHostValueException", words));
    }
    Ok(())
}

/// Whether the shift is one of its kind and fits the time that there is.
fn shift(routing: &Routing) -> Result<(), Fault> {
    let fits = match (
        routing.kind,
        &routing.time_based_canary,
        &routing.time_based_linear,
    ) {
        (RoutingKind::AllAtOnce, None, None) => true,
        (RoutingKind::TimeBasedCanary, Some(canary), None) => {
            (1..=99).contains(&canary.canary_percentage)
                && (1..=LONGEST_SHIFT).contains(&canary.canary_interval)
        }
        (RoutingKind::TimeBasedLinear, None, Some(linear)) => {
            let steps = 100_u32.div_ceil(linear.linear_percentage.max(1));
            (1..=99).contains(&linear.linear_percentage)
                && linear.linear_interval >= 1
                && linear.linear_interval.saturating_mul(steps - 1) <= LONGEST_SHIFT
        }
        _ => false,
    };
    if fits {
        return Ok(());
    }
    Err(Fault::new(
        "InvalidTrafficRoutingConfigurationException",
        format!(
            "The traffic routing configuration is not valid: it must have the settings of its type \
             alone, a percentage between 1 and 99 and take at most {LONGEST_SHIFT} minutes."
        ),
    ))
}
