//! Builds: begun, run, read.

mod begin;
mod forget;
mod list;
mod log;
mod output;
mod phases;
mod pipeline;
mod run;
mod show;
mod source;
mod start;
mod state;
mod stop;
mod variables;

pub(super) use forget::batch_delete_builds;
pub(super) use list::{batch_get_builds, list_builds, list_builds_for_project};
pub(crate) use phases::Status;
pub(crate) use pipeline::{progress, start_for_pipeline};
pub(crate) use run::{Due, due};
pub(super) use start::{retry_build, start_build};
pub(super) use state::Build;
pub(crate) use state::Handed;
pub(super) use stop::stop_build;
