//! VPCs.

use serde::Deserialize;
use serde_json::{Value, json};

use super::default_vpc::default_group;
use super::faults::{missing, no_such, rehearsal};
use super::filters::Filter;
use super::listing::{Asked, Kind};
use super::ranges::Range;
use super::state::{Ec2, RouteTable, Vpc};
use super::tags::{self, TagSpecification};
use crate::context::Cx;
use crate::fault::Fault;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DescribeVpcs {
    #[serde(default)]
    vpc_id: Vec<String>,
    #[serde(default)]
    filter: Vec<Filter>,
    max_results: Option<usize>,
    next_token: Option<String>,
    #[serde(default)]
    dry_run: bool,
}

/// How many VPCs a Region may have (Amazon VPC User Guide, "Amazon VPC quotas").
const MOST: usize = 5;

const KIND: Kind = Kind {
    list: "vpcSet",
    id: "vpcId",
    unknown: |id| no_such("InvalidVpcID.NotFound", "vpc", id),
    filters: &[
        ("cidr", "cidrBlock"),
        (
            "cidr-block-association.association-id",
            "cidrBlockAssociationSet.associationId",
        ),
        (
            "cidr-block-association.cidr-block",
            "cidrBlockAssociationSet.cidrBlock",
        ),
        (
            "cidr-block-association.state",
            "cidrBlockAssociationSet.cidrBlockState.state",
        ),
        ("dhcp-options-id", "dhcpOptionsId"),
        (
            "ipv6-cidr-block-association.association-id",
            "ipv6CidrBlockAssociationSet.associationId",
        ),
        (
            "ipv6-cidr-block-association.ipv6-cidr-block",
            "ipv6CidrBlockAssociationSet.ipv6CidrBlock",
        ),
        (
            "ipv6-cidr-block-association.ipv6-pool",
            "ipv6CidrBlockAssociationSet.ipv6Pool",
        ),
        (
            "ipv6-cidr-block-association.state",
            "ipv6CidrBlockAssociationSet.ipv6CidrBlockState.state",
        ),
        ("is-default", "isDefault"),
        // The older spelling, which EC2 still takes.
        ("isDefault", "isDefault"),
        ("owner-id", "ownerId"),
        ("state", "state"),
        ("tag-key", "tagSet.key"),
        ("vpc-id", "vpcId"),
    ],
    page: (5, 1000),
};

/// `DescribeVpcs` (EC2 API Reference).
pub(crate) fn describe_vpcs(cx: &mut Cx, input: DescribeVpcs) -> Result<Value, Fault> {
    rehearsal(input.dry_run)?;
    let owner = cx.account.id.clone();
    let ec2 = &cx.region().ec2;
    let described = ec2.vpcs.values().map(|vpc| described(ec2, vpc, &owner));
    KIND.answer(
        described.collect(),
        Asked {
            ids: input.vpc_id,
            filters: input.filter,
            max_results: input.max_results,
            next_token: input.next_token,
        },
    )
}

