//! How a task begins: with or without a place.

use std::time::Duration;

use serde_json::Value;

use super::find;
use crate::agenda;
use crate::context::Cx;
use crate::services::ecs::Due;
use crate::services::ecs::container_instances::ports;
use crate::services::ecs::state::{
    Binding, Container, Placement, Task, TaskDefinition, TaskStatus,
};
use crate::tags::Tags;

/// From the agent's order to an image that is there.
const PULL: Duration = Duration::from_secs(15);

/// What a task is begun with.
pub(in crate::services::ecs) struct New<'a> {
    pub(in crate::services::ecs) cluster: &'a str,
    pub(in crate::services::ecs) definition: &'a TaskDefinition,
    pub(in crate::services::ecs) service: Option<&'a str>,
    pub(in crate::services::ecs) task_set: Option<&'a str>,
    pub(in crate::services::ecs) group: String,
    pub(in crate::services::ecs) started_by: Option<String>,
    pub(in crate::services::ecs) placement: Placement,
    pub(in crate::services::ecs) capacity_provider: Option<String>,
    pub(in crate::services::ecs) overrides: Value,
    pub(in crate::services::ecs) execute_command: bool,
    pub(in crate::services::ecs) tags: Tags,
    /// CPU units and MiB, where overrides change them.
    pub(in crate::services::ecs) size: (i64, i64),
    /// The client token of the call.
    pub(in crate::services::ecs) token: Option<String>,
}

/// Begins a task that has no place yet, and gives its id.
pub(in crate::services::ecs) fn begin(cx: &mut Cx, new: New) -> String {
    let id = cx.id("", 32);
    let definition = &new.definition.definition;
    let containers = definition.container_definitions.iter();
    let containers = containers.map(|container| Container {
        id: cx.account.ids.uuid(),
        name: container.name.clone(),
        image: container.image.clone(),
        digest: None,
        runtime: None,
        exit_code: None,
        reason: None,
        bindings: Vec::new(),
    });
    let containers = containers.collect();
    let task = Task {
        id: id.clone(),
        definition: new.definition.name(),
        instance: None,
        zone: None,
        service: new.service.map(str::to_owned),
        task_set: new.task_set.map(str::to_owned),
        group: new.group,
        started_by: new.started_by,
        capacity_provider: new.capacity_provider,
        placement: new.placement,
        status: TaskStatus::Provisioning,
        stops: false,
        cpu: new.size.0,
        memory: new.size.1,
        containers,
        overrides: new.overrides,
        execute_command: new.execute_command,
        created: cx.now,
        pull_started: None,
        pull_stopped: None,
        started: None,
        stopping: None,
        execution_stopped: None,
        stopped: None,
        stop_code: None,
        stopped_reason: None,
        found_healthy: None,
        ready: None,
        until: None,
        version: 1,
        tags: new.tags,
        token: new.token,
    };
    if let Some(cluster) = cx.region().ecs.clusters.get_mut(new.cluster) {
        cluster.tasks.insert(id.clone(), task);
    }
    id
}

/// Gives a task its place and its ports there; the agent begins to pull.
pub(in crate::services::ecs) fn place_on(cx: &mut Cx, cluster: &str, task: &str, instance: &str) {
    let until = cx.after(PULL);
    let now = cx.now;
    let ecs = &mut cx.region().ecs;
    let Some(there) = ecs.clusters.get_mut(cluster) else {
        return;
    };
    let Some(mut moved) = there.tasks.remove(task) else {
        return;
    };
    if let Some((family, revision)) = moved.definition.split_once(':')
        && let Some(family) = ecs.families.get(family)
        && let Ok(revision) = revision.parse::<u32>()
        && let Some(definition) = family.revisions.get(&revision)
    {
        let definition = &definition.definition;
        for (at, container) in definition.container_definitions.iter().enumerate() {
            let mut bindings = Vec::new();
            for mapping in &container.port_mappings {
                let inside = mapping.container_port.unwrap_or_default();
                let host = match mapping.host_port {
                    Some(0) | None => ports::next(there, instance, mapping.protocol()),
                    Some(port) => u16::try_from(port).ok(),
                };
                bindings.extend(host.map(|host| Binding {
                    container: inside,
                    host,
                    protocol: mapping.protocol().to_owned(),
                }));
            }
            // Of a task with a network of its own the instance's ports are not taken.
            if definition.network() != "awsvpc"
                && let Some(container) = moved.containers.get_mut(at)
            {
                container.bindings = bindings;
            }
        }
    }
    moved.zone = there.instances.get(instance).map(|it| it.zone.clone());
    moved.instance = Some(instance.to_owned());
    moved.status = TaskStatus::Pending;
    moved.pull_started = Some(now);
    moved.version += 1;
    there.tasks.insert(task.to_owned(), moved);
    lasts(cx, cluster, task, until);
}

/// Lets the status of a task end at `until`.
pub(super) fn lasts(cx: &mut Cx, cluster: &str, task: &str, until: crate::clock::Millis) {
    if let Some(found) = find(cx, cluster, task) {
        found.until = Some(until);
        let due = Due::Task {
            cluster: cluster.to_owned(),
            task: task.to_owned(),
        };
        cx.plan(until, agenda::Due::Ecs(due));
    }
}
