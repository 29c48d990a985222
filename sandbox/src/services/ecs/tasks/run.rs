//! `RunTask`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::begin::{New, begin, place_on};
use super::describe::described;
use super::overrides::Overrides;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ecs::faults::{client, invalid};
use crate::services::ecs::names::cluster;
use crate::services::ecs::scheduler::{self, Needs, Unplaced};
use crate::services::ecs::services::placement::{self, Wanted};
use crate::services::ecs::shapes::{Network, PlacementConstraint, PlacementStrategy, StrategyItem};
use crate::services::ecs::tags::{self, Tag};
use crate::services::ecs::{roles, task_definitions};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct RunTask {
    cluster: Option<String>,
    task_definition: String,
    count: Option<i64>,
    #[serde(default)]
    capacity_provider_strategy: Vec<StrategyItem>,
    launch_type: Option<String>,
    network_configuration: Option<Network>,
    platform_version: Option<String>,
    group: Option<String>,
    started_by: Option<String>,
    #[serde(default)]
    overrides: Option<Overrides>,
    #[serde(default)]
    placement_constraints: Vec<PlacementConstraint>,
    #[serde(default)]
    placement_strategy: Vec<PlacementStrategy>,
    #[serde(default, rename = "enableECSManagedTags")]
    managed_tags: bool,
    #[serde(default)]
    enable_execute_command: bool,
    propagate_tags: Option<String>,
    #[serde(default)]
    tags: Vec<Tag>,
    client_token: Option<String>,
    #[serde(rename = "referenceId")]
    _reference_id: Option<String>,
}

/// `RunTask` (ECS API Reference): as many as there is room for; the rest is in `failures`.
pub(crate) fn run_task(cx: &mut Cx, input: RunTask) -> Result<Value, Fault> {
    let count = input.count.unwrap_or(1);
    if !(1..=10).contains(&count) {
        return Err(invalid("count must be between 1 and 10."));
    }
    let name = cluster(cx, input.cluster.as_deref())?.name.clone();
    if let Some(before) = with_token(cx, &name, input.client_token.as_deref())? {
        return Ok(before);
    }
    let definition = task_definitions::active(cx, &input.task_definition)?;
    let overrides = input.overrides.unwrap_or_default();
    overrides.check(&definition.definition)?;
    let size = overrides.size(&definition.definition)?;
    let mut tags = tags::of_new(input.tags)?;
    if input.propagate_tags.as_deref() == Some("TASK_DEFINITION") {
        let own = std::mem::replace(&mut tags, definition.tags.clone());
        tags.extend(own);
    }
    if input.managed_tags {
        tags.insert("aws:ecs:clusterName".to_owned(), name.clone());
    }
    let wanted = Wanted {
        launch_type: input.launch_type,
        strategy: input.capacity_provider_strategy,
        network: input.network_configuration,
        platform_version: input.platform_version,
    };
    let placement = placement::checked(cx, &name, wanted, &definition.definition)?;
    placement::check_constraints(&input.placement_constraints, &input.placement_strategy)?;
    for role in [
        overrides
            .execution_role_arn
            .as_ref()
            .or(definition.definition.execution_role_arn.as_ref()),
        overrides
            .task_role_arn
            .as_ref()
            .or(definition.definition.task_role_arn.as_ref()),
    ]
    .into_iter()
    .flatten()
    {
        roles::check_assumable(cx, role).map_err(client)?;
    }
    if placement.launch_type.is_some() && cluster(cx, Some(&name))?.instances.is_empty() {
        return Err(invalid(
            "No Container Instances were found in your cluster.",
        ));
    }
    let family = definition.definition.family.clone();
    let group = input.group.unwrap_or_else(|| format!("family:{family}"));
    let (mut begun, mut failures) = (Vec::new(), Vec::new());
    for _ in 0..count {
        let provider = scheduler::provider(cluster(cx, Some(&name))?, &placement, &group);
        let needs = Needs {
            definition: &definition.definition,
            size,
            constraints: &input.placement_constraints,
            strategies: &input.placement_strategy,
            provider: provider.as_deref(),
            group: &group,
        };
        let place = scheduler::choose(cluster(cx, Some(&name))?, &needs);
        let waits = place.is_err() && scheduler::can_grow(cx, provider.as_deref());
        if let (Err(unplaced), false) = (&place, waits) {
            failures.push(failure(cx, &name, unplaced));
            continue;
        }
        let new = New {
            cluster: &name,
            definition: &definition,
            service: None,
            task_set: None,
            group: group.clone(),
            started_by: input.started_by.clone(),
            placement: placement.clone(),
            capacity_provider: provider,
            overrides: json!(overrides),
            execute_command: input.enable_execute_command,
            tags: tags.clone(),
            size,
            token: input.client_token.clone(),
        };
        let id = begin(cx, new);
        if let Ok(instance) = place {
            place_on(cx, &name, &id, &instance);
        }
        begun.push(id);
    }
    scheduler::look_soon(cx, &name);
    let there = cluster(cx, Some(&name))?.clone();
    let tasks = begun.iter().filter_map(|id| there.tasks.get(id));
    let tasks: Value = tasks
        .map(|task| described(cx, &there, task, true))
        .collect();
    Ok(json!({ "tasks": tasks, "failures": failures }))
}

/// The tasks that were run with that token: the same call again runs no others.
fn with_token(cx: &mut Cx, name: &str, token: Option<&str>) -> Result<Option<Value>, Fault> {
    let there = cluster(cx, Some(name))?.clone();
    let tasks = there.tasks.values();
    let same = tasks.filter(|task| token.is_some() && task.token.as_deref() == token);
    let same: Vec<_> = same.map(|task| described(cx, &there, task, true)).collect();
    Ok((!same.is_empty()).then(|| json!({ "tasks": same, "failures": [] })))
}

/// An entry of `failures` (ECS Developer Guide, "Amazon ECS API failure reasons").
fn failure(cx: &Cx, cluster: &str, unplaced: &Unplaced) -> Value {
    let arn = unplaced
        .closest
        .as_ref()
        .map(|id| cx.arn("ecs", &format!("container-instance/{cluster}/{id}")));
    json!({ "arn": arn, "reason": unplaced.lack.code() })
}
