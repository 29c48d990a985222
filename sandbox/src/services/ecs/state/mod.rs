//! What ECS remembers in one Region.

mod cluster;
mod service;
mod task;

pub(super) use cluster::{
    Attachment, CapacityProvider, Cluster, ContainerInstance, InstanceStatus, ManagedScaling,
};
pub(super) use service::{
    Event, Placement, Rollout, Service, ServiceStatus, TaskSet, TaskSetStatus, Throttle,
};
pub(super) use task::{Binding, Container, StopCode, Task, TaskStatus};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::shapes::Definition;
use crate::clock::Millis;
use crate::tags::Tags;

/// Clusters, task definitions and capacity providers of one Region.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Ecs {
    /// By name. A deleted cluster stays, inactive, until one of its name is made.
    pub(super) clusters: BTreeMap<String, Cluster>,
    /// Those of Auto Scaling groups, by name.
    pub(super) capacity_providers: BTreeMap<String, CapacityProvider>,
    pub(super) families: BTreeMap<String, Family>,
    /// Account settings that were set.
    pub(super) settings: BTreeMap<String, String>,
}

impl Ecs {
    /// The task definition `family:revision`.
    pub(super) fn definition(&self, name: &str) -> Option<&TaskDefinition> {
        let (family, revision) = name.split_once(':')?;
        let revisions = &self.families.get(family)?.revisions;
        revisions.get(&revision.parse().ok()?)
    }
}

/// The revisions of a task definition.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Family {
    /// The number of the last revision: none is given twice.
    pub(super) last: u32,
    pub(super) revisions: BTreeMap<u32, TaskDefinition>,
}

/// A revision of a task definition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct TaskDefinition {
    pub(super) revision: u32,
    pub(super) status: DefinitionStatus,
    /// As it was registered, but for the tags.
    pub(super) definition: Definition,
    pub(super) registered: Millis,
    pub(super) registered_by: String,
    pub(super) deregistered: Option<Millis>,
    pub(super) delete_requested: Option<Millis>,
    pub(super) tags: Tags,
}

impl TaskDefinition {
    /// `family:revision`, by which tasks and services refer to it.
    pub(super) fn name(&self) -> String {
        format!("{}:{}", self.definition.family, self.revision)
    }
}

/// `TaskDefinitionStatus`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum DefinitionStatus {
    Active,
    Inactive,
    DeleteInProgress,
}
