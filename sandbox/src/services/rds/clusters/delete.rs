//! `DeleteDBCluster`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::describe::described;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::rds::checks::name_of;
use crate::services::rds::faults::{cluster_state, combination, no_such_cluster};
use crate::services::rds::life::{self, Status};
use crate::services::rds::snapshots;
use crate::tags::Tags;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DeleteDbCluster {
    #[serde(rename = "DBClusterIdentifier")]
    id: String,
    #[serde(default)]
    skip_final_snapshot: bool,
    #[serde(rename = "FinalDBSnapshotIdentifier")]
    final_snapshot: Option<String>,
    // No automated backup outlives its cluster here, whatever is asked for.
    #[serde(rename = "DeleteAutomatedBackups")]
    _delete_automated_backups: Option<bool>,
}

/// `DeleteDBCluster` (RDS API Reference): its instances go first, deletion protection holds, and a
/// last snapshot is taken or explicitly not taken.
pub(crate) fn delete_db_cluster(cx: &mut Cx, input: DeleteDbCluster) -> Result<Value, Fault> {
    let id = name_of(&input.id);
    let rds = &cx.region().rds;
    let cluster = rds
        .clusters
        .get(&id)
        .cloned()
        .ok_or_else(|| no_such_cluster(&id))?;
    if cluster.life.is(Status::Deleting) {
        return Err(cluster_state(format!(
            "Cluster {id} is already being deleted."
        )));
    }
    if cluster.deletion_protection {
        return Err(combination(
            "Cannot delete protected Cluster, please disable deletion protection and try again.",
        ));
    }
    match (&input.final_snapshot, input.skip_final_snapshot) {
        (Some(_), true) => {
            return Err(combination(
                "You cannot specify both FinalDBSnapshotIdentifier and SkipFinalSnapshot",
            ));
        }
        (None, false) => {
            return Err(combination(
                "FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.",
            ));
        }
        _ => {}
    }
    if rds
        .members(&id)
        .iter()
        .any(|instance| !instance.life.is(Status::Deleting))
    {
        return Err(cluster_state(
            "Cluster cannot be deleted, it still contains DB instances in non-deleting state.",
        ));
    }
    if let Some(name) = &input.final_snapshot {
        if !cluster.life.is(Status::Available) {
            return Err(cluster_state(format!(
                "DbCluster {id} is not in available state."
            )));
        }
        let name = snapshots::new_id(cx, "FinalDBSnapshotIdentifier", name)?;
        snapshots::take(cx, &name, &cluster, Tags::new());
    }
    life::cluster(cx, &id, Status::Deleting, life::DELETION);
    Ok(json!({ "DBCluster": described(cx, &id) }))
}
