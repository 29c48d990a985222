//! Route tables.

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
pub(crate) struct DescribeRouteTables {
    #[serde(default)]
    route_table_id: Vec<String>,
    #[serde(default)]
    filter: Vec<Filter>,
    max_results: Option<usize>,
    next_token: Option<String>,
    #[serde(default)]
    dry_run: bool,
}

const KIND: Kind = Kind {
    list: "routeTableSet",
    id: "routeTableId",
    unknown: |id| no_such("InvalidRouteTableID.NotFound", "routeTable", id),
    filters: &[
        ("association.gateway-id", "associationSet.gatewayId"),
        ("association.main", "associationSet.main"),
        (
            "association.route-table-association-id",
            "associationSet.routeTableAssociationId",
        ),
        ("association.route-table-id", "associationSet.routeTableId"),
        ("association.subnet-id", "associationSet.subnetId"),
        ("owner-id", "ownerId"),
        ("route-table-id", "routeTableId"),
        (
            "route.destination-cidr-block",
            "routeSet.destinationCidrBlock",
        ),
        (
            "route.destination-ipv6-cidr-block",
            "routeSet.destinationIpv6CidrBlock",
        ),
        (
            "route.destination-prefix-list-id",
            "routeSet.destinationPrefixListId",
        ),
        (
            "route.egress-only-internet-gateway-id",
            "routeSet.egressOnlyInternetGatewayId",
        ),
        ("route.gateway-id", "routeSet.gatewayId"),
        ("route.instance-id", "routeSet.instanceId"),
        ("route.nat-gateway-id", "routeSet.natGatewayId"),
        ("route.origin", "routeSet.origin"),
        ("route.state", "routeSet.state"),
        ("route.transit-gateway-id", "routeSet.transitGatewayId"),
        (
            "route.vpc-peering-connection-id",
            "routeSet.vpcPeeringConnectionId",
        ),
        ("tag-key", "tagSet.key"),
        ("vpc-id", "vpcId"),
    ],
    page: (5, 100),
};

/// `DescribeRouteTables` (EC2 API Reference).
pub(crate) fn describe_route_tables(
    cx: &mut Cx,
    input: DescribeRouteTables,
) -> Result<Value, Fault> {
    rehearsal(input.dry_run)?;
    let owner = cx.account.id.clone();
    let ec2 = &cx.region().ec2;
    let described = ec2.route_tables.values().map(|table| {
        let routes = table.routes.iter().map(|(destination, gateway)| {
            let origin = if gateway == "local" {
                "CreateRouteTable"
            } else {
                "CreateRoute"
            };
            json!({
                "destinationCidrBlock": destination,
                "gatewayId": gateway,
                "origin": origin,
                "state": "active",
            })
        });
        json!({
            "routeTableId": table.id,
            "vpcId": table.vpc,
            "ownerId": owner,
            "associationSet": [{
                "main": true,
                "routeTableAssociationId": table.association,
                "routeTableId": table.id,
                "associationState": { "state": "associated" },
            }],
            "propagatingVgwSet": [],
            "routeSet": routes.collect::<Value>(),
            "tagSet": tags::set(ec2, &table.id),
        })
    });
    KIND.answer(
        described.collect(),
        Asked {
            ids: input.route_table_id,
            filters: input.filter,
            max_results: input.max_results,
            next_token: input.next_token,
        },
    )
}
