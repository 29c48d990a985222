//! Network interfaces: those of instances, and those that services such as RDS keep in the
//! account's subnets.

use serde::Deserialize;
use serde_json::{Value, json};

use super::faults::{no_such, rehearsal};
use super::filters::Filter;
use super::listing::{Asked, Kind};
use super::state::{Ec2, NetworkInterface};
use super::tags;
use crate::context::Cx;
use crate::fault::Fault;
use crate::protocol::timestamp;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DescribeNetworkInterfaces {
    #[serde(default)]
    network_interface_id: Vec<String>,
    #[serde(default)]
    filter: Vec<Filter>,
    max_results: Option<usize>,
    next_token: Option<String>,
    // Nothing here is hidden, so there is nothing to add.
    #[serde(default, rename = "IncludeManagedResources")]
    _managed: bool,
    #[serde(default)]
    dry_run: bool,
}

const KIND: Kind = Kind {
    list: "networkInterfaceSet",
    id: "networkInterfaceId",
    unknown: |id| no_such("InvalidNetworkInterfaceID.NotFound", "networkInterface", id),
    filters: &[
        (
            "addresses.association.owner-id",
            "privateIpAddressesSet.association.ipOwnerId",
        ),
        (
            "addresses.association.public-ip",
            "privateIpAddressesSet.association.publicIp",
        ),
        ("addresses.primary", "privateIpAddressesSet.primary"),
        (
            "addresses.private-ip-address",
            "privateIpAddressesSet.privateIpAddress",
        ),
        ("association.allocation-id", "association.allocationId"),
        ("association.association-id", "association.associationId"),
        ("association.ip-owner-id", "association.ipOwnerId"),
        ("association.public-dns-name", "association.publicDnsName"),
        ("association.public-ip", "association.publicIp"),
        ("attachment.attach-time", "attachment.attachTime"),
        ("attachment.attachment-id", "attachment.attachmentId"),
        (
            "attachment.delete-on-termination",
            "attachment.deleteOnTermination",
        ),
        ("attachment.device-index", "attachment.deviceIndex"),
        ("attachment.instance-id", "attachment.instanceId"),
        ("attachment.instance-owner-id", "attachment.instanceOwnerId"),
        ("attachment.status", "attachment.status"),
        ("availability-zone-id", "availabilityZoneId"),
        ("availability-zone", "availabilityZone"),
        ("description", "description"),
        ("group-id", "groupSet.groupId"),
        ("group-name", "groupSet.groupName"),
        ("interface-type", "interfaceType"),
        (
            "ipv6-addresses.ipv6-address",
            "ipv6AddressesSet.ipv6Address",
        ),
        ("mac-address", "macAddress"),
        ("network-interface-id", "networkInterfaceId"),
        ("operator.managed", "operator.managed"),
        ("operator.principal", "operator.principal"),
        ("owner-id", "ownerId"),
        ("private-dns-name", "privateDnsName"),
        ("private-ip-address", "privateIpAddress"),
        ("requester-id", "requesterId"),
        ("requester-managed", "requesterManaged"),
        ("source-dest-check", "sourceDestCheck"),
        ("status", "status"),
        ("subnet-id", "subnetId"),
        ("tag-key", "tagSet.key"),
        ("vpc-id", "vpcId"),
    ],
    page: (5, 1000),
};

/// `DescribeNetworkInterfaces` (EC2 API Reference).
pub(crate) fn describe_network_interfaces(
    cx: &mut Cx,
    input: DescribeNetworkInterfaces,
) -> Result<Value, Fault> {
    rehearsal(input.dry_run)?;
    let owner = cx.account.id.clone();
    let region = cx.region;
    let ec2 = &cx.region().ec2;
    let described = ec2
        .network_interfaces
        .values()
        .map(|eni| described(ec2, eni, region, &owner));
    KIND.answer(
        described.collect(),
        Asked {
            ids: input.network_interface_id,
            filters: input.filter,
            max_results: input.max_results,
            next_token: input.next_token,
        },
    )
}

fn described(ec2: &Ec2, eni: &NetworkInterface, region: &str, owner: &str) -> Value {
    let private_name = dns_name("ip", &eni.private_ip, region, "internal");
    let association = eni.public_ip.as_ref().map(|ip| {
        json!({
            "publicIp": ip,
            "publicDnsName": dns_name("ec2", ip, region, "amazonaws.com"),
            "ipOwnerId": if eni.instance.is_some() { "amazon" } else { &eni.requester },
        })
    });
    let groups = eni.groups.iter().filter_map(|id| {
        let group = ec2.security_groups.get(id)?;
        Some(json!({ "groupId": id, "groupName": group.name }))
    });
    let instance = eni.instance.as_ref();
    let requester = Some(&eni.requester).filter(|_| instance.is_none());
    json!({
        "networkInterfaceId": eni.id,
        "description": eni.description,
        "interfaceType": "interface",
        "ownerId": owner,
        "requesterId": requester,
        "requesterManaged": requester.is_some(),
        "status": "in-use",
        "subnetId": eni.subnet,
        "vpcId": eni.vpc,
        "availabilityZone": eni.zone,
        "availabilityZoneId": super::zones::zone_id(region, &eni.zone),
        "macAddress": eni.mac,
        "sourceDestCheck": true,
        "privateIpAddress": eni.private_ip,
        "privateDnsName": private_name,
        "privateIpAddressesSet": [{
            "primary": true,
            "privateIpAddress": eni.private_ip,
            "privateDnsName": private_name,
            "association": association,
        }],
        "association": association,
        "operator": { "managed": false },
        "attachment": {
            "attachmentId": eni.attachment,
            "attachTime": timestamp(eni.attached_at),
            "deleteOnTermination": instance.is_some(),
            "deviceIndex": u8::from(instance.is_none()),
            "instanceId": instance,
            "instanceOwnerId": requester.map_or(owner, String::as_str),
            "status": "attached",
        },
        "groupSet": groups.collect::<Value>(),
        "ipv6AddressesSet": [],
        "tagSet": tags::set(ec2, &eni.id),
    })
}

