//! What a group does by itself: compares the instances it has with those it should have, and
//! launches or terminates the difference.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::state::Lifecycle;
use super::{notices, scale_in, scale_out};
use crate::agenda;
use crate::clock;
use crate::context::Cx;

/// How soon a group reacts to what was asked of it.
const REACTION: Duration = Duration::from_secs(5);
/// How long a group waits after a launch that failed; twice as long after each further one.
const RETRY: Duration = Duration::from_secs(30);

/// What comes due in Auto Scaling.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Due {
    /// The group of that name looks after itself.
    Tend(String),
    /// The health check of an instance that stopped without its group's doing.
    Check(String),
}

pub(crate) fn due(cx: &mut Cx, due: Due) {
    match due {
        Due::Tend(name) => tend(cx, &name),
        Due::Check(id) => notices::check(cx, &id),
    }
}

/// Lets the group look after itself shortly.
pub(super) fn soon(cx: &mut Cx, name: &str) {
    after(cx, name, REACTION);
}

fn after(cx: &mut Cx, name: &str, real: Duration) {
    let at = cx.after(real);
    cx.plan(at, agenda::Due::Autoscaling(Due::Tend(name.to_owned())));
}

/// `At 2026-11-24T12:00:00Z {words}`, as the causes of activities are written.
pub(super) fn at(cx: &Cx, words: &str) -> String {
    format!("At {} {words}", clock::iso8601(cx.second()))
}

fn tend(cx: &mut Cx, name: &str) {
    let Some(group) = cx.region().autoscaling.groups.get(name) else {
        return;
    };
    if group.deleting && group.members.is_empty() {
        cx.region().autoscaling.groups.remove(name);
        return;
    }
    let (size, desired) = (group.size(), group.desired);
    if size > desired {
        scale_in::shrink(cx, name, size - desired);
    } else if size < desired {
        let failures = scale_out::grow(cx, name, desired - size);
        if failures > 0 {
            after(cx, name, RETRY * 2_u32.pow((failures - 1).min(5)));
        }
    }
    if let Some(group) = cx.region().autoscaling.groups.get_mut(name)
        && group.failures == 0
    {
        group.cause = String::new();
    }
}

/// Whether a group has something under way.
pub(super) fn is_busy(group: &super::state::Group) -> bool {
    let settled = |member: &super::state::Member| member.state == Lifecycle::InService;
    !group.members.iter().all(settled) || group.size() != group.desired
}
