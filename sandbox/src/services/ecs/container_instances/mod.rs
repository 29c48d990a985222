//! Container instances: EC2 instances whose agents registered them with a cluster.

mod agent;
mod deregister;
mod describe;
mod list;
pub(super) mod ports;
mod providers;
pub(super) mod resources;
mod state;

pub(super) use agent::{boot, connect, forget, leave};
pub(super) use deregister::deregister_container_instance;
pub(super) use describe::{attributes, describe_container_instances};
pub(super) use list::list_container_instances;
pub(super) use providers::assign_providers;
pub(super) use state::update_container_instances_state;

use super::names::short;
use crate::context::Cx;
use crate::fault::Fault;

/// The id of the container instance that is meant.
fn id(cx: &Cx, reference: &str) -> Result<String, Fault> {
    short(cx, "container-instance", reference).map(str::to_owned)
}
