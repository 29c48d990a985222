//! `CreateLoadBalancer`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::attributes;
use super::describe::described;
use super::place::{
    SubnetMapping, check_gateway, check_subnets, security_groups, settle, subnets_of,
};
use crate::agenda;
use crate::authorization;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::elb;
use crate::services::elb::arns::{self, Kind};
use crate::services::elb::checks::{self, one_of};
use crate::services::elb::faults::{configuration, invalid};
use crate::services::elb::life::{self, Due};
use crate::services::elb::limits;
use crate::services::elb::state::LoadBalancer;
use crate::services::elb::tags;
use crate::services::iam;
use crate::tags::Tag;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct CreateLoadBalancer {
    name: String,
    #[serde(default)]
    subnets: Vec<String>,
    #[serde(default)]
    subnet_mappings: Vec<SubnetMapping>,
    #[serde(default)]
    security_groups: Vec<String>,
    scheme: Option<String>,
    r#type: Option<String>,
    ip_address_type: Option<String>,
    #[serde(default)]
    tags: Vec<Tag>,
}

/// `CreateLoadBalancer` (Elastic Load Balancing API Reference): an Application Load Balancer in at
/// least two zones. Asked for again with the same settings, it is the one that there is.
pub(crate) fn create_load_balancer(cx: &mut Cx, input: CreateLoadBalancer) -> Result<Value, Fault> {
    check_name(&input.name)?;
    check_type(input.r#type.as_deref().unwrap_or("application"))?;
    let scheme = input.scheme.unwrap_or_else(|| "internet-facing".to_owned());
    one_of("scheme", &scheme, &["internet-facing", "internal"])?;
    let ip_address_type = input.ip_address_type.unwrap_or_else(|| "ipv4".to_owned());
    check_ip_address_type(&ip_address_type)?;
    let tags = tags::of_new(input.tags)?;
    let mut subnets = subnets_of(input.subnets, input.subnet_mappings)?;
    let region = cx.region();
    let vpc = check_subnets(&region.ec2, &subnets)?;
    if scheme == "internet-facing" {
        check_gateway(&region.ec2, &vpc)?;
    }
    let groups = security_groups(&region.ec2, &vpc, input.security_groups)?;
    subnets.sort_by_key(|id| region.ec2.subnets.get(id).map(|subnet| &subnet.zone));
    if let Some(there) = region.elb.load_balancer_named(&input.name) {
        let same = there.scheme == scheme
            && there.ip_address_type == ip_address_type
            && there.subnets == subnets
            && there.security_groups == groups;
        if !same {
            return Err(Fault::new(
                "DuplicateLoadBalancerName",
                format!(
                    "A load balancer with the same name '{}' exists, but with different settings",
                    input.name
                ),
            ));
        }
        return Ok(json!({ "LoadBalancers": [described(region, &there.arn)] }));
    }
    if region.elb.load_balancers.len() >= limits::LOAD_BALANCERS {
        return Err(Fault::new(
            "TooManyLoadBalancers",
            "The maximum number of load balancers has been reached",
        ));
    }
    iam::caller_links(cx, "elasticloadbalancing.amazonaws.com")
        .map_err(|denial| authorization::refusal(&elb::SERVICE, &denial))?;
    let path = format!("app/{}/{}", input.name, cx.id("", 16));
    let arn = arns::arn(cx, Kind::LoadBalancer, &path);
    let mut balancer = LoadBalancer {
        arn: arn.clone(),
        dns_name: dns_name(cx, &input.name, &scheme),
        name: input.name,
        attributes: attributes::of_new(&scheme),
        scheme,
        ip_address_type,
        vpc,
        subnets,
        security_groups: groups,
        created: cx.now,
        active: false,
        interfaces: BTreeMap::new(),
        tags,
    };
    settle(cx, &mut balancer);
    cx.region().elb.load_balancers.insert(arn.clone(), balancer);
    let at = cx.after(life::PROVISIONING);
    cx.plan(at, agenda::Due::Elb(Due::LoadBalancer(arn.clone())));
    Ok(json!({ "LoadBalancers": [described(cx.region(), &arn)] }))
}

fn check_name(name: &str) -> Result<(), Fault> {
    checks::name("Load balancer", name)?;
    if name.starts_with("internal-") {
        return Err(invalid(format!(
            "Load balancer name '{name}' cannot begin with 'internal-'"
        )));
    }
    Ok(())
}

/// There are Application Load Balancers only; for the others the account is like one to which
/// AWS has not opened them.
fn check_type(kind: &str) -> Result<(), Fault> {
    one_of("type", kind, &["application", "network", "gateway"])?;
    if kind == "application" {
        return Ok(());
    }
    Err(Fault::new(
        "OperationNotPermitted",
        format!(
            "This AWS account currently does not support creating load balancers of type '{kind}'. \
             For more information, please contact AWS Support."
        ),
    ))
}

/// The network here is IPv4 only.
pub(super) fn check_ip_address_type(kind: &str) -> Result<(), Fault> {
    one_of(
        "ipAddressType",
        kind,
        &["ipv4", "dualstack", "dualstack-without-public-ipv4"],
    )?;
    if kind == "ipv4" {
        return Ok(());
    }
    Err(configuration(
        "You must specify subnets with an associated IPv6 CIDR block",
    ))
}

/// `NAME-1234567890.REGION.elb.amazonaws.com`, with `internal-` before it where it is.
fn dns_name(cx: &mut Cx, name: &str, scheme: &str) -> String {
    let digits = cx.id("", 8);
    let number = u32::from_str_radix(&digits, 16).unwrap_or_default();
    let prefix = if scheme == "internal" {
        "internal-"
    } else {
        ""
    };
    format!("{prefix}{name}-{number}.{}.elb.amazonaws.com", cx.region)
}
