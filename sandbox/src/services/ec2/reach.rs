//! What security groups let through: whether one end of a connection reaches the other.

use std::net::Ipv4Addr;

use super::ranges::Range;
use super::state::{Ec2, Peer, Rule, Traffic};

/// One end of a connection: an address, and the security groups of the interface that has it.
/// A machine outside the VPC has none.
#[derive(Debug, Clone, Copy)]
pub(crate) struct End<'a> {
    pub(crate) groups: &'a [String],
    pub(crate) address: Ipv4Addr,
}

/// Whether the groups of `from` let TCP out to `port` of `to`, and those of `to` let it in
/// (Amazon VPC User Guide, "Security group rules"). What is answered comes back by itself.
pub(crate) fn connects(ec2: &Ec2, from: End, to: End, port: u16) -> bool {
    let outside = from.groups.is_empty();
    (outside || lets(ec2, from.groups, true, to, port)) && lets(ec2, to.groups, false, from, port)
}

/// Whether a rule of one of `groups`, of that direction, lets TCP on `port` through for `peer`.
fn lets(ec2: &Ec2, groups: &[String], egress: bool, peer: End, port: u16) -> bool {
    let rules = groups
        .iter()
        .filter_map(|id| ec2.security_groups.get(id))
        .flat_map(|group| &group.rules);
    rules
        .filter(|rule| rule.egress == egress)
        .any(|rule| covers(&rule.traffic, port) && names(rule, peer))
}

fn covers(traffic: &Traffic, port: u16) -> bool {
    let port = i64::from(port);
    match traffic.protocol.as_str() {
        "-1" => true,
        "tcp" | "6" => {
            traffic.from.is_none_or(|from| from <= port) && traffic.to.is_none_or(|to| port <= to)
        }
        _ => false,
    }
}

fn names(rule: &Rule, peer: End) -> bool {
    match &rule.peer {
        Peer::Ipv4(range) => within(range, peer.address),
        Peer::Group(id) => peer.groups.contains(id),
        Peer::Ipv6(_) | Peer::PrefixList(_) => false,
    }
}

/// Whether `address` is in the range `cidr`; never, if that is none.
pub(crate) fn within(cidr: &str, address: Ipv4Addr) -> bool {
    Range::of(cidr).is_some_and(|range| range.contains(Range::only(address)))
}

/// Whether that is a range of IPv4 addresses.
pub(crate) fn is_range(cidr: &str) -> bool {
    Range::of(cidr).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services::ec2::SecurityGroup;

    fn group(ec2: &mut Ec2, id: &str, rules: &[(bool, &str, i64, i64, Peer)]) -> Vec<String> {
        let rule = |(egress, protocol, from, to, peer): &(bool, &str, i64, i64, Peer)| Rule {
            id: String::new(),
            egress: *egress,
            traffic: Traffic {
                protocol: (*protocol).to_owned(),
                from: (*protocol != "-1").then_some(*from),
                to: (*protocol != "-1").then_some(*to),
            },
            peer: peer.clone(),
            description: None,
        };
        let group = SecurityGroup {
            id: id.to_owned(),
            name: id.to_owned(),
            description: String::new(),
            vpc: "vpc-1".to_owned(),
            rules: rules.iter().map(rule).collect(),
        };
        ec2.security_groups.insert(id.to_owned(), group);
        vec![id.to_owned()]
    }

    #[test]
    fn both_ends_must_let_it_through() {
        let mut ec2 = Ec2::default();
        let all = || (true, "-1", 0, 0, Peer::Ipv4("0.0.0.0/0".to_owned()));
        let from_balancer = Peer::Group("balancer".to_owned());
        let balancer = group(&mut ec2, "balancer", &[all()]);
        let shut = group(&mut ec2, "shut", &[]);
        let node = group(
            &mut ec2,
            "node",
            &[(false, "tcp", 32768, 65535, from_balancer), all()],
        );
        let open = group(
            &mut ec2,
            "open",
            &[(false, "tcp", 80, 80, Peer::Ipv4("10.0.0.0/8".to_owned()))],
        );
        let end = |groups, address: &str| End {
            groups,
            address: address.parse().unwrap(),
        };
        let at = |groups| end(groups, "10.0.0.4");
        for (from, to, port, reached) in [
            (at(&balancer), at(&node), 32768, true),
            (at(&balancer), at(&node), 8080, false),
            (at(&open), at(&node), 32768, false),
            (at(&shut), at(&open), 80, false),
            (at(&balancer), at(&open), 80, true),
            (end(&[], "10.9.9.9"), at(&open), 80, true),
            (end(&[], "192.0.2.1"), at(&open), 80, false),
            (at(&balancer), at(&shut), 80, false),
        ] {
            assert_eq!(connects(&ec2, from, to, port), reached, "{from:?} {to:?}");
        }
    }

    #[test]
    fn ranges() {
        let address = Ipv4Addr::new(172, 31, 16, 5);
        assert!(within("0.0.0.0/0", address) && within("172.31.16.5/32", address));
        assert!(within("172.31.0.0/16", address) && !within("172.31.0.0/20", address));
        assert!(!within("172.31.0.0", address) && !within("172.31.0.0/33", address));
    }
}
