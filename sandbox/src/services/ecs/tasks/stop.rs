//! `StopTask`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::describe::described;
use super::end::{self, Stop};
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ecs::faults::invalid;
use crate::services::ecs::names::{cluster, short};
use crate::services::ecs::state::StopCode;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct StopTask {
    cluster: Option<String>,
    task: String,
    reason: Option<String>,
}

/// `StopTask` (ECS API Reference): a service starts another in its place.
pub(crate) fn stop_task(cx: &mut Cx, input: StopTask) -> Result<Value, Fault> {
    let id = short(cx, "task", &input.task)?.to_owned();
    if input
        .reason
        .as_ref()
        .is_some_and(|reason| reason.chars().count() > 1024)
    {
        return Err(invalid("Reason can have at most 1024 characters."));
    }
    let there = cluster(cx, input.cluster.as_deref())?;
    let name = there.name.clone();
    if !there.tasks.contains_key(&id) {
        return Err(invalid("The referenced task was not found."));
    }
    let stop = Stop {
        code: StopCode::UserInitiated,
        reason: input
            .reason
            .unwrap_or_else(|| "Task stopped by user".to_owned()),
    };
    end::stop(cx, &name, &id, stop);
    let there = cluster(cx, Some(&name))?.clone();
    let task = there
        .tasks
        .get(&id)
        .map(|task| described(cx, &there, task, false));
    Ok(json!({ "task": task }))
}