/// `ec2-203-0-113-7.eu-west-1.compute.amazonaws.com`; in the oldest Region the middle is shorter.
pub(super) fn dns_name(prefix: &str, ip: &str, region: &str, end: &str) -> String {
    let dashed = ip.replace('.', "-");
    match (region, end) {
        ("us-east-1", "internal") => format!("{prefix}-{dashed}.ec2.internal"),
        ("us-east-1", _) => format!("{prefix}-{dashed}.compute-1.{end}"),
        _ => format!("{prefix}-{dashed}.{region}.compute.{end}"),
    }
}

/// What a service asks for when it puts an interface into a subnet.
pub(crate) struct Placement<'a> {
    pub(crate) subnet: &'a str,
    pub(crate) groups: &'a [String],
    pub(crate) description: &'a str,
    /// The service, for example `amazon-rds`.
    pub(crate) requester: &'a str,
    pub(crate) public: bool,
}

/// Puts an interface of a service into a subnet, at the lowest free address, and gives its id.
/// `None` if there is no such subnet or it is full.
pub(crate) fn place(cx: &mut Cx, placement: &Placement) -> Option<String> {
    let now = cx.now;
    let (id, attachment) = (cx.id("eni-", 17), cx.id("eni-attach-", 17));
    let mac = cx.id("", 10);
    let ec2 = &mut cx.region().ec2;
    let subnet = ec2.subnets.get(placement.subnet)?;
    let (vpc, zone) = (subnet.vpc.clone(), subnet.zone.clone());
    let private_ip = free_address(ec2, &subnet.id, &subnet.cidr)?;
    let public_ip = placement.public.then(|| public_address(&mac));
    let mac = format!(
        "02:{}:{}:{}:{}:{}",
        &mac[..2],
        &mac[2..4],
        &mac[4..6],
        &mac[6..8],
        &mac[8..10]
    );
    let eni = NetworkInterface {
        id: id.clone(),
        subnet: placement.subnet.to_owned(),
        vpc,
        zone,
        description: placement.description.to_owned(),
        requester: placement.requester.to_owned(),
        private_ip,
        public_ip,
        mac,
        groups: placement.groups.to_vec(),
        attachment,
        attached_at: now,
        instance: None,
    };
    ec2.network_interfaces.insert(id.clone(), eni);
    Some(id)
}

/// How many addresses of the subnet are neither AWS's own nor taken: it keeps the first four and
/// the last.
pub(super) fn free_addresses(ec2: &Ec2, subnet: &str) -> usize {
    let size = ec2
        .subnets
        .get(subnet)
        .and_then(|subnet| range(&subnet.cidr));
    let size = size.map_or(0, |(_, size)| usize::try_from(size).unwrap_or(usize::MAX));
    let taken = ec2.network_interfaces.values();
    let taken = taken.filter(|eni| eni.subnet == subnet).count();
    size.saturating_sub(5 + taken)
}

/// The first address of a range, and how many it has.
fn range(cidr: &str) -> Option<(u32, u32)> {
    let (base, length) = cidr.split_once('/')?;
    let base = base.parse::<std::net::Ipv4Addr>().ok()?.to_bits();
    let size = 1_u32.checked_shl(32_u32.checked_sub(length.parse().ok()?)?)?;
    Some((base, size))
}

/// The lowest address of the subnet that is neither AWS's own nor taken.
fn free_address(ec2: &Ec2, subnet: &str, cidr: &str) -> Option<String> {
    let (base, size) = range(cidr)?;
    let taken: Vec<_> = ec2
        .network_interfaces
        .values()
        .filter(|eni| eni.subnet == subnet)
        .map(|eni| eni.private_ip.as_str())
        .collect();
    (4..size.saturating_sub(1))
        .map(|offset| std::net::Ipv4Addr::from_bits(base + offset).to_string())
        .find(|address| !taken.contains(&address.as_str()))
}

/// An address from the ranges that are kept for documentation (RFC 5737): nobody's, so that a
/// simulated database never points at a real machine.
fn public_address(digits: &str) -> String {
    let byte = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).unwrap_or_default();
    let range = ["192.0.2", "198.51.100", "203.0.113"][usize::from(byte(0) % 3)];
    format!("{range}.{}", byte(2).clamp(1, 254))
}

/// Gives interface `id` a public address, or takes it away.
pub(crate) fn publish(cx: &mut Cx, id: &str, public: bool) {
    let Some(eni) = cx.region().ec2.network_interfaces.get_mut(id) else {
        return;
    };
    let digits = eni.mac.replace(':', "");
    eni.public_ip = public.then(|| public_address(&digits[2..]));
}
