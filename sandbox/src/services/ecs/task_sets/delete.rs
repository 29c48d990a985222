//! `DeleteTaskSet`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{digits, external, found, service};
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ecs::faults::invalid;
use crate::services::ecs::scheduler;
use crate::services::ecs::services::{described_task_set, store};
use crate::services::ecs::state::TaskSetStatus;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct DeleteTaskSet {
    cluster: String,
    service: String,
    task_set: String,
    #[serde(default)]
    force: bool,
}

/// `DeleteTaskSet` (ECS API Reference): scaled to nought first, unless by force. It drains while its
/// tasks stop.
pub(crate) fn delete_task_set(cx: &mut Cx, input: DeleteTaskSet) -> Result<Value, Fault> {
    let (cluster, mut there) = external(cx, &input.cluster, &input.service)?;
    let set = found(&mut there, &input.task_set)?;
    if set.scale > 0.0 && !input.force {
        return Err(invalid(
            "The task set cannot be deleted while it is scaled above 0.",
        ));
    }
    remove(cx, &cluster, &there.name, &input.task_set)?;
    let (cluster, there) = service(cx, &cluster, &there.name)?;
    let set = there.task_set(digits(&input.task_set));
    let described = set.map(|set| described_task_set(cx, &cluster, &there, set, true));
    Ok(json!({ "taskSet": described }))
}

/// Lets a task set go: its tasks are stopped, and then it is gone.
pub(in crate::services::ecs) fn remove(
    cx: &mut Cx,
    cluster: &str,
    name: &str,
    reference: &str,
) -> Result<(), Fault> {
    let now = cx.now;
    let (cluster, mut there) = service(cx, cluster, name)?;
    let set = found(&mut there, reference)?;
    set.status = TaskSetStatus::Draining;
    set.updated = now;
    store(cx, &cluster, there);
    scheduler::look_soon(cx, &cluster);
    Ok(())
}
