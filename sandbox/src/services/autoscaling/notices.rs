//! What EC2 tells: an instance runs, stops, is gone.

use std::time::Duration;

use super::state::Lifecycle;
use super::tend::{self, Due};
use super::{activities, scale_in};
use crate::agenda;
use crate::context::Cx;
use crate::services::ec2::State;

/// How long until a health check finds an instance that is not there any more.
const HEALTH_CHECK: Duration = Duration::from_mins(1);

/// Instance `id` is running: if a group has waited for it, it is in service.
pub(crate) fn instance_runs(cx: &mut Cx, id: &str) {
    let Some(name) = group_of(cx, id) else {
        return;
    };
    let Some(group) = cx.region().autoscaling.groups.get_mut(&name) else {
        return;
    };
    let pending =
        |member: &&mut super::Member| member.id == id && member.state == Lifecycle::Pending;
    let Some(member) = group.members.iter_mut().find(pending) else {
        return;
    };
    member.state = Lifecycle::InService;
    if let Some(activity) = member.activity.take() {
        activities::end(cx, &activity, "Successful");
    }
}

/// Instance `id` begins to stop or to shut down: if its group did not do that, it finds out later.
pub(crate) fn instance_leaves(cx: &mut Cx, id: &str) {
    let autoscaling = &cx.region().autoscaling;
    let member = autoscaling.group_of(id).and_then(|group| group.member(id));
    if member.is_some_and(|member| member.state != Lifecycle::Terminating) {
        let at = cx.after(HEALTH_CHECK);
        cx.plan(at, agenda::Due::Autoscaling(Due::Check(id.to_owned())));
    }
}

/// Instance `id` is terminated: if its group has waited for that, it is out of the group.
pub(crate) fn instance_terminated(cx: &mut Cx, id: &str) {
    let Some(name) = group_of(cx, id) else {
        return;
    };
    let Some(group) = cx.region().autoscaling.groups.get_mut(&name) else {
        return;
    };
    let gone = |member: &super::Member| member.id == id && member.state == Lifecycle::Terminating;
    let Some(place) = group.members.iter().position(gone) else {
        return;
    };
    let member = group.members.remove(place);
    if let Some(activity) = member.activity {
        activities::end(cx, &activity, "Successful");
    }
    tend::soon(cx, &name);
}

/// The health check of an instance: one that does not run is replaced.
pub(super) fn check(cx: &mut Cx, id: &str) {
    let Some(name) = group_of(cx, id) else {
        return;
    };
    let region = cx.region();
    let runs = region
        .ec2
        .instances
        .get(id)
        .is_some_and(|instance| matches!(instance.state, State::Pending | State::Running));
    let Some(group) = region.autoscaling.groups.get_mut(&name) else {
        return;
    };
    let staying =
        |member: &&mut super::Member| member.id == id && member.state != Lifecycle::Terminating;
    let Some(member) = group.members.iter_mut().find(staying).filter(|_| !runs) else {
        return;
    };
    member.healthy = false;
    let words = "an instance was taken out of service in response to an EC2 health check indicating it has been \
                 terminated or stopped.";
    let cause = tend::at(cx, words);
    scale_in::take_out(cx, &name, id, cause);
    tend::soon(cx, &name);
}

fn group_of(cx: &mut Cx, id: &str) -> Option<String> {
    let group = cx.region().autoscaling.group_of(id);
    group.map(|group| group.name.clone())
}
