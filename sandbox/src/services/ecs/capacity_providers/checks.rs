//! What a capacity provider can be set to.

use serde::Deserialize;

use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ecs::auto_scaling;
use crate::services::ecs::faults::{client, invalid, one_of};
use crate::services::ecs::state::ManagedScaling;

/// `ManagedScaling`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct Scaling {
    status: Option<String>,
    target_capacity: Option<i64>,
    minimum_scaling_step_size: Option<i64>,
    maximum_scaling_step_size: Option<i64>,
    instance_warmup_period: Option<i64>,
}

/// Managed scaling as nobody set it (ECS API Reference, `ManagedScaling`).
pub(super) const UNSET: ManagedScaling = ManagedScaling {
    enabled: false,
    target_capacity: 100,
    smallest_step: 1,
    largest_step: 10_000,
    warm_up: 300,
};

/// `ENABLED` or `DISABLED`.
pub(super) fn switch(member: &str, given: Option<&str>, default: bool) -> Result<bool, Fault> {
    let Some(given) = given else {
        return Ok(default);
    };
    one_of(member, given, &["ENABLED", "DISABLED"])?;
    Ok(given == "ENABLED")
}

/// Managed scaling: what was given over what was there.
pub(super) fn scaling(
    given: Option<Scaling>,
    there: &ManagedScaling,
) -> Result<ManagedScaling, Fault> {
    let Some(given) = given else {
        return Ok(there.clone());
    };
    let within = |name: &str, value: Option<i64>, there: i64, least: i64, most: i64| match value {
        Some(value) if !(least..=most).contains(&value) => Err(invalid(format!(
            "The managed scaling {name} must be between {least} and {most}."
        ))),
        value => Ok(value.unwrap_or(there)),
    };
    let enabled = switch("status", given.status.as_deref(), there.enabled)?;
    let target = given.target_capacity;
    let smallest = given.minimum_scaling_step_size;
    let largest = given.maximum_scaling_step_size;
    Ok(ManagedScaling {
        enabled,
        target_capacity: within("target capacity", target, there.target_capacity, 1, 100)?,
        smallest_step: within(
            "minimum step size",
            smallest,
            there.smallest_step,
            1,
            10_000,
        )?,
        largest_step: within("maximum step size", largest, there.largest_step, 1, 10_000)?,
        warm_up: within(
            "warm-up period",
            given.instance_warmup_period,
            there.warm_up,
            0,
            10_000,
        )?,
    })
}

/// Managed termination protection needs managed scaling, and a group that protects its instances.
pub(super) fn protection(
    cx: &mut Cx,
    group_arn: &str,
    protection: bool,
    scaling: &ManagedScaling,
) -> Result<(), Fault> {
    let group = auto_scaling::group(cx, group_arn).ok_or_else(|| {
        client("The specified Auto Scaling group ARN was not found. Specify a valid ARN and try again.")
    })?;
    if protection && !scaling.enabled {
        return Err(invalid(
            "The managed termination protection setting for the capacity provider is invalid. To enable \
             managed termination protection for a capacity provider, managed scaling must be enabled.",
        ));
    }
    if protection && !group.protects_instances {
        return Err(invalid(
            "The managed termination protection setting for the capacity provider is invalid. To enable \
             managed termination protection for a capacity provider, the Auto Scaling group must have \
             instance protection from scale in enabled.",
        ));
    }
    Ok(())
}
