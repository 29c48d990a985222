//! Subnets.

use serde::Deserialize;
use serde_json::{Value, json};

use super::faults::{invalid, missing, no_such, rehearsal};
use super::filters::Filter;
use super::listing::{Asked, Kind};
use super::network_interfaces::free_addresses;
use super::ranges::Range;
use super::state::{Ec2, Subnet};
use super::tags::{self, TagSpecification};
use super::zones::{zone_id, zone_names};
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

/// `DescribeSubnets` (EC2 API Reference).
pub(crate) fn describe_subnets(cx: &mut Cx, input: DescribeSubnets) -> Result<Value, Fault> {
    rehearsal(input.dry_run)?;
    let owner = cx.account.id.clone();
    let arn = cx.arn("ec2", "subnet/");
    let region = cx.region;
    let ec2 = &cx.region().ec2;
    let described = ec2
        .subnets
        .values()
        .map(|subnet| described(ec2, subnet, region, &owner, &arn));
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

fn described(ec2: &Ec2, subnet: &Subnet, region: &str, owner: &str, arn: &str) -> Value {
    json!({
        "subnetId": subnet.id,
        "subnetArn": format!("{arn}{}", subnet.id),
        "ownerId": owner,
        "vpcId": subnet.vpc,
        "state": "available",
        "cidrBlock": subnet.cidr,
        "availableIpAddressCount": free_addresses(ec2, &subnet.id),
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
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct CreateSubnet {
    vpc_id: String,
    cidr_block: Option<String>,
    availability_zone: Option<String>,
    availability_zone_id: Option<String>,
    #[serde(default)]
    tag_specification: Vec<TagSpecification>,
    #[serde(default)]
    dry_run: bool,
}

/// `CreateSubnet` (EC2 API Reference): a range of its VPC that no other subnet has.
pub(crate) fn create_subnet(cx: &mut Cx, input: CreateSubnet) -> Result<Value, Fault> {
    let (region, owner) = (cx.region, cx.account.id.clone());
    let tags = tags::of_new("subnet", input.tag_specification)?;
    let ec2 = &cx.region().ec2;
    let vpc = ec2
        .vpcs
        .get(&input.vpc_id)
        .ok_or_else(|| no_such("InvalidVpcID.NotFound", "vpc", &input.vpc_id))?;
    let cidr = input.cidr_block.ok_or_else(|| missing("cidrBlock"))?;
    let within = |range: Range| Range::of(&vpc.cidr).is_some_and(|vpc| vpc.contains(range));
    let range = Range::of(&cidr)
        .filter(|range| range.fits_a_network() && within(*range))
        .ok_or_else(|| {
            Fault::new(
                "InvalidSubnet.Range",
                format!("The CIDR '{cidr}' is invalid."),
            )
        })?;
    let taken = ec2.subnets.values().filter(|subnet| subnet.vpc == vpc.id);
    let mut taken = taken.filter_map(|subnet| Range::of(&subnet.cidr));
    if taken.any(|other| other.overlaps(range)) {
        let words = format!("The CIDR '{cidr}' conflicts with another subnet");
        return Err(Fault::new("InvalidSubnet.Conflict", words));
    }
    let zone = zone(region, input.availability_zone, input.availability_zone_id)?;
    rehearsal(input.dry_run)?;
    let subnet = Subnet {
        id: cx.id("subnet-", 17),
        vpc: input.vpc_id,
        zone,
        cidr: range.to_string(),
        default_for_zone: false,
        public_ip_on_launch: false,
    };
    let arn = cx.arn("ec2", "subnet/");
    let ec2 = &mut cx.region().ec2;
    ec2.tag(&subnet.id, tags);
    ec2.subnets.insert(subnet.id.clone(), subnet.clone());
    Ok(json!({ "subnet": described(ec2, &subnet, region, &owner, &arn) }))
}

/// The zone of that name or id, or the first.
fn zone(region: &str, name: Option<String>, id: Option<String>) -> Result<String, Fault> {
    let mut zones = zone_names(region);
    let found = zones.find(|zone| {
        let of_name = name.as_ref().is_none_or(|name| name == zone);
        of_name && id.as_ref().is_none_or(|id| *id == zone_id(region, zone))
    });
    found.ok_or_else(|| {
        let all = zone_names(region).collect::<Vec<_>>().join(", ");
        invalid(format!(
            "Value ({}) for parameter availabilityZone is invalid. Subnets can currently only be created in the \
             following availability zones: {all}.",
            name.or(id).unwrap_or_default()
        ))
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DeleteSubnet {
    subnet_id: String,
    #[serde(default)]
    dry_run: bool,
}

/// `DeleteSubnet` (EC2 API Reference): only what nothing is in.
pub(crate) fn delete_subnet(cx: &mut Cx, input: DeleteSubnet) -> Result<Value, Fault> {
    let ec2 = &mut cx.region().ec2;
    let id = &input.subnet_id;
    if !ec2.subnets.contains_key(id) {
        return Err((KIND.unknown)(id));
    }
    if ec2
        .network_interfaces
        .values()
        .any(|interface| interface.subnet == *id)
    {
        let words = format!("The subnet '{id}' has dependencies and cannot be deleted.");
        return Err(Fault::new("DependencyViolation", words));
    }
    rehearsal(input.dry_run)?;
    ec2.subnets.remove(id);
    ec2.tags.remove(id);
    Ok(json!({ "return": true }))
}
