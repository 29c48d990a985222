//! What other services may know of groups and do with them: the capacity providers of ECS.

use super::state::{Group, GroupTag};
use super::tend;
use crate::context::Cx;

/// The group of that ARN.
pub(crate) fn by_arn<'a>(cx: &'a mut Cx, arn: &str) -> Option<&'a Group> {
    let mut groups = cx.region().autoscaling.groups.values();
    groups.find(|group| group.arn == arn)
}

/// The name of the group that instance `id` is in.
pub(crate) fn group_of(cx: &mut Cx, id: &str) -> Option<String> {
    let group = cx.region().autoscaling.group_of(id);
    group.map(|group| group.name.clone())
}

/// Sets the capacity that a group is to have, within its bounds. `because` goes into the cause of
/// what the group does then: `a user request explicitly set group desired capacity`.
pub(crate) fn set_desired(cx: &mut Cx, name: &str, desired: u32, because: &str) {
    let Some(group) = cx.region().autoscaling.groups.get(name) else {
        return;
    };
    let before = group.desired;
    let desired = desired.clamp(group.min.min(group.max), group.max);
    if before == desired || group.deleting {
        return;
    }
    let words = format!("{because} changing the desired capacity from {before} to {desired}.");
    let cause = tend::at(cx, &words);
    if let Some(group) = cx.region().autoscaling.groups.get_mut(name) {
        (group.desired, group.cause, group.failures) = (desired, cause, 0);
    }
    tend::soon(cx, name);
}

/// Protects an instance of a group from scale-in, or no longer.
pub(crate) fn protect(cx: &mut Cx, name: &str, id: &str, protected: bool) {
    let group = cx.region().autoscaling.groups.get_mut(name);
    let members = group.into_iter().flat_map(|group| &mut group.members);
    for member in members.filter(|member| member.id == id) {
        member.protected = protected;
    }
}

/// Tags a group, as ECS does with `AmazonECSManaged`.
pub(crate) fn tag(cx: &mut Cx, name: &str, key: &str, value: &str, propagate: bool) {
    if let Some(group) = cx.region().autoscaling.groups.get_mut(name) {
        let tag = GroupTag {
            value: value.to_owned(),
            propagate,
        };
        group.tags.insert(key.to_owned(), tag);
    }
}
