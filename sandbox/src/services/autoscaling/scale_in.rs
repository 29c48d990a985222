//! Terminating instances of a group: those that its termination policies choose, and never a
//! protected one (Amazon EC2 Auto Scaling User Guide, "How Amazon EC2 Auto Scaling termination
//! policies work").

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::activities::{self, Draft};
use super::state::{Group, Lifecycle, Member};
use super::tend;
use crate::context::Cx;
use crate::services::ec2;

/// Terminates up to `count` instances of the group.
pub(super) fn shrink(cx: &mut Cx, name: &str, count: u32) {
    for _ in 0..count {
        let Some(group) = cx.region().autoscaling.groups.get(name) else {
            return;
        };
        let (cause, size) = (group.cause.clone(), group.size());
        let Some(chosen) = chosen(group).map(|member| member.id.clone()) else {
            all_protected(cx, name, &cause);
            return;
        };
        let words = format!(
            "an instance was taken out of service in response to a difference between desired and actual \
             capacity, shrinking the capacity from {size} to {}.",
            size - 1
        );
        let taken = activities::cause(&cause, &tend::at(cx, &words));
        let selected = tend::at(
            cx,
            &format!("instance {chosen} was selected for termination."),
        );
        take_out(cx, name, &chosen, activities::cause(&taken, &selected));
    }
}

/// Terminates the member of the group, for that reason. Gives the activity's id.
pub(super) fn take_out(cx: &mut Cx, name: &str, id: &str, cause: String) -> Option<String> {
    let zone = cx
        .region()
        .autoscaling
        .groups
        .get(name)
        .and_then(|group| group.member(id))
        .map(|member| member.zone.clone())?;
    let activity = activities::begin(
        cx,
        name,
        Draft {
            description: format!("Terminating EC2 instance: {id}"),
            status: "InProgress",
            message: None,
            cause,
            details: serde_json::json!({ "Availability Zone": zone }).to_string(),
        },
    );
    let group = cx.region().autoscaling.groups.get_mut(name)?;
    let member = group.members.iter_mut().find(|member| member.id == id)?;
    let before = std::mem::replace(&mut member.activity, activity.clone());
    let was_pending = member.state == Lifecycle::Pending;
    member.state = Lifecycle::Terminating;
    if let Some(before) = before.filter(|_| was_pending) {
        activities::end(cx, &before, "Cancelled");
    }
    ec2::terminate(cx, id);
    // What was terminated already, by somebody else, tells nobody again.
    let instances = &cx.region().ec2.instances;
    let over = instances
        .get(id)
        .is_none_or(|it| it.is(ec2::State::Terminated));
    if over {
        super::notices::instance_terminated(cx, id);
    }
    activity
}

fn all_protected(cx: &mut Cx, name: &str, cause: &str) {
    let words = "Could not scale to desired capacity because all remaining instances are protected from scale in.";
    activities::begin(
        cx,
        name,
        Draft {
            description: words.to_owned(),
            status: "Failed",
            message: Some(words.to_owned()),
            cause: cause.to_owned(),
            details: "{}".to_owned(),
        },
    );
}

/// Who goes: in the zone with the most instances, the one that the policies say.
fn chosen(group: &Group) -> Option<&Member> {
    let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
    for member in group.staying() {
        *sizes.entry(&member.zone).or_default() += 1;
    }
    let candidates: Vec<_> = group
        .staying()
        .filter(|member| !member.protected || group.deleting)
        .collect();
    let most = candidates.iter().map(|it| sizes[it.zone.as_str()]).max()?;
    let in_zone = candidates
        .into_iter()
        .enumerate()
        .filter(|(_, member)| sizes[member.zone.as_str()] == most);
    let policy = group.settings.termination_policies.first();
    let version = |member: &Member| {
        let version = member.template.version.as_ref();
        version.and_then(|version| version.parse::<u64>().ok())
    };
    let chosen = match policy.map(String::as_str) {
        Some("NewestInstance") => in_zone.min_by_key(|(age, _)| Reverse(*age)),
        Some("OldestInstance") => in_zone.min_by_key(|(age, _)| *age),
        _ => in_zone.min_by_key(|(age, member)| (version(member), *age)),
    };
    chosen.map(|(_, member)| member)
}
