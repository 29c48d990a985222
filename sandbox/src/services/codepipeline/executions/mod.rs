//! Executions of a pipeline.

mod get;
mod list;
mod start;
mod stop;

pub(super) use get::{get_pipeline_execution, kind};
pub(super) use list::list_pipeline_executions;
pub(super) use start::start_pipeline_execution;
pub(super) use stop::stop_pipeline_execution;
