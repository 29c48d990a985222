//! `UpdateAutoScalingGroup`.

use serde::Deserialize;
use serde_json::Value;

use super::place::{self, Place};
use super::settings;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::autoscaling::faults::usable;
use crate::services::autoscaling::state::{Distribution, Maintenance, Settings};
use crate::services::autoscaling::tend;
use crate::services::ec2::TemplateRef;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct UpdateAutoScalingGroup {
    auto_scaling_group_name: String,
    launch_template: Option<TemplateRef>,
    min_size: Option<u32>,
    max_size: Option<u32>,
    desired_capacity: Option<u32>,
    #[serde(default)]
    availability_zones: Vec<String>,
    #[serde(rename = "VPCZoneIdentifier")]
    subnets: Option<String>,
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

/// `UpdateAutoScalingGroup` (Auto Scaling API Reference): new bounds move the desired capacity into
/// them; a new template or place is for new instances only.
pub(crate) fn update_auto_scaling_group(
    cx: &mut Cx,
    input: UpdateAutoScalingGroup,
) -> Result<Value, Fault> {
    let name = input.auto_scaling_group_name;
    let group = usable(&cx.region().autoscaling, &name)?.clone();
    let (min, max) = (
        input.min_size.unwrap_or(group.min),
        input.max_size.unwrap_or(group.max),
    );
    let moved = group.desired.clamp(min.min(max), max);
    let desired = settings::capacity(min, max, input.desired_capacity.or(Some(moved)))?;
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
    let place = if input.subnets.is_some() || !input.availability_zones.is_empty() {
        place::place(cx, input.subnets.as_deref(), input.availability_zones)?
    } else {
        Place {
            subnets: group.subnets,
            zones: group.zones,
        }
    };
    let template = match &input.launch_template {
        Some(asked) => place::template(cx, asked, &place)?,
        None => group.template,
    };
    let cause = tend::at(
        cx,
        &format!(
            "a user request update of AutoScalingGroup constraints to min: {min}, max: {max}, desired: {desired} \
             changing the desired capacity from {} to {desired}.",
            group.desired
        ),
    );
    if let Some(group) = cx.region().autoscaling.groups.get_mut(&name) {
        (group.min, group.max, group.template) = (min, max, template);
        (group.subnets, group.zones) = (place.subnets, place.zones);
        group.settings = settings.over(std::mem::take(&mut group.settings));
        if group.desired != desired {
            group.desired = desired;
            group.cause = cause;
        }
        group.failures = 0;
    }
    tend::soon(cx, &name);
    Ok(Value::Null)
}
