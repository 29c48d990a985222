//! Instance types.

mod catalogue;
mod describe;
mod filters;

pub(crate) use catalogue::{InstanceType, find};
pub(super) use describe::describe_instance_types;
