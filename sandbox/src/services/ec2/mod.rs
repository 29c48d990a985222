//! EC2: the network (VPCs, subnets, gateways, security groups), and the machines in it.

mod default_vpc;
mod faults;
mod filters;
mod images;
mod instance_types;
mod instances;
mod internet_gateways;
mod key_pairs;
mod launch_templates;
mod launching;
mod listing;
pub(crate) mod network_interfaces;
mod permissions;
mod ranges;
pub(crate) mod reach;
mod route_tables;
mod rules;
mod security_groups;
mod state;
mod subnets;
mod tags;
mod vpcs;
mod zones;

pub(crate) use images::{Image, Software, all as images};
pub(crate) use instances::{
    Due, Instance, Launch, State, due, launch, running_instance, terminate,
};
pub(crate) use launching::{TemplateChoice, TemplateRef, caller_launches, check};
pub(crate) use state::Ec2;
#[cfg(test)]
use state::SecurityGroup;
pub(crate) use zones::{zone_id, zone_names};

use crate::protocol::Wire;
use crate::service::{Service, operations};

pub(crate) static SERVICE: Service = Service {
    name: "ec2",
    wire: Wire::Ec2 {
        version: "2016-11-15",
        namespace: "http://ec2.amazonaws.com/doc/2016-11-15/",
    },
    refusal: faults::input,
    secrets: &["UserData"],
    operations: operations! {
        "DescribeRegions" => zones::describe_regions,
        "DescribeAvailabilityZones" => zones::describe_availability_zones,
        "DescribeAccountAttributes" => zones::describe_account_attributes,
        "CreateVpc" => vpcs::create_vpc,
        "DescribeVpcs" => vpcs::describe_vpcs,
        "DeleteVpc" => vpcs::delete_vpc,
        "CreateSubnet" => subnets::create_subnet,
        "DescribeSubnets" => subnets::describe_subnets,
        "DeleteSubnet" => subnets::delete_subnet,
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
        "DescribeImages" => images::describe_images,
        "DescribeInstanceTypes" => instance_types::describe_instance_types,
        "CreateKeyPair" => key_pairs::create_key_pair,
        "ImportKeyPair" => key_pairs::import_key_pair,
        "DescribeKeyPairs" => key_pairs::describe_key_pairs,
        "DeleteKeyPair" => key_pairs::delete_key_pair,
        "CreateLaunchTemplate" => launch_templates::create_launch_template,
        "DescribeLaunchTemplates" => launch_templates::describe_launch_templates,
        "ModifyLaunchTemplate" => launch_templates::modify_launch_template,
        "DeleteLaunchTemplate" => launch_templates::delete_launch_template,
        "CreateLaunchTemplateVersion" => launch_templates::create_launch_template_version,
        "DescribeLaunchTemplateVersions" => launch_templates::describe_launch_template_versions,
        "DeleteLaunchTemplateVersions" => launch_templates::delete_launch_template_versions,
        "RunInstances" => instances::run_instances,
        "DescribeInstances" => instances::describe_instances,
        "DescribeInstanceStatus" => instances::describe_instance_status,
        "TerminateInstances" => instances::terminate_instances,
        "StopInstances" => instances::stop_instances,
        "StartInstances" => instances::start_instances,
        "RebootInstances" => instances::reboot_instances,
        "DescribeInstanceAttribute" => instances::describe_instance_attribute,
        "ModifyInstanceAttribute" => instances::modify_instance_attribute,
        "CreateTags" => tags::create_tags,
        "DeleteTags" => tags::delete_tags,
        "DescribeTags" => tags::describe_tags,
    },
};
