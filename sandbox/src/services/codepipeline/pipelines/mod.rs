//! Pipelines.

mod create;
mod delete;
mod get;
mod list;
mod update;

pub(super) use create::create_pipeline;
pub(super) use delete::delete_pipeline;
pub(super) use get::get_pipeline;
pub(super) use list::list_pipelines;
pub(super) use update::update_pipeline;
