//! Task sets: the revisions of a service whose deployments something else directs.

mod create;
mod delete;
mod describe;
mod update;

pub(super) use create::{NewTaskSet, create_task_set, make};
pub(super) use delete::{delete_task_set, remove};
pub(super) use describe::describe_task_sets;
#[cfg(test)]
pub(super) use update::scale;
pub(super) use update::{make_primary, update_service_primary_task_set, update_task_set};

use super::faults::{invalid, no_such_task_set};
use super::services;
use super::state::{Service, TaskSet};
use crate::context::Cx;
use crate::fault::Fault;

/// The active service that is meant, which must have task sets.
fn service(cx: &mut Cx, cluster: &str, service: &str) -> Result<(String, Service), Fault> {
    let (cluster, service) = services::active(cx, Some(cluster), service)?;
    if service.controller == "ECS" {
        return Err(invalid(
            "This operation is not supported on services with the ECS deployment controller. Use \
             UpdateService instead.",
        ));
    }
    Ok((cluster, service))
}

/// As [`service`], for a caller of the API: what CodeDeploy directs is not for others.
fn external(cx: &mut Cx, cluster: &str, reference: &str) -> Result<(String, Service), Fault> {
    let found = service(cx, cluster, reference)?;
    if found.1.controller == "CODE_DEPLOY" {
        return Err(invalid(
            "Cannot change task sets on services with a CODE_DEPLOY deployment controller. Use AWS CodeDeploy \
             to trigger a new deployment.",
        ));
    }
    Ok(found)
}

/// The digits of a task set that is given by its id or its ARN.
fn digits(reference: &str) -> &str {
    reference.rsplit('/').next().unwrap_or(reference)
}

/// A task set of a service.
fn found<'a>(service: &'a mut Service, reference: &str) -> Result<&'a mut TaskSet, Fault> {
    service
        .task_set_mut(digits(reference))
        .ok_or_else(no_such_task_set)
}
