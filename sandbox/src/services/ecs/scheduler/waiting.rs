//! Tasks that wait for capacity, in `PROVISIONING`.

use super::choose::{Needs, choose};
use crate::context::Cx;
use crate::services::ecs::state::{Task, TaskStatus};
use crate::services::ecs::task_definitions::named;
use crate::services::ecs::tasks::place_on;

/// Gives a place to what waits for one and finds it, the oldest first.
pub(super) fn place(cx: &mut Cx, cluster: &str) {
    let Some(there) = cx.region().ecs.clusters.get(cluster) else {
        return;
    };
    let waits = |task: &&Task| task.is(TaskStatus::Provisioning) && !task.stops;
    let mut waiting: Vec<Task> = there.live_tasks().filter(waits).cloned().collect();
    waiting.sort_by_key(|task| (task.created, task.id.clone()));
    for task in waiting {
        let ecs = &mut cx.region().ecs;
        let Some(definition) = named(ecs, &task.definition).cloned() else {
            continue;
        };
        let Some(there) = ecs.clusters.get(cluster) else {
            return;
        };
        let service = task
            .service
            .as_ref()
            .and_then(|name| there.services.get(name));
        let needs = Needs {
            definition: &definition.definition,
            size: (task.cpu, task.memory),
            constraints: service.map_or(&[], |service| &service.constraints),
            strategies: service.map_or(&[], |service| &service.strategies),
            provider: task.capacity_provider.as_deref(),
            group: &task.group,
        };
        if let Ok(instance) = choose(there, &needs) {
            place_on(cx, cluster, &task.id, &instance);
        }
    }
}
