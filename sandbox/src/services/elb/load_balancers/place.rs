//! Where a load balancer is: its subnets, its security groups, and an interface in each subnet.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::agenda;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ec2::Ec2;
use crate::services::ec2::network_interfaces::{self, Placement};
use crate::services::elb::faults::{configuration, invalid};
use crate::services::elb::life::{self, Due};
use crate::services::elb::state::LoadBalancer;

/// `SubnetMappings`: a subnet with an address of one's own, which an Application Load Balancer
/// cannot have.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct SubnetMapping {
    subnet_id: Option<String>,
    allocation_id: Option<String>,
    #[serde(rename = "PrivateIPv4Address")]
    private_ipv4_address: Option<String>,
}

/// The subnets that were given in either way.
pub(super) fn subnets_of(
    subnets: Vec<String>,
    mappings: Vec<SubnetMapping>,
) -> Result<Vec<String>, Fault> {
    if mappings.is_empty() {
        return Ok(subnets);
    }
    if !subnets.is_empty() {
        return Err(invalid(
            "You must specify either subnets or subnet mappings, but not both",
        ));
    }
    let own_address = |mapping: &SubnetMapping| {
        mapping.allocation_id.is_some() || mapping.private_ipv4_address.is_some()
    };
    if mappings.iter().any(own_address) {
        return Err(configuration(
            "You cannot specify addresses for the subnets of an Application Load Balancer",
        ));
    }
    let ids = mappings.into_iter().map(|mapping| mapping.subnet_id);
    ids.map(|id| id.ok_or_else(|| invalid("A subnet ID must be specified")))
        .collect()
}

/// Checks the subnets of a load balancer and gives their VPC: at least two, of one VPC, each in a
/// zone of its own.
pub(super) fn check_subnets(ec2: &Ec2, subnets: &[String]) -> Result<String, Fault> {
    let mut vpcs = BTreeSet::new();
    let mut zones = BTreeSet::new();
    for id in subnets {
        let subnet = ec2.subnets.get(id).ok_or_else(|| {
            Fault::new(
                "SubnetNotFound",
                format!("The subnet ID '{id}' does not exist"),
            )
        })?;
        vpcs.insert(&subnet.vpc);
        if !zones.insert(&subnet.zone) {
            return Err(configuration(
                "A load balancer cannot be attached to multiple subnets in the same Availability Zone",
            ));
        }
    }
    if zones.len() < 2 {
        return Err(invalid(
            "At least two subnets in two different Availability Zones must be specified",
        ));
    }
    let mut vpcs = vpcs.into_iter();
    match (vpcs.next(), vpcs.next()) {
        (Some(vpc), None) => Ok(vpc.clone()),
        _ => Err(configuration("All subnets must belong to the same VPC")),
    }
}

/// A load balancer that faces the internet needs a way there.
pub(super) fn check_gateway(ec2: &Ec2, vpc: &str) -> Result<(), Fault> {
    if ec2
        .internet_gateways
        .values()
        .any(|gateway| gateway.vpc == vpc)
    {
        return Ok(());
    }
    Err(Fault::new(
        "InvalidSubnet",
        format!("VPC {vpc} has no internet gateway"),
    ))
}

/// The security groups in VPC `vpc`: those given, or its default one.
pub(super) fn security_groups(
    ec2: &Ec2,
    vpc: &str,
    mut given: Vec<String>,
) -> Result<Vec<String>, Fault> {
    if given.is_empty() {
        let default = ec2.group_named(vpc, "default");
        return Ok(default.map(|group| group.id.clone()).into_iter().collect());
    }
    given.sort();
    given.dedup();
    if given.len() > 5 {
        return Err(configuration(
            "A load balancer cannot have more than '5' security groups",
        ));
    }
    for id in &given {
        let group = ec2.security_groups.get(id).ok_or_else(|| {
            Fault::new(
                "InvalidSecurityGroup",
                "One or more security groups are invalid",
            )
        })?;
        if group.vpc != vpc {
            return Err(configuration(format!(
                "Security group '{id}' does not belong to VPC '{vpc}'"
            )));
        }
    }
    Ok(given)
}

/// Gives `balancer` an interface in each of its subnets; those in others are let go, which takes
/// a while.
pub(super) fn settle(cx: &mut Cx, balancer: &mut LoadBalancer) {
    let (stay, leave) = std::mem::take(&mut balancer.interfaces)
        .into_iter()
        .partition(|(subnet, _)| balancer.subnets.contains(subnet));
    balancer.interfaces = stay;
    release(cx, leave.into_values());
    let description = format!("ELB {}", balancer.path());
    for subnet in &balancer.subnets {
        if balancer.interfaces.contains_key(subnet) {
            continue;
        }
        let placement = Placement {
            subnet,
            groups: &balancer.security_groups,
            description: &description,
            requester: "amazon-elb",
            public: balancer.scheme == "internet-facing",
        };
        if let Some(id) = network_interfaces::place(cx, &placement) {
            balancer.interfaces.insert(subnet.clone(), id);
        }
    }
}

/// Lets interfaces go. They linger for minutes, and so long their security groups cannot be deleted.
pub(super) fn release(cx: &mut Cx, interfaces: impl Iterator<Item = String>) {
    let at = cx.after(life::RELEASE);
    for id in interfaces {
        cx.plan(at, agenda::Due::Elb(Due::Interface(id)));
    }
}
