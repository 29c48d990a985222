//! `UpdateCapacityProvider`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::checks::{self, Scaling};
use super::describe::described;
use super::provider_name;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ecs::faults::{client, invalid};
use crate::services::ecs::state::CapacityProvider;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct UpdateCapacityProvider {
    name: String,
    auto_scaling_group_provider: Option<GroupProviderUpdate>,
}

/// `AutoScalingGroupProviderUpdate`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[expect(
    clippy::struct_field_names,
    reason = "the names are those of the model"
)]
struct GroupProviderUpdate {
    managed_scaling: Option<Scaling>,
    managed_termination_protection: Option<String>,
    managed_draining: Option<String>,
}

/// `UpdateCapacityProvider` (ECS API Reference): what is not given stays.
pub(crate) fn update_capacity_provider(
    cx: &mut Cx,
    input: UpdateCapacityProvider,
) -> Result<Value, Fault> {
    let name = provider_name(cx, &input.name)?;
    let there = cx.region().ecs.capacity_providers.get(&name).cloned();
    let there = there.filter(|it| it.deleting.is_none()).ok_or_else(|| {
        client("The specified capacity provider does not exist. Specify a valid name or ARN and try again.")
    })?;
    let given = input.auto_scaling_group_provider.ok_or_else(|| {
        invalid("The capacity provider must have an Auto Scaling group provider. Specify one and try again.")
    })?;
    let scaling = checks::scaling(given.managed_scaling, &there.scaling)?;
    let protection = checks::switch(
        "managedTerminationProtection",
        given.managed_termination_protection.as_deref(),
        there.termination_protection,
    )?;
    let draining = checks::switch(
        "managedDraining",
        given.managed_draining.as_deref(),
        there.draining,
    )?;
    checks::protection(cx, &there.group_arn, protection, &scaling)?;
    let updated = CapacityProvider {
        scaling,
        termination_protection: protection,
        draining,
        updated: true,
        ..there
    };
    let described = described(cx, &updated, true);
    cx.region().ecs.capacity_providers.insert(name, updated);
    Ok(json!({ "capacityProvider": described }))
}
