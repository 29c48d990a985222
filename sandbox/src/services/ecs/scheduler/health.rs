//! Tasks whose targets the load balancer finds unhealthy are replaced.

use std::time::Duration;

use super::events::tell_of;
use super::outcome;
use crate::clock::{self, Millis};
use crate::context::Cx;
use crate::services::ecs::balancing::{self, Health};
use crate::services::ecs::state::StopCode;
use crate::services::ecs::tasks::{self, Stop};

/// Stops the tasks of a service whose targets are unhealthy after the grace period; when that is
/// over for the next of them.
pub(super) fn check(cx: &mut Cx, cluster: &str, name: &str) -> Option<Millis> {
    let now = cx.now;
    let there = cx.region().ecs.clusters.get(cluster)?;
    let service = there.services.get(name)?;
    let grace = Duration::from_secs(u64::try_from(service.grace.unwrap_or(0)).unwrap_or(0));
    let grace = clock::hurried(grace, cx.account.speed);
    let there = cx.region().ecs.clusters.get(cluster)?;
    let running: Vec<_> = there
        .live_tasks()
        .filter(|task| task.service.as_deref() == Some(name) && task.is_running())
        .map(|task| {
            (
                task.id.clone(),
                task.started.unwrap_or(now),
                task.task_set.clone(),
            )
        })
        .collect();
    let mut again = None;
    for (task, started, set) in running {
        for target in balancing::targets(&cx.region().ecs, cluster, &task) {
            let Health::Unhealthy(reason) = balancing::health(cx.region(), &target) else {
                continue;
            };
            let until = started + grace;
            if now < until {
                again = super::earlier(again, Some(until));
                continue;
            }
            let set = set.clone().unwrap_or_default();
            let words = format!(
                "(instance {}) (port {}) is unhealthy in (target-group {}) due to (reason {reason}).",
                target.machine, target.port, target.group
            );
            tell_of(cx, cluster, name, &set, &words);
            let stop = Stop {
                code: StopCode::ServiceSchedulerInitiated,
                reason: format!(
                    "Task failed ELB health checks in (target-group {})",
                    target.group
                ),
            };
            outcome::failed(cx, cluster, &task);
            tasks::stop(cx, cluster, &task, stop);
            break;
        }
    }
    again
}
