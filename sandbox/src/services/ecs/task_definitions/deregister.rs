//! `DeregisterTaskDefinition`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::describe::described;
use super::references::found;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ecs::faults::{client, invalid};
use crate::services::ecs::state::DefinitionStatus;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct DeregisterTaskDefinition {
    task_definition: String,
}

/// `DeregisterTaskDefinition` (ECS API Reference): nothing new is made of the revision; what runs of
/// it goes on.
pub(crate) fn deregister_task_definition(
    cx: &mut Cx,
    input: DeregisterTaskDefinition,
) -> Result<Value, Fault> {
    let reference = input.task_definition;
    let name = reference.rsplit('/').next().unwrap_or_default();
    if !name.contains(':') {
        return Err(invalid(
            "A revision is required: specify the task definition as family:revision or by its full ARN.",
        ));
    }
    let now = cx.now;
    let found = found(cx, &reference)
        .ok_or_else(|| client("The specified task definition does not exist."))?;
    if found.status == DefinitionStatus::DeleteInProgress {
        return Err(client("The specified task definition is being deleted."));
    }
    if found.status == DefinitionStatus::Active {
        found.status = DefinitionStatus::Inactive;
        found.deregistered = Some(now);
    }
    let found = found.clone();
    Ok(json!({ "taskDefinition": described(cx, &found) }))
}
