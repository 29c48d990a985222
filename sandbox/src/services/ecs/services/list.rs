//! `ListServices`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ecs::faults::one_of;
use crate::services::ecs::names::{cluster, listed};
use crate::services::ecs::state::ServiceStatus;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ListServices {
    cluster: Option<String>,
    next_token: Option<String>,
    max_results: Option<usize>,
    launch_type: Option<String>,
    scheduling_strategy: Option<String>,
}

/// `ListServices` (ECS API Reference): those that are not gone.
pub(crate) fn list_services(cx: &mut Cx, input: ListServices) -> Result<Value, Fault> {
    let launch_type = input.launch_type.as_deref();
    if let Some(launch_type) = launch_type {
        let known = ["EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES"];
        one_of("launchType", launch_type, &known)?;
    }
    let strategy = input.scheduling_strategy.as_deref();
    if let Some(strategy) = strategy {
        one_of("schedulingStrategy", strategy, &["REPLICA", "DAEMON"])?;
    }
    let arn = cx.arn("ecs", "service/");
    let cluster = cluster(cx, input.cluster.as_deref())?;
    let services = cluster.services.values().filter(|service| {
        !service.is(ServiceStatus::Inactive)
            && (launch_type.is_none() || launch_type == service.placement.launch_type.as_deref())
            && strategy.is_none_or(|asked| (asked == "DAEMON") == service.daemon)
    });
    let arns = services.map(|service| format!("{arn}{}/{}", cluster.name, service.name));
    let page = listed(
        arns.collect(),
        input.next_token.as_deref(),
        input.max_results,
        10,
    )?;
    Ok(json!({ "serviceArns": page.items, "nextToken": page.next }))
}
