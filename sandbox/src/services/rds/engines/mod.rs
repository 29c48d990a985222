//! What can be ordered: engines, their versions and the classes that these run on.

mod engine;
mod mysql;
mod orderable;
mod postgresql;
mod versions;

pub(super) use engine::{Engine, Step};
pub(super) use orderable::describe_orderable_db_instance_options;
pub(super) use versions::describe_db_engine_versions;
