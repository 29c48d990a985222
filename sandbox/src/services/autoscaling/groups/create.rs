//! `CreateAutoScalingGroup`.

use serde::Deserialize;
use serde_json::Value;

use super::{place, settings};
use crate::authorization;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::autoscaling;
use crate::services::autoscaling::faults::invalid;
use crate::services::autoscaling::state::{Distribution, Group, Maintenance, Settings};
use crate::services::autoscaling::tags::{self, GivenTag};
use crate::services::autoscaling::tend;
use crate::services::ec2::TemplateRef;
use crate::services::iam;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct CreateAutoScalingGroup {
    auto_scaling_group_name: String,
    launch_template: Option<TemplateRef>,
    min_size: u32,
    max_size: u32,
    desired_capacity: Option<u32>,
    #[serde(default)]
    availability_zones: Vec<String>,
    #[serde(rename = "VPCZoneIdentifier")]
    subnets: Option<String>,
    #[serde(default)]
    tags: Vec<GivenTag>,
    default_cooldown: Option<u32>,
    health_check_type: Option<String>,
    health_check_grace_period: Option<u32>,
    #[serde(default)]
    termination_policies: Vec<String>,
    new_instances_protected_from_scale_in: Option<bool>,
    capacity_rebalance: Option<bool>,
    max_instance_lifetime: Option<u32>,
    context: Option<String>,
    desired_capacity_type: Option<String>,
    default_instance_warmup: Option<i32>,
    placement_group: Option<String>,
    #[serde(rename = "ServiceLinkedRoleARN")]
    role: Option<String>,
    instance_maintenance_policy: Option<Maintenance>,
    availability_zone_distribution: Option<Distribution>,
}

/// `CreateAutoScalingGroup` (Auto Scaling API Reference): launches begin a little later.
pub(crate) fn create_auto_scaling_group(
    cx: &mut Cx,
    input: CreateAutoScalingGroup,
) -> Result<Value, Fault> {
    let name = input.auto_scaling_group_name;
    check_name(&name)?;
    if let Some(there) = cx.region().autoscaling.groups.get(&name) {
        let state = if there.deleting {
            " and is pending delete"
        } else {
            ""
        };
        let words = format!(
            "AutoScalingGroup by this name already exists - A group with the name {name} already exists{state}"
        );
        return Err(Fault::new("AlreadyExists", words));
    }
    let template = input.launch_template.ok_or_else(|| {
        invalid(
            "Valid requests must contain either LaunchTemplate, LaunchConfigurationName, InstanceId or \
             MixedInstancesPolicy parameter.",
        )
    })?;
    let desired = settings::capacity(input.min_size, input.max_size, input.desired_capacity)?;
    let tags = tags::of_new(&name, input.tags)?;
    let settings = Settings {
        cooldown: input.default_cooldown,
        health_check: input.health_check_type,
        grace: input.health_check_grace_period,
        termination_policies: input.termination_policies,
        protected: input.new_instances_protected_from_scale_in,
        rebalance: input.capacity_rebalance,
        lifetime: input.max_instance_lifetime,
        context: input.context,
        capacity_type: input.desired_capacity_type,
        warmup: input.default_instance_warmup,
        placement_group: input.placement_group,
        role: input.role,
        maintenance: input.instance_maintenance_policy,
        distribution: input.availability_zone_distribution,
    };
    settings.check()?;
    let place = place::place(cx, input.subnets.as_deref(), input.availability_zones)?;
    let template = place::template(cx, &template, &place)?;
    let role = iam::caller_links(cx, "autoscaling.amazonaws.com")
        .map_err(|denial| authorization::refusal(&autoscaling::SERVICE, &denial))?;
    let uuid = cx.account.ids.uuid();
    let resource = format!("autoScalingGroup:{uuid}:autoScalingGroupName/{name}");
    let group = Group {
        arn: cx.arn("autoscaling", &resource),
        name: name.clone(),
        created: cx.now,
        min: input.min_size,
        max: input.max_size,
        desired,
        template,
        subnets: place.subnets,
        zones: place.zones,
        settings: Settings {
            role: settings.role.clone().or(Some(role)),
            ..settings
        },
        tags,
        members: Vec::new(),
        deleting: false,
        cause: tend::at(
            cx,
            &format!(
                "a user request created an AutoScalingGroup changing the desired capacity from 0 to {desired}."
            ),
        ),
        failures: 0,
    };
    cx.region().autoscaling.groups.insert(name.clone(), group);
    tend::soon(cx, &name);
    Ok(Value::Null)
}

fn check_name(name: &str) -> Result<(), Fault> {
    if name.is_empty() || name.chars().count() > 255 {
        let rule = "Member must have length between 1 and 255";
        return Err(Fault::constraint(
            "ValidationError",
            "autoScalingGroupName",
            name,
            rule,
        ));
    }
    if name.contains(':') {
        return Err(invalid("Group name must not contain ':'."));
    }
    Ok(())
}
