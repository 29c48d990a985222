//! `ModifyTargetGroupAttributes` and `DescribeTargetGroupAttributes`.

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

use super::found;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::elb::attributes::{
    Allowed, Attribute, FLAG, Given, attribute, changed, list, value,
};
use crate::services::elb::faults::invalid;
use crate::services::elb::state::{Attributes, TargetGroup};

const DELAY: &str = "deregistration_delay.timeout_seconds";
const WEEK: u32 = 604_800;

/// What a target group of instances or addresses behind an Application Load Balancer has
/// (Elastic Load Balancing API Reference, `TargetGroupAttribute`).
const KNOWN: &[Attribute] = &[
    attribute(DELAY, "300", Allowed::Between(0, 3600)),
    attribute("stickiness.enabled", "false", FLAG),
    attribute(
        "stickiness.type",
        "lb_cookie",
        Allowed::OneOf(&["lb_cookie", "app_cookie"]),
    ),
    attribute(
        "stickiness.lb_cookie.duration_seconds",
        "86400",
        Allowed::Between(1, WEEK),
    ),
    attribute("stickiness.app_cookie.cookie_name", "", Allowed::Text),
    attribute(
        "stickiness.app_cookie.duration_seconds",
        "86400",
        Allowed::Between(1, WEEK),
    ),
    attribute(
        "slow_start.duration_seconds",
        "0",
        Allowed::ZeroOrBetween(30, 900),
    ),
    attribute(
        "load_balancing.algorithm.type",
        "round_robin",
        Allowed::OneOf(&[
            "round_robin",
            "least_outstanding_requests",
            "weighted_random",
        ]),
    ),
    attribute(
        "load_balancing.algorithm.anomaly_mitigation",
        "off",
        Allowed::OneOf(&["on", "off"]),
    ),
    attribute(
        "load_balancing.cross_zone.enabled",
        "use_load_balancer_configuration",
        Allowed::OneOf(&["true", "false", "use_load_balancer_configuration"]),
    ),
    attribute(
        "target_group_health.dns_failover.minimum_healthy_targets.count",
        "1",
        Allowed::WordOrBetween("off", 1, 1000),
    ),
    attribute(
        "target_group_health.dns_failover.minimum_healthy_targets.percentage",
        "off",
        Allowed::WordOrBetween("off", 1, 100),
    ),
    attribute(
        "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count",
        "1",
        Allowed::Between(1, 1000),
    ),
    attribute(
        "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage",
        "off",
        Allowed::WordOrBetween("off", 1, 100),
    ),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct ModifyTargetGroupAttributes {
    target_group_arn: String,
    attributes: Vec<Given>,
}

/// `ModifyTargetGroupAttributes` (Elastic Load Balancing API Reference): those that are not given
/// stay as they are.
pub(crate) fn modify_target_group_attributes(
    cx: &mut Cx,
    input: ModifyTargetGroupAttributes,
) -> Result<Value, Fault> {
    let group = found(&mut cx.region().elb, &input.target_group_arn)?;
    let new = changed("Target group", KNOWN, &group.attributes, input.attributes)?;
    check_together(&new)?;
    group.attributes = new;
    Ok(json!({ "Attributes": list(KNOWN, &group.attributes) }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DescribeTargetGroupAttributes {
    target_group_arn: String,
}

/// `DescribeTargetGroupAttributes` (Elastic Load Balancing API Reference).
pub(crate) fn describe_target_group_attributes(
    cx: &mut Cx,
    input: DescribeTargetGroupAttributes,
) -> Result<Value, Fault> {
    let group = found(&mut cx.region().elb, &input.target_group_arn)?;
    Ok(json!({ "Attributes": list(KNOWN, &group.attributes) }))
}

/// How long a target that is deregistered drains.
pub(in crate::services::elb) fn draining_time(group: &TargetGroup) -> Duration {
    let seconds = value(KNOWN, &group.attributes, DELAY).parse();
    Duration::from_secs(seconds.unwrap_or(0))
}

/// What one attribute demands of another.
fn check_together(attributes: &Attributes) -> Result<(), Fault> {
    let of = |key| value(KNOWN, attributes, key);
    if of("stickiness.enabled") == "true" && of("stickiness.type") == "app_cookie" {
        let cookie = of("stickiness.app_cookie.cookie_name");
        if cookie.is_empty() {
            return Err(invalid(
                "You must set an application cookie name to enable stickiness of type 'app_cookie'",
            ));
        }
        if cookie.starts_with("AWSALB") {
            return Err(invalid(format!(
                "Application cookie name '{cookie}' begins with a reserved prefix"
            )));
        }
    }
    let random = of("load_balancing.algorithm.type") == "weighted_random";
    if of("load_balancing.algorithm.anomaly_mitigation") == "on" && !random {
        return Err(invalid(
            "Anomaly mitigation can only be enabled with the algorithm type 'weighted_random'",
        ));
    }
    if of("slow_start.duration_seconds") != "0"
        && of("load_balancing.algorithm.type") != "round_robin"
    {
        return Err(invalid(
            "Slow start can only be enabled with the algorithm type 'round_robin'",
        ));
    }
    Ok(())
}
