//! `IpPermissions`: several rules of a security group written as one, as EC2 takes and gives them.

use std::net::{Ipv4Addr, Ipv6Addr};

use serde::Deserialize;
use serde_json::{Value, json};

use super::faults::{invalid, missing, no_such};
use super::security_groups::{name_not_found, not_found};
use super::state::{Ec2, Peer, Rule, SecurityGroup, Traffic};
use crate::fault::Fault;

/// One entry of `IpPermissions.N`: a protocol, a range of ports, and any number of peers.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(super) struct IpPermission {
    pub(super) ip_protocol: Option<String>,
    pub(super) from_port: Option<i64>,
    pub(super) to_port: Option<i64>,
    #[serde(default)]
    pub(super) groups: Vec<GroupPair>,
    #[serde(default)]
    pub(super) ip_ranges: Vec<IpRange>,
    #[serde(default)]
    pub(super) ipv6_ranges: Vec<Ipv6Range>,
    #[serde(default)]
    pub(super) prefix_list_ids: Vec<PrefixList>,
}

/// A security group as the peer of a rule, by id or (in the default VPC) by name.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(super) struct GroupPair {
    pub(super) group_id: Option<String>,
    pub(super) group_name: Option<String>,
    pub(super) user_id: Option<String>,
    pub(super) vpc_id: Option<String>,
    pub(super) description: Option<String>,
}

/// An IPv4 range as the peer of a rule.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(super) struct IpRange {
    pub(super) cidr_ip: String,
    pub(super) description: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(super) struct Ipv6Range {
    pub(super) cidr_ipv6: String,
    pub(super) description: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(super) struct PrefixList {
    pub(super) prefix_list_id: String,
    pub(super) description: Option<String>,
}

/// A rule that has no id yet.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) traffic: Traffic,
    pub(super) peer: Peer,
    pub(super) description: Option<String>,
}

impl Draft {
    /// Whether `rule` says the same; the description does not count.
    pub(super) fn same_as(&self, rule: &Rule) -> bool {
        self.traffic == rule.traffic && self.peer == rule.peer
    }

    /// The draft in EC2's words: `peer: 0.0.0.0/0, TCP, from port: 80, to port: 80, ALLOW`.
    pub(super) fn in_words(&self) -> String {
        let peer = match &self.peer {
            Peer::Ipv4(peer) | Peer::Ipv6(peer) | Peer::Group(peer) | Peer::PrefixList(peer) => {
                peer
            }
        };
        let protocol = match self.traffic.protocol.as_str() {
            "-1" => "ALL".to_owned(),
            name => name.to_uppercase(),
        };
        match (self.traffic.from, self.traffic.to) {
            (Some(from), Some(to)) => {
                format!("peer: {peer}, {protocol}, from port: {from}, to port: {to}, ALLOW")
            }
            _ => format!("peer: {peer}, {protocol}, ALLOW"),
        }
    }
}

/// Takes `permissions` of `group`, in the account `owner`, apart into single rules and checks each.
pub(super) fn drafts(
    ec2: &Ec2,
    owner: &str,
    group: &SecurityGroup,
    permissions: Vec<IpPermission>,
) -> Result<Vec<Draft>, Fault> {
    let mut drafts = Vec::new();
    for permission in permissions {
        let protocol = permission
            .ip_protocol
            .ok_or_else(|| missing("ipProtocol"))?;
        let traffic = Traffic::new(&protocol, permission.from_port, permission.to_port)?;
        let before = drafts.len();
        let mut push = |peer, description: Option<String>| {
            check_description(description.as_deref())?;
            drafts.push(Draft {
                traffic: traffic.clone(),
                peer,
                description,
            });
            Ok::<(), Fault>(())
        };
        for range in permission.ip_ranges {
            push(Peer::Ipv4(ipv4_range(&range.cidr_ip)?), range.description)?;
        }
        for range in permission.ipv6_ranges {
            push(Peer::Ipv6(ipv6_range(&range.cidr_ipv6)?), range.description)?;
        }
        for pair in permission.groups {
            let peer = Peer::Group(peer_group(ec2, owner, &group.vpc, &pair)?);
            push(peer, pair.description)?;
        }
        for list in permission.prefix_list_ids {
            push(
                Peer::PrefixList(prefix_list(&list.prefix_list_id)?),
                list.description,
            )?;
        }
        if drafts.len() == before {
            return Err(Fault::new(
                "MissingParameter",
                "The request must contain one of: IpRanges, Ipv6Ranges, Groups, PrefixListIds",
            ));
        }
    }
    Ok(drafts)
}

