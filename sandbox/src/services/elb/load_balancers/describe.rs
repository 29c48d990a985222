//! `DescribeLoadBalancers`, and how a load balancer is described in every answer.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::context::Cx;
use crate::fault::Fault;
use crate::protocol::timestamp;
use crate::services::ec2::Ec2;
use crate::services::elb::arns::{self, Kind};
use crate::services::elb::faults::invalid;
use crate::services::elb::listing::answer;
use crate::state::Region;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DescribeLoadBalancers {
    #[serde(default)]
    load_balancer_arns: Vec<String>,
    #[serde(default)]
    names: Vec<String>,
    marker: Option<String>,
    page_size: Option<u32>,
}

/// `DescribeLoadBalancers` (Elastic Load Balancing API Reference): all of them, or those that are
/// named, each of which must be there.
pub(crate) fn describe_load_balancers(
    cx: &mut Cx,
    input: DescribeLoadBalancers,
) -> Result<Value, Fault> {
    if !input.load_balancer_arns.is_empty() && !input.names.is_empty() {
        return Err(invalid(
            "Load balancer names and load balancer ARNs cannot be specified at the same time",
        ));
    }
    for arn in &input.load_balancer_arns {
        arns::check(Kind::LoadBalancer, arn)?;
    }
    let region = cx.region();
    let balancers = &region.elb.load_balancers;
    let by_arn = input.load_balancer_arns.iter();
    let by_arn = by_arn.map(|arn| (arn, balancers.get(arn)));
    let by_name = input.names.iter();
    let by_name = by_name.map(|name| (name, region.elb.load_balancer_named(name)));
    let (mut wanted, mut missing) = (Vec::new(), Vec::new());
    for (given, found) in by_arn.chain(by_name) {
        match found {
            Some(balancer) => wanted.push(balancer.arn.clone()),
            None => missing.push(given.as_str()),
        }
    }
    if !missing.is_empty() {
        let message = format!("Load balancers '[{}]' not found", missing.join(", "));
        return Err(Fault::new("LoadBalancerNotFound", message));
    }
    let all = input.load_balancer_arns.is_empty() && input.names.is_empty();
    let items = balancers
        .keys()
        .filter(|arn| all || wanted.contains(arn))
        .map(|arn| described(region, arn))
        .collect();
    answer(
        "LoadBalancers",
        items,
        input.marker.as_deref(),
        input.page_size,
    )
}

/// Load balancer `arn` as the service describes it.
pub(super) fn described(region: &Region, arn: &str) -> Value {
    let Some(balancer) = region.elb.load_balancers.get(arn) else {
        return Value::Null;
    };
    let code = if balancer.active {
        "active"
    } else {
        "provisioning"
    };
    json!({
        "LoadBalancerArn": balancer.arn,
        "LoadBalancerName": balancer.name,
        "DNSName": balancer.dns_name,
        "CanonicalHostedZoneId": hosted_zone(arn),
        "CreatedTime": timestamp(balancer.created),
        "Scheme": balancer.scheme,
        "Type": "application",
        "VpcId": balancer.vpc,
        "State": { "Code": code },
        "AvailabilityZones": zones(&region.ec2, &balancer.subnets),
        "SecurityGroups": balancer.security_groups,
        "IpAddressType": balancer.ip_address_type,
    })
}

/// The zones of a load balancer, each with its subnet.
pub(super) fn zones(ec2: &Ec2, subnets: &[String]) -> Value {
    let subnets = subnets.iter().filter_map(|id| ec2.subnets.get(id));
    let zones = subnets.map(|subnet| {
        json!({
            "ZoneName": subnet.zone,
            "SubnetId": subnet.id,
            "LoadBalancerAddresses": [],
        })
    });
    zones.collect()
}

/// The hosted zone of the DNS names of a Region's load balancers
/// (AWS General Reference, "Elastic Load Balancing endpoints and quotas").
fn hosted_zone(arn: &str) -> &'static str {
    match arn.split(':').nth(3).unwrap_or_default() {
        "ap-northeast-1" => "Z14GRHDCWA56QT",
        "ap-northeast-2" => "ZWKZPGTI48KDX",
        "ap-northeast-3" => "Z5LXEXXYW11ES",
        "ap-south-1" => "ZP97RAFLXTNZK",
        "ap-southeast-1" => "Z1LMS91P8CMLE5",
        "ap-southeast-2" => "Z1GM3OXH4ZPM65",
        "ca-central-1" => "ZQSVJUPU6J1EY",
        "eu-central-1" => "Z215JYRZR1TBD5",
        "eu-north-1" => "Z23TAZ6LKFMNIO",
        "eu-west-1" => "Z32O12XQLNTSW2",
        "eu-west-2" => "ZHURV8PSTC4K8",
        "eu-west-3" => "Z3Q77PNBQS71R4",
        "sa-east-1" => "Z2P70J7HTTTPLU",
        "us-east-2" => "Z3AADJGX6KTTL2",
        "us-west-1" => "Z368ELLRRE2KJ0",
        "us-west-2" => "Z1H1FL5HABSF5",
        _ => "Z35SXDOTRQ7X7K",
    }
}
