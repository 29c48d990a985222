//! EC2, as far as it is a network: VPCs, subnets, gateways, security groups.

mod default_vpc;
mod faults;
mod filters;
mod internet_gateways;
mod listing;
pub(crate) mod network_interfaces;
mod permissions;
mod route_tables;
mod rules;
mod security_groups;
mod state;
mod subnets;
mod tags;
mod vpcs;
mod zones;

pub(crate) use state::Ec2;
pub(crate) use zones::zone_names;

use crate::protocol::Wire;
use crate::service::{Service, operations};

pub(crate) static SERVICE: Service = Service {
    name: "ec2",
    wire: Wire::Ec2 {
        version: "2016-11-15",
        namespace: "http://ec2.amazonaws.com/doc/2016-11-15/",
    },
    refusal: faults::input,
    secrets: &[],
    operations: operations! {
        "DescribeRegions" => zones::describe_regions,
        "DescribeAvailabilityZones" => zones::describe_availability_zones,
        "DescribeAccountAttributes" => zones::describe_account_attributes,
        "DescribeVpcs" => vpcs::describe_vpcs,
        "DescribeSubnets" => subnets::describe_subnets,
        "DescribeInternetGateways" => internet_gateways::describe_internet_gateways,
        "DescribeRouteTables" => route_tables::describe_route_tables,
        "DescribeNetworkInterfaces" => network_interfaces::describe_network_interfaces,
        "CreateSecurityGroup" => security_groups::create_security_group,
        "DescribeSecurityGroups" => security_groups::describe_security_groups,
        "DeleteSecurityGroup" => security_groups::delete_security_group,
        "AuthorizeSecurityGroupIngress" => rules::authorize_ingress,
        "AuthorizeSecurityGroupEgress" => rules::authorize_egress,
        "RevokeSecurityGroupIngress" => rules::revoke_ingress,
        "RevokeSecurityGroupEgress" => rules::revoke_egress,
        "DescribeSecurityGroupRules" => rules::describe_security_group_rules,
        "ModifySecurityGroupRules" => rules::modify_security_group_rules,
        "CreateTags" => tags::create_tags,
        "DeleteTags" => tags::delete_tags,
        "DescribeTags" => tags::describe_tags,
    },
};
