//! `DeleteCapacityProvider`.

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

use super::describe::described;
use super::{is_fargate, provider_name};
use crate::agenda;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ecs::Due;
use crate::services::ecs::faults::{client, invalid};

/// How long a deletion takes.
const DELETION: Duration = Duration::from_secs(20);

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct DeleteCapacityProvider {
    capacity_provider: String,
}

/// `DeleteCapacityProvider` (ECS API Reference): not while a cluster has it; its group stays.
pub(crate) fn delete_capacity_provider(
    cx: &mut Cx,
    input: DeleteCapacityProvider,
) -> Result<Value, Fault> {
    let name = provider_name(cx, &input.capacity_provider)?;
    if is_fargate(&name) {
        return Err(invalid(
            "The specified capacity provider is reserved and cannot be deleted.",
        ));
    }
    let until = cx.after(DELETION);
    let ecs = &mut cx.region().ecs;
    let provider = ecs.capacity_providers.get_mut(&name).ok_or_else(|| {
        client("The specified capacity provider does not exist. Specify a valid name or ARN and try again.")
    })?;
    let mut clusters = ecs.clusters.values();
    if clusters.any(|it| it.active && it.capacity_providers.contains(&name)) {
        return Err(client(
            "The specified capacity provider is in use and cannot be deleted. Remove it from the cluster \
             and try again.",
        ));
    }
    let is_new = provider.deleting.is_none();
    let until = *provider.deleting.get_or_insert(until);
    let provider = provider.clone();
    if is_new {
        cx.plan(until, agenda::Due::Ecs(Due::CapacityProvider(name)));
    }
    Ok(json!({ "capacityProvider": described(cx, &provider, true) }))
}

/// Lets a capacity provider that was deleted go.
pub(in crate::services::ecs) fn gone(cx: &mut Cx, name: &str) {
    let now = cx.now;
    let providers = &mut cx.region().ecs.capacity_providers;
    let is_over = |until: Option<_>| until.is_some_and(|until| until <= now);
    if providers.get(name).is_some_and(|it| is_over(it.deleting)) {
        providers.remove(name);
    }
}
