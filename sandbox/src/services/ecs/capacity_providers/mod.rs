//! Capacity providers: Auto Scaling groups that a cluster takes its instances from.

mod checks;
mod create;
mod delete;
mod describe;
mod update;

pub(super) use create::create_capacity_provider;
pub(super) use delete::{delete_capacity_provider, gone};
pub(super) use describe::describe_capacity_providers;
pub(super) use update::update_capacity_provider;

use super::names::short;
use crate::context::Cx;
use crate::fault::Fault;

/// Whether it is one of AWS's own, which every account has.
pub(super) fn is_fargate(name: &str) -> bool {
    matches!(name, "FARGATE" | "FARGATE_SPOT")
}

/// The name of the capacity provider that is meant.
pub(super) fn provider_name(cx: &Cx, reference: &str) -> Result<String, Fault> {
    short(cx, "capacity-provider", reference).map(str::to_owned)
}
