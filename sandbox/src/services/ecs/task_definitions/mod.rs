//! Task definitions: registered in families, never changed, deregistered.

mod capabilities;
mod checks;
mod delete;
mod deregister;
mod describe;
mod list;
mod references;
mod register;
mod sizes;

pub(super) use delete::{delete_task_definitions, gone};
pub(super) use deregister::deregister_task_definition;
pub(super) use describe::describe_task_definition;
pub(super) use list::{list_task_definition_families, list_task_definitions};
pub(super) use references::{active, named};
pub(super) use register::register_task_definition;
