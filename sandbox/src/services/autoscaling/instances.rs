//! The instances of all groups, and taking single ones out.

use serde::Deserialize;
use serde_json::{Value, json};

use super::faults::invalid;
use super::listing::{Wanted, listing};
use super::state::Lifecycle;
use super::{activities, groups, scale_in, tend};
use crate::context::Cx;
use crate::fault::Fault;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DescribeAutoScalingInstances {
    #[serde(default)]
    instance_ids: Vec<String>,
    #[serde(default, rename = "IncludeManagedResources")]
    _managed: bool,
    max_records: Option<usize>,
    next_token: Option<String>,
}

/// `DescribeAutoScalingInstances` (Auto Scaling API Reference): an id that is in no group is no error.
pub(crate) fn describe_auto_scaling_instances(
    cx: &mut Cx,
    input: DescribeAutoScalingInstances,
) -> Result<Value, Fault> {
    let region = cx.region;
    let ids = &input.instance_ids;
    let groups = cx.region().autoscaling.groups.values();
    let members = groups.flat_map(|group| group.members.iter().map(move |member| (group, member)));
    let wanted = members.filter(|(_, member)| ids.is_empty() || ids.contains(&member.id));
    let described = wanted.map(|(group, member)| {
        let mut item = groups::member(member, region);
        item["AutoScalingGroupName"] = json!(group.name);
        // Here, unlike in the group, it is in capitals.
        item["HealthStatus"] = json!(if member.healthy {
            "HEALTHY"
        } else {
            "UNHEALTHY"
        });
        item
    });
    listing(
        "AutoScalingInstances",
        described.collect(),
        &Wanted {
            token: input.next_token,
            size: input.max_records,
            usual: 50,
            most: 50,
        },
    )
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct TerminateInstance {
    instance_id: String,
    should_decrement_desired_capacity: bool,
}

/// `TerminateInstanceInAutoScalingGroup` (Auto Scaling API Reference): the group replaces it, unless
/// it is told to be smaller from now on.
pub(crate) fn terminate_instance_in_auto_scaling_group(
    cx: &mut Cx,
    input: TerminateInstance,
) -> Result<Value, Fault> {
    let id = &input.instance_id;
    let autoscaling = &cx.region().autoscaling;
    let group = autoscaling.group_of(id).ok_or_else(|| {
        invalid(format!(
            "Instance Id not found - No managed instance found for instance ID: {id}"
        ))
    })?;
    let (name, size, desired) = (group.name.clone(), group.size(), group.desired);
    let going = group
        .member(id)
        .is_some_and(|member| member.state == Lifecycle::Terminating);
    if going {
        let words = format!("Instance {id} is already being terminated.");
        return Err(Fault::new("ScalingActivityInProgress", words));
    }
    let fewer = input.should_decrement_desired_capacity;
    if fewer && desired <= group.min {
        return Err(invalid(format!(
            "Currently, desiredSize equals minSize ({desired}). Terminating instance without replacement will \
             violate group's min size constraint. Either set shouldDecrementDesiredCapacity flag to false or lower \
             group's min size."
        )));
    }
    let shrinking = if fewer {
        format!(
            ", shrinking the capacity from {size} to {}",
            size.saturating_sub(1)
        )
    } else {
        String::new()
    };
    let words =
        format!("instance {id} was taken out of service in response to a user request{shrinking}.");
    let cause = tend::at(cx, &words);
    if let Some(group) = cx.region().autoscaling.groups.get_mut(&name) {
        group.desired -= u32::from(fewer);
    }
    let activity = scale_in::take_out(cx, &name, id, cause).unwrap_or_default();
    tend::soon(cx, &name);
    let activity = cx.region().autoscaling.activity(&activity);
    Ok(json!({ "Activity": activity.map(|activity| activities::described(activity)) }))
}
