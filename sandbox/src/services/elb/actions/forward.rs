//! Forwarding to target groups.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::Given;
use crate::fault::Fault;
use crate::services::elb::faults::invalid;
use crate::services::elb::limits;
use crate::services::elb::state::{Action, ActionKind};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(in crate::services::elb) struct ForwardConfig {
    #[serde(default)]
    target_groups: Vec<Weighted>,
    target_group_stickiness_config: Option<Stickiness>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
struct Weighted {
    target_group_arn: Option<String>,
    weight: Option<u32>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
struct Stickiness {
    #[serde(default)]
    enabled: bool,
    duration_seconds: Option<u32>,
}

pub(super) fn forward(given: Given) -> Result<Action, Fault> {
    let Given {
        target_group_arn: single,
        forward_config,
        order,
        ..
    } = given;
    let weighted = |Weighted {
                        target_group_arn,
                        weight,
                    }| {
        let arn =
            target_group_arn.ok_or_else(|| invalid("A target group ARN must be specified"))?;
        let weight = weight.unwrap_or(1);
        if weight > 999 {
            return Err(invalid(format!(
                "The weight '{weight}' of target group '{arn}' must be between '0-999' inclusive"
            )));
        }
        Ok((arn, weight))
    };
    let (groups, stickiness) = match forward_config {
        Some(config) => (config.target_groups, config.target_group_stickiness_config),
        None => (Vec::new(), None),
    };
    let mut groups = groups
        .into_iter()
        .map(weighted)
        .collect::<Result<Vec<_>, Fault>>()?;
    match single {
        Some(arn) if groups.is_empty() => groups.push((arn, 1)),
        Some(arn) if groups.len() > 1 || groups[0].0 != arn => {
            return Err(invalid(
                "If you specify both a forward config and a target group ARN, the forward config \
                 must have that target group and no other",
            ));
        }
        None if groups.is_empty() => return Err(invalid("A target group ARN must be specified")),
        _ => {}
    }
    let unique: BTreeSet<_> = groups.iter().map(|(arn, _)| arn).collect();
    if unique.len() < groups.len() {
        return Err(invalid(
            "A target group can only be specified once in a forward action",
        ));
    }
    if groups.len() > limits::GROUPS_PER_ACTION {
        return Err(Fault::new(
            "TooManyTargetGroups",
            format!(
                "An action cannot forward to more than '{}' target groups",
                limits::GROUPS_PER_ACTION
            ),
        ));
    }
    let kind = ActionKind::Forward {
        groups,
        stickiness: stickiness.map_or(Ok(None), stickiness_of)?,
    };
    Ok(Action { order, kind })
}

fn stickiness_of(given: Stickiness) -> Result<Option<u32>, Fault> {
    if !given.enabled {
        return Ok(None);
    }
    match given.duration_seconds {
        Some(seconds @ 1..=604_800) => Ok(Some(seconds)),
        Some(seconds) => Err(invalid(format!(
            "Target group stickiness duration '{seconds}' must be between '1-604800' inclusive"
        ))),
        None => Err(invalid(
            "A duration must be specified to enable target group stickiness",
        )),
    }
}
