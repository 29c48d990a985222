//! `DeleteService`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::describe::described;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ecs::faults::{invalid, no_such_service};
use crate::services::ecs::names::{cluster, short};
use crate::services::ecs::scheduler;
use crate::services::ecs::state::{ServiceStatus, TaskSetStatus};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct DeleteService {
    cluster: Option<String>,
    service: String,
    #[serde(default)]
    force: bool,
}

/// `DeleteService` (ECS API Reference): scaled to nought first, unless by force. It drains while its
/// tasks stop, and is inactive then.
pub(crate) fn delete_service(cx: &mut Cx, input: DeleteService) -> Result<Value, Fault> {
    let name = short(cx, "service", &input.service)?.to_owned();
    let cluster = cluster(cx, input.cluster.as_deref())?;
    let cluster_name = cluster.name.clone();
    let service = cluster
        .services
        .get_mut(&name)
        .filter(|service| !service.is(ServiceStatus::Inactive))
        .ok_or_else(no_such_service)?;
    if service.is(ServiceStatus::Active) {
        if service.desired > 0 && !input.force {
            return Err(invalid(
                "The service cannot be stopped while it is scaled above 0.",
            ));
        }
        let has_others = service
            .task_sets
            .iter()
            .any(|set| set.status == TaskSetStatus::Active);
        if has_others && service.controller != "ECS" && !input.force {
            return Err(invalid(
                "The service cannot be stopped while it has task sets other than the primary one.",
            ));
        }
        service.status = ServiceStatus::Draining;
        service.desired = 0;
    }
    let deleted = service.clone();
    scheduler::look_soon(cx, &cluster_name);
    Ok(json!({ "service": described(cx, &cluster_name, &deleted, true) }))
}
