//! `DeleteTaskDefinitions`.

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

use super::describe::described;
use super::references::{found, named};
use crate::agenda;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ecs::Due;
use crate::services::ecs::faults::invalid;
use crate::services::ecs::names::missing;
use crate::services::ecs::state::{DefinitionStatus, Ecs};

/// How long AWS takes at least before a revision is gone.
const DELETION: Duration = Duration::from_mins(1);

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct DeleteTaskDefinitions {
    task_definitions: Vec<String>,
}

/// `DeleteTaskDefinitions` (ECS API Reference): of what was deregistered before. The revision goes
/// when nothing refers to it any more.
pub(crate) fn delete_task_definitions(
    cx: &mut Cx,
    input: DeleteTaskDefinitions,
) -> Result<Value, Fault> {
    if !(1..=10).contains(&input.task_definitions.len()) {
        return Err(invalid(
            "Specify between 1 and 10 task definitions to delete.",
        ));
    }
    let (mut deleted, mut failures) = (Vec::new(), Vec::new());
    let now = cx.now;
    for reference in &input.task_definitions {
        let Some(found) = found(cx, reference) else {
            failures.push(missing(reference));
            continue;
        };
        if found.status == DefinitionStatus::Active {
            failures.push(json!({
                "arn": reference,
                "reason": "The specified task definition is still in ACTIVE status. Please deregister the \
                           target and try again.",
            }));
            continue;
        }
        let is_new = found.status == DefinitionStatus::Inactive;
        found.status = DefinitionStatus::DeleteInProgress;
        found.delete_requested.get_or_insert(now);
        let found = found.clone();
        deleted.push(described(cx, &found));
        if is_new {
            plan(cx, found.name());
        }
    }
    Ok(json!({ "taskDefinitions": deleted, "failures": failures }))
}

fn plan(cx: &mut Cx, name: String) {
    let at = cx.after(DELETION);
    cx.plan(at, agenda::Due::Ecs(Due::TaskDefinition(name)));
}

/// Lets a revision go, unless something refers to it still: then it is tried again later.
pub(in crate::services::ecs) fn gone(cx: &mut Cx, name: String) {
    let ecs = &mut cx.region().ecs;
    if named(ecs, &name).is_none() {
        return;
    }
    if is_referred_to(ecs, &name) {
        return plan(cx, name);
    }
    if let Some((family, revision)) = name.split_once(':')
        && let (Some(family), Ok(revision)) = (ecs.families.get_mut(family), revision.parse())
    {
        family.revisions.remove(&revision);
    }
}

fn is_referred_to(ecs: &Ecs, name: &str) -> bool {
    ecs.clusters.values().any(|cluster| {
        let sets = cluster.services.values().flat_map(|it| &it.task_sets);
        cluster.live_tasks().any(|task| task.definition == name)
            || sets.into_iter().any(|set| set.definition == name)
    })
}
