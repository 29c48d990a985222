//! Auto Scaling groups.

mod create;
mod delete;
mod describe;
mod place;
mod settings;
mod update;

pub(super) use create::create_auto_scaling_group;
pub(super) use delete::delete_auto_scaling_group;
pub(super) use describe::{describe_auto_scaling_groups, member};
pub(super) use update::update_auto_scaling_group;
