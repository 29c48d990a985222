//! What comes due in ECS.

use serde::{Deserialize, Serialize};

use super::{capacity_providers, container_instances, scheduler, task_definitions, tasks};
use crate::context::Cx;

/// Something that happens by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Due {
    /// The agent of an EC2 instance calls.
    Agent { machine: String, attempt: u32 },
    /// The status of a task ends.
    Task { cluster: String, task: String },
    /// The scheduler looks at a cluster.
    Look(String),
    /// A task definition that was deleted goes.
    TaskDefinition(String),
    /// A capacity provider that was deleted goes.
    CapacityProvider(String),
}

/// Lets it happen.
pub(crate) fn due(cx: &mut Cx, due: Due) {
    match due {
        Due::Agent { machine, attempt } => container_instances::connect(cx, &machine, attempt),
        Due::Task { cluster, task } => tasks::step(cx, &cluster, &task),
        Due::Look(cluster) => scheduler::look(cx, &cluster),
        Due::TaskDefinition(name) => task_definitions::gone(cx, name),
        Due::CapacityProvider(name) => capacity_providers::gone(cx, &name),
    }
}
