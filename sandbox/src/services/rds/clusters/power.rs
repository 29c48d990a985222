//! `StopDBCluster` and `StartDBCluster`: a cluster's instances stop and start with it.

use serde::Deserialize;
use serde_json::{Value, json};

use super::describe::described;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::rds::checks::name_of;
use crate::services::rds::faults::{cluster_state, instance_state, no_such_cluster};
use crate::services::rds::life::{self, Status};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Power {
    #[serde(rename = "DBClusterIdentifier")]
    id: String,
}

/// `StopDBCluster` (RDS API Reference). AWS starts it again after seven days; here it
/// stays stopped.
pub(crate) fn stop_db_cluster(cx: &mut Cx, input: Power) -> Result<Value, Fault> {
    let id = name_of(&input.id);
    let members = members_in(cx, &id, Status::Available)?;
    for member in members {
        life::instance(cx, &member, Status::Stopping, life::STOPPING);
    }
    life::cluster(cx, &id, Status::Stopping, life::STOPPING);
    Ok(json!({ "DBCluster": described(cx, &id) }))
}

/// `StartDBCluster` (RDS API Reference).
pub(crate) fn start_db_cluster(cx: &mut Cx, input: Power) -> Result<Value, Fault> {
    let id = name_of(&input.id);
    let members = members_in(cx, &id, Status::Stopped)?;
    for member in members {
        life::instance(cx, &member, Status::Starting, life::STARTING);
    }
    life::cluster(cx, &id, Status::Starting, life::STARTING);
    Ok(json!({ "DBCluster": described(cx, &id) }))
}

/// The members of cluster `id`, which must be in `status`, and they too.
fn members_in(cx: &mut Cx, id: &str, status: Status) -> Result<Vec<String>, Fault> {
    let rds = &cx.region().rds;
    let cluster = rds.clusters.get(id).ok_or_else(|| no_such_cluster(id))?;
    let word = json!(status);
    let word = word.as_str().unwrap_or_default();
    if !cluster.life.is(status) {
        return Err(cluster_state(format!(
            "DbCluster {id} is not in {word} state."
        )));
    }
    let members = rds.members(id);
    if let Some(other) = members.iter().find(|member| !member.life.is(status)) {
        return Err(instance_state(format!(
            "DbInstance {} is not in {word} state.",
            other.id
        )));
    }
    Ok(members
        .into_iter()
        .map(|member| member.id.clone())
        .collect())
}
