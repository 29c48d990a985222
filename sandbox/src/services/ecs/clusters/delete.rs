//! `DeleteCluster`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::describe::{described, everything};
use super::providers::not_being_updated;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ecs::names::cluster;
use crate::services::ecs::state::{Cluster, ServiceStatus};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct DeleteCluster {
    cluster: String,
}

/// `DeleteCluster` (ECS API Reference): an empty one, which can still be described then.
pub(crate) fn delete_cluster(cx: &mut Cx, input: DeleteCluster) -> Result<Value, Fault> {
    let now = cx.now;
    let cluster = cluster(cx, Some(&input.cluster))?;
    check_empty(cluster)?;
    not_being_updated(cluster, now)?;
    cluster.active = false;
    cluster.services.clear();
    cluster.tasks.clear();
    cluster.capacity_providers.clear();
    cluster.strategy.clear();
    cluster.attachments.clear();
    let deleted = cluster.clone();
    Ok(json!({ "cluster": described(cx, &deleted, everything) }))
}

/// Services, instances and tasks go before their cluster does.
fn check_empty(cluster: &Cluster) -> Result<(), Fault> {
    let refuse = |code: &'static str, what: &str| {
        let words = format!("The Cluster cannot be deleted while {what}.");
        Err(Fault::new(code, words))
    };
    let mut services = cluster.services.values();
    if services.any(|service| !service.is(ServiceStatus::Inactive)) {
        return refuse("ClusterContainsServicesException", "Services are active");
    }
    if !cluster.instances.is_empty() {
        return refuse(
            "ClusterContainsContainerInstancesException",
            "Container Instances are active or draining",
        );
    }
    if cluster.live_tasks().next().is_some() {
        return refuse("ClusterContainsTasksException", "Tasks are active");
    }
    Ok(())
}
