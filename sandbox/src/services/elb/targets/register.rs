//! `RegisterTargets` and `DeregisterTargets`.

use std::net::Ipv4Addr;

use serde::Deserialize;
use serde_json::{Value, json};

use super::Given;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ec2::reach::within;
use crate::services::ec2::{Ec2, State};
use crate::services::elb::checks;
use crate::services::elb::faults::invalid;
use crate::services::elb::health::{self, Life};
use crate::services::elb::limits;
use crate::services::elb::state::{Target, TargetGroup};
use crate::services::elb::target_groups;

/// Private ranges, whose addresses a target may have beside those of the VPC (RFC 1918, RFC 6598).
const PRIVATE: [&str; 4] = [
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "100.64.0.0/10",
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct RegisterTargets {
    target_group_arn: String,
    targets: Vec<Given>,
}

/// `RegisterTargets` (Elastic Load Balancing API Reference): without a port it is the target
/// group's; a target that drains is taken back.
pub(crate) fn register_targets(cx: &mut Cx, input: RegisterTargets) -> Result<Value, Fault> {
    let region = cx.region();
    let group = target_groups::found(&mut region.elb, &input.target_group_arn)?;
    if input.targets.is_empty() {
        return Err(invalid("At least one target must be specified"));
    }
    let targets = input.targets.into_iter();
    let targets = targets
        .map(|given| checked(&region.ec2, group, given))
        .collect::<Result<Vec<_>, Fault>>()?;
    if group.targets.len() + targets.len() > limits::TARGETS {
        return Err(Fault::new(
            "TooManyTargets",
            "The maximum number of targets per target group has been reached",
        ));
    }
    for target in targets {
        register(group, target);
    }
    Ok(json!({}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DeregisterTargets {
    target_group_arn: String,
    targets: Vec<Given>,
}

/// `DeregisterTargets` (Elastic Load Balancing API Reference): they drain; what is not registered is
/// no error.
pub(crate) fn deregister_targets(cx: &mut Cx, input: DeregisterTargets) -> Result<Value, Fault> {
    let group = target_groups::found(&mut cx.region().elb, &input.target_group_arn)?;
    if input.targets.is_empty() {
        return Err(invalid("At least one target must be specified"));
    }
    let port = group.port;
    let targets = input.targets.into_iter().map(|given| {
        let port = given
            .port
            .map_or(Ok(port), |port| checks::port("port", port))?;
        Ok((given.id, port))
    });
    for (id, port) in targets.collect::<Result<Vec<_>, Fault>>()? {
        health::drain(cx, &input.target_group_arn, &id, port);
    }
    Ok(json!({}))
}

/// Adds a target, or takes back one that drains.
pub(in crate::services::elb) fn register(group: &mut TargetGroup, target: Target) {
    match group.target(&target.id, target.port) {
        Some(there) if there.life.is_draining() => *there = target,
        Some(_) => {}
        None => group.targets.push(target),
    }
}

fn checked(ec2: &Ec2, group: &TargetGroup, given: Given) -> Result<Target, Fault> {
    let port = given
        .port
        .map_or(Ok(group.port), |port| checks::port("port", port))?;
    if group.target_type == "instance" {
        check_instance(ec2, group, &given)?;
    } else {
        check_address(ec2, group, &given)?;
    }
    Ok(Target {
        id: given.id,
        port,
        zone: given.availability_zone,
        life: Life::new(),
    })
}

/// An instance must run, and in the target group's VPC.
fn check_instance(ec2: &Ec2, group: &TargetGroup, given: &Given) -> Result<(), Fault> {
    let id = &given.id;
    let unfit = |words: String| Err(Fault::new("InvalidTarget", words));
    if given.availability_zone.is_some() {
        return Err(invalid(
            "You cannot specify an Availability Zone for targets of type 'instance'",
        ));
    }
    if !id.starts_with("i-") {
        return unfit(format!("Instance ID '{id}' is not valid"));
    }
    match ec2.instances.get(id) {
        None => unfit(format!("The following instances do not exist: '{id}'")),
        Some(instance) if instance.vpc != group.vpc => unfit(format!(
            "The following targets are not in the target group VPC '{}': '{id}'",
            group.vpc
        )),
        Some(instance) if !instance.is(State::Running) => unfit(format!(
            "The following targets are not in a running state and cannot be registered: '{id}'"
        )),
        Some(_) => Ok(()),
    }
}

fn check_address(ec2: &Ec2, group: &TargetGroup, given: &Given) -> Result<(), Fault> {
    let id = &given.id;
    let address = id
        .parse::<Ipv4Addr>()
        .map_err(|_| invalid(format!("The IP address '{id}' is not a valid IPv4 address")))?;
    let own = ec2
        .vpcs
        .get(&group.vpc)
        .is_some_and(|vpc| within(&vpc.cidr, address));
    if own {
        return Ok(());
    }
    if !PRIVATE.iter().any(|range| within(range, address)) {
        return Err(invalid(format!(
            "The IP address '{id}' must be within the VPC '{}' or a private range",
            group.vpc
        )));
    }
    if given.availability_zone.is_none() {
        return Err(invalid(format!(
            "You must specify an Availability Zone for the IP address '{id}', which is not in the VPC '{}'",
            group.vpc
        )));
    }
    Ok(())
}
