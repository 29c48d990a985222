//! Subnets.

use serde::Deserialize;
use serde_json::{Value, json};

use super::faults::{no_such, rehearsal};
use super::filters::Filter;
use super::listing::{Asked, Kind};
use super::tags;
use super::zones::zone_id;
use crate::context::Cx;
use crate::fault::Fault;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DescribeSubnets {
    #[serde(default)]
    subnet_id: Vec<String>,
    #[serde(default)]
    filter: Vec<Filter>,
    max_results: Option<usize>,
    next_token: Option<String>,
    #[serde(default)]
    dry_run: bool,
}

const KIND: Kind = Kind {
    list: "subnetSet",
    id: "subnetId",
    unknown: |id| no_such("InvalidSubnetID.NotFound", "subnet", id),
    filters: &[
        ("availability-zone", "availabilityZone"),
        ("availabilityZone", "availabilityZone"),
        ("availability-zone-id", "availabilityZoneId"),
        ("availabilityZoneId", "availabilityZoneId"),
        ("available-ip-address-count", "availableIpAddressCount"),
        ("cidr-block", "cidrBlock"),
        ("cidr", "cidrBlock"),
        ("cidrBlock", "cidrBlock"),
        ("customer-owned-ipv4-pool", "customerOwnedIpv4Pool"),
        ("default-for-az", "defaultForAz"),
        ("defaultForAz", "defaultForAz"),
        ("enable-dns64", "enableDns64"),
        ("enable-lni-at-device-index", "enableLniAtDeviceIndex"),
        (
            "ipv6-cidr-block-association.association-id",
            "ipv6CidrBlockAssociationSet.associationId",
        ),
        (
            "ipv6-cidr-block-association.ipv6-cidr-block",
            "ipv6CidrBlockAssociationSet.ipv6CidrBlock",
        ),
        (
            "ipv6-cidr-block-association.state",
            "ipv6CidrBlockAssociationSet.ipv6CidrBlockState.state",
        ),
        ("ipv6-native", "ipv6Native"),
        (
            "map-customer-owned-ip-on-launch",
            "mapCustomerOwnedIpOnLaunch",
        ),
        ("map-public-ip-on-launch", "mapPublicIpOnLaunch"),
        ("outpost-arn", "outpostArn"),
        ("owner-id", "ownerId"),
        (
            "private-dns-name-options-on-launch.hostname-type",
            "privateDnsNameOptionsOnLaunch.hostnameType",
        ),
        (
            "private-dns-name-options-on-launch.enable-resource-name-dns-a-record",
            "privateDnsNameOptionsOnLaunch.enableResourceNameDnsARecord",
        ),
        (
            "private-dns-name-options-on-launch.enable-resource-name-dns-aaaa-record",
            "privateDnsNameOptionsOnLaunch.enableResourceNameDnsAAAARecord",
        ),
        ("state", "state"),
        ("subnet-arn", "subnetArn"),
        ("subnet-id", "subnetId"),
        ("tag-key", "tagSet.key"),
        ("vpc-id", "vpcId"),
    ],
    page: (5, 1000),
};

/// AWS keeps the first four addresses of a subnet and the last.
const RESERVED: usize = 5;

/// `DescribeSubnets` (EC2 API Reference).
pub(crate) fn describe_subnets(cx: &mut Cx, input: DescribeSubnets) -> Result<Value, Fault> {
    rehearsal(input.dry_run)?;
    let owner = cx.account.id.clone();
    let arn = cx.arn("ec2", "subnet/");
    let region = cx.region;
    let ec2 = &cx.region().ec2;
    let described = ec2.subnets.values().map(|subnet| {
        let used = ec2.network_interfaces.values().filter(|eni| eni.subnet == subnet.id);
        json!({
            "subnetId": subnet.id,
            "subnetArn": format!("{arn}{}", subnet.id),
            "ownerId": owner,
            "vpcId": subnet.vpc,
            "state": "available",
            "cidrBlock": subnet.cidr,
            "availableIpAddressCount": addresses(&subnet.cidr).saturating_sub(RESERVED + used.count()),
            "availabilityZone": subnet.zone,
            "availabilityZoneId": zone_id(region, &subnet.zone),
            "defaultForAz": subnet.default_for_zone,
            "mapPublicIpOnLaunch": subnet.public_ip_on_launch,
            "mapCustomerOwnedIpOnLaunch": false,
            "assignIpv6AddressOnCreation": false,
            "ipv6CidrBlockAssociationSet": [],
            "enableDns64": false,
            "ipv6Native": false,
            "privateDnsNameOptionsOnLaunch": {
                "hostnameType": "ip-name",
                "enableResourceNameDnsARecord": false,
                "enableResourceNameDnsAAAARecord": false,
            },
            "blockPublicAccessStates": { "internetGatewayBlockMode": "off" },
            "tagSet": tags::set(ec2, &subnet.id),
        })
    });
    KIND.answer(
        described.collect(),
        Asked {
            ids: input.subnet_id,
            filters: input.filter,
            max_results: input.max_results,
            next_token: input.next_token,
        },
    )
}

/// How many addresses a range has.
fn addresses(cidr: &str) -> usize {
    let length = cidr
        .split_once('/')
        .and_then(|(_, length)| length.parse::<u32>().ok());
    1_usize
        .checked_shl(32 - length.unwrap_or(32).min(32))
        .unwrap_or(usize::MAX)
}
