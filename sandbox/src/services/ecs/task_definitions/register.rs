//! `RegisterTaskDefinition`.

use serde_json::{Value, json};

use super::checks;
use super::describe::described;
use super::sizes;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ecs::shapes::Definition;
use crate::services::ecs::state::{DefinitionStatus, TaskDefinition};
use crate::services::ecs::tags;

/// `RegisterTaskDefinition` (ECS API Reference): the next revision of the family.
///
/// GPUs, `FireLens`, `FSx` volumes and credential specifications are refused as unknown.
pub(crate) fn register_task_definition(cx: &mut Cx, mut input: Definition) -> Result<Value, Fault> {
    checks::task(&input)?;
    checks::containers(&input)?;
    let tags = tags::of_new(std::mem::take(&mut input.tags))?;
    input.cpu = input.cpu.as_deref().map(sizes::cpu).transpose()?;
    input.memory = input.memory.as_deref().map(sizes::memory).transpose()?;
    checks::sizes(&input)?;
    fill_in(&mut input);
    let by = cx.account.iam.user.arn.clone();
    let now = cx.now;
    let family = cx
        .region()
        .ecs
        .families
        .entry(input.family.clone())
        .or_default();
    family.last += 1;
    let registered = TaskDefinition {
        revision: family.last,
        status: DefinitionStatus::Active,
        definition: input,
        registered: now,
        registered_by: by,
        deregistered: None,
        delete_requested: None,
        tags,
    };
    family.revisions.insert(family.last, registered.clone());
    Ok(json!({
        "taskDefinition": described(cx, &registered),
        "tags": tags::list(&registered.tags),
    }))
}

/// What ECS writes into a definition where nothing was given.
fn fill_in(definition: &mut Definition) {
    let is_awsvpc = definition.network() == "awsvpc";
    definition
        .network_mode
        .get_or_insert_with(|| "bridge".to_owned());
    for container in &mut definition.container_definitions {
        for mapping in &mut container.port_mappings {
            mapping.protocol.get_or_insert_with(|| "tcp".to_owned());
            let same = if is_awsvpc {
                mapping.container_port
            } else {
                Some(0)
            };
            mapping.host_port = mapping.host_port.or(same);
        }
    }
}
