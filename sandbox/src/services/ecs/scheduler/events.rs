//! What services tell of what the scheduler does (ECS Developer Guide, "Amazon ECS service event
//! messages").

use crate::context::Cx;
use crate::services::ecs::state::{Event, Service};

use super::choose::{Lack, Unplaced};

const TROUBLESHOOTING: &str =
    "For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.";

/// Adds an event to a service: `(service app) has reached a steady state.`
pub(super) fn tell(cx: &mut Cx, cluster: &str, service: &str, words: &str) {
    add(cx, cluster, service, format!("(service {service}) {words}"));
}

/// Adds one of a task set; under the controller `ECS` it is the service that speaks.
pub(super) fn tell_of(cx: &mut Cx, cluster: &str, service: &str, set: &str, words: &str) {
    let has_sets = with(cx, cluster, service, |it| it.controller != "ECS").unwrap_or(false);
    if has_sets {
        let message = format!("(service {service}, taskSet ecs-svc/{set}) {words}");
        add(cx, cluster, service, message);
    } else {
        tell(cx, cluster, service, words);
    }
}

/// As [`tell_of`], but not if it was the last thing that was said.
pub(super) fn tell_once(cx: &mut Cx, cluster: &str, service: &str, set: &str, words: &str) {
    let is_last = with(cx, cluster, service, |it| {
        it.events
            .front()
            .is_some_and(|event| event.message.ends_with(words))
    });
    if is_last != Some(true) {
        tell_of(cx, cluster, service, set, words);
    }
}

fn add(cx: &mut Cx, cluster: &str, service: &str, message: String) {
    let event = Event {
        id: cx.account.ids.uuid(),
        created: cx.now,
        message,
    };
    with(cx, cluster, service, |it| it.tell(event));
}

/// Does something with a service, if it is there.
pub(super) fn with<T>(
    cx: &mut Cx,
    cluster: &str,
    service: &str,
    what: impl FnOnce(&mut Service) -> T,
) -> Option<T> {
    let cluster = cx.region().ecs.clusters.get_mut(cluster)?;
    cluster.services.get_mut(service).map(what)
}

/// `(task 0a1b) (task 2c3d)`
pub(super) fn tasks(ids: &[String]) -> String {
    let ids: Vec<_> = ids.iter().map(|id| format!("(task {id})")).collect();
    ids.join(" ")
}

/// That a task found no place, and why.
pub(super) fn unplaced(unplaced: &Unplaced, has_provider: bool) -> String {
    let start =
        "was unable to place a task because no container instance met all of its requirements.";
    let Some(closest) = &unplaced.closest else {
        let whose = if has_provider {
            "capacity provider"
        } else {
            "cluster"
        };
        return format!(
            "{start} Reason: No Container Instances were found in your {whose}. {TROUBLESHOOTING}"
        );
    };
    let lacks = match unplaced.lack {
        Lack::Memory => "has insufficient memory available",
        Lack::Cpu => "has insufficient CPU units available",
        Lack::Port => "is already using a port required by your task",
        Lack::Attribute => "is missing an attribute required by your task",
        Lack::Agent | Lack::Instances => "encountered error \"AGENT\"",
        Lack::Constraint => "encountered error \"MemberOf placement constraint unsatisfied.\"",
    };
    format!(
        "{start} The closest matching (container-instance {closest}) {lacks}. {TROUBLESHOOTING}"
    )
}

/// That tasks fail one after the other.
pub(super) fn inconsistent() -> String {
    format!("is unable to consistently start tasks successfully. {TROUBLESHOOTING}")
}
