//! A deployment group, made.

use serde::Deserialize;
use serde_json::{Value, json};

use super::settings::{
    Alarms, BlueGreen, EcsService, LoadBalancer, Outdated, Rollback, Servers, Settings, Style,
    TagFilter, Trigger,
};
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::codedeploy::state::Group;
use crate::services::codedeploy::{applications, names, predefined, tags};
use crate::tags::Tag;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct CreateDeploymentGroup {
    application_name: String,
    deployment_group_name: String,
    deployment_config_name: Option<String>,
    #[serde(default)]
    ec2_tag_filters: Vec<TagFilter>,
    #[serde(default)]
    on_premises_instance_tag_filters: Vec<TagFilter>,
    #[serde(default)]
    auto_scaling_groups: Vec<String>,
    service_role_arn: String,
    #[serde(default)]
    trigger_configurations: Vec<Trigger>,
    alarm_configuration: Option<Alarms>,
    auto_rollback_configuration: Option<Rollback>,
    outdated_instances_strategy: Option<Outdated>,
    deployment_style: Option<Style>,
    blue_green_deployment_configuration: Option<BlueGreen>,
    load_balancer_info: Option<LoadBalancer>,
    ec2_tag_set: Option<Value>,
    on_premises_tag_set: Option<Value>,
    #[serde(default)]
    ecs_services: Vec<EcsService>,
    #[serde(default)]
    tags: Vec<Tag>,
    termination_hook_enabled: Option<bool>,
}

/// `CreateDeploymentGroup` (CodeDeploy API Reference).
pub(crate) fn create_deployment_group(
    cx: &mut Cx,
    input: CreateDeploymentGroup,
) -> Result<Value, Fault> {
    let (application, name) = (input.application_name, input.deployment_group_name);
    let platform = applications::found(cx, &application)?.platform;
    names::group(&name)?;
    let settings = Settings {
        deployment_config_name: input
            .deployment_config_name
            .unwrap_or_else(|| predefined::default_of(platform).to_owned()),
        service_role_arn: input.service_role_arn,
        servers: Servers {
            ec2_tag_filters: input.ec2_tag_filters,
            on_premises_tag_filters: input.on_premises_instance_tag_filters,
            auto_scaling_groups: input.auto_scaling_groups,
            ec2_tag_set: input.ec2_tag_set,
            on_premises_tag_set: input.on_premises_tag_set,
        },
        triggers: input.trigger_configurations,
        alarms: input.alarm_configuration,
        rollback: input.auto_rollback_configuration,
        outdated: input.outdated_instances_strategy,
        style: input.deployment_style.unwrap_or_default(),
        blue_green: input.blue_green_deployment_configuration,
        load_balancer: input.load_balancer_info,
        ecs_services: input.ecs_services,
        termination_hook: input.termination_hook_enabled.unwrap_or(false),
    };
    let tags = tags::of_new(input.tags)?;
    if applications::found(cx, &application)?
        .groups
        .contains_key(&name)
    {
        return Err(taken(&name));
    }
    settings.check(cx, platform, &application, &name)?;
    let id = cx.account.ids.uuid();
    let group = Group {
        name: name.clone(),
        id: id.clone(),
        settings,
        tags,
    };
    applications::found(cx, &application)?
        .groups
        .insert(name, group);
    Ok(json!({ "deploymentGroupId": id }))
}

/// CodeDeploy's words for that there is such a group already.
pub(super) fn taken(name: &str) -> Fault {
    let words = format!("Deployment Group already exists with name: {name}");
    Fault::new("DeploymentGroupAlreadyExistsException", words)
}
