//! `UpdateCluster` and `UpdateClusterSettings`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::describe::{described, everything};
use super::settings::{self, Configuration, ConnectDefaults, Setting};
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ecs::faults::invalid;
use crate::services::ecs::names::cluster;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct UpdateCluster {
    cluster: String,
    #[serde(default)]
    settings: Vec<Setting>,
    configuration: Option<Configuration>,
    service_connect_defaults: Option<ConnectDefaults>,
}

/// `UpdateCluster` (ECS API Reference): what is not given stays.
pub(crate) fn update_cluster(cx: &mut Cx, input: UpdateCluster) -> Result<Value, Fault> {
    let settings = settings::checked(input.settings)?;
    let configuration = settings::configuration(input.configuration)?;
    let cluster = cluster(cx, Some(&input.cluster))?;
    cluster.settings.extend(settings);
    if configuration.is_some() {
        cluster.configuration = configuration;
    }
    if let Some(defaults) = input.service_connect_defaults {
        // An empty one takes the default away.
        cluster.namespace = Some(defaults.namespace).filter(|name| !name.is_empty());
    }
    let updated = cluster.clone();
    Ok(json!({ "cluster": described(cx, &updated, everything) }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct UpdateClusterSettings {
    cluster: String,
    settings: Vec<Setting>,
}

/// `UpdateClusterSettings` (ECS API Reference).
pub(crate) fn update_cluster_settings(
    cx: &mut Cx,
    input: UpdateClusterSettings,
) -> Result<Value, Fault> {
    let settings = settings::checked(input.settings)?;
    if settings.is_empty() {
        return Err(invalid("Settings can not be empty."));
    }
    let cluster = cluster(cx, Some(&input.cluster))?;
    cluster.settings.extend(settings);
    let updated = cluster.clone();
    Ok(json!({ "cluster": described(cx, &updated, everything) }))
}
