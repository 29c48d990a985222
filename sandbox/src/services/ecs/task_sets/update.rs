//! `UpdateTaskSet` and `UpdateServicePrimaryTaskSet`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::create::percent;
use super::{digits, external, found, service};
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ecs::scheduler;
use crate::services::ecs::services::{described_task_set, store};
use crate::services::ecs::shapes::Scale;
use crate::services::ecs::state::TaskSetStatus;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct UpdateTaskSet {
    cluster: String,
    service: String,
    task_set: String,
    scale: Scale,
}

/// `UpdateTaskSet` (ECS API Reference): its size.
pub(crate) fn update_task_set(cx: &mut Cx, input: UpdateTaskSet) -> Result<Value, Fault> {
    let percent = percent(Some(&input.scale))?;
    external(cx, &input.cluster, &input.service)?;
    scale(cx, &input.cluster, &input.service, &input.task_set, percent)?;
    described(cx, &input.cluster, &input.service, &input.task_set)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct UpdateServicePrimaryTaskSet {
    cluster: String,
    service: String,
    primary_task_set: String,
}

/// `UpdateServicePrimaryTaskSet` (ECS API Reference).
pub(crate) fn update_service_primary_task_set(
    cx: &mut Cx,
    input: UpdateServicePrimaryTaskSet,
) -> Result<Value, Fault> {
    external(cx, &input.cluster, &input.service)?;
    make_primary(cx, &input.cluster, &input.service, &input.primary_task_set)?;
    described(cx, &input.cluster, &input.service, &input.primary_task_set)
}

fn described(cx: &mut Cx, cluster: &str, name: &str, reference: &str) -> Result<Value, Fault> {
    let (cluster, there) = service(cx, cluster, name)?;
    let set = there.task_set(digits(reference));
    let described = set.map(|set| described_task_set(cx, &cluster, &there, set, true));
    Ok(json!({ "taskSet": described }))
}

/// Gives a task set another size, in percent of the service's desired count.
pub(in crate::services::ecs) fn scale(
    cx: &mut Cx,
    cluster: &str,
    name: &str,
    reference: &str,
    percent: f64,
) -> Result<(), Fault> {
    let now = cx.now;
    let (cluster, mut there) = service(cx, cluster, name)?;
    let set = found(&mut there, reference)?;
    set.scale = percent;
    set.updated = now;
    store(cx, &cluster, there);
    scheduler::look_soon(cx, &cluster);
    Ok(())
}

/// Makes a task set the one that counts as the service's own.
pub(in crate::services::ecs) fn make_primary(
    cx: &mut Cx,
    cluster: &str,
    name: &str,
    reference: &str,
) -> Result<(), Fault> {
    let now = cx.now;
    let (cluster, mut there) = service(cx, cluster, name)?;
    found(&mut there, reference)?;
    let id = digits(reference);
    for set in &mut there.task_sets {
        let is_it = set.id == id;
        if is_it != (set.status == TaskSetStatus::Primary) && set.status != TaskSetStatus::Draining
        {
            set.status = if is_it {
                TaskSetStatus::Primary
            } else {
                TaskSetStatus::Active
            };
            set.updated = now;
        }
    }
    store(cx, &cluster, there);
    Ok(())
}
