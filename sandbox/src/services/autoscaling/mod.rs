//! EC2 Auto Scaling: groups that keep as many instances as they are told to.
//!
//! What a group does by itself is in [`tend`]. Other services use [`by_arn`], [`group_of`],
//! [`set_desired`] and [`tag`].

mod activities;
mod capacity;
mod faults;
mod groups;
mod instances;
mod interface;
mod listing;
mod notices;
mod protection;
mod scale_in;
mod scale_out;
mod state;
mod tags;
mod tend;

pub(crate) use interface::{by_arn, group_of, set_desired, tag};
pub(crate) use notices::{instance_leaves, instance_runs, instance_terminated};
pub(crate) use state::Autoscaling;
use state::Member;
pub(crate) use tend::{Due, due};

use crate::protocol::{InputError, Wire};
use crate::service::{Service, operations};

pub(crate) static SERVICE: Service = Service {
    name: "autoscaling",
    wire: Wire::Query {
        version: "2011-01-01",
        namespace: "http://autoscaling.amazonaws.com/doc/2011-01-01/",
        item: |_| "member",
    },
    refusal: InputError::query,
    secrets: &[],
    operations: operations! {
        "CreateAutoScalingGroup" => groups::create_auto_scaling_group,
        "DescribeAutoScalingGroups" => groups::describe_auto_scaling_groups,
        "UpdateAutoScalingGroup" => groups::update_auto_scaling_group,
        "DeleteAutoScalingGroup" => groups::delete_auto_scaling_group,
        "SetDesiredCapacity" => capacity::set_desired_capacity,
        "DescribeAutoScalingInstances" => instances::describe_auto_scaling_instances,
        "TerminateInstanceInAutoScalingGroup" => instances::terminate_instance_in_auto_scaling_group,
        "SetInstanceProtection" => protection::set_instance_protection,
        "DescribeScalingActivities" => activities::describe_scaling_activities,
        "CreateOrUpdateTags" => tags::create_or_update_tags,
        "DescribeTags" => tags::describe_tags,
        "DeleteTags" => tags::delete_tags,
    },
};