fn described(ec2: &Ec2, vpc: &Vpc, owner: &str) -> Value {
    json!({
        "vpcId": vpc.id,
        "ownerId": owner,
        "state": "available",
        "cidrBlock": vpc.cidr,
        "cidrBlockAssociationSet": [{
            "associationId": vpc.cidr_association,
            "cidrBlock": vpc.cidr,
            "cidrBlockState": { "state": "associated" },
        }],
        "dhcpOptionsId": vpc.dhcp_options,
        "instanceTenancy": "default",
        "isDefault": vpc.default,
        "blockPublicAccessStates": { "internetGatewayBlockMode": "off" },
        "tagSet": tags::set(ec2, &vpc.id),
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct CreateVpc {
    cidr_block: Option<String>,
    instance_tenancy: Option<String>,
    #[serde(default)]
    tag_specification: Vec<TagSpecification>,
    #[serde(default)]
    dry_run: bool,
}

/// `CreateVpc` (EC2 API Reference): a network with its main route table and its default group, and
/// no way out.
pub(crate) fn create_vpc(cx: &mut Cx, input: CreateVpc) -> Result<Value, Fault> {
    let cidr = input.cidr_block.ok_or_else(|| missing("cidrBlock"))?;
    let range = Range::of(&cidr).ok_or_else(|| {
        let words = format!(
            "Value ({cidr}) for parameter cidrBlock is invalid. This is not a valid CIDR block."
        );
        Fault::new("InvalidParameterValue", words)
    })?;
    if !range.fits_a_network() {
        return Err(Fault::new(
            "InvalidVpc.Range",
            format!("The CIDR '{cidr}' is invalid."),
        ));
    }
    if input
        .instance_tenancy
        .is_some_and(|tenancy| tenancy != "default")
    {
        let words = "A network of dedicated machines is not available in this account.";
        return Err(Fault::new("UnsupportedOperation", words));
    }
    let tags = tags::of_new("vpc", input.tag_specification)?;
    if cx.region().ec2.vpcs.len() >= MOST {
        let words = "The maximum number of VPCs has been reached.";
        return Err(Fault::new("VpcLimitExceeded", words));
    }
    rehearsal(input.dry_run)?;
    let owner = cx.account.id.clone();
    let ids = &mut cx.account.ids;
    let vpc = Vpc {
        id: ids.hex("vpc-", 17),
        cidr: range.to_string(),
        cidr_association: ids.hex("vpc-cidr-assoc-", 17),
        dhcp_options: ids.hex("dopt-", 17),
        default: false,
    };
    let table = RouteTable {
        id: ids.hex("rtb-", 17),
        vpc: vpc.id.clone(),
        association: ids.hex("rtbassoc-", 17),
        routes: vec![(vpc.cidr.clone(), "local".to_owned())],
    };
    let group = default_group(ids, &vpc.id);
    let ec2 = &mut cx.region().ec2;
    ec2.tag(&vpc.id, tags);
    let answer = described(ec2, &vpc, &owner);
    ec2.security_groups.insert(group.id.clone(), group);
    ec2.route_tables.insert(table.id.clone(), table);
    ec2.vpcs.insert(vpc.id.clone(), vpc);
    Ok(json!({ "vpc": answer }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DeleteVpc {
    vpc_id: String,
    #[serde(default)]
    dry_run: bool,
}

/// `DeleteVpc` (EC2 API Reference): only what nothing is in; its main route table and its default
/// group go with it.
pub(crate) fn delete_vpc(cx: &mut Cx, input: DeleteVpc) -> Result<Value, Fault> {
    let ec2 = &mut cx.region().ec2;
    let id = &input.vpc_id;
    if !ec2.vpcs.contains_key(id) {
        return Err((KIND.unknown)(id));
    }
    let occupied = ec2.subnets.values().any(|subnet| subnet.vpc == *id)
        || ec2
            .internet_gateways
            .values()
            .any(|gateway| gateway.vpc == *id)
        || ec2
            .network_interfaces
            .values()
            .any(|interface| interface.vpc == *id)
        || ec2
            .security_groups
            .values()
            .any(|group| group.vpc == *id && group.name != "default");
    if occupied {
        let words = format!("The vpc '{id}' has dependencies and cannot be deleted.");
        return Err(Fault::new("DependencyViolation", words));
    }
    rehearsal(input.dry_run)?;
    let groups = ec2
        .security_groups
        .values()
        .filter(|group| group.vpc == *id);
    let tables = ec2.route_tables.values().filter(|table| table.vpc == *id);
    let mut gone: Vec<_> = groups.map(|group| group.id.clone()).collect();
    gone.extend(tables.map(|table| table.id.clone()));
    gone.push(id.clone());
    for id in &gone {
        ec2.security_groups.remove(id);
        ec2.route_tables.remove(id);
        ec2.vpcs.remove(id);
        ec2.tags.remove(id);
    }
    Ok(json!({ "return": true }))
}
