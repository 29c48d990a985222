//! Deployment groups.

mod alarms;
mod blue_green;
mod check;
mod create;
mod delete;
mod ecs;
mod read;
mod settings;
mod update;

pub(super) use alarms::check as check_alarms;
pub(crate) use create::create_deployment_group;
pub(crate) use delete::delete_deployment_group;
pub(crate) use read::{batch_get_deployment_groups, get_deployment_group, list_deployment_groups};
pub(crate) use settings::{
    Alarms, ReadyAction, Rollback, RollbackEvent, Settings, TerminationAction,
};
pub(crate) use update::update_deployment_group;
