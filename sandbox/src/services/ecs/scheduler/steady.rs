//! When a service has what it is to have.

use super::deployments;
use super::events::{tell, tell_of, with};
use super::service::size;
use crate::context::Cx;
use crate::services::ecs::balancing;
use crate::services::ecs::state::TaskSetStatus;

/// Notes which task sets are steady, and tells of it.
pub(super) fn judge(cx: &mut Cx, cluster: &str, name: &str) {
    let now = cx.now;
    let Some(there) = cx.region().ecs.clusters.get(cluster).cloned() else {
        return;
    };
    let Some(service) = there.services.get(name) else {
        return;
    };
    for set in &service.task_sets {
        let wanted = if service.controller == "ECS" && set.status == TaskSetStatus::Primary {
            deployments::desired(&there, service)
        } else if service.controller == "ECS" {
            0
        } else {
            size(set.computed_desired(service.desired))
        };
        let live: Vec<_> = there
            .live_tasks()
            .filter(|task| task.is_of(&set.id))
            .collect();
        let runs = live.len() == wanted && live.iter().all(|task| task.is_running());
        let serve = |id: &str, cx: &mut Cx| balancing::serves(cx, cluster, id);
        let all_serve = live.iter().all(|task| serve(&task.id, cx));
        let is_steady = runs && all_serve;
        if is_steady == set.steady {
            continue;
        }
        let id = set.id.clone();
        with(cx, cluster, name, |service| {
            if let Some(set) = service.task_set_mut(&id) {
                set.steady = is_steady;
                set.steady_at = now;
                set.updated = now;
                if is_steady {
                    set.throttle.in_a_row = 0;
                }
            }
        });
        if is_steady && service.controller != "ECS" {
            tell_of(cx, cluster, name, &id, "updated state to STEADY_STATE.");
        }
    }
    settle(cx, cluster, name);
}

/// A service is steady when all its task sets are.
fn settle(cx: &mut Cx, cluster: &str, name: &str) {
    let turned = with(cx, cluster, name, |service| {
        let is_steady = service.task_sets.iter().all(|set| set.steady);
        std::mem::replace(&mut service.steady, is_steady) != is_steady && is_steady
    });
    if turned == Some(true) {
        tell(cx, cluster, name, "has reached a steady state.");
    }
}
