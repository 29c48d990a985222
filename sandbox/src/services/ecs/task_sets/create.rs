//! `CreateTaskSet`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{external, service};
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ecs::faults::invalid;
use crate::services::ecs::services::placement::{self, Wanted};
use crate::services::ecs::services::{
    check_load_balancers, described_task_set, new_task_set, store,
};
use crate::services::ecs::shapes::{LoadBalancer, Network, Scale, StrategyItem};
use crate::services::ecs::state::{TaskSet, TaskSetStatus};
use crate::services::ecs::tags::{self, Tag};
use crate::services::ecs::{scheduler, task_definitions};
use crate::tags::Tags;

/// How many task sets a service can have (Amazon ECS service quotas).
const MOST: usize = 5;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct CreateTaskSet {
    service: String,
    cluster: String,
    external_id: Option<String>,
    task_definition: String,
    network_configuration: Option<Network>,
    #[serde(default)]
    load_balancers: Vec<LoadBalancer>,
    launch_type: Option<String>,
    #[serde(default)]
    capacity_provider_strategy: Vec<StrategyItem>,
    platform_version: Option<String>,
    scale: Option<Scale>,
    client_token: Option<String>,
    #[serde(default)]
    tags: Vec<Tag>,
}

/// `CreateTaskSet` (ECS API Reference), for services under the controller `EXTERNAL`.
pub(crate) fn create_task_set(cx: &mut Cx, input: CreateTaskSet) -> Result<Value, Fault> {
    let tags = tags::of_new(input.tags)?;
    let (cluster, there) = external(cx, &input.cluster, &input.service)?;
    if let Some(token) = &input.client_token
        && let Some(set) = there
            .task_sets
            .iter()
            .find(|set| set.token.as_ref() == Some(token))
    {
        return Ok(json!({ "taskSet": described_task_set(cx, &cluster, &there, set, true) }));
    }
    let new = NewTaskSet {
        task_definition: input.task_definition,
        external_id: input.external_id,
        started_by: None,
        load_balancers: input.load_balancers,
        wanted: Wanted {
            launch_type: input.launch_type,
            strategy: input.capacity_provider_strategy,
            network: input.network_configuration,
            platform_version: input.platform_version,
        },
        scale: percent(input.scale.as_ref())?,
        tags,
        token: input.client_token,
    };
    let id = make(cx, &cluster, &there.name, new)?;
    let (cluster, there) = service(cx, &cluster, &there.name)?;
    let set = there.task_set(&id);
    let described = set.map(|set| described_task_set(cx, &cluster, &there, set, true));
    Ok(json!({ "taskSet": described }))
}

/// What a task set is made with.
pub(in crate::services::ecs) struct NewTaskSet {
    pub(in crate::services::ecs) task_definition: String,
    pub(in crate::services::ecs) external_id: Option<String>,
    pub(in crate::services::ecs) started_by: Option<String>,
    pub(in crate::services::ecs) load_balancers: Vec<LoadBalancer>,
    pub(in crate::services::ecs) wanted: Wanted,
    /// Percent of the service's desired count.
    pub(in crate::services::ecs) scale: f64,
    pub(in crate::services::ecs) tags: Tags,
    pub(in crate::services::ecs) token: Option<String>,
}

/// Makes a task set beside the others, and gives its id.
pub(in crate::services::ecs) fn make(
    cx: &mut Cx,
    cluster: &str,
    name: &str,
    new: NewTaskSet,
) -> Result<String, Fault> {
    let (cluster, mut there) = service(cx, cluster, name)?;
    if there.task_sets.len() >= MOST {
        return Err(Fault::new(
            "LimitExceededException",
            format!("A service can have at most {MOST} task sets."),
        ));
    }
    let definition = task_definitions::active(cx, &new.task_definition)?;
    let placement = placement::checked(cx, &cluster, new.wanted, &definition.definition)?;
    check_load_balancers(cx, &new.load_balancers, &definition.definition)?;
    let set = TaskSet {
        status: TaskSetStatus::Active,
        started_by: new.started_by,
        external_id: new.external_id,
        placement,
        load_balancers: new.load_balancers,
        scale: new.scale,
        tags: new.tags,
        token: new.token,
        ..new_task_set(cx, definition.name())
    };
    let id = set.id.clone();
    there.task_sets.insert(0, set);
    there.steady = false;
    store(cx, &cluster, there);
    scheduler::look_soon(cx, &cluster);
    Ok(id)
}

/// A scale: nothing of the service's count where none is given.
pub(super) fn percent(scale: Option<&Scale>) -> Result<f64, Fault> {
    let Some(scale) = scale else { return Ok(0.0) };
    let is_percent = scale.unit.as_deref().is_none_or(|unit| unit == "PERCENT");
    if !is_percent || !(0.0..=100.0).contains(&scale.value) {
        return Err(invalid("The scale must be between 0 and 100 PERCENT."));
    }
    Ok(scale.value)
}
