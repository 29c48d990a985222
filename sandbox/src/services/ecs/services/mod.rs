//! Services.

mod checks;
mod create;
mod delete;
mod describe;
mod list;
pub(super) mod placement;
mod update;

pub(super) use checks::check_load_balancers;
pub(super) use create::{create_service, new_task_set};
pub(super) use delete::delete_service;
pub(super) use describe::{describe_services, described_task_set};
pub(super) use list::list_services;
pub(super) use update::update_service;

use super::faults::{no_such_service, service_not_active};
use super::names::{cluster, short};
use super::state::{Service, ServiceStatus};
use crate::context::Cx;
use crate::fault::Fault;

/// The names of the cluster and the service that are meant; the service must be active.
pub(super) fn active(
    cx: &mut Cx,
    cluster_reference: Option<&str>,
    reference: &str,
) -> Result<(String, Service), Fault> {
    let name = short(cx, "service", reference)?.to_owned();
    let cluster = cluster(cx, cluster_reference)?;
    let service = cluster.services.get(&name).ok_or_else(no_such_service)?;
    if !service.is(ServiceStatus::Active) {
        return Err(service_not_active());
    }
    Ok((cluster.name.clone(), service.clone()))
}

/// Writes a service back that was changed.
pub(super) fn store(cx: &mut Cx, cluster: &str, service: Service) {
    if let Some(cluster) = cx.region().ecs.clusters.get_mut(cluster) {
        cluster.services.insert(service.name.clone(), service);
    }
}
