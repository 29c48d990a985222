//! `UpdateContainerInstancesState`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::describe::described;
use super::id;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ecs::faults::invalid;
use crate::services::ecs::names::{cluster, missing};
use crate::services::ecs::scheduler;
use crate::services::ecs::state::InstanceStatus;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct UpdateContainerInstancesState {
    cluster: Option<String>,
    container_instances: Vec<String>,
    status: String,
}

/// `UpdateContainerInstancesState` (ECS API Reference): a draining instance gets no new tasks, and
/// those of services move away from it.
pub(crate) fn update_container_instances_state(
    cx: &mut Cx,
    input: UpdateContainerInstancesState,
) -> Result<Value, Fault> {
    let status = match input.status.as_str() {
        "ACTIVE" => InstanceStatus::Active,
        "DRAINING" => InstanceStatus::Draining,
        _ => {
            return Err(invalid(
                "Container instance status can only be set to ACTIVE or DRAINING.",
            ));
        }
    };
    if !(1..=10).contains(&input.container_instances.len()) {
        return Err(invalid("Specify between 1 and 10 container instances."));
    }
    let name = cluster(cx, input.cluster.as_deref())?.name.clone();
    let (mut updated, mut failures) = (Vec::new(), Vec::new());
    for reference in &input.container_instances {
        let id = id(cx, reference)?;
        let cluster = cluster(cx, Some(&name))?;
        match cluster.instances.get_mut(&id) {
            None => failures.push(missing(reference)),
            Some(instance) if !instance.connected => failures.push(json!({
                "arn": reference,
                "reason": "INACTIVE",
            })),
            Some(instance) => {
                instance.status = status;
                instance.version += 1;
                let (instance, cluster) = (instance.clone(), cluster.clone());
                updated.push(described(cx, &cluster, &instance, true));
            }
        }
    }
    scheduler::look_soon(cx, &name);
    Ok(json!({ "containerInstances": updated, "failures": failures }))
}
