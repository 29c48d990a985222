//! `ListClusters`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ecs::names::listed;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ListClusters {
    next_token: Option<String>,
    max_results: Option<usize>,
}

/// `ListClusters` (ECS API Reference): the active ones.
pub(crate) fn list_clusters(cx: &mut Cx, input: ListClusters) -> Result<Value, Fault> {
    let arn = cx.arn("ecs", "cluster/");
    let clusters = cx.region().ecs.clusters.values();
    let active = clusters.filter(|cluster| cluster.active);
    let arns = active.map(|cluster| format!("{arn}{}", cluster.name));
    let page = listed(
        arns.collect(),
        input.next_token.as_deref(),
        input.max_results,
        100,
    )?;
    Ok(json!({ "clusterArns": page.items, "nextToken": page.next }))
}
