//! A deployment, and how far it is.

use serde::{Deserialize, Serialize};

use super::appspec::AppSpec;
use crate::clock::Millis;
use crate::context::Cx;
use crate::services::codedeploy::{Routing, Settings};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Deployment {
    pub(crate) id: String,
    pub(crate) application: String,
    pub(crate) group: String,
    /// The group's settings as they were when it was created.
    pub(crate) settings: Settings,
    /// How its traffic shifts.
    pub(crate) routing: Routing,
    pub(crate) description: Option<String>,
    pub(crate) creator: Creator,
    /// The appspec's text, and what it says.
    pub(crate) content: String,
    pub(crate) appspec: AppSpec,
    pub(crate) created: Millis,
    pub(crate) started: Option<Millis>,
    pub(crate) completed: Option<Millis>,
    pub(crate) updated: Millis,
    pub(crate) status: Status,
    pub(crate) phase: Phase,
    /// A code and a sentence, where it ended otherwise than well.
    pub(crate) error: Option<(String, String)>,
    pub(crate) events: Vec<Event>,
    /// The original task set and the replacement, once they are known.
    pub(crate) blue: Option<TaskSet>,
    pub(crate) green: Option<TaskSet>,
    /// The deployment that rolls this one back, and the one that this one rolls back.
    pub(crate) rolled_back_by: Option<String>,
    pub(crate) rolls_back: Option<String>,
}

/// `creator`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Creator {
    #[serde(rename = "user")]
    User,
    #[serde(rename = "codeDeployRollback")]
    Rollback,
}

/// `DeploymentStatus`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Status {
    Created,
    Queued,
    InProgress,
    Baking,
    Succeeded,
    Failed,
    Stopped,
    Ready,
}

impl Status {
    pub(crate) fn is_over(self) -> bool {
        matches!(self, Status::Succeeded | Status::Failed | Status::Stopped)
    }
}

/// What a deployment waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Phase {
    /// For its turn.
    Created,
    /// For the replacement to be steady.
    Installing,
    /// For test traffic to arrive.
    Testing,
    /// For a person to reroute traffic, until then.
    Ready {
        until: Millis,
    },
    /// For the next part of the traffic, of which so many percent have shifted.
    Shifting {
        shifted: u32,
    },
    /// To let the original go, until then.
    Terminating {
        until: Millis,
    },
    Over,
}

/// An event of the lifecycle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Event {
    pub(crate) name: String,
    pub(crate) status: EventStatus,
    pub(crate) started: Option<Millis>,
    pub(crate) ended: Option<Millis>,
    pub(crate) message: Option<String>,
}

/// `LifecycleEventStatus`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum EventStatus {
    Pending,
    InProgress,
    Succeeded,
    Failed,
    Skipped,
}

/// A task set with the target group that it is behind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TaskSet {
    /// `ecs-svc/1234567890123456789`
    pub(crate) id: String,
    /// The target group's name and ARN.
    pub(crate) group: String,
    pub(crate) group_arn: String,
    pub(crate) task_definition: String,
    /// Percent of production traffic.
    pub(crate) weight: u32,
}

/// Events in their order; those of test traffic only where there is a listener for it.
const EVENTS: [&str; 8] = [
    "BeforeInstall",
    "Install",
    "AfterInstall",
    "AllowTestTraffic",
    "AfterAllowTestTraffic",
    "BeforeAllowTraffic",
    "AllowTraffic",
    "AfterAllowTraffic",
];

/// The lifecycle of a new deployment.
pub(crate) fn lifecycle(settings: &Settings) -> Vec<Event> {
    let tests = settings.test_listener().is_some();
    let there = EVENTS.iter().filter(|name| tests || !name.contains("Test"));
    there
        .map(|name| Event {
            name: (*name).to_owned(),
            status: EventStatus::Pending,
            started: None,
            ended: None,
            message: None,
        })
        .collect()
}

impl Deployment {
    /// The cluster and the service that it deploys to.
    pub(crate) fn service(&self) -> (&str, &str) {
        let service = self.settings.ecs_services.first();
        service.map_or(("", ""), |service| {
            (
                service.cluster_name.as_deref().unwrap_or_default(),
                service.service_name.as_deref().unwrap_or_default(),
            )
        })
    }

    /// Begins an event.
    pub(super) fn enter(&mut self, name: &str, now: Millis) {
        self.updated = now;
        if let Some(event) = self.events.iter_mut().find(|event| event.name == name) {
            event.status = EventStatus::InProgress;
            event.started = Some(now);
        }
    }

    /// Ends an event well, which may never have begun.
    pub(super) fn pass(&mut self, name: &str, now: Millis) {
        self.updated = now;
        if let Some(event) = self.events.iter_mut().find(|event| event.name == name) {
            event.status = EventStatus::Succeeded;
            event.started.get_or_insert(now);
            event.ended = Some(now);
        }
    }
}

/// Does something to the deployment of that id, if there is one.
pub(super) fn with<T>(cx: &mut Cx, id: &str, deed: impl FnOnce(&mut Deployment) -> T) -> Option<T> {
    let deployments = &mut cx.region().codedeploy.deployments;
    let found = deployments
        .iter_mut()
        .find(|deployment| deployment.id == id);
    found.map(deed)
}

/// The deployment of that id, as it is now.
pub(super) fn get(cx: &mut Cx, id: &str) -> Option<Deployment> {
    with(cx, id, |deployment| deployment.clone())
}
