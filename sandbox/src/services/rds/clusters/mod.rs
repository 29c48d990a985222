//! Clusters, one file an operation.

mod create;
mod delete;
mod describe;
mod modify;
mod power;

pub(super) use create::create_db_cluster;
pub(super) use delete::delete_db_cluster;
pub(super) use describe::{describe_db_clusters, key_arn};
pub(super) use modify::modify_db_cluster;
pub(super) use power::{start_db_cluster, stop_db_cluster};
