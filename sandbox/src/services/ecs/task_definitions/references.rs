//! How a task definition is named: `family`, `family:revision`, or by its ARN.

use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ecs::faults::client;
use crate::services::ecs::names::short;
use crate::services::ecs::state::{DefinitionStatus, Ecs, TaskDefinition};

/// The revision `family:revision`.
pub(in crate::services::ecs) fn named<'a>(
    ecs: &'a mut Ecs,
    name: &str,
) -> Option<&'a mut TaskDefinition> {
    let (family, revision) = name.split_once(':')?;
    let revisions = &mut ecs.families.get_mut(family)?.revisions;
    revisions.get_mut(&revision.parse().ok()?)
}

/// The revision that is meant; of a family the latest that is active.
pub(super) fn found<'a>(cx: &'a mut Cx, reference: &str) -> Option<&'a mut TaskDefinition> {
    let name = short(cx, "task-definition", reference).ok()?.to_owned();
    let ecs = &mut cx.region().ecs;
    if name.contains(':') {
        return named(ecs, &name);
    }
    let revisions = ecs.families.get_mut(&name)?.revisions.values_mut();
    revisions
        .rev()
        .find(|it| it.status == DefinitionStatus::Active)
}

/// The revision that tasks are to be made of: it must be active.
pub(in crate::services::ecs) fn active(
    cx: &mut Cx,
    reference: &str,
) -> Result<TaskDefinition, Fault> {
    let found = found(cx, reference).ok_or_else(|| client("TaskDefinition not found."))?;
    if found.status != DefinitionStatus::Active {
        return Err(client("TaskDefinition is inactive"));
    }
    Ok(found.clone())
}
