//! What an instance has to give.

use serde_json::{Value, json};

use crate::services::ecs::machines::Machine;
use crate::services::ecs::state::{Cluster, ContainerInstance};

/// The first port that Docker gives out (ECS Developer Guide: the ephemeral range of the
/// ECS-optimized image).
pub(in crate::services::ecs) const FIRST_PORT: u16 = 32_768;
/// The last one.
pub(in crate::services::ecs) const LAST_PORT: u16 = 60_999;

/// What the system and the agent keep for themselves.
const RESERVED_PORTS: [&str; 5] = ["22", "2376", "2375", "51678", "51679"];

/// CPU units and MiB of a machine: the kernel and the firmware take a part of the memory.
pub(super) fn of(machine: &Machine) -> (i64, i64) {
    (machine.vcpus * 1024, machine.memory_mib * 95 / 100 - 32)
}

/// Whether a port of the instance is kept for the system.
pub(in crate::services::ecs) fn is_reserved(port: i64) -> bool {
    RESERVED_PORTS.contains(&port.to_string().as_str())
}

/// `registeredResources`.
pub(super) fn registered(instance: &ContainerInstance) -> Value {
    list(instance.cpu, instance.memory, &[], &[])
}

/// `remainingResources`.
pub(super) fn remaining(cluster: &Cluster, instance: &ContainerInstance) -> Value {
    let (cpu, memory) = cluster.room(instance);
    let bindings = cluster
        .tasks_on(&instance.id)
        .flat_map(|task| &task.containers)
        .flat_map(|container| &container.bindings);
    let (udp, tcp): (Vec<_>, Vec<_>) = bindings.partition(|binding| binding.protocol == "udp");
    let ports = |bindings: Vec<&crate::services::ecs::state::Binding>| -> Vec<String> {
        bindings.iter().map(|it| it.host.to_string()).collect()
    };
    list(cpu, memory, &ports(tcp), &ports(udp))
}

fn list(cpu: i64, memory: i64, tcp: &[String], udp: &[String]) -> Value {
    let number = |name: &str, value: i64| {
        json!({
            "name": name, "type": "INTEGER",
            "doubleValue": 0.0, "longValue": 0, "integerValue": value,
        })
    };
    let ports = |name: &str, values: Vec<&str>| {
        json!({
            "name": name, "type": "STRINGSET",
            "doubleValue": 0.0, "longValue": 0, "integerValue": 0, "stringSetValue": values,
        })
    };
    let tcp = RESERVED_PORTS
        .into_iter()
        .chain(tcp.iter().map(String::as_str));
    json!([
        number("CPU", cpu),
        number("MEMORY", memory),
        ports("PORTS", tcp.collect()),
        ports("PORTS_UDP", udp.iter().map(String::as_str).collect()),
    ])
}
