//! A cluster and its capacity.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::service::Service;
use super::task::Task;
use crate::clock::Millis;
use crate::services::ecs::shapes::StrategyItem;
use crate::tags::Tags;

/// A cluster with all that is in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Cluster {
    pub(in crate::services::ecs) name: String,
    pub(in crate::services::ecs) active: bool,
    /// `settings`: name and value.
    pub(in crate::services::ecs) settings: BTreeMap<String, String>,
    /// `configuration`, checked and kept.
    pub(in crate::services::ecs) configuration: Option<Value>,
    /// The namespace of `serviceConnectDefaults`.
    pub(in crate::services::ecs) namespace: Option<String>,
    pub(in crate::services::ecs) capacity_providers: Vec<String>,
    pub(in crate::services::ecs) strategy: Vec<StrategyItem>,
    /// What ECS made for the capacity providers in the account.
    pub(in crate::services::ecs) attachments: Vec<Attachment>,
    pub(in crate::services::ecs) tags: Tags,
    /// By id.
    pub(in crate::services::ecs) instances: BTreeMap<String, ContainerInstance>,
    /// By name.
    pub(in crate::services::ecs) services: BTreeMap<String, Service>,
    /// By id; stopped ones for a while.
    pub(in crate::services::ecs) tasks: BTreeMap<String, Task>,
    /// When the scheduler next looks at the cluster, if it is to.
    pub(in crate::services::ecs) next_look: Option<Millis>,
}

/// The scaling policy that ECS keeps for a capacity provider of a cluster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Attachment {
    pub(in crate::services::ecs) id: String,
    pub(in crate::services::ecs) provider: String,
    pub(in crate::services::ecs) policy: String,
    /// Until when it is being made.
    pub(in crate::services::ecs) until: Millis,
}

/// A capacity provider of an Auto Scaling group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CapacityProvider {
    pub(in crate::services::ecs) name: String,
    pub(in crate::services::ecs) group_arn: String,
    pub(in crate::services::ecs) scaling: ManagedScaling,
    pub(in crate::services::ecs) termination_protection: bool,
    pub(in crate::services::ecs) draining: bool,
    pub(in crate::services::ecs) tags: Tags,
    /// Until when it is being deleted.
    pub(in crate::services::ecs) deleting: Option<Millis>,
    /// `updateStatus`, but for what `deleting` says.
    pub(in crate::services::ecs) updated: bool,
}

/// `managedScaling`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ManagedScaling {
    pub(in crate::services::ecs) enabled: bool,
    pub(in crate::services::ecs) target_capacity: i64,
    pub(in crate::services::ecs) smallest_step: i64,
    pub(in crate::services::ecs) largest_step: i64,
    pub(in crate::services::ecs) warm_up: i64,
}

/// An EC2 instance whose agent registered it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ContainerInstance {
    pub(in crate::services::ecs) id: String,
    pub(in crate::services::ecs) ec2_instance: String,
    pub(in crate::services::ecs) zone: String,
    pub(in crate::services::ecs) instance_type: String,
    pub(in crate::services::ecs) image: String,
    /// `x86_64` or `arm64`.
    pub(in crate::services::ecs) architecture: String,
    pub(in crate::services::ecs) subnet: String,
    pub(in crate::services::ecs) vpc: String,
    /// The ARN of the role whose rights the agent has.
    pub(in crate::services::ecs) role: String,
    pub(in crate::services::ecs) capacity_provider: Option<String>,
    pub(in crate::services::ecs) status: InstanceStatus,
    pub(in crate::services::ecs) connected: bool,
    pub(in crate::services::ecs) registered: Millis,
    pub(in crate::services::ecs) cpu: i64,
    pub(in crate::services::ecs) memory: i64,
    /// The port that Docker gives out next.
    pub(in crate::services::ecs) next_port: u16,
    pub(in crate::services::ecs) version: u64,
    pub(in crate::services::ecs) tags: Tags,
}

/// The status of a container instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum InstanceStatus {
    Active,
    Draining,
}

impl Cluster {
    /// Tasks that are not stopped.
    pub(in crate::services::ecs) fn live_tasks(&self) -> impl Iterator<Item = &Task> {
        self.tasks.values().filter(|task| !task.is_stopped())
    }

    /// Tasks that are not stopped on the instance of that id.
    pub(in crate::services::ecs) fn tasks_on<'a>(
        &'a self,
        instance: &'a str,
    ) -> impl Iterator<Item = &'a Task> {
        self.live_tasks()
            .filter(move |task| task.instance.as_deref() == Some(instance))
    }

    /// What is left of an instance: CPU units and MiB.
    pub(in crate::services::ecs) fn room(&self, instance: &ContainerInstance) -> (i64, i64) {
        self.tasks_on(&instance.id)
            .fold((instance.cpu, instance.memory), |(cpu, memory), task| {
                (cpu - task.cpu, memory - task.memory)
            })
    }
}
