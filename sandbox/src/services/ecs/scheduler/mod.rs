//! The scheduler: it looks at a cluster whenever something there changed, and keeps every service
//! at its count.

mod capacity;
mod choose;
mod deployments;
mod events;
mod health;
mod launch;
mod outcome;
mod reduce;
mod service;
mod steady;
mod throttle;
mod waiting;

pub(super) use capacity::can_grow;
pub(super) use choose::{Needs, Unplaced, choose};
pub(super) use launch::provider;
pub(super) use outcome::{failed, registered};

use std::time::Duration;

use super::Due;
use super::state::ServiceStatus;
use crate::agenda;
use crate::clock::Millis;
use crate::context::Cx;

/// How long ECS takes to notice a change.
const NOTICE: Duration = Duration::from_secs(4);

/// Lets the scheduler look at a cluster soon.
pub(super) fn look_soon(cx: &mut Cx, cluster: &str) {
    let at = cx.after(NOTICE);
    look_at(cx, cluster, at);
}

/// Lets it look at `at`, unless it looks before that anyway.
fn look_at(cx: &mut Cx, cluster: &str, at: Millis) {
    let Some(found) = cx.region().ecs.clusters.get_mut(cluster) else {
        return;
    };
    if found.next_look.is_some_and(|next| next <= at) {
        return;
    }
    found.next_look = Some(at);
    cx.plan(at, agenda::Due::Ecs(Due::Look(cluster.to_owned())));
}

/// Looks at a cluster: what waits for room, then each service. Comes again by itself while there is
/// something to wait for that nobody would tell of.
pub(super) fn look(cx: &mut Cx, cluster: &str) {
    let now = cx.now;
    let Some(found) = cx.region().ecs.clusters.get_mut(cluster) else {
        return;
    };
    // A look that was moved forward leaves its old plan behind.
    if found.next_look.is_none_or(|next| next > now) {
        return;
    }
    found.next_look = None;
    let services = found.services.values();
    let names: Vec<_> = services
        .filter(|service| !service.is(ServiceStatus::Inactive))
        .map(|service| service.name.clone())
        .collect();
    waiting::place(cx, cluster);
    let mut again = None;
    for name in names {
        again = earlier(again, service::tend(cx, cluster, &name));
    }
    capacity::grow(cx, cluster);
    if let Some(at) = again {
        look_at(cx, cluster, at);
    }
}

fn earlier(one: Option<Millis>, other: Option<Millis>) -> Option<Millis> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}
