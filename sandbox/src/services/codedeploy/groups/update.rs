//! A deployment group, changed.

use serde::Deserialize;
use serde_json::{Value, json};

use super::create::taken;
use super::read::found;
use super::settings::{
    Alarms, BlueGreen, EcsService, LoadBalancer, Outdated, Rollback, Settings, Style, TagFilter,
    Trigger,
};
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::codedeploy::{applications, names};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct UpdateDeploymentGroup {
    application_name: String,
    current_deployment_group_name: String,
    new_deployment_group_name: Option<String>,
    deployment_config_name: Option<String>,
    ec2_tag_filters: Option<Vec<TagFilter>>,
    on_premises_instance_tag_filters: Option<Vec<TagFilter>>,
    auto_scaling_groups: Option<Vec<String>>,
    service_role_arn: Option<String>,
    trigger_configurations: Option<Vec<Trigger>>,
    alarm_configuration: Option<Alarms>,
    auto_rollback_configuration: Option<Rollback>,
    outdated_instances_strategy: Option<Outdated>,
    deployment_style: Option<Style>,
    blue_green_deployment_configuration: Option<BlueGreen>,
    load_balancer_info: Option<LoadBalancer>,
    ec2_tag_set: Option<Value>,
    on_premises_tag_set: Option<Value>,
    ecs_services: Option<Vec<EcsService>>,
    termination_hook_enabled: Option<bool>,
}

/// `UpdateDeploymentGroup` (CodeDeploy API Reference): what is given replaces
/// what was, the rest stays.
pub(crate) fn update_deployment_group(
    cx: &mut Cx,
    mut input: UpdateDeploymentGroup,
) -> Result<Value, Fault> {
    let old = std::mem::take(&mut input.current_deployment_group_name);
    let application = applications::found(cx, &input.application_name)?;
    let (owner, platform) = (application.name.clone(), application.platform);
    let mut group = found(application, &old)?.clone();
    if let Some(new) = input.new_deployment_group_name.take() {
        names::group(&new)?;
        if new != old && application.groups.contains_key(&new) {
            return Err(taken(&new));
        }
        group.name = new;
    }
    input.apply(&mut group.settings);
    group.settings.check(cx, platform, &owner, &old)?;
    let groups = &mut applications::found(cx, &owner)?.groups;
    groups.remove(&old);
    groups.insert(group.name.clone(), group);
    Ok(json!({ "hooksNotCleanedUp": [] }))
}

impl UpdateDeploymentGroup {
    fn apply(self, settings: &mut Settings) {
        /// Replaces what was where something is given.
        fn put<T>(place: &mut T, given: Option<T>) {
            if let Some(given) = given {
                *place = given;
            }
        }
        let servers = &mut settings.servers;
        put(&mut servers.ec2_tag_filters, self.ec2_tag_filters);
        put(
            &mut servers.on_premises_tag_filters,
            self.on_premises_instance_tag_filters,
        );
        put(&mut servers.auto_scaling_groups, self.auto_scaling_groups);
        put(&mut servers.ec2_tag_set, self.ec2_tag_set.map(Some));
        put(
            &mut servers.on_premises_tag_set,
            self.on_premises_tag_set.map(Some),
        );
        put(
            &mut settings.deployment_config_name,
            self.deployment_config_name,
        );
        put(&mut settings.service_role_arn, self.service_role_arn);
        put(&mut settings.triggers, self.trigger_configurations);
        put(&mut settings.alarms, self.alarm_configuration.map(Some));
        put(
            &mut settings.rollback,
            self.auto_rollback_configuration.map(Some),
        );
        put(
            &mut settings.outdated,
            self.outdated_instances_strategy.map(Some),
        );
        put(&mut settings.style, self.deployment_style);
        put(
            &mut settings.blue_green,
            self.blue_green_deployment_configuration.map(Some),
        );
        put(
            &mut settings.load_balancer,
            self.load_balancer_info.map(Some),
        );
        put(&mut settings.ecs_services, self.ecs_services);
        put(
            &mut settings.termination_hook,
            self.termination_hook_enabled,
        );
    }
}
