//! The capacity providers of a cluster, and strategies that spread tasks over them.

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

use super::describe::{described, everything};
use crate::clock::Millis;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ecs::capacity_providers::{is_fargate, provider_name};
use crate::services::ecs::faults::invalid;
use crate::services::ecs::names::cluster;
use crate::services::ecs::shapes::StrategyItem;
use crate::services::ecs::state::{Attachment, Cluster, ServiceStatus};
use crate::services::ecs::{container_instances, scheduler};

/// How long ECS takes to make the scaling policy of a capacity provider.
const ATTACHING: Duration = Duration::from_secs(30);

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct PutClusterCapacityProviders {
    cluster: String,
    capacity_providers: Vec<String>,
    default_capacity_provider_strategy: Vec<StrategyItem>,
}

/// `PutClusterCapacityProviders` (ECS API Reference): all of them at once; one that tasks or services
/// use cannot be left out.
pub(crate) fn put_cluster_capacity_providers(
    cx: &mut Cx,
    input: PutClusterCapacityProviders,
) -> Result<Value, Fault> {
    let now = cx.now;
    let there = cluster(cx, Some(&input.cluster))?.clone();
    let mut providers = Vec::new();
    for reference in &input.capacity_providers {
        providers.push(provider_name(cx, reference)?);
    }
    check_providers(cx, &providers)?;
    check_strategy(&input.default_capacity_provider_strategy, &providers)?;
    not_being_updated(&there, now)?;
    let left_out = there.capacity_providers.iter();
    if let Some(used) = left_out
        .filter(|name| !providers.contains(name))
        .find(|name| is_in_use(&there, name))
    {
        return Err(Fault::new(
            "ResourceInUseException",
            format!(
                "The specified capacity provider '{used}' is in use and cannot be removed from the cluster."
            ),
        ));
    }
    let attachments = attachments(cx, &providers, &there.attachments);
    let cluster = cluster(cx, Some(&input.cluster))?;
    cluster.capacity_providers = providers;
    cluster.strategy = input.default_capacity_provider_strategy;
    cluster.attachments = attachments;
    let name = cluster.name.clone();
    container_instances::assign_providers(cx, &name);
    scheduler::look_soon(cx, &name);
    let updated = super::super::names::cluster(cx, Some(&name))?.clone();
    Ok(json!({ "cluster": described(cx, &updated, everything) }))
}

/// The attachments of these providers: those that are there stay, new ones take a while.
pub(super) fn attachments(
    cx: &mut Cx,
    providers: &[String],
    there: &[Attachment],
) -> Vec<Attachment> {
    let mut attachments = Vec::new();
    for provider in providers {
        let known = cx.region().ecs.capacity_providers.get(provider);
        if !known.is_some_and(|it| it.scaling.enabled) {
            continue;
        }
        let kept = there.iter().find(|it| it.provider == *provider).cloned();
        attachments.push(kept.unwrap_or_else(|| Attachment {
            id: cx.account.ids.uuid(),
            provider: provider.clone(),
            policy: format!("ECSManagedAutoScalingPolicy-{}", cx.account.ids.uuid()),
            until: cx.after(ATTACHING),
        }));
    }
    attachments
}

/// Refuses while attachments are being made.
pub(super) fn not_being_updated(cluster: &Cluster, now: Millis) -> Result<(), Fault> {
    if cluster.attachments.iter().any(|it| it.until > now) {
        return Err(Fault::new(
            "UpdateInProgressException",
            "The specified cluster is in a busy state. Cluster attachments must be in a stable state to \
             perform this operation. Wait and try again.",
        ));
    }
    Ok(())
}

fn is_in_use(cluster: &Cluster, provider: &str) -> bool {
    let is_in =
        |strategy: &[StrategyItem]| strategy.iter().any(|it| it.capacity_provider == provider);
    let mut services = cluster.services.values();
    let mut tasks = cluster.live_tasks();
    tasks.any(|task| task.capacity_provider.as_deref() == Some(provider))
        || services.any(|service| {
            !service.is(ServiceStatus::Inactive)
                && (is_in(&service.placement.strategy)
                    || service
                        .task_sets
                        .iter()
                        .any(|set| is_in(&set.placement.strategy)))
        })
}

/// Checks that capacity providers exist and are not on their way out.
pub(super) fn check_providers(cx: &mut Cx, names: &[String]) -> Result<(), Fault> {
    for name in names {
        let known = cx.region().ecs.capacity_providers.get(name);
        if !is_fargate(name) && known.is_none_or(|it| it.deleting.is_some()) {
            return Err(invalid(format!(
                "The specified capacity provider '{name}' was not found. Specify a valid name or ARN and try \
                 again."
            )));
        }
    }
    Ok(())
}

/// Checks a capacity provider strategy against the providers of its cluster.
pub(in crate::services::ecs) fn check_strategy(
    strategy: &[StrategyItem],
    providers: &[String],
) -> Result<(), Fault> {
    if strategy.is_empty() {
        return Ok(());
    }
    if strategy.len() > 20 {
        return Err(invalid(
            "A capacity provider strategy can contain a maximum of 20 capacity providers.",
        ));
    }
    if let Some(item) = strategy
        .iter()
        .find(|item| !providers.contains(&item.capacity_provider))
    {
        return Err(invalid(format!(
            "The specified capacity provider strategy cannot contain a capacity provider that is not \
             associated with the cluster. Associate the capacity provider '{}' with the cluster and try again.",
            item.capacity_provider
        )));
    }
    let in_bounds = |item: &&StrategyItem| {
        (0..=1000).contains(&item.weight) && (0..=100_000).contains(&item.base)
    };
    if strategy.iter().filter(in_bounds).count() < strategy.len() {
        return Err(invalid(
            "The weight of a capacity provider must be between 0 and 1000, its base between 0 and 100000.",
        ));
    }
    if strategy.iter().filter(|item| item.base > 0).count() > 1 {
        return Err(invalid(
            "Only one capacity provider in a capacity provider strategy can have a base defined.",
        ));
    }
    if strategy.iter().all(|item| item.weight == 0) {
        return Err(invalid(
            "At least one capacity provider in a capacity provider strategy must have a weight greater than 0.",
        ));
    }
    let fargate = strategy
        .iter()
        .filter(|item| is_fargate(&item.capacity_provider))
        .count();
    if fargate != 0 && fargate != strategy.len() {
        return Err(invalid(
            "A capacity provider strategy cannot contain a mix of capacity providers using Auto Scaling groups \
             and Fargate providers. Specify one or the other and try again.",
        ));
    }
    Ok(())
}
