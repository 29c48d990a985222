//! Quotas (User Guide for Application Load Balancers, "Quotas for your Application Load Balancers").

use serde::Deserialize;
use serde_json::{Value, json};

use super::listing::answer;
use crate::context::Cx;
use crate::fault::Fault;

pub(super) const LOAD_BALANCERS: usize = 50;
pub(super) const TARGET_GROUPS: usize = 3000;
pub(super) const LISTENERS: usize = 50;
pub(super) const RULES: usize = 100;
pub(super) const TARGETS: usize = 1000;
pub(super) const GROUPS_PER_LOAD_BALANCER: usize = 100;
pub(super) const GROUPS_PER_ACTION: usize = 5;
pub(super) const CONDITION_VALUES: usize = 5;
pub(super) const CONDITION_WILDCARDS: usize = 6;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DescribeAccountLimits {
    marker: Option<String>,
    page_size: Option<u32>,
}

/// `DescribeAccountLimits` (Elastic Load Balancing API Reference).
pub(crate) fn describe_account_limits(
    _: &mut Cx,
    input: DescribeAccountLimits,
) -> Result<Value, Fault> {
    let limits = [
        ("application-load-balancers", LOAD_BALANCERS),
        ("target-groups", TARGET_GROUPS),
        ("listeners-per-application-load-balancer", LISTENERS),
        ("rules-per-application-load-balancer", RULES),
        ("targets-per-application-load-balancer", TARGETS),
        (
            "target-groups-per-application-load-balancer",
            GROUPS_PER_LOAD_BALANCER,
        ),
        (
            "target-groups-per-action-on-application-load-balancer",
            GROUPS_PER_ACTION,
        ),
        ("condition-values-per-alb-rule", CONDITION_VALUES),
        ("condition-wildcards-per-alb-rule", CONDITION_WILDCARDS),
    ];
    let limits = limits.map(|(name, most)| json!({ "Name": name, "Max": most.to_string() }));
    answer(
        "Limits",
        limits.into(),
        input.marker.as_deref(),
        input.page_size,
    )
}
