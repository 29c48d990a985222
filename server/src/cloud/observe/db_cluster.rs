//! The Aurora cluster.

use aws_sdk_rds::types::DbCluster;
use workshop::model::{Facts, Observation};

use super::reading::{Looked, absent, fact, only, workspace};
use super::{db_instance, near};
use crate::cloud::CloudError;
use crate::cloud::clients::Clients;

/// `DescribeDBClusters`, and `DescribeSecurityGroups` for the names of its groups.
pub(super) async fn look(looked: &Looked<'_>) -> Result<Observation, CloudError> {
    let clients = &looked.here;
    if let Some(cluster) = find(clients, looked.name).await? {
        return Ok(Observation::Present(facts(clients, &cluster).await));
    }
    let exists = |clients: std::sync::Arc<Clients>, name: String| async move {
        Ok(find(&clients, &name).await?.is_some())
    };
    Ok(near::regional(looked, names(clients).await, exists).await)
}

async fn find(clients: &Clients, name: &str) -> Result<Option<DbCluster>, CloudError> {
    let asked = clients
        .rds
        .describe_db_clusters()
        .db_cluster_identifier(name)
        .send();
    let found = absent(clients.ask("rds", "DescribeDBClusters", asked).await)?;
    Ok(found.and_then(|answer| answer.db_clusters?.into_iter().next()))
}

/// The Region's clusters, the first hundred.
async fn names(clients: &Clients) -> Result<Vec<String>, CloudError> {
    let asked = clients.rds.describe_db_clusters().send();
    let answer = clients.ask("rds", "DescribeDBClusters", asked).await?;
    Ok(answer
        .db_clusters
        .unwrap_or_default()
        .into_iter()
        .filter_map(|cluster| cluster.db_cluster_identifier)
        .collect())
}

async fn facts(clients: &Clients, cluster: &DbCluster) -> Facts {
    let arn = cluster.db_cluster_arn().unwrap_or_default();
    let protection = cluster
        .deletion_protection()
        .map(|on| if on { "on" } else { "off" });
    let port = cluster.port().map(|port| port.to_string());
    Facts::new(arn)
        .with("arn", arn)
        .with_all("engine", only(cluster.engine()))
        .with_all("database", only(cluster.database_name()))
        .with_all("user", only(cluster.master_username()))
        .with_all("port", port.into_iter().collect())
        .with_fact("security_groups", fact(groups(clients, cluster).await))
        .with_all("protection", only(protection))
        .with_all("writer_endpoint", only(cluster.endpoint()))
        .with_all("reader_endpoint", only(cluster.reader_endpoint()))
        .in_phase(db_instance::phase(cluster.status()))
        .tagged(workspace(
            cluster
                .tag_list()
                .iter()
                .map(|tag| (tag.key(), tag.value())),
        ))
}

/// The names of the cluster's security groups, of which RDS itself knows the ids only.
async fn groups(clients: &Clients, cluster: &DbCluster) -> Result<Vec<String>, CloudError> {
    let ids: Vec<String> = cluster
        .vpc_security_groups()
        .iter()
        .filter_map(|group| group.vpc_security_group_id().map(str::to_owned))
        .collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let asked = clients
        .ec2
        .describe_security_groups()
        .set_group_ids(Some(ids))
        .send();
    let answer = clients.ask("ec2", "DescribeSecurityGroups", asked).await?;
    Ok(answer
        .security_groups
        .unwrap_or_default()
        .into_iter()
        .filter_map(|group| group.group_name)
        .collect())
}
