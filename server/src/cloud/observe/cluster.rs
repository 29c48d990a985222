//! The ECS cluster.

use aws_sdk_ecs::types::{Cluster, ClusterField};
use workshop::model::{Facts, Observation, Phase};

use super::near;
use super::reading::{Looked, workspace};
use crate::cloud::CloudError;
use crate::cloud::clients::Clients;

/// `DescribeClusters`. A cluster that was deleted is still told of for a while, as `INACTIVE`.
pub(super) async fn look(looked: &Looked<'_>) -> Result<Observation, CloudError> {
    let clients = &looked.here;
    if let Some(cluster) = find(clients, looked.name).await? {
        return Ok(Observation::Present(facts(&cluster)));
    }
    let exists = |clients: std::sync::Arc<Clients>, name: String| async move {
        Ok(find(&clients, &name).await?.is_some())
    };
    Ok(near::regional(looked, names(clients).await, exists).await)
}

/// The cluster of that name, with its tags.
pub(super) async fn find(clients: &Clients, name: &str) -> Result<Option<Cluster>, CloudError> {
    let asked = clients
        .ecs
        .describe_clusters()
        .clusters(name)
        .include(ClusterField::Tags)
        .send();
    let answer = clients.ask("ecs", "DescribeClusters", asked).await?;
    Ok(answer
        .clusters
        .unwrap_or_default()
        .into_iter()
        .find(|cluster| cluster.status() != Some("INACTIVE")))
}

/// The Region's clusters, the first hundred.
async fn names(clients: &Clients) -> Result<Vec<String>, CloudError> {
    let asked = clients.ecs.list_clusters().send();
    let answer = clients.ask("ecs", "ListClusters", asked).await?;
    Ok(answer
        .cluster_arns
        .unwrap_or_default()
        .iter()
        .filter_map(|arn| arn.rsplit('/').next().map(str::to_owned))
        .collect())
}

fn facts(cluster: &Cluster) -> Facts {
    let arn = cluster.cluster_arn().unwrap_or_default();
    let word = cluster.status().unwrap_or_default().to_owned();
    let phase = match word.as_str() {
        "ACTIVE" => Phase::Ready,
        "DEPROVISIONING" => Phase::Going(word),
        "FAILED" => Phase::Failed(word),
        _ => Phase::Coming(word),
    };
    Facts::new(arn)
        .with("arn", arn)
        .in_phase(phase)
        .tagged(workspace(
            cluster.tags().iter().map(|tag| (tag.key(), tag.value())),
        ))
}
