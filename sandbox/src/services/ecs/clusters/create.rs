//! `CreateCluster`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::describe::{described, everything};
use super::providers::{attachments, check_providers, check_strategy};
use super::settings::{self, Configuration, ConnectDefaults, Setting};
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ecs::faults::invalid;
use crate::services::ecs::names::{cluster_name, is_name};
use crate::services::ecs::roles;
use crate::services::ecs::shapes::StrategyItem;
use crate::services::ecs::state::Cluster;
use crate::services::ecs::tags::{self, Tag};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct CreateCluster {
    cluster_name: Option<String>,
    #[serde(default)]
    tags: Vec<Tag>,
    #[serde(default)]
    settings: Vec<Setting>,
    configuration: Option<Configuration>,
    #[serde(default)]
    capacity_providers: Vec<String>,
    #[serde(default)]
    default_capacity_provider_strategy: Vec<StrategyItem>,
    service_connect_defaults: Option<ConnectDefaults>,
}

/// `CreateCluster` (ECS API Reference): the same cluster again is no error, another of its name is.
/// The first one makes the service-linked role.
pub(crate) fn create_cluster(cx: &mut Cx, input: CreateCluster) -> Result<Value, Fault> {
    let name = cluster_name(cx, input.cluster_name.as_deref())?;
    if !is_name(&name) {
        return Err(invalid("Cluster name contains invalid characters."));
    }
    let settings = settings::settings(cx, input.settings)?;
    let configuration = settings::configuration(input.configuration)?;
    let tags = tags::of_new(input.tags)?;
    check_providers(cx, &input.capacity_providers)?;
    check_strategy(
        &input.default_capacity_provider_strategy,
        &input.capacity_providers,
    )?;
    let there = cx.region().ecs.clusters.get(&name).cloned();
    if let Some(there) = there.filter(|cluster| cluster.active) {
        let is_same = there.settings == settings
            && there.configuration == configuration
            && there.capacity_providers == input.capacity_providers
            && there.strategy == input.default_capacity_provider_strategy
            && there.tags == tags;
        if !is_same {
            return Err(invalid(
                "Arguments on this idempotent request are inconsistent with arguments used in previous request(s).",
            ));
        }
        return Ok(json!({ "cluster": described(cx, &there, everything) }));
    }
    roles::attempt_service_linked(cx);
    let attachments = attachments(cx, &input.capacity_providers, &[]);
    let cluster = Cluster {
        name: name.clone(),
        active: true,
        settings,
        configuration,
        namespace: input.service_connect_defaults.map(|it| it.namespace),
        capacity_providers: input.capacity_providers,
        strategy: input.default_capacity_provider_strategy,
        attachments,
        tags,
        instances: [].into(),
        services: [].into(),
        tasks: [].into(),
        next_look: None,
    };
    cx.region().ecs.clusters.insert(name, cluster.clone());
    Ok(json!({ "cluster": described(cx, &cluster, everything) }))
}
