//! Who is behind a target, and what it answers: the one place in which Elastic Load Balancing asks
//! the services that run machines.

use std::net::Ipv4Addr;

use super::state::{LoadBalancer, Target, TargetGroup};
use crate::services::ec2::reach::{End, connects};
use crate::services::ec2::{Ec2, State};
use crate::services::ecs;
use crate::state::Region;

/// What comes back from a request to a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    /// An HTTP response with that status.
    Status(u16),
    /// Nothing listens on the port.
    Refused,
    /// Nothing at all: nobody is there, or a security group is in the way.
    Silence,
}

/// The machine behind a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Machine {
    pub(super) zone: String,
    pub(super) address: Ipv4Addr,
    pub(super) groups: Vec<String>,
    /// `false` for an instance that is stopped.
    pub(super) running: bool,
}

/// The machine behind `target`: that of the instance, or of the interface with the address.
pub(super) fn machine(ec2: &Ec2, group: &TargetGroup, target: &Target) -> Option<Machine> {
    match group.target_type.as_str() {
        "instance" => instance(ec2, &target.id),
        _ => interface(ec2, &group.vpc, &target.id),
    }
}

fn instance(ec2: &Ec2, id: &str) -> Option<Machine> {
    let instance = ec2.instances.get(id)?;
    let interface = ec2.network_interfaces.get(instance.interface.as_ref()?)?;
    Some(Machine {
        zone: instance.zone.clone(),
        address: interface.private_ip.parse().ok()?,
        groups: interface.groups.clone(),
        running: instance.is(State::Running),
    })
}

/// With what status something answers on port `port` of instance `id`: only tasks of ECS do.
fn status(region: &Region, id: &str, port: u16, path: &str) -> Option<u16> {
    ecs::answers(region, id, port, path)
}

fn interface(ec2: &Ec2, vpc: &str, address: &str) -> Option<Machine> {
    let mut interfaces = ec2.network_interfaces.values();
    let found = interfaces.find(|eni| eni.vpc == vpc && eni.private_ip == address)?;
    Some(Machine {
        zone: found.zone.clone(),
        address: address.parse().ok()?,
        groups: found.groups.clone(),
        running: true,
    })
}

/// What `target` answers to a request of `balancer` for `path` on `port`.
pub(super) fn ask(
    region: &Region,
    balancer: &LoadBalancer,
    (target, machine): (&Target, &Machine),
    port: u16,
    path: &str,
) -> Answer {
    if !reaches(&region.ec2, balancer, machine, port) {
        return Answer::Silence;
    }
    status(region, &target.id, port, path).map_or(Answer::Refused, Answer::Status)
}

/// Whether every node of the load balancer reaches the machine.
fn reaches(ec2: &Ec2, balancer: &LoadBalancer, machine: &Machine, port: u16) -> bool {
    let to = End {
        groups: &machine.groups,
        address: machine.address,
    };
    let mut nodes = balancer
        .interfaces
        .values()
        .filter_map(|id| ec2.network_interfaces.get(id))
        .filter_map(|eni| eni.private_ip.parse().ok());
    nodes.all(|address| {
        let from = End {
            groups: &balancer.security_groups,
            address,
        };
        connects(ec2, from, to, port)
    })
}
