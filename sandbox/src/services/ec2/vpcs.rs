//! VPCs.

use serde::Deserialize;
use serde_json::{Value, json};

use super::faults::{no_such, rehearsal};
use super::filters::Filter;
use super::listing::{Asked, Kind};
use super::tags;
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
    let described = ec2.vpcs.values().map(|vpc| {
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
    });
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
