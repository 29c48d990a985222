//! What follows when an instance begins to run or goes: the one place that says who is told.
//!
//! A service that lives on instances adds a line to each of these. All of them are called with the
//! instance in its new state; [`super::running_instance`] describes it.

use crate::context::Cx;
use crate::services::elb::traffic;
use crate::services::{autoscaling, ecs};

/// Instance `id` is running, for the first time or again.
pub(super) fn runs(cx: &mut Cx, id: &str) {
    autoscaling::instance_runs(cx, id);
    ecs::instance_runs(cx, id);
}

/// Instance `id` begins to shut down, to stop or for good: what runs on it ends.
pub(super) fn leaves(cx: &mut Cx, id: &str) {
    ecs::instance_leaves(cx, id);
    autoscaling::instance_leaves(cx, id);
}

/// Instance `id` is terminated.
pub(super) fn terminated(cx: &mut Cx, id: &str) {
    ecs::instance_terminated(cx, id);
    traffic::forget_instance(cx, id);
    autoscaling::instance_terminated(cx, id);
}
