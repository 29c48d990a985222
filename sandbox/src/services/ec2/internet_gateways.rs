//! Internet gateways.

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
pub(crate) struct DescribeInternetGateways {
    #[serde(default)]
    internet_gateway_id: Vec<String>,
    #[serde(default)]
    filter: Vec<Filter>,
    max_results: Option<usize>,
    next_token: Option<String>,
    #[serde(default)]
    dry_run: bool,
}

const KIND: Kind = Kind {
    list: "internetGatewaySet",
    id: "internetGatewayId",
    unknown: |id| no_such("InvalidInternetGatewayID.NotFound", "internetGateway", id),
    filters: &[
        ("attachment.state", "attachmentSet.state"),
        ("attachment.vpc-id", "attachmentSet.vpcId"),
        ("internet-gateway-id", "internetGatewayId"),
        ("owner-id", "ownerId"),
        ("tag-key", "tagSet.key"),
    ],
    page: (5, 1000),
};

/// `DescribeInternetGateways` (EC2 API Reference).
pub(crate) fn describe_internet_gateways(
    cx: &mut Cx,
    input: DescribeInternetGateways,
) -> Result<Value, Fault> {
    rehearsal(input.dry_run)?;
    let owner = cx.account.id.clone();
    let ec2 = &cx.region().ec2;
    let described = ec2.internet_gateways.values().map(|gateway| {
        json!({
            "internetGatewayId": gateway.id,
            "ownerId": owner,
            // An attached gateway's state is `available`, whatever the model's list of values says.
            "attachmentSet": [{ "state": "available", "vpcId": gateway.vpc }],
            "tagSet": tags::set(ec2, &gateway.id),
        })
    });
    KIND.answer(
        described.collect(),
        Asked {
            ids: input.internet_gateway_id,
            filters: input.filter,
            max_results: input.max_results,
            next_token: input.next_token,
        },
    )
}
