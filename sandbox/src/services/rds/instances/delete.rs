//! `DeleteDBInstance`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::describe::described;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::rds::checks::name_of;
use crate::services::rds::faults::{combination, instance_state, no_such_instance};
use crate::services::rds::life::{self, Status};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DeleteDbInstance {
    #[serde(rename = "DBInstanceIdentifier")]
    id: String,
    // An instance of a cluster holds no data, so there is nothing to snapshot or to skip.
    #[serde(default, rename = "SkipFinalSnapshot")]
    _skip_final_snapshot: bool,
    #[serde(rename = "FinalDBSnapshotIdentifier")]
    final_snapshot: Option<String>,
    #[serde(rename = "DeleteAutomatedBackups")]
    _delete_automated_backups: Option<bool>,
}

/// `DeleteDBInstance` (RDS API Reference). If it is the writer, a reader takes over.
pub(crate) fn delete_db_instance(cx: &mut Cx, input: DeleteDbInstance) -> Result<Value, Fault> {
    let id = name_of(&input.id);
    let rds = &cx.region().rds;
    let instance = rds
        .instances
        .get(&id)
        .ok_or_else(|| no_such_instance(&id))?;
    let cluster = instance.cluster.clone();
    if instance.life.is(Status::Deleting) {
        return Err(instance_state(format!(
            "Instance {id} is already being deleted."
        )));
    }
    if input.final_snapshot.is_some() {
        return Err(combination(
            "FinalDBSnapshotIdentifier can not be specified when deleting a cluster instance",
        ));
    }
    let heir = life::heir(rds, &cluster, &id);
    if let Some(cluster) = cx.region().rds.clusters.get_mut(&cluster)
        && cluster.writer.as_ref() == Some(&id)
        && heir.is_some()
    {
        cluster.writer = heir;
    }
    life::instance(cx, &id, Status::Deleting, life::DELETION);
    Ok(json!({ "DBInstance": described(cx, &id) }))
}
