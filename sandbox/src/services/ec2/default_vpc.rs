//! The network that AWS puts into every Region (Amazon VPC User Guide, "Default VPC components"):
//! a VPC, a subnet in each zone, a way to the internet, and a security group.

use super::security_groups::{everything, group_with};
use super::state::{Ec2, InternetGateway, Peer, RouteTable, SecurityGroup, Subnet, Vpc};
use super::zones::zone_names;
use crate::ids::Ids;

impl Ec2 {
    /// A Region's network as AWS hands it over.
    pub(crate) fn new(region: &str, ids: &mut Ids) -> Ec2 {
        let mut ec2 = Ec2::default();
        let vpc = Vpc {
            id: ids.hex("vpc-", 17),
            cidr: "172.31.0.0/16".to_owned(),
            cidr_association: ids.hex("vpc-cidr-assoc-", 17),
            dhcp_options: ids.hex("dopt-", 17),
            default: true,
        };
        for (place, zone) in zone_names(region).enumerate() {
            let subnet = Subnet {
                id: ids.hex("subnet-", 17),
                vpc: vpc.id.clone(),
                zone,
                cidr: format!("172.31.{}.0/20", place * 16),
                default_for_zone: true,
                public_ip_on_launch: true,
            };
            ec2.subnets.insert(subnet.id.clone(), subnet);
        }
        let gateway = InternetGateway {
            id: ids.hex("igw-", 17),
            vpc: vpc.id.clone(),
        };
        let table = RouteTable {
            id: ids.hex("rtb-", 17),
            vpc: vpc.id.clone(),
            association: ids.hex("rtbassoc-", 17),
            routes: vec![
                (vpc.cidr.clone(), "local".to_owned()),
                ("0.0.0.0/0".to_owned(), gateway.id.clone()),
            ],
        };
        let group = default_group(ids, &vpc.id);
        ec2.security_groups.insert(group.id.clone(), group);
        ec2.internet_gateways.insert(gateway.id.clone(), gateway);
        ec2.route_tables.insert(table.id.clone(), table);
        ec2.vpcs.insert(vpc.id.clone(), vpc);
        ec2
    }
}

/// The group that every VPC starts with, whose members reach each other.
pub(super) fn default_group(ids: &mut Ids, vpc: &str) -> SecurityGroup {
    let mut group = group_with(ids, "default", "default VPC security group", vpc);
    let own = Peer::Group(group.id.clone());
    group.rules.insert(0, everything(ids, false, own));
    group
}
