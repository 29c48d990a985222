//! Deployments, made, read and steered.

mod create;
mod list;
mod read;
mod steer;
mod targets;

pub(crate) use create::{create_deployment, create_for_pipeline};
pub(crate) use list::list_deployments;
pub(crate) use read::{batch_get_deployments, get_deployment};
pub(crate) use steer::{continue_deployment, stop_deployment};
pub(crate) use targets::{
    batch_get_deployment_targets, get_deployment_target, list_deployment_targets,
};
