//! The Auto Scaling groups behind capacity providers.

use crate::context::Cx;
use crate::services::autoscaling;

/// What a capacity provider needs to know of its group.
pub(super) struct Group {
    /// Whether new instances are protected from scale in.
    pub(super) protects_instances: bool,
    pub(super) desired: usize,
    pub(super) most: usize,
}

/// The group of that ARN.
pub(super) fn group(cx: &mut Cx, arn: &str) -> Option<Group> {
    let group = autoscaling::by_arn(cx, arn).filter(|group| !group.deleting)?;
    Some(Group {
        protects_instances: group.protects_new_instances(),
        desired: size(group.desired),
        most: size(group.max),
    })
}

fn size(count: u32) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

/// Sets the desired capacity of a group, as the scaling policy of that name does.
pub(super) fn set_desired(cx: &mut Cx, arn: &str, desired: usize, policy: &str) {
    if let Some(name) = name_in(arn) {
        let desired = u32::try_from(desired).unwrap_or(u32::MAX);
        let because = format!("a monitor alarm in state ALARM triggered policy {policy}");
        autoscaling::set_desired(cx, name, desired, &because);
    }
}

/// Marks a group as one whose size ECS manages.
pub(super) fn mark(cx: &mut Cx, arn: &str) {
    if let Some(name) = name_in(arn) {
        autoscaling::tag(cx, name, "AmazonECSManaged", "", true);
    }
}

/// The name in a group's ARN: `…:autoScalingGroupName/{name}`.
pub(super) fn name_in(arn: &str) -> Option<&str> {
    arn.split_once(":autoScalingGroupName/")
        .map(|(_, name)| name)
}