/// `rules` as `IpPermissions`: those of the same traffic together.
pub(super) fn described<'a>(rules: impl Iterator<Item = &'a Rule>, owner: &str) -> Value {
    let mut permissions: Vec<(&Traffic, Value)> = Vec::new();
    for rule in rules {
        let at = permissions
            .iter()
            .position(|(traffic, _)| **traffic == rule.traffic)
            .unwrap_or_else(|| {
                let empty = json!({
                    "ipProtocol": rule.traffic.protocol,
                    "fromPort": rule.traffic.from,
                    "toPort": rule.traffic.to,
                    "groups": [], "ipRanges": [], "ipv6Ranges": [], "prefixListIds": [],
                });
                permissions.push((&rule.traffic, empty));
                permissions.len() - 1
            });
        let (list, mut entry) = match &rule.peer {
            Peer::Ipv4(cidr) => ("ipRanges", json!({ "cidrIp": cidr })),
            Peer::Ipv6(cidr) => ("ipv6Ranges", json!({ "cidrIpv6": cidr })),
            Peer::Group(id) => ("groups", json!({ "userId": owner, "groupId": id })),
            Peer::PrefixList(id) => ("prefixListIds", json!({ "prefixListId": id })),
        };
        entry["description"] = json!(rule.description);
        if let Some(entries) = permissions[at].1[list].as_array_mut() {
            entries.push(entry);
        }
    }
    permissions
        .into_iter()
        .map(|(_, permission)| permission)
        .collect()
}

impl Traffic {
    /// Checks protocol and ports and writes them as EC2 does: names instead of the numbers of the
    /// four known protocols, and no ports where all protocols are meant.
    pub(super) fn new(protocol: &str, from: Option<i64>, to: Option<i64>) -> Result<Self, Fault> {
        let protocol = match protocol.to_ascii_lowercase().as_str() {
            "tcp" | "6" => "tcp".to_owned(),
            "udp" | "17" => "udp".to_owned(),
            "icmp" | "1" => "icmp".to_owned(),
            "icmpv6" | "58" => "icmpv6".to_owned(),
            "-1" | "all" => "-1".to_owned(),
            other if other.parse::<u8>().is_ok() => other.to_owned(),
            _ => {
                return Err(invalid(format!(
                    "Invalid value '{protocol}' for IP protocol. Unknown protocol."
                )));
            }
        };
        let (from, to) = match protocol.as_str() {
            "tcp" | "udp" => match (from, to) {
                (Some(from), Some(to)) if !is_port(from) || !is_port(to) => {
                    let port = if is_port(from) { to } else { from };
                    return Err(invalid(format!(
                        "Invalid value '{port}' for port. Must be between 0 and 65535."
                    )));
                }
                (Some(from), Some(to)) if from > to => {
                    return Err(invalid(format!("Invalid TCP/UDP port range ({from}:{to})")));
                }
                (Some(from), Some(to)) => (Some(from), Some(to)),
                _ => {
                    return Err(invalid(
                        "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.",
                    ));
                }
            },
            "icmp" | "icmpv6" => {
                let (kind, code) = (from.unwrap_or(-1), to.unwrap_or(-1));
                if !(-1..=255).contains(&kind) || !(-1..=255).contains(&code) {
                    return Err(invalid(format!(
                        "Invalid ICMP type and code ({kind}:{code})"
                    )));
                }
                (Some(kind), Some(code))
            }
            _ => (None, None),
        };
        Ok(Self { protocol, from, to })
    }
}

fn is_port(port: i64) -> bool {
    (0..=65535).contains(&port)
}

