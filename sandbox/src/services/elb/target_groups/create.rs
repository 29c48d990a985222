//! `CreateTargetGroup`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::describe::described;
use super::health_check::{self, Matcher, Settings};
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::elb::arns::{self, Kind};
use crate::services::elb::checks::{self, one_of};
use crate::services::elb::faults::invalid;
use crate::services::elb::limits;
use crate::services::elb::state::{Attributes, TargetGroup};
use crate::services::elb::tags;
use crate::tags::Tag;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct CreateTargetGroup {
    name: String,
    protocol: Option<String>,
    protocol_version: Option<String>,
    port: Option<u32>,
    vpc_id: Option<String>,
    health_check_protocol: Option<String>,
    health_check_port: Option<String>,
    health_check_enabled: Option<bool>,
    health_check_path: Option<String>,
    health_check_interval_seconds: Option<u32>,
    health_check_timeout_seconds: Option<u32>,
    healthy_threshold_count: Option<u32>,
    unhealthy_threshold_count: Option<u32>,
    matcher: Option<Matcher>,
    target_type: Option<String>,
    ip_address_type: Option<String>,
    #[serde(default)]
    tags: Vec<Tag>,
}

/// `CreateTargetGroup` (Elastic Load Balancing API Reference): for instances or addresses. Asked for
/// again with the same settings, it is the one that there is.
pub(crate) fn create_target_group(cx: &mut Cx, input: CreateTargetGroup) -> Result<Value, Fault> {
    checks::name("Target group", &input.name)?;
    let target_type = input.target_type.unwrap_or_else(|| "instance".to_owned());
    one_of("targetType", &target_type, &["instance", "ip"])?;
    let protocol = input
        .protocol
        .ok_or_else(|| invalid("A protocol must be specified"))?;
    one_of("protocol", &protocol, &["HTTP", "HTTPS"])?;
    let port = input
        .port
        .ok_or_else(|| invalid("A port must be specified"))?;
    let port = checks::port("port", port)?;
    let vpc = input
        .vpc_id
        .ok_or_else(|| invalid("A VPC ID must be specified"))?;
    if !cx.region().ec2.vpcs.contains_key(&vpc) {
        return Err(invalid(format!("The VPC ID '{vpc}' is not found")));
    }
    let protocol_version = input.protocol_version.unwrap_or_else(|| "HTTP1".to_owned());
    one_of("protocolVersion", &protocol_version, &["HTTP1", "HTTP2"])?;
    let ip_address_type = input.ip_address_type.unwrap_or_else(|| "ipv4".to_owned());
    one_of("ipAddressType", &ip_address_type, &["ipv4"])?;
    let settings = Settings {
        protocol: input.health_check_protocol,
        port: input.health_check_port,
        enabled: input.health_check_enabled,
        path: input.health_check_path,
        interval: input.health_check_interval_seconds,
        timeout: input.health_check_timeout_seconds,
        healthy_threshold: input.healthy_threshold_count,
        unhealthy_threshold: input.unhealthy_threshold_count,
        matcher: input.matcher,
    };
    let mut group = TargetGroup {
        arn: String::new(),
        name: input.name,
        protocol,
        protocol_version,
        port,
        vpc,
        health_check: settings.over(health_check::default(), &target_type)?,
        target_type,
        ip_address_type,
        attributes: Attributes::new(),
        targets: Vec::new(),
        tags: tags::of_new(input.tags)?,
    };
    let elb = &cx.region().elb;
    if let Some(there) = elb.target_group_named(&group.name) {
        if !same_settings(there, &group) {
            return Err(Fault::new(
                "DuplicateTargetGroupName",
                format!(
                    "A target group with the same name '{}' exists, but with different settings",
                    group.name
                ),
            ));
        }
        return Ok(json!({ "TargetGroups": [described(elb, there)] }));
    }
    if elb.target_groups.len() >= limits::TARGET_GROUPS {
        return Err(Fault::new(
            "TooManyTargetGroups",
            "The maximum number of target groups has been reached",
        ));
    }
    let path = format!("{}/{}", group.name, cx.id("", 16));
    group.arn = arns::arn(cx, Kind::TargetGroup, &path);
    let elb = &mut cx.region().elb;
    let answer = json!({ "TargetGroups": [described(elb, &group)] });
    elb.target_groups.insert(group.arn.clone(), group);
    Ok(answer)
}

/// Whether a request for `new` asks for what `there` is already.
fn same_settings(there: &TargetGroup, new: &TargetGroup) -> bool {
    let settings = |group: &TargetGroup| {
        (
            group.protocol.clone(),
            group.protocol_version.clone(),
            group.port,
            group.vpc.clone(),
            group.target_type.clone(),
            group.health_check.clone(),
        )
    };
    settings(there) == settings(new)
}
