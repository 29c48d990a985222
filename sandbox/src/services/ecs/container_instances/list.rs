//! `ListContainerInstances`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ecs::expressions;
use crate::services::ecs::faults::one_of;
use crate::services::ecs::names::{cluster, listed};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ListContainerInstances {
    cluster: Option<String>,
    filter: Option<String>,
    next_token: Option<String>,
    max_results: Option<usize>,
    status: Option<String>,
}

const STATUSES: [&str; 5] = [
    "ACTIVE",
    "DRAINING",
    "REGISTERING",
    "DEREGISTERING",
    "REGISTRATION_FAILED",
];

/// `ListContainerInstances` (ECS API Reference): those that a filter in the cluster query language
/// lets through.
pub(crate) fn list_container_instances(
    cx: &mut Cx,
    input: ListContainerInstances,
) -> Result<Value, Fault> {
    if let Some(status) = &input.status {
        one_of("status", status, &STATUSES)?;
    }
    let arn = cx.arn("ecs", "container-instance/");
    let cluster = cluster(cx, input.cluster.as_deref())?;
    let filter = input.filter.as_deref().filter(|filter| !filter.is_empty());
    let filter = filter.map(expressions::parse).transpose()?;
    let instances = cluster.instances.values().filter(|instance| {
        let status = input.status.as_deref();
        status.is_none_or(|status| json!(instance.status) == status)
            && filter
                .as_ref()
                .is_none_or(|it| it.accepts(cluster, instance))
    });
    let arns = instances.map(|instance| format!("{arn}{}/{}", cluster.name, instance.id));
    let page = listed(
        arns.collect(),
        input.next_token.as_deref(),
        input.max_results,
        100,
    )?;
    Ok(json!({ "containerInstanceArns": page.items, "nextToken": page.next }))
}
