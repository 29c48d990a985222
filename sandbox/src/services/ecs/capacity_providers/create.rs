//! `CreateCapacityProvider`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::checks::{self, Scaling};
use super::describe::described;
use super::is_fargate;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ecs::auto_scaling;
use crate::services::ecs::faults::{client, invalid};
use crate::services::ecs::names::is_name;
use crate::services::ecs::state::CapacityProvider;
use crate::services::ecs::tags::{self, Tag};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct CreateCapacityProvider {
    name: String,
    auto_scaling_group_provider: Option<GroupProvider>,
    #[serde(default)]
    tags: Vec<Tag>,
}

/// `AutoScalingGroupProvider`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct GroupProvider {
    auto_scaling_group_arn: String,
    managed_scaling: Option<Scaling>,
    managed_termination_protection: Option<String>,
    managed_draining: Option<String>,
}

/// `CreateCapacityProvider` (ECS API Reference), of an Auto Scaling group; managed instances are
/// refused as unknown.
pub(crate) fn create_capacity_provider(
    cx: &mut Cx,
    input: CreateCapacityProvider,
) -> Result<Value, Fault> {
    let name = input.name;
    check_name(&name)?;
    let tags = tags::of_new(input.tags)?;
    let given = input.auto_scaling_group_provider.ok_or_else(|| {
        invalid("The capacity provider must have an Auto Scaling group provider. Specify one and try again.")
    })?;
    let scaling = checks::scaling(given.managed_scaling, &checks::UNSET)?;
    let protection = checks::switch(
        "managedTerminationProtection",
        given.managed_termination_protection.as_deref(),
        false,
    )?;
    let draining = checks::switch("managedDraining", given.managed_draining.as_deref(), true)?;
    let group = given.auto_scaling_group_arn;
    checks::protection(cx, &group, protection, &scaling)?;
    let providers = &cx.region().ecs.capacity_providers;
    if providers.contains_key(&name) {
        return Err(client(
            "The specified capacity provider already exists. To change the configuration of an existing \
             capacity provider, update the capacity provider.",
        ));
    }
    if let Some(other) = providers.values().find(|it| it.group_arn == group) {
        return Err(client(format!(
            "The specified Auto Scaling group is already in use by the capacity provider '{}'.",
            other.name
        )));
    }
    let provider = CapacityProvider {
        name: name.clone(),
        group_arn: group,
        scaling,
        termination_protection: protection,
        draining,
        tags,
        deleting: None,
        updated: false,
    };
    if provider.scaling.enabled {
        auto_scaling::mark(cx, &provider.group_arn);
    }
    let described = described(cx, &provider, true);
    cx.region().ecs.capacity_providers.insert(name, provider);
    Ok(json!({ "capacityProvider": described }))
}

fn check_name(name: &str) -> Result<(), Fault> {
    let lower = name.to_ascii_lowercase();
    let is_reserved = ["aws", "ecs", "fargate"]
        .iter()
        .any(|prefix| lower.starts_with(prefix));
    if !is_name(name) || is_reserved || is_fargate(name) {
        return Err(invalid(
            "The specified capacity provider name is invalid. Up to 255 characters are allowed, including \
             letters (upper and lowercase), numbers, underscores, and hyphens. The name cannot be prefixed \
             with \"aws\", \"ecs\", or \"fargate\". Specify a valid name and try again.",
        ));
    }
    Ok(())
}
