//! What other services of this crate ask of Elastic Load Balancing: ECS registers its tasks and
//! follows their health, CodeDeploy shifts a listener from one target group to the other, and who
//! serves the simulated applications asks where a request goes.
//!
//! Target groups, listeners and load balancers are named by their ARNs. Nothing here refuses: who
//! asks has checked, and what is no longer there is no longer changed.

pub(crate) mod serve;

use std::time::Duration;

use super::health::{self, Life};
use super::state::{Action, ActionKind, Target};
use super::target_groups;
use super::targets;
use crate::context::Cx;
use crate::state::Region;

/// A target group as others need to know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct GroupFacts {
    pub(crate) name: String,
    pub(crate) vpc: String,
    /// `instance` or `ip`.
    pub(crate) target_type: String,
    pub(crate) port: u16,
    /// The load balancer with a listener or a rule that forwards to it, be it with a weight of
    /// nought. ECS refuses a target group that has none.
    pub(crate) load_balancer: Option<String>,
    /// How long a target drains that is deregistered.
    pub(crate) drains_for: Duration,
}

/// What is known of target group `arn`; `None` if there is none.
pub(crate) fn group(region: &Region, arn: &str) -> Option<GroupFacts> {
    let group = region.elb.target_groups.get(arn)?;
    let balancer = region.elb.load_balancer_of(arn);
    Some(GroupFacts {
        name: group.name.clone(),
        vpc: group.vpc.clone(),
        target_type: group.target_type.clone(),
        port: group.port,
        load_balancer: balancer.map(|balancer| balancer.arn.clone()),
        drains_for: target_groups::draining_time(group),
    })
}

/// The ARN of the target group `name`, by which CodeDeploy knows them.
pub(crate) fn group_named(region: &Region, name: &str) -> Option<String> {
    let group = region.elb.target_group_named(name)?;
    Some(group.arn.clone())
}

/// Registers instance or address `id` with `port` in a target group, as `RegisterTargets` does.
pub(crate) fn register(cx: &mut Cx, group: &str, id: &str, port: u16) {
    if let Some(group) = cx.region().elb.target_groups.get_mut(group) {
        let target = Target {
            id: id.to_owned(),
            port,
            zone: None,
            life: Life::new(),
        };
        targets::register(group, target);
    }
    health::observe(cx);
}

/// Deregisters it, as `DeregisterTargets` does: it drains for as long as the target group's
/// deregistration delay, and is [`Health::Draining`] meanwhile.
pub(crate) fn deregister(cx: &mut Cx, group: &str, id: &str, port: u16) {
    health::drain(cx, group, id, port);
}

/// An instance is terminated: it is in no target group any more.
pub(crate) fn forget_instance(cx: &mut Cx, id: &str) {
    for group in cx.region().elb.target_groups.values_mut() {
        group.targets.retain(|target| target.id != id);
    }
}

/// How it is with a registered target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Health {
    /// The first checks are under way, or the load balancer is being provisioned.
    Initial,
    Healthy,
    /// With AWS's reason code and its description, as ECS puts them into a task's stopped reason:
    /// `Target.Timeout`, `Request timed out`.
    Unhealthy(String, String),
    Draining,
    /// No listener forwards to the target group, or the target's zone is not enabled.
    Unused,
}

/// How it is with target `id` on `port` of a target group; `None` if it is not registered.
pub(crate) fn health(region: &Region, group: &str, id: &str, port: u16) -> Option<Health> {
    let group = region.elb.target_groups.get(group)?;
    let mut targets = group.targets.iter();
    let target = targets.find(|target| target.id == id && target.port == port)?;
    let described = target.life.described();
    let text = |key: &str| described[key].as_str().unwrap_or_default().to_owned();
    Some(match text("State").as_str() {
        "initial" => Health::Initial,
        "healthy" => Health::Healthy,
        "unhealthy" => Health::Unhealthy(text("Reason"), text("Description")),
        "draining" => Health::Draining,
        _ => Health::Unused,
    })
}

/// The target groups that listener `arn` forwards to by default, with their weights; `None` if there
/// is no such listener. A listener that answers by itself forwards to none.
pub(crate) fn weights(region: &Region, arn: &str) -> Option<Vec<(String, u32)>> {
    let listener = region.elb.listeners.get(arn)?;
    Some(listener.action.groups().to_vec())
}

/// Makes listener `arn` forward to these target groups with these weights, as CodeDeploy leaves it:
/// both groups of its pair, one of them with nought.
pub(crate) fn set_weights(cx: &mut Cx, arn: &str, groups: Vec<(String, u32)>) {
    if let Some(listener) = cx.region().elb.listeners.get_mut(arn) {
        let (order, stickiness) = match &listener.action {
            Action {
                order,
                kind: ActionKind::Forward { stickiness, .. },
            } => (*order, *stickiness),
            Action { order, .. } => (*order, None),
        };
        listener.action = Action {
            order,
            kind: ActionKind::Forward { groups, stickiness },
        };
    }
    health::observe(cx);
}

/// A listener as others need to know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ListenerFacts {
    pub(crate) load_balancer: String,
    pub(crate) dns_name: String,
    pub(crate) port: u16,
    /// `HTTP` or `HTTPS`.
    pub(crate) protocol: String,
}

/// What is known of listener `arn`; `None` if there is none.
pub(crate) fn listener(region: &Region, arn: &str) -> Option<ListenerFacts> {
    let listener = region.elb.listeners.get(arn)?;
    let balancer = region.elb.load_balancers.get(&listener.load_balancer)?;
    Some(ListenerFacts {
        load_balancer: balancer.arn.clone(),
        dns_name: balancer.dns_name.clone(),
        port: listener.port,
        protocol: listener.protocol.clone(),
    })
}

#[cfg(test)]
mod tests;
