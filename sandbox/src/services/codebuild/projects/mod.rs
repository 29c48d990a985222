//! Projects: made, changed, listed, deleted.

mod create;
mod delete;
mod given;
mod list;
mod show;
mod update;

pub(super) use create::create_project;
pub(super) use delete::delete_project;
pub(super) use list::{batch_get_projects, list_projects};
pub(super) use show::{usual_environment, usual_source};
pub(super) use update::update_project;
