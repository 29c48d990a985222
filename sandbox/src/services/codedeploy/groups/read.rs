//! Deployment groups, as they are told of.

use serde::Deserialize;
use serde_json::{Value, json};

use super::settings::{Alarms, Outdated, Rollback};
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::codedeploy::faults::no_such_group;
use crate::services::codedeploy::state::{Application, Group};
use crate::services::codedeploy::{applications, names};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct GetDeploymentGroup {
    application_name: String,
    deployment_group_name: String,
}

/// `GetDeploymentGroup` (CodeDeploy API Reference).
pub(crate) fn get_deployment_group(cx: &mut Cx, input: GetDeploymentGroup) -> Result<Value, Fault> {
    let name = input.deployment_group_name;
    let application = applications::found(cx, &input.application_name)?;
    let group = found(application, &name)?;
    Ok(json!({ "deploymentGroupInfo": described(application, group) }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct BatchGetDeploymentGroups {
    application_name: String,
    deployment_group_names: Vec<String>,
}

/// `BatchGetDeploymentGroups` (CodeDeploy API Reference): those that there are,
/// and a sentence on the others.
pub(crate) fn batch_get_deployment_groups(
    cx: &mut Cx,
    input: BatchGetDeploymentGroups,
) -> Result<Value, Fault> {
    let names = input.deployment_group_names;
    names::batch(&names)?;
    let application = applications::found(cx, &input.application_name)?;
    names.iter().try_for_each(|name| names::group(name))?;
    let groups = names.iter().filter_map(|name| application.groups.get(name));
    let groups = groups
        .map(|group| described(application, group))
        .collect::<Vec<_>>();
    let missing = names
        .iter()
        .filter(|name| !application.groups.contains_key(*name));
    let missing = missing
        .map(|name| no_such_group(name).message)
        .collect::<Vec<_>>();
    let error = (!missing.is_empty()).then(|| missing.join(" "));
    Ok(json!({ "deploymentGroupsInfo": groups, "errorMessage": error }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ListDeploymentGroups {
    application_name: String,
    next_token: Option<String>,
}

/// `ListDeploymentGroups` (CodeDeploy API Reference).
pub(crate) fn list_deployment_groups(
    cx: &mut Cx,
    input: ListDeploymentGroups,
) -> Result<Value, Fault> {
    let application = applications::found(cx, &input.application_name)?;
    let groups = application.groups.keys().cloned().collect();
    let page = names::page(groups, input.next_token.as_deref())?;
    Ok(json!({
        "applicationName": application.name,
        "deploymentGroups": page.items,
        "nextToken": page.next,
    }))
}

/// The group of that name, or CodeDeploy's words for that there is none.
pub(super) fn found<'a>(application: &'a Application, name: &str) -> Result<&'a Group, Fault> {
    names::group(name)?;
    let group = application.groups.get(name);
    group.ok_or_else(|| no_such_group(name))
}

fn described(application: &Application, group: &Group) -> Value {
    let settings = &group.settings;
    let alarms = settings.alarms.clone().unwrap_or(Alarms {
        enabled: false,
        ignore_poll_alarm_failure: false,
        alarms: Vec::new(),
    });
    let rollback = settings.rollback.clone().unwrap_or(Rollback {
        enabled: false,
        events: Vec::new(),
    });
    json!({
        "applicationName": application.name,
        "deploymentGroupId": group.id,
        "deploymentGroupName": group.name,
        "deploymentConfigName": settings.deployment_config_name,
        "ec2TagFilters": settings.servers.ec2_tag_filters,
        "onPremisesInstanceTagFilters": settings.servers.on_premises_tag_filters,
        "autoScalingGroups": settings.servers.auto_scaling_groups
            .iter()
            .map(|name| json!({ "name": name }))
            .collect::<Value>(),
        "ec2TagSet": settings.servers.ec2_tag_set,
        "onPremisesTagSet": settings.servers.on_premises_tag_set,
        "serviceRoleArn": settings.service_role_arn,
        "triggerConfigurations": settings.triggers,
        "alarmConfiguration": alarms,
        "autoRollbackConfiguration": rollback,
        "outdatedInstancesStrategy": settings.outdated.unwrap_or(Outdated::Update),
        "deploymentStyle": settings.style,
        "blueGreenDeploymentConfiguration": settings.blue_green,
        "loadBalancerInfo": settings.load_balancer,
        "ecsServices": settings.ecs_services,
        "computePlatform": application.platform,
        "terminationHookEnabled": settings.termination_hook,
    })
}
