//! A task and its containers.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::service::Placement;
use crate::clock::Millis;
use crate::tags::Tags;

/// A task: containers that are started and stopped together on one instance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(
    clippy::struct_field_names,
    reason = "a task set is no set of this task's"
)]
pub(crate) struct Task {
    pub(in crate::services::ecs) id: String,
    /// `family:revision`.
    pub(in crate::services::ecs) definition: String,
    /// The id of its container instance, once it has a place.
    pub(in crate::services::ecs) instance: Option<String>,
    pub(in crate::services::ecs) zone: Option<String>,
    /// The name of its service.
    pub(in crate::services::ecs) service: Option<String>,
    /// The id of its task set.
    pub(in crate::services::ecs) task_set: Option<String>,
    pub(in crate::services::ecs) group: String,
    pub(in crate::services::ecs) started_by: Option<String>,
    pub(in crate::services::ecs) capacity_provider: Option<String>,
    pub(in crate::services::ecs) placement: Placement,
    pub(in crate::services::ecs) status: TaskStatus,
    /// Whether it is to stop, or has.
    pub(in crate::services::ecs) stops: bool,
    pub(in crate::services::ecs) cpu: i64,
    pub(in crate::services::ecs) memory: i64,
    pub(in crate::services::ecs) containers: Vec<Container>,
    /// `overrides`, checked and kept.
    pub(in crate::services::ecs) overrides: Value,
    pub(in crate::services::ecs) execute_command: bool,
    pub(in crate::services::ecs) created: Millis,
    pub(in crate::services::ecs) pull_started: Option<Millis>,
    pub(in crate::services::ecs) pull_stopped: Option<Millis>,
    pub(in crate::services::ecs) started: Option<Millis>,
    pub(in crate::services::ecs) stopping: Option<Millis>,
    pub(in crate::services::ecs) execution_stopped: Option<Millis>,
    pub(in crate::services::ecs) stopped: Option<Millis>,
    pub(in crate::services::ecs) stop_code: Option<StopCode>,
    pub(in crate::services::ecs) stopped_reason: Option<String>,
    /// What the load balancer has found of it, once it has: seen by [`super::super::observe`].
    pub(in crate::services::ecs) found_healthy: Option<bool>,
    /// Since when what is in it answers requests.
    pub(in crate::services::ecs) ready: Option<Millis>,
    /// When its status ends by itself.
    pub(in crate::services::ecs) until: Option<Millis>,
    pub(in crate::services::ecs) version: u64,
    pub(in crate::services::ecs) tags: Tags,
    /// The client token of the call that ran it.
    pub(in crate::services::ecs) token: Option<String>,
}

/// A container of a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Container {
    pub(in crate::services::ecs) id: String,
    pub(in crate::services::ecs) name: String,
    pub(in crate::services::ecs) image: String,
    pub(in crate::services::ecs) digest: Option<String>,
    pub(in crate::services::ecs) runtime: Option<String>,
    pub(in crate::services::ecs) exit_code: Option<i64>,
    pub(in crate::services::ecs) reason: Option<String>,
    pub(in crate::services::ecs) bindings: Vec<Binding>,
}

/// A port of a container on its instance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Binding {
    pub(in crate::services::ecs) container: i64,
    pub(in crate::services::ecs) host: u16,
    pub(in crate::services::ecs) protocol: String,
}

/// Where a task is in its life (ECS Developer Guide, "Amazon ECS task lifecycle").
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum TaskStatus {
    Provisioning,
    Pending,
    Activating,
    Running,
    Deactivating,
    Stopping,
    Deprovisioning,
    Stopped,
}

/// `TaskStopCode`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum StopCode {
    TaskFailedToStart,
    EssentialContainerExited,
    UserInitiated,
    ServiceSchedulerInitiated,
    TerminationNotice,
}

impl Task {
    pub(in crate::services::ecs) fn is(&self, status: TaskStatus) -> bool {
        self.status == status
    }

    pub(in crate::services::ecs) fn is_stopped(&self) -> bool {
        self.is(TaskStatus::Stopped)
    }

    /// Whether it is on its way to running.
    pub(in crate::services::ecs) fn is_pending(&self) -> bool {
        !self.stops && self.status < TaskStatus::Running
    }

    /// Whether it runs and is to go on.
    pub(in crate::services::ecs) fn is_running(&self) -> bool {
        !self.stops && self.is(TaskStatus::Running)
    }

    /// Whether it could not start, or ended by itself.
    pub(in crate::services::ecs) fn has_failed(&self) -> bool {
        use StopCode::{EssentialContainerExited, TaskFailedToStart};
        matches!(
            self.stop_code,
            Some(TaskFailedToStart | EssentialContainerExited)
        )
    }

    /// Whether it is of the task set of that id.
    pub(in crate::services::ecs) fn is_of(&self, task_set: &str) -> bool {
        self.task_set.as_deref() == Some(task_set)
    }

    /// The port of the instance behind which a container's port is.
    pub(in crate::services::ecs) fn host_port(&self, container: &str, port: i64) -> Option<u16> {
        let container = self.containers.iter().find(|it| it.name == container)?;
        let binding = container.bindings.iter().find(|it| it.container == port)?;
        Some(binding.host)
    }
}
