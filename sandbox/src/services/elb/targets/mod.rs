//! Targets: who is registered in a target group, and how it is with them.

mod describe;
mod register;

pub(crate) use describe::describe_target_health;
pub(crate) use register::{deregister_targets, register_targets};

pub(super) use register::register;

use serde::Deserialize;

/// A target as it arrives.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct Given {
    id: String,
    port: Option<u32>,
    availability_zone: Option<String>,
}
