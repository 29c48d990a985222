//! `DescribeCapacityProviders`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{is_fargate, provider_name};
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ecs::faults::one_of;
use crate::services::ecs::names::{cluster, listed, missing};
use crate::services::ecs::state::CapacityProvider;
use crate::services::ecs::tags;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct DescribeCapacityProviders {
    capacity_providers: Option<Vec<String>>,
    cluster: Option<String>,
    #[serde(default)]
    include: Vec<String>,
    max_results: Option<usize>,
    next_token: Option<String>,
}

/// `DescribeCapacityProviders` (ECS API Reference): AWS's own two among them.
pub(crate) fn describe_capacity_providers(
    cx: &mut Cx,
    input: DescribeCapacityProviders,
) -> Result<Value, Fault> {
    for included in &input.include {
        one_of("include", included, &["TAGS"])?;
    }
    let within = match &input.cluster {
        Some(reference) => Some(cluster(cx, Some(reference))?.capacity_providers.clone()),
        None => None,
    };
    let asked = if let Some(references) = input.capacity_providers {
        references
            .iter()
            .map(|reference| provider_name(cx, reference))
            .collect::<Result<Vec<_>, _>>()?
    } else if let Some(within) = &within {
        within.clone()
    } else {
        let own = cx.region().ecs.capacity_providers.keys().cloned();
        let fargate = ["FARGATE", "FARGATE_SPOT"].map(str::to_owned);
        fargate.into_iter().chain(own).collect()
    };
    let (mut found, mut failures) = (Vec::new(), Vec::new());
    for name in asked {
        let is_there = within.as_ref().is_none_or(|within| within.contains(&name));
        let own = cx.region().ecs.capacity_providers.get(&name).cloned();
        match own.filter(|_| is_there) {
            Some(provider) => found.push(described(cx, &provider, !input.include.is_empty())),
            None if is_fargate(&name) && is_there => found.push(fargate(cx, &name)),
            None => failures.push(missing(&name)),
        }
    }
    let page = listed(found, input.next_token.as_deref(), input.max_results, 10)?;
    Ok(json!({
        "capacityProviders": page.items,
        "failures": failures,
        "nextToken": page.next,
    }))
}

/// A capacity provider as ECS describes it.
pub(super) fn described(cx: &Cx, provider: &CapacityProvider, with_tags: bool) -> Value {
    let switch = |on: bool| if on { "ENABLED" } else { "DISABLED" };
    let scaling = &provider.scaling;
    let managed = if scaling.enabled {
        json!({
            "status": "ENABLED",
            "targetCapacity": scaling.target_capacity,
            "minimumScalingStepSize": scaling.smallest_step,
            "maximumScalingStepSize": scaling.largest_step,
            "instanceWarmupPeriod": scaling.warm_up,
        })
    } else {
        json!({ "status": "DISABLED" })
    };
    let update = match (provider.deleting, provider.updated) {
        (Some(_), _) => Some("DELETE_IN_PROGRESS"),
        (None, true) => Some("UPDATE_COMPLETE"),
        (None, false) => None,
    };
    let name = &provider.name;
    json!({
        "capacityProviderArn": cx.arn("ecs", &format!("capacity-provider/{name}")),
        "name": name,
        "status": "ACTIVE",
        "type": "EC2_AUTOSCALING",
        "autoScalingGroupProvider": {
            "autoScalingGroupArn": provider.group_arn,
            "managedScaling": managed,
            "managedTerminationProtection": switch(provider.termination_protection),
            "managedDraining": switch(provider.draining),
        },
        "updateStatus": update,
        "tags": if with_tags { tags::list(&provider.tags) } else { json!([]) },
    })
}

/// One of AWS's own.
fn fargate(cx: &Cx, name: &str) -> Value {
    json!({
        "capacityProviderArn": cx.arn("ecs", &format!("capacity-provider/{name}")),
        "name": name,
        "status": "ACTIVE",
        "type": name,
        "tags": [],
    })
}
