//! What a task definition is registered with.

use super::container::ContainerDefinition;
use super::service::PlacementConstraint;
use super::{KeyValue, shapes};
use crate::services::ecs::tags::Tag;

shapes! {
    /// The input of `RegisterTaskDefinition`.
    Definition {
        family: String,
        task_role_arn: Option<String>,
        execution_role_arn: Option<String>,
        network_mode: Option<String>,
        container_definitions: Vec<ContainerDefinition>,
        #[serde(default)] volumes: Vec<Volume>,
        #[serde(default)] placement_constraints: Vec<PlacementConstraint>,
        requires_compatibilities: Option<Vec<String>>,
        cpu: Option<String>,
        memory: Option<String>,
        #[serde(default)] tags: Vec<Tag>,
        pid_mode: Option<String>,
        ipc_mode: Option<String>,
        proxy_configuration: Option<ProxyConfiguration>,
        ephemeral_storage: Option<EphemeralStorage>,
        runtime_platform: Option<RuntimePlatform>,
        enable_fault_injection: Option<bool>,
    }

    /// `Volume`.
    Volume {
        name: Option<String>,
        host: Option<HostVolume>,
        docker_volume_configuration: Option<DockerVolume>,
        efs_volume_configuration: Option<EfsVolume>,
        configured_at_launch: Option<bool>,
    }

    /// `HostVolumeProperties`.
    HostVolume { source_path: Option<String> }

    /// `DockerVolumeConfiguration`.
    DockerVolume {
        scope: Option<String>,
        autoprovision: Option<bool>,
        driver: Option<String>,
        driver_opts: Option<std::collections::BTreeMap<String, String>>,
        labels: Option<std::collections::BTreeMap<String, String>>,
    }

    /// `EFSVolumeConfiguration`.
    EfsVolume {
        file_system_id: String,
        root_directory: Option<String>,
        transit_encryption: Option<String>,
        transit_encryption_port: Option<i64>,
        authorization_config: Option<EfsAuthorization>,
    }

    /// `EFSAuthorizationConfig`.
    EfsAuthorization { access_point_id: Option<String>, iam: Option<String> }

    /// `ProxyConfiguration`.
    ProxyConfiguration {
        r#type: Option<String>,
        container_name: String,
        #[serde(default)] properties: Vec<KeyValue>,
    }

    /// `EphemeralStorage`.
    EphemeralStorage {
        #[serde(rename = "sizeInGiB")] size_in_gib: i64,
    }

    /// `RuntimePlatform`.
    RuntimePlatform {
        cpu_architecture: Option<String>,
        operating_system_family: Option<String>,
    }
}

impl Definition {
    /// The network mode: on Linux, Docker's bridge where none is named.
    pub(in crate::services::ecs) fn network(&self) -> &str {
        self.network_mode.as_deref().unwrap_or("bridge")
    }

    /// The CPU units that a task reserves.
    pub(in crate::services::ecs) fn cpu_units(&self) -> i64 {
        let whole = self.cpu.as_ref().and_then(|cpu| cpu.parse().ok());
        let containers = self.container_definitions.iter();
        whole.unwrap_or_else(|| containers.map(|container| container.cpu).sum())
    }

    /// The memory that a task reserves, in MiB.
    pub(in crate::services::ecs) fn memory_mib(&self) -> i64 {
        let whole = self.memory.as_ref().and_then(|memory| memory.parse().ok());
        let containers = self.container_definitions.iter();
        whole.unwrap_or_else(|| containers.map(ContainerDefinition::reserved_memory).sum())
    }

    /// The container of that name.
    pub(in crate::services::ecs) fn container(&self, name: &str) -> Option<&ContainerDefinition> {
        self.container_definitions
            .iter()
            .find(|container| container.name == name)
    }
}
