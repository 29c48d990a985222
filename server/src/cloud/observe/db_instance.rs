//! What the cluster's instances have in common.

use aws_sdk_rds::types::DbInstance;
use workshop::model::{Facts, Observation, Phase};

use super::near;
use super::reading::{Looked, absent, only, workspace};
use crate::cloud::CloudError;
use crate::cloud::clients::Clients;

/// `DescribeDBInstances`.
pub(super) async fn look(looked: &Looked<'_>) -> Result<Observation, CloudError> {
    let clients = &looked.here;
    if let Some(instance) = find(clients, looked.name).await? {
        return Ok(Observation::Present(facts(&instance)));
    }
    let exists = |clients: std::sync::Arc<Clients>, name: String| async move {
        Ok(find(&clients, &name).await?.is_some())
    };
    Ok(near::regional(looked, names(clients).await, exists).await)
}

async fn find(clients: &Clients, name: &str) -> Result<Option<DbInstance>, CloudError> {
    let asked = clients
        .rds
        .describe_db_instances()
        .db_instance_identifier(name)
        .send();
    let found = absent(clients.ask("rds", "DescribeDBInstances", asked).await)?;
    Ok(found.and_then(|answer| answer.db_instances?.into_iter().next()))
}

/// The Region's instances, the first hundred.
async fn names(clients: &Clients) -> Result<Vec<String>, CloudError> {
    let asked = clients.rds.describe_db_instances().send();
    let answer = clients.ask("rds", "DescribeDBInstances", asked).await?;
    Ok(answer
        .db_instances
        .unwrap_or_default()
        .into_iter()
        .filter_map(|instance| instance.db_instance_identifier)
        .collect())
}

fn facts(instance: &DbInstance) -> Facts {
    let arn = instance.db_instance_arn().unwrap_or_default();
    let public = instance
        .publicly_accessible()
        .map(|public| if public { "yes" } else { "no" });
    Facts::new(arn)
        .with("arn", arn)
        .with_all("engine", only(instance.engine()))
        .with_all("cluster", only(instance.db_cluster_identifier()))
        .with_all("class", only(instance.db_instance_class()))
        .with_all("public", only(public))
        .with_all("zone", only(instance.availability_zone()))
        .in_phase(phase(instance.db_instance_status()))
        .tagged(workspace(
            instance
                .tag_list()
                .iter()
                .map(|tag| (tag.key(), tag.value())),
        ))
}

/// What a status of a cluster or an instance means ("Viewing DB cluster status" and "Viewing
/// Amazon RDS DB instance status" in the Aurora user guide).
pub(super) fn phase(status: Option<&str>) -> Phase {
    let Some(word) = status else {
        return Phase::Coming("no status yet".to_owned());
    };
    let owned = word.to_owned();
    match word {
        "available" | "storage-optimization" | "upgrade-failed" => Phase::Ready,
        "deleting" | "pre-deleting" => Phase::Going(owned),
        "stopped" | "stopping" => Phase::Stopped(owned),
        "failed"
        | "storage-full"
        | "restore-error"
        | "cloning-failed"
        | "migration-failed"
        | "insufficient-capacity" => Phase::Failed(owned),
        _ if word.starts_with("inaccessible-") || word.starts_with("incompatible-") => {
            Phase::Failed(owned)
        }
        _ => Phase::Coming(owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_fall_into_phases() {
        assert_eq!(phase(Some("available")), Phase::Ready);
        for word in [
            "creating",
            "modifying",
            "backing-up",
            "configuring-enhanced-monitoring",
        ] {
            assert_eq!(phase(Some(word)), Phase::Coming(word.to_owned()));
        }
        assert_eq!(phase(Some("deleting")), Phase::Going("deleting".to_owned()));
        assert_eq!(phase(Some("stopped")), Phase::Stopped("stopped".to_owned()));
        for word in [
            "failed",
            "incompatible-network",
            "inaccessible-encryption-credentials",
        ] {
            assert_eq!(phase(Some(word)), Phase::Failed(word.to_owned()));
        }
    }
}
