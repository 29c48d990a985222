//! `ModifyLoadBalancerAttributes` and `DescribeLoadBalancerAttributes`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::found;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::elb::attributes::{
    Allowed, Attribute, FLAG, Given, attribute, changed, list, value,
};
use crate::services::elb::faults::{configuration, invalid};
use crate::services::elb::state::{Attributes, LoadBalancer};

const PROTECTION: &str = "deletion_protection.enabled";
const NO_GATEWAY: &str = "ipv6.deny_all_igw_traffic";

/// The logs that can be written to a bucket.
const LOGS: [&str; 3] = ["access_logs", "connection_logs", "health_check_logs"];

/// What an Application Load Balancer has
/// (Elastic Load Balancing API Reference, `LoadBalancerAttribute`).
const KNOWN: &[Attribute] = &[
    attribute("access_logs.s3.enabled", "false", FLAG),
    attribute("access_logs.s3.bucket", "", Allowed::Text),
    attribute("access_logs.s3.prefix", "", Allowed::Text),
    attribute(
        "idle_timeout.timeout_seconds",
        "60",
        Allowed::Between(1, 4000),
    ),
    attribute(PROTECTION, "false", FLAG),
    attribute("routing.http2.enabled", "true", FLAG),
    attribute(
        "routing.http.drop_invalid_header_fields.enabled",
        "false",
        FLAG,
    ),
    attribute("routing.http.xff_client_port.enabled", "false", FLAG),
    attribute("routing.http.preserve_host_header.enabled", "false", FLAG),
    attribute(
        "routing.http.xff_header_processing.mode",
        "append",
        Allowed::OneOf(&["append", "preserve", "remove"]),
    ),
    // What it is for an Application Load Balancer, and it cannot be changed.
    attribute(
        "load_balancing.cross_zone.enabled",
        "true",
        Allowed::OneOf(&["true"]),
    ),
    attribute(
        "routing.http.desync_mitigation_mode",
        "defensive",
        Allowed::OneOf(&["monitor", "defensive", "strictest"]),
    ),
    attribute(
        "client_keep_alive.seconds",
        "3600",
        Allowed::Between(60, 604_800),
    ),
    attribute("waf.fail_open.enabled", "false", FLAG),
    attribute(
        "routing.http.x_amzn_tls_version_and_cipher_suite.enabled",
        "false",
        FLAG,
    ),
    attribute("zonal_shift.config.enabled", "false", FLAG),
    attribute("connection_logs.s3.enabled", "false", FLAG),
    attribute("connection_logs.s3.bucket", "", Allowed::Text),
    attribute("connection_logs.s3.prefix", "", Allowed::Text),
    attribute("health_check_logs.s3.enabled", "false", FLAG),
    attribute("health_check_logs.s3.bucket", "", Allowed::Text),
    attribute("health_check_logs.s3.prefix", "", Allowed::Text),
    attribute(NO_GATEWAY, "false", FLAG),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct ModifyLoadBalancerAttributes {
    load_balancer_arn: String,
    attributes: Vec<Given>,
}

/// `ModifyLoadBalancerAttributes` (Elastic Load Balancing API Reference): those that are not given
/// stay as they are.
pub(crate) fn modify_load_balancer_attributes(
    cx: &mut Cx,
    input: ModifyLoadBalancerAttributes,
) -> Result<Value, Fault> {
    let balancer = found(&mut cx.region().elb, &input.load_balancer_arn)?;
    let new = changed(
        "Load balancer",
        KNOWN,
        &balancer.attributes,
        input.attributes,
    )?;
    check_logs(&new)?;
    balancer.attributes = new;
    Ok(json!({ "Attributes": list(KNOWN, &balancer.attributes) }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DescribeLoadBalancerAttributes {
    load_balancer_arn: String,
}

/// `DescribeLoadBalancerAttributes` (Elastic Load Balancing API Reference).
pub(crate) fn describe_load_balancer_attributes(
    cx: &mut Cx,
    input: DescribeLoadBalancerAttributes,
) -> Result<Value, Fault> {
    let balancer = found(&mut cx.region().elb, &input.load_balancer_arn)?;
    Ok(json!({ "Attributes": list(KNOWN, &balancer.attributes) }))
}

/// What is set from the start: an internal load balancer has nothing to do with the internet.
pub(super) fn of_new(scheme: &str) -> Attributes {
    let internal = (scheme == "internal").then(|| (NO_GATEWAY.to_owned(), "true".to_owned()));
    internal.into_iter().collect()
}

/// Whether deletion protection keeps it.
pub(super) fn is_protected(balancer: &LoadBalancer) -> bool {
    value(KNOWN, &balancer.attributes, PROTECTION) == "true"
}

/// Logs need a bucket whose policy lets the service write; no bucket here has one.
fn check_logs(attributes: &Attributes) -> Result<(), Fault> {
    for log in LOGS {
        let of = |part: &str| value(KNOWN, attributes, &format!("{log}.s3.{part}"));
        if of("enabled") != "true" {
            continue;
        }
        let bucket = of("bucket");
        if bucket.is_empty() {
            return Err(invalid(format!(
                "The value of '{log}.s3.bucket' cannot be empty"
            )));
        }
        return Err(configuration(format!(
            "Access Denied for bucket: {bucket}. Please check S3bucket permission"
        )));
    }
    Ok(())
}
