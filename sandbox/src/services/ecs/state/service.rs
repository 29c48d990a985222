//! A service and its task sets.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use crate::clock::Millis;
use crate::services::ecs::shapes::{
    DeploymentConfiguration, LoadBalancer, Network, PlacementConstraint, PlacementStrategy,
    StrategyItem,
};
use crate::tags::Tags;

/// How many events a service remembers (ECS API Reference, `Service`).
const EVENTS: usize = 100;

/// A service.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a setting of its own on AWS"
)]
pub(crate) struct Service {
    pub(in crate::services::ecs) name: String,
    pub(in crate::services::ecs) status: ServiceStatus,
    /// `ECS`, `CODE_DEPLOY` or `EXTERNAL`.
    pub(in crate::services::ecs) controller: String,
    pub(in crate::services::ecs) desired: u32,
    /// Where tasks go by default; each task set has its own.
    pub(in crate::services::ecs) placement: Placement,
    pub(in crate::services::ecs) load_balancers: Vec<LoadBalancer>,
    pub(in crate::services::ecs) role: Option<String>,
    pub(in crate::services::ecs) deployment: DeploymentConfiguration,
    pub(in crate::services::ecs) constraints: Vec<PlacementConstraint>,
    pub(in crate::services::ecs) strategies: Vec<PlacementStrategy>,
    /// `healthCheckGracePeriodSeconds`.
    pub(in crate::services::ecs) grace: Option<i64>,
    pub(in crate::services::ecs) daemon: bool,
    pub(in crate::services::ecs) managed_tags: bool,
    pub(in crate::services::ecs) propagate_tags: Option<String>,
    pub(in crate::services::ecs) execute_command: bool,
    pub(in crate::services::ecs) rebalancing: bool,
    pub(in crate::services::ecs) created: Millis,
    pub(in crate::services::ecs) created_by: String,
    pub(in crate::services::ecs) tags: Tags,
    /// The newest first.
    pub(in crate::services::ecs) events: VecDeque<Event>,
    /// The newest first. Under the controller `ECS` these are the deployments.
    pub(in crate::services::ecs) task_sets: Vec<TaskSet>,
    pub(in crate::services::ecs) steady: bool,
    /// The client token of its creation.
    pub(in crate::services::ecs) token: Option<String>,
}

/// Which capacity tasks are for.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Placement {
    /// `None` where there is a strategy.
    pub(in crate::services::ecs) launch_type: Option<String>,
    pub(in crate::services::ecs) strategy: Vec<StrategyItem>,
    pub(in crate::services::ecs) network: Option<Network>,
    pub(in crate::services::ecs) platform_version: Option<String>,
}

/// The status of a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum ServiceStatus {
    Active,
    Draining,
    Inactive,
}

/// A service event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Event {
    pub(in crate::services::ecs) id: String,
    pub(in crate::services::ecs) created: Millis,
    pub(in crate::services::ecs) message: String,
}

/// One revision of a service that the scheduler keeps at a number of tasks: a task set, or under
/// the controller `ECS` a deployment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct TaskSet {
    /// The digits of `ecs-svc/1234567890123456789`.
    pub(in crate::services::ecs) id: String,
    pub(in crate::services::ecs) status: TaskSetStatus,
    pub(in crate::services::ecs) started_by: Option<String>,
    pub(in crate::services::ecs) external_id: Option<String>,
    /// `family:revision`.
    pub(in crate::services::ecs) definition: String,
    pub(in crate::services::ecs) placement: Placement,
    pub(in crate::services::ecs) load_balancers: Vec<LoadBalancer>,
    /// Percent of the service's desired count.
    pub(in crate::services::ecs) scale: f64,
    pub(in crate::services::ecs) created: Millis,
    pub(in crate::services::ecs) updated: Millis,
    pub(in crate::services::ecs) steady: bool,
    pub(in crate::services::ecs) steady_at: Millis,
    pub(in crate::services::ecs) throttle: Throttle,
    pub(in crate::services::ecs) rollout: Rollout,
    pub(in crate::services::ecs) tags: Tags,
    pub(in crate::services::ecs) token: Option<String>,
}

/// How the scheduler holds back after failures.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Throttle {
    /// Tasks that failed, all told.
    pub(in crate::services::ecs) failed: u32,
    /// Tasks that failed one after the other.
    pub(in crate::services::ecs) in_a_row: u32,
    /// Looks in vain for room, one after the other.
    pub(in crate::services::ecs) unplaced: u32,
    /// When it tries again.
    pub(in crate::services::ecs) until: Option<Millis>,
}

/// `rolloutState`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Rollout {
    InProgress,
    Completed,
    Failed,
}

/// The status of a task set or a deployment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum TaskSetStatus {
    /// The one that serves production traffic.
    Primary,
    Active,
    /// On its way out: its tasks are stopped.
    Draining,
}

impl Service {
    pub(in crate::services::ecs) fn is(&self, status: ServiceStatus) -> bool {
        self.status == status
    }

    pub(in crate::services::ecs) fn primary(&self) -> Option<&TaskSet> {
        self.task_sets
            .iter()
            .find(|set| set.status == TaskSetStatus::Primary)
    }

    pub(in crate::services::ecs) fn task_set(&self, id: &str) -> Option<&TaskSet> {
        self.task_sets.iter().find(|set| set.id == id)
    }

    pub(in crate::services::ecs) fn task_set_mut(&mut self, id: &str) -> Option<&mut TaskSet> {
        self.task_sets.iter_mut().find(|set| set.id == id)
    }

    /// Remembers an event; of too many the oldest goes.
    pub(in crate::services::ecs) fn tell(&mut self, event: Event) {
        self.events.push_front(event);
        self.events.truncate(EVENTS);
    }
}

impl TaskSet {
    /// `ecs-svc/1234567890123456789`: by which its tasks say who started them.
    pub(in crate::services::ecs) fn starter(&self) -> String {
        format!("ecs-svc/{}", self.id)
    }

    /// How many tasks it is to have of the service's desired count: rounded up, as AWS does.
    pub(in crate::services::ecs) fn computed_desired(&self, desired: u32) -> u32 {
        if self.status == TaskSetStatus::Draining {
            return 0;
        }
        let share = (f64::from(desired) * self.scale / 100.0).ceil();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a scale is between 0 and 100 percent, so it is between 0 and `desired`"
        )]
        let share = share as u32;
        share.min(desired)
    }
}