/// The id of the group that `pair` names: one of this account, by name one of `vpc`.
fn peer_group(ec2: &Ec2, owner: &str, vpc: &str, pair: &GroupPair) -> Result<String, Fault> {
    if let Some(named) = &pair.vpc_id
        && !ec2.vpcs.contains_key(named)
    {
        return Err(no_such("InvalidVpcID.NotFound", "vpc", named));
    }
    let foreign = pair.user_id.as_ref().is_some_and(|id| id != owner);
    match (&pair.group_id, &pair.group_name) {
        (Some(id), _) if foreign => Err(not_found(id)),
        (None, Some(name)) if foreign => Err(name_not_found(name, vpc)),
        (Some(id), _) if ec2.security_groups.contains_key(id) => Ok(id.clone()),
        (Some(id), _) => Err(not_found(id)),
        (None, Some(name)) => ec2
            .group_named(vpc, name)
            .map(|group| group.id.clone())
            .ok_or_else(|| name_not_found(name, vpc)),
        (None, None) => Err(missing("GroupId")),
    }
}

/// `cidr` with the bits below the prefix cleared, as EC2 keeps it.
pub(super) fn ipv4_range(cidr: &str) -> Result<String, Fault> {
    let malformed = || invalid(format!("CIDR block {cidr} is malformed"));
    let (address, length) = cidr.split_once('/').ok_or_else(malformed)?;
    let address: Ipv4Addr = address.parse().map_err(|_| malformed())?;
    let length: u32 = length
        .parse()
        .ok()
        .filter(|length| *length <= 32)
        .ok_or_else(malformed)?;
    let mask = u32::MAX.checked_shl(32 - length).unwrap_or(0);
    Ok(format!(
        "{}/{length}",
        Ipv4Addr::from_bits(address.to_bits() & mask)
    ))
}

/// [`ipv4_range`] for IPv6.
pub(super) fn ipv6_range(cidr: &str) -> Result<String, Fault> {
    let malformed = || invalid(format!("CIDR block {cidr} is malformed"));
    let (address, length) = cidr.split_once('/').ok_or_else(malformed)?;
    let address: Ipv6Addr = address.parse().map_err(|_| malformed())?;
    let length: u32 = length
        .parse()
        .ok()
        .filter(|length| *length <= 128)
        .ok_or_else(malformed)?;
    let mask = u128::MAX.checked_shl(128 - length).unwrap_or(0);
    Ok(format!(
        "{}/{length}",
        Ipv6Addr::from_bits(address.to_bits() & mask)
    ))
}

/// An account has no prefix lists but AWS's own, and this one has none of those.
pub(super) fn prefix_list(id: &str) -> Result<String, Fault> {
    Err(Fault::new(
        "InvalidPrefixListID.NotFound",
        format!("The prefix list ID '{id}' does not exist"),
    ))
}

/// What the names and descriptions of groups and rules may be made of
/// (EC2 API Reference, `CreateSecurityGroup` and `IpRange`).
pub(super) fn is_plain(text: &str) -> bool {
    text.chars().count() <= 255
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || " ._-:/()#,@[]+=&;{}!$*".contains(c))
}

/// Checks the description of a rule.
pub(super) fn check_description(description: Option<&str>) -> Result<(), Fault> {
    if description.is_none_or(is_plain) {
        return Ok(());
    }
    Err(invalid(
        "Invalid rule description. Valid descriptions are strings less than 256 characters \
         from the following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_lose_their_host_bits() {
        assert_eq!(ipv4_range("203.0.113.77/24").unwrap(), "203.0.113.0/24");
        assert_eq!(ipv4_range("10.1.2.3/0").unwrap(), "0.0.0.0/0");
        assert_eq!(ipv6_range("2001:db8::ff/64").unwrap(), "2001:db8::/64");
        for malformed in ["10.0.0.0", "10.0.0.0/33", "10.0.0/8", "::/0", "a/8"] {
            assert_eq!(
                ipv4_range(malformed).err().unwrap().code,
                "InvalidParameterValue"
            );
        }
    }

    #[test]
    fn ports_belong_to_tcp_and_udp() {
        assert_eq!(
            Traffic::new("6", Some(80), Some(81)).unwrap().protocol,
            "tcp"
        );
        assert_eq!(Traffic::new("-1", Some(80), Some(81)).unwrap().from, None);
        assert_eq!(Traffic::new("icmp", None, None).unwrap().from, Some(-1));
        for (protocol, from, to) in [
            ("tcp", None, Some(80)),
            ("tcp", Some(81), Some(80)),
            ("udp", Some(0), Some(65536)),
            ("icmp", Some(256), Some(0)),
            ("http", Some(80), Some(80)),
        ] {
            assert!(
                Traffic::new(protocol, from, to).is_err(),
                "{protocol} {from:?} {to:?}"
            );
        }
    }
}
