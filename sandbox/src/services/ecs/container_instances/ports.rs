//! The ports that Docker gives out on an instance.

use std::collections::BTreeSet;

use super::resources::{FIRST_PORT, LAST_PORT};
use crate::services::ecs::state::Cluster;

/// The next port of an instance that nothing uses; one that was just freed is not the next.
pub(in crate::services::ecs) fn next(
    cluster: &mut Cluster,
    instance: &str,
    protocol: &str,
) -> Option<u16> {
    let taken = taken(cluster, instance, protocol);
    let instance = cluster.instances.get_mut(instance)?;
    let from = instance.next_port.clamp(FIRST_PORT, LAST_PORT);
    let mut ports = (from..=LAST_PORT).chain(FIRST_PORT..from);
    let port = ports.find(|port| !taken.contains(port))?;
    instance.next_port = if port == LAST_PORT {
        FIRST_PORT
    } else {
        port + 1
    };
    Some(port)
}

/// The ports of an instance that tasks use.
pub(in crate::services::ecs) fn taken(
    cluster: &Cluster,
    instance: &str,
    protocol: &str,
) -> BTreeSet<u16> {
    let tasks = cluster.tasks_on(instance);
    let bindings = tasks
        .flat_map(|task| &task.containers)
        .flat_map(|container| &container.bindings);
    bindings
        .filter(|binding| binding.protocol == protocol)
        .map(|binding| binding.host)
        .collect()
}
