//! `ContainerDefinition` and what belongs to it.

use std::collections::BTreeMap;

use super::{KeyValue, Secret, shapes};

shapes! {
    /// `ContainerDefinition`.
    ContainerDefinition {
        #[serde(default)] name: String,
        #[serde(default)] image: String,
        repository_credentials: Option<RepositoryCredentials>,
        #[serde(default)] cpu: i64,
        memory: Option<i64>,
        memory_reservation: Option<i64>,
        links: Option<Vec<String>>,
        #[serde(default)] port_mappings: Vec<PortMapping>,
        #[serde(default = "yes")] essential: bool,
        restart_policy: Option<RestartPolicy>,
        entry_point: Option<Vec<String>>,
        command: Option<Vec<String>>,
        #[serde(default)] environment: Vec<KeyValue>,
        environment_files: Option<Vec<EnvironmentFile>>,
        #[serde(default)] mount_points: Vec<MountPoint>,
        #[serde(default)] volumes_from: Vec<VolumeFrom>,
        linux_parameters: Option<LinuxParameters>,
        secrets: Option<Vec<Secret>>,
        depends_on: Option<Vec<Dependency>>,
        start_timeout: Option<i64>,
        stop_timeout: Option<i64>,
        version_consistency: Option<String>,
        hostname: Option<String>,
        user: Option<String>,
        working_directory: Option<String>,
        disable_networking: Option<bool>,
        privileged: Option<bool>,
        readonly_root_filesystem: Option<bool>,
        dns_servers: Option<Vec<String>>,
        dns_search_domains: Option<Vec<String>>,
        extra_hosts: Option<Vec<HostEntry>>,
        docker_security_options: Option<Vec<String>>,
        interactive: Option<bool>,
        pseudo_terminal: Option<bool>,
        docker_labels: Option<BTreeMap<String, String>>,
        ulimits: Option<Vec<Ulimit>>,
        log_configuration: Option<LogConfiguration>,
        health_check: Option<HealthCheck>,
        #[serde(default)] system_controls: Vec<SystemControl>,
        resource_requirements: Option<Vec<ResourceRequirement>>,
    }

    /// `RepositoryCredentials`.
    RepositoryCredentials { credentials_parameter: String }

    /// `PortMapping`.
    PortMapping {
        container_port: Option<i64>,
        host_port: Option<i64>,
        protocol: Option<String>,
        name: Option<String>,
        app_protocol: Option<String>,
    }

    /// `ContainerRestartPolicy`.
    RestartPolicy {
        enabled: bool,
        ignored_exit_codes: Option<Vec<i64>>,
        restart_attempt_period: Option<i64>,
    }

    /// `EnvironmentFile`.
    EnvironmentFile { value: String, r#type: String }

    /// `MountPoint`.
    MountPoint {
        source_volume: Option<String>,
        container_path: Option<String>,
        read_only: Option<bool>,
    }

    /// `VolumeFrom`.
    VolumeFrom { source_container: Option<String>, read_only: Option<bool> }

    /// `LinuxParameters`.
    LinuxParameters {
        capabilities: Option<Capabilities>,
        devices: Option<Vec<Device>>,
        init_process_enabled: Option<bool>,
        shared_memory_size: Option<i64>,
        tmpfs: Option<Vec<Tmpfs>>,
        max_swap: Option<i64>,
        swappiness: Option<i64>,
    }

    /// `KernelCapabilities`.
    Capabilities { add: Option<Vec<String>>, drop: Option<Vec<String>> }

    /// `Device`.
    Device {
        host_path: String,
        container_path: Option<String>,
        permissions: Option<Vec<String>>,
    }

    /// `Tmpfs`.
    Tmpfs { container_path: String, size: i64, mount_options: Option<Vec<String>> }

    /// `ContainerDependency`.
    Dependency { container_name: String, condition: String }

    /// `HostEntry`.
    HostEntry { hostname: String, ip_address: String }

    /// `Ulimit`.
    Ulimit { name: String, soft_limit: i64, hard_limit: i64 }

    /// `LogConfiguration`.
    LogConfiguration {
        log_driver: String,
        #[serde(default)] options: BTreeMap<String, String>,
        #[serde(default)] secret_options: Vec<Secret>,
    }

    /// `HealthCheck`.
    HealthCheck {
        command: Vec<String>,
        #[serde(default = "half_a_minute")] interval: i64,
        #[serde(default = "five")] timeout: i64,
        #[serde(default = "three")] retries: i64,
        start_period: Option<i64>,
    }

    /// `SystemControl`.
    SystemControl { namespace: Option<String>, value: Option<String> }

    /// `ResourceRequirement`.
    ResourceRequirement { value: String, r#type: String }
}

// The defaults of the API Reference.

fn yes() -> bool {
    true
}

fn half_a_minute() -> i64 {
    30
}

fn five() -> i64 {
    5
}

fn three() -> i64 {
    3
}

impl ContainerDefinition {
    /// What the container is sure to have, in MiB: what counts for its placement.
    pub(in crate::services::ecs) fn reserved_memory(&self) -> i64 {
        self.memory_reservation.or(self.memory).unwrap_or(0)
    }

    /// The value of an environment variable that is written in the definition.
    pub(in crate::services::ecs) fn variable(&self, name: &str) -> Option<&str> {
        let named = |pair: &&KeyValue| pair.name.as_deref() == Some(name);
        // Docker takes the last of several.
        let pair = self.environment.iter().rfind(named)?;
        pair.value.as_deref()
    }
}

impl PortMapping {
    /// The protocol, `tcp` where none is named.
    pub(in crate::services::ecs) fn protocol(&self) -> &str {
        self.protocol.as_deref().unwrap_or("tcp")
    }
}

impl LogConfiguration {
    /// An option of the log driver.
    pub(in crate::services::ecs) fn option(&self, name: &str) -> Option<&str> {
        self.options.get(name).map(String::as_str)
    }
}
