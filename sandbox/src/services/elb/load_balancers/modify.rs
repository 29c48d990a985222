//! `SetSecurityGroups`, `SetSubnets` and `SetIpAddressType`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::create::check_ip_address_type;
use super::describe::zones;
use super::found;
use super::place::{
    SubnetMapping, check_gateway, check_subnets, security_groups, settle, subnets_of,
};
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::elb::faults::{configuration, invalid};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct SetSecurityGroups {
    load_balancer_arn: String,
    security_groups: Vec<String>,
}

/// `SetSecurityGroups` (Elastic Load Balancing API Reference): the groups given are all it has.
pub(crate) fn set_security_groups(cx: &mut Cx, input: SetSecurityGroups) -> Result<Value, Fault> {
    let region = cx.region();
    let balancer = found(&mut region.elb, &input.load_balancer_arn)?;
    if input.security_groups.is_empty() {
        return Err(invalid("A security group must be specified"));
    }
    let groups = security_groups(&region.ec2, &balancer.vpc, input.security_groups)?;
    for id in balancer.interfaces.values() {
        if let Some(interface) = region.ec2.network_interfaces.get_mut(id) {
            interface.groups.clone_from(&groups);
        }
    }
    balancer.security_groups.clone_from(&groups);
    Ok(json!({ "SecurityGroupIds": groups }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct SetSubnets {
    load_balancer_arn: String,
    #[serde(default)]
    subnets: Vec<String>,
    #[serde(default)]
    subnet_mappings: Vec<SubnetMapping>,
    ip_address_type: Option<String>,
}

/// `SetSubnets` (Elastic Load Balancing API Reference): enables the zones of these subnets and
/// disables all others.
pub(crate) fn set_subnets(cx: &mut Cx, input: SetSubnets) -> Result<Value, Fault> {
    let region = cx.region();
    let balancer = found(&mut region.elb, &input.load_balancer_arn)?;
    if let Some(kind) = &input.ip_address_type {
        check_ip_address_type(kind)?;
    }
    let mut subnets = subnets_of(input.subnets, input.subnet_mappings)?;
    let vpc = check_subnets(&region.ec2, &subnets)?;
    if vpc != balancer.vpc {
        return Err(configuration(format!(
            "The subnets must belong to the VPC '{}' of the load balancer",
            balancer.vpc
        )));
    }
    if balancer.scheme == "internet-facing" {
        check_gateway(&region.ec2, &vpc)?;
    }
    subnets.sort_by_key(|id| region.ec2.subnets.get(id).map(|subnet| &subnet.zone));
    let mut balancer = balancer.clone();
    balancer.subnets = subnets;
    settle(cx, &mut balancer);
    let region = cx.region();
    let answer = json!({
        "AvailabilityZones": zones(&region.ec2, &balancer.subnets),
        "IpAddressType": balancer.ip_address_type,
    });
    let arn = balancer.arn.clone();
    region.elb.load_balancers.insert(arn, balancer);
    Ok(answer)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct SetIpAddressType {
    load_balancer_arn: String,
    ip_address_type: String,
}

/// `SetIpAddressType` (Elastic Load Balancing API Reference).
pub(crate) fn set_ip_address_type(cx: &mut Cx, input: SetIpAddressType) -> Result<Value, Fault> {
    let balancer = found(&mut cx.region().elb, &input.load_balancer_arn)?;
    check_ip_address_type(&input.ip_address_type)?;
    balancer.ip_address_type = input.ip_address_type;
    Ok(json!({ "IpAddressType": balancer.ip_address_type }))
}
