//! The capacity provider, and whether the cluster has it.

use aws_sdk_ecs::types::{CapacityProvider, CapacityProviderField};
use workshop::model::{Facts, Observation, Phase};

use super::reading::{Looked, fact, only, workspace};
use super::{cluster, near};
use crate::cloud::CloudError;
use crate::cloud::clients::Clients;

/// `DescribeCapacityProviders`, `DescribeClusters`.
pub(super) async fn look(looked: &Looked<'_>) -> Result<Observation, CloudError> {
    let clients = &looked.here;
    if let Some(provider) = find(clients, looked.name).await? {
        let cluster = looked.variables.get("cluster").unwrap_or_default();
        let attached = attached(clients, cluster, looked.name).await;
        let facts = facts(&provider).with_fact("attached", fact(attached));
        return Ok(Observation::Present(facts));
    }
    let exists = |clients: std::sync::Arc<Clients>, name: String| async move {
        Ok(find(&clients, &name).await?.is_some())
    };
    Ok(near::regional(looked, names(clients).await, exists).await)
}

async fn find(clients: &Clients, name: &str) -> Result<Option<CapacityProvider>, CloudError> {
    let asked = clients
        .ecs
        .describe_capacity_providers()
        .capacity_providers(name)
        .include(CapacityProviderField::Tags)
        .send();
    let answer = clients
        .ask("ecs", "DescribeCapacityProviders", asked)
        .await?;
    Ok(answer
        .capacity_providers
        .unwrap_or_default()
        .into_iter()
        .find(|provider| {
            provider
                .status()
                .is_none_or(|status| status.as_str() != "INACTIVE")
        }))
}

/// The Region's providers, the first page.
async fn names(clients: &Clients) -> Result<Vec<String>, CloudError> {
    let asked = clients.ecs.describe_capacity_providers().send();
    let answer = clients
        .ask("ecs", "DescribeCapacityProviders", asked)
        .await?;
    Ok(answer
        .capacity_providers
        .unwrap_or_default()
        .into_iter()
        .filter_map(|provider| provider.name)
        .collect())
}

/// The cluster, if it has the provider.
async fn attached(
    clients: &Clients,
    cluster: &str,
    provider: &str,
) -> Result<Vec<String>, CloudError> {
    let found = cluster::find(clients, cluster).await?;
    let has = found.is_some_and(|found| {
        found
            .capacity_providers()
            .iter()
            .any(|name| name == provider)
    });
    Ok(only(has.then_some(cluster)))
}

fn facts(provider: &CapacityProvider) -> Facts {
    let arn = provider.capacity_provider_arn().unwrap_or_default();
    let group = provider.auto_scaling_group_provider();
    // The group's ARN ends in its name.
    let name = group.and_then(|group| group.auto_scaling_group_arn().rsplit('/').next());
    let scaling = group
        .and_then(|group| group.managed_scaling()?.status())
        .map_or("DISABLED", |status| status.as_str());
    let protection = group
        .and_then(|group| group.managed_termination_protection())
        .map_or("DISABLED", |protection| protection.as_str());
    let status = provider.status().map_or("ACTIVE", |status| status.as_str());
    let phase = match status {
        "ACTIVE" => Phase::Ready,
        "DEPROVISIONING" => Phase::Going(status.to_owned()),
        _ => Phase::Coming(status.to_owned()),
    };
    Facts::new(arn)
        .with_all("group", only(name))
        .with("scaling", scaling)
        .with("protection", protection)
        .in_phase(phase)
        .tagged(workspace(
            provider.tags().iter().map(|tag| (tag.key(), tag.value())),
        ))
}
