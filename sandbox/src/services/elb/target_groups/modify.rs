//! `ModifyTargetGroup`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::describe::described;
use super::found;
use super::health_check::{Matcher, Settings};
use crate::context::Cx;
use crate::fault::Fault;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct ModifyTargetGroup {
    target_group_arn: String,
    health_check_protocol: Option<String>,
    health_check_port: Option<String>,
    health_check_path: Option<String>,
    health_check_enabled: Option<bool>,
    health_check_interval_seconds: Option<u32>,
    health_check_timeout_seconds: Option<u32>,
    healthy_threshold_count: Option<u32>,
    unhealthy_threshold_count: Option<u32>,
    matcher: Option<Matcher>,
}

/// `ModifyTargetGroup` (Elastic Load Balancing API Reference): the health check; nothing else of a
/// target group can be changed.
pub(crate) fn modify_target_group(cx: &mut Cx, input: ModifyTargetGroup) -> Result<Value, Fault> {
    let elb = &mut cx.region().elb;
    let group = found(elb, &input.target_group_arn)?;
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
    group.health_check = settings.over(group.health_check.clone(), &group.target_type)?;
    let group = elb.target_groups.get(&input.target_group_arn);
    let described = group.map(|group| described(elb, group));
    Ok(json!({ "TargetGroups": [described] }))
}
