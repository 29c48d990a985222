//! Tasks of services, stopped.

use super::events::{self, tell_of, with};
use crate::context::Cx;
use crate::services::ecs::state::{Cluster, InstanceStatus, StopCode, Task};
use crate::services::ecs::tasks::{self, Stop};

/// Stops so many tasks of a set: first what does not run yet, then what shares its instance with
/// most of the others.
pub(super) fn stop(cx: &mut Cx, cluster: &str, name: &str, set: &str, count: usize) {
    let Some(there) = cx.region().ecs.clusters.get(cluster) else {
        return;
    };
    let mut live: Vec<&Task> = there
        .live_tasks()
        .filter(|task| task.is_of(set) && !task.stops)
        .collect();
    let neighbours = |task: &Task| {
        let others = live_on(there, set, task);
        std::cmp::Reverse(others)
    };
    live.sort_by_key(|task| {
        (
            task.is_running(),
            neighbours(task),
            std::cmp::Reverse(task.created),
        )
    });
    let surplus = live.into_iter().take(count);
    let running: Vec<_> = surplus
        .map(|task| (task.id.clone(), task.is_running()))
        .collect();
    end(cx, cluster, name, set, running);
}

fn live_on(cluster: &Cluster, set: &str, task: &Task) -> usize {
    let instance = task.instance.as_deref().unwrap_or_default();
    cluster
        .tasks_on(instance)
        .filter(|other| other.is_of(set))
        .count()
}

/// Moves tasks away from instances that drain: each is stopped once the service has others enough,
/// which here is at once for one task at a time of every set.
pub(super) fn off_draining_instances(cx: &mut Cx, cluster: &str, name: &str) {
    let Some(there) = cx.region().ecs.clusters.get(cluster) else {
        return;
    };
    let drains = |task: &&Task| {
        let instance = task
            .instance
            .as_ref()
            .and_then(|id| there.instances.get(id));
        instance.is_some_and(|it| it.status == InstanceStatus::Draining)
    };
    let leaving = there
        .live_tasks()
        .filter(|task| task.service.as_deref() == Some(name) && !task.stops)
        .filter(drains);
    let mut sets: Vec<(String, String, bool)> = Vec::new();
    for task in leaving {
        let set = task.task_set.clone().unwrap_or_default();
        if sets.iter().all(|(known, ..)| *known != set) {
            sets.push((set, task.id.clone(), task.is_running()));
        }
    }
    for (set, task, is_running) in sets {
        end(cx, cluster, name, &set, vec![(task, is_running)]);
    }
}

fn end(cx: &mut Cx, cluster: &str, name: &str, set: &str, chosen: Vec<(String, bool)>) {
    let starter = format!("ecs-svc/{set}");
    let drains = with(cx, cluster, name, |service| {
        let set = service.task_set(set);
        set.is_some_and(|set| !set.load_balancers.is_empty())
    });
    let running = chosen
        .iter()
        .filter(|(_, is_running)| *is_running)
        .map(|(id, _)| id.clone());
    let running: Vec<_> = running.collect();
    for (task, _) in &chosen {
        let stop = Stop {
            code: StopCode::ServiceSchedulerInitiated,
            reason: format!("Scaling activity initiated by (deployment {starter})"),
        };
        tasks::stop(cx, cluster, task, stop);
    }
    if running.is_empty() {
        return;
    }
    if drains == Some(true) {
        let words = format!("has begun draining connections on {} tasks.", running.len());
        tell_of(cx, cluster, name, set, &words);
    }
    let words = format!(
        "has stopped {} running tasks: {}.",
        running.len(),
        events::tasks(&running)
    );
    tell_of(cx, cluster, name, set, &words);
}
