//! Instances of clusters, one file an operation.

mod create;
mod delete;
mod describe;
mod modify;

pub(super) use create::create_db_instance;
pub(super) use delete::delete_db_instance;
pub(super) use describe::describe_db_instances;
pub(super) use modify::{give_parameter_group, modify_db_instance, move_to_groups};
