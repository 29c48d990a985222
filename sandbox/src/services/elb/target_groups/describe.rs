//! `DescribeTargetGroups`, and how a target group is described in every answer.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::context::Cx;
use crate::fault::Fault;
use crate::services::elb::arns::{self, Kind};
use crate::services::elb::faults::{invalid, no_such_load_balancer};
use crate::services::elb::listing::answer;
use crate::services::elb::state::{Elb, TargetGroup};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DescribeTargetGroups {
    load_balancer_arn: Option<String>,
    #[serde(default)]
    target_group_arns: Vec<String>,
    #[serde(default)]
    names: Vec<String>,
    marker: Option<String>,
    page_size: Option<u32>,
}

/// `DescribeTargetGroups` (Elastic Load Balancing API Reference): all of them, those of a load
/// balancer, or those that are named, each of which must be there.
pub(crate) fn describe_target_groups(
    cx: &mut Cx,
    input: DescribeTargetGroups,
) -> Result<Value, Fault> {
    let ways = [
        input.load_balancer_arn.is_some(),
        !input.target_group_arns.is_empty(),
        !input.names.is_empty(),
    ];
    if ways.iter().filter(|given| **given).count() > 1 {
        return Err(invalid(
            "Target group names, target group ARNs, and a load balancer ARN cannot be specified at \
             the same time",
        ));
    }
    let elb = &cx.region().elb;
    if let Some(arn) = &input.load_balancer_arn {
        arns::check(Kind::LoadBalancer, arn)?;
        if !elb.load_balancers.contains_key(arn) {
            return Err(no_such_load_balancer(arn));
        }
    }
    for arn in &input.target_group_arns {
        arns::check(Kind::TargetGroup, arn)?;
    }
    let known = |arn: &String| elb.target_groups.contains_key(arn);
    let named = |name: &String| elb.target_group_named(name).is_some();
    if !input.target_group_arns.iter().all(known) || !input.names.iter().all(named) {
        return Err(Fault::new(
            "TargetGroupNotFound",
            "One or more target groups not found",
        ));
    }
    let wanted = |group: &&TargetGroup| {
        let balancer = || elb.load_balancer_of(&group.arn).map(|it| &it.arn);
        match &input.load_balancer_arn {
            Some(arn) => balancer() == Some(arn),
            None if !input.names.is_empty() => input.names.contains(&group.name),
            None if !input.target_group_arns.is_empty() => {
                input.target_group_arns.contains(&group.arn)
            }
            None => true,
        }
    };
    let items = elb
        .target_groups
        .values()
        .filter(wanted)
        .map(|group| described(elb, group))
        .collect();
    answer(
        "TargetGroups",
        items,
        input.marker.as_deref(),
        input.page_size,
    )
}

/// A target group as the service describes it.
pub(super) fn described(elb: &Elb, group: &TargetGroup) -> Value {
    let balancer = elb.load_balancer_of(&group.arn);
    let check = &group.health_check;
    json!({
        "TargetGroupArn": group.arn,
        "TargetGroupName": group.name,
        "Protocol": group.protocol,
        "ProtocolVersion": group.protocol_version,
        "Port": group.port,
        "VpcId": group.vpc,
        "TargetType": group.target_type,
        "IpAddressType": group.ip_address_type,
        "HealthCheckEnabled": true,
        "HealthCheckProtocol": check.protocol,
        "HealthCheckPort": check.port,
        "HealthCheckPath": check.path,
        "HealthCheckIntervalSeconds": check.interval,
        "HealthCheckTimeoutSeconds": check.timeout,
        "HealthyThresholdCount": check.healthy_threshold,
        "UnhealthyThresholdCount": check.unhealthy_threshold,
        "Matcher": { "HttpCode": check.matcher },
        "LoadBalancerArns": balancer.map(|balancer| &balancer.arn).into_iter().collect::<Vec<_>>(),
    })
}
