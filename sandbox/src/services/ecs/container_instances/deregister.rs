//! `DeregisterContainerInstance`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::describe::described;
use super::id;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ecs::faults::invalid;
use crate::services::ecs::names::cluster;
use crate::services::ecs::scheduler;
use crate::services::ecs::state::StopCode;
use crate::services::ecs::tasks::{self, Stop};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct DeregisterContainerInstance {
    cluster: Option<String>,
    container_instance: String,
    #[serde(default)]
    force: bool,
}

/// `DeregisterContainerInstance` (ECS API Reference): with tasks on it only by force, which ECS then
/// no longer counts. The EC2 instance goes on running.
pub(crate) fn deregister_container_instance(
    cx: &mut Cx,
    input: DeregisterContainerInstance,
) -> Result<Value, Fault> {
    let id = id(cx, &input.container_instance)?;
    let there = cluster(cx, input.cluster.as_deref())?.clone();
    let instance = there
        .instances
        .get(&id)
        .ok_or_else(|| invalid("The referenced container instance was not found."))?;
    let on_it: Vec<_> = there.tasks_on(&id).map(|task| task.id.clone()).collect();
    if !on_it.is_empty() && !input.force {
        return Err(invalid("Found running tasks on the instance."));
    }
    for task in on_it {
        let stop = Stop {
            code: StopCode::UserInitiated,
            reason: "Container instance deregistration forced by user".to_owned(),
        };
        tasks::kill(cx, &there.name, &task, stop);
    }
    let cluster = cluster(cx, Some(&there.name))?;
    cluster.instances.remove(&id);
    scheduler::look_soon(cx, &there.name);
    let mut described = described(cx, &there, instance, true);
    described["status"] = json!("INACTIVE");
    Ok(json!({ "containerInstance": described }))
}
