//! What security groups have in common: how one is made, opened, and read.
//!
//! Rules are observed as `tcp 5432 from 172.31.0.0/16`, `tcp 32768-65535 from sg-…`, `all from …`.

use serde_json::{Value, json};

use crate::blueprint::{Call, TAG_KEY};

/// `CreateSecurityGroup` in the default VPC; `variable` takes the group's id.
pub(super) fn create_group(name: &str, description: &str, variable: &str) -> Vec<Call> {
    let create = json!({
        "GroupName": name,
        "Description": description,
        "TagSpecifications": [{ "ResourceType": "security-group", "Tags": [{ "Key": TAG_KEY, "Value": "{{workspace}}" }] }],
    });
    vec![Call::new("ec2", "CreateSecurityGroup", create).capture(variable, "GroupId")]
}

/// `DeleteSecurityGroup`; `group` is its id.
pub(super) fn delete_group(group: &str) -> Vec<Call> {
    let delete = json!({ "GroupId": group });
    vec![Call::new("ec2", "DeleteSecurityGroup", delete).done_if(&["InvalidGroup.NotFound"])]
}

/// Opens a TCP port to IPv4 ranges. One call a range: EC2 refuses a call whole if one of its
/// rules is there already.
pub(super) fn admit_port(
    group: &str,
    port: u16,
    sources: &[String],
    what: &str,
    setting: &str,
) -> Vec<Call> {
    let rule = |cidr: &String| {
        let range = json!([{ "CidrIp": cidr, "Description": what }]);
        let rule =
            json!([{ "IpProtocol": "tcp", "FromPort": port, "ToPort": port, "IpRanges": range }]);
        admit(group, rule).settles(&[setting])
    };
    sources.iter().map(rule).collect()
}

/// `AuthorizeSecurityGroupIngress`.
pub(super) fn admit(group: &str, rules: Value) -> Call {
    let params = json!({ "GroupId": group, "IpPermissions": rules });
    Call::new("ec2", "AuthorizeSecurityGroupIngress", params)
        .done_if(&["InvalidPermission.Duplicate"])
}

/// Where a rule that covers this TCP port admits from.
pub(super) fn source_of_port(rule: &str, port: u16) -> Option<&str> {
    source_of_ports(rule, port, port)
}

/// Where a rule that covers these TCP ports, both included, admits from.
pub(super) fn source_of_ports(rule: &str, low: u16, high: u16) -> Option<&str> {
    let (what, source) = rule.split_once(" from ")?;
    let Some(ports) = what.strip_prefix("tcp ") else {
        return (what == "all").then_some(source);
    };
    let (first, last) = ports.split_once('-').unwrap_or((ports, ports));
    let covered = first.parse().is_ok_and(|first: u16| first <= low)
        && last.parse().is_ok_and(|last: u16| last >= high);
    covered.then_some(source)
}

/// Whether the IPv4 range `outer` holds all of `inner`.
pub(super) fn contains(outer: &str, inner: &str) -> bool {
    let parse = |cidr: &str| {
        let (address, bits) = cidr.split_once('/')?;
        let address: std::net::Ipv4Addr = address.parse().ok()?;
        Some((
            u32::from(address),
            bits.parse::<u32>().ok().filter(|bits| *bits <= 32)?,
        ))
    };
    let (Some((outer, outer_bits)), Some((inner, inner_bits))) = (parse(outer), parse(inner))
    else {
        return false;
    };
    let mask = u32::MAX.checked_shl(32 - outer_bits).unwrap_or(0);
    outer_bits <= inner_bits && outer & mask == inner & mask
}
