//! Clusters.

mod create;
mod delete;
mod describe;
mod list;
mod providers;
mod settings;
mod update;

pub(super) use create::create_cluster;
pub(super) use delete::delete_cluster;
pub(super) use describe::describe_clusters;
pub(super) use list::list_clusters;
pub(super) use providers::{check_strategy, put_cluster_capacity_providers};
pub(super) use update::{update_cluster, update_cluster_settings};
