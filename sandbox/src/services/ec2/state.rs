//! What EC2 remembers in one Region: the network, its security groups, the machines in it and what
//! they are launched from, and the tags of all of it. (What an instance is, is in `instances`.)

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::instances::Instance;
use super::launching::Parameters;
use crate::clock::Millis;
use crate::tags::Tags;

/// The network of one Region. Every Region starts with a default VPC (see [`super::default_vpc`]).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Ec2 {
    pub(crate) vpcs: BTreeMap<String, Vpc>,
    pub(crate) subnets: BTreeMap<String, Subnet>,
    pub(crate) internet_gateways: BTreeMap<String, InternetGateway>,
    pub(crate) route_tables: BTreeMap<String, RouteTable>,
    pub(crate) security_groups: BTreeMap<String, SecurityGroup>,
    pub(crate) network_interfaces: BTreeMap<String, NetworkInterface>,
    #[serde(default)]
    pub(crate) instances: BTreeMap<String, Instance>,
    #[serde(default)]
    pub(crate) launch_templates: BTreeMap<String, LaunchTemplate>,
    /// By name.
    #[serde(default)]
    pub(crate) key_pairs: BTreeMap<String, KeyPair>,
    /// Tags by resource id, whatever the kind: EC2 has one way of tagging for all.
    pub(crate) tags: BTreeMap<String, Tags>,
}

impl Ec2 {
    /// The Region's default VPC.
    pub(crate) fn default_vpc(&self) -> Option<&Vpc> {
        self.vpcs.values().find(|vpc| vpc.default)
    }

    /// The group `name` of VPC `vpc`; names are unique only inside a VPC.
    pub(crate) fn group_named(&self, vpc: &str, name: &str) -> Option<&SecurityGroup> {
        self.security_groups
            .values()
            .find(|group| group.vpc == vpc && group.name == name)
    }

    /// Whether resource `id` exists; only what exists can be tagged.
    pub(crate) fn exists(&self, id: &str) -> bool {
        self.vpcs.contains_key(id)
            || self.subnets.contains_key(id)
            || self.internet_gateways.contains_key(id)
            || self.route_tables.contains_key(id)
            || self.security_groups.contains_key(id)
            || self.network_interfaces.contains_key(id)
            || self.instances.contains_key(id)
            || self.launch_templates.contains_key(id)
            || self.key_pairs.values().any(|key| key.id == id)
            || self.has_volume(id)
            || self.rule(id).is_some()
    }

    fn has_volume(&self, id: &str) -> bool {
        let volumes = self.instances.values().flat_map(|it| &it.volumes);
        volumes.into_iter().any(|volume| volume.id == id)
    }

    /// The security group rule `id`, of whichever group.
    pub(crate) fn rule(&self, id: &str) -> Option<&Rule> {
        self.security_groups
            .values()
            .flat_map(|group| &group.rules)
            .find(|rule| rule.id == id)
    }

    /// The zones of these subnets, one each, in their order.
    pub(crate) fn zones_of(&self, subnets: &[String]) -> Vec<String> {
        let known = subnets.iter().filter_map(|id| self.subnets.get(id));
        known.map(|subnet| subnet.zone.clone()).collect()
    }

    /// The ids of the default subnets of VPC `vpc`, in the order of their zones.
    pub(crate) fn default_subnets(&self, vpc: &str) -> Vec<String> {
        let mut subnets: Vec<_> = self
            .subnets
            .values()
            .filter(|subnet| subnet.vpc == vpc && subnet.default_for_zone)
            .collect();
        subnets.sort_by_key(|subnet| &subnet.zone);
        subnets
            .into_iter()
            .map(|subnet| subnet.id.clone())
            .collect()
    }

    /// Sets the given tags of `id` and leaves its others alone.
    pub(crate) fn tag(&mut self, id: &str, tags: Tags) {
        if !tags.is_empty() {
            self.tags.entry(id.to_owned()).or_default().extend(tags);
        }
    }
}

/// A virtual private cloud.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Vpc {
    pub(crate) id: String,
    pub(crate) cidr: String,
    pub(crate) cidr_association: String,
    pub(crate) dhcp_options: String,
    pub(crate) default: bool,
}

/// A subnet: a range of a VPC in one Availability Zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Subnet {
    pub(crate) id: String,
    pub(crate) vpc: String,
    pub(crate) zone: String,
    pub(crate) cidr: String,
    pub(crate) default_for_zone: bool,
    pub(crate) public_ip_on_launch: bool,
}

/// An internet gateway and the VPC it is attached to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct InternetGateway {
    pub(crate) id: String,
    pub(crate) vpc: String,
}

/// A VPC's main route table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RouteTable {
    pub(crate) id: String,
    pub(crate) vpc: String,
    pub(crate) association: String,
    /// Destination range to gateway id (`local` inside the VPC).
    pub(crate) routes: Vec<(String, String)>,
}

/// A security group with its rules, inbound and outbound.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SecurityGroup {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) vpc: String,
    pub(crate) rules: Vec<Rule>,
}

impl SecurityGroup {
    /// Whether a rule of this group names `group` as its peer.
    pub(crate) fn refers_to(&self, group: &str) -> bool {
        self.rules
            .iter()
            .any(|rule| matches!(&rule.peer, Peer::Group(id) if id == group))
    }
}

/// One rule of a security group: one protocol, one range of ports, one peer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Rule {
    pub(crate) id: String,
    pub(crate) egress: bool,
    pub(crate) traffic: Traffic,
    pub(crate) peer: Peer,
    pub(crate) description: Option<String>,
}

/// What a rule lets through. Without ports: all of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Traffic {
    /// `tcp`, `udp`, `icmp`, `icmpv6`, a protocol number, or `-1` for all.
    pub(crate) protocol: String,
    /// First port (for ICMP: the type).
    pub(crate) from: Option<i64>,
    /// Last port (for ICMP: the code).
    pub(crate) to: Option<i64>,
}

/// Whom a rule lets through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Peer {
    Ipv4(String),
    Ipv6(String),
    Group(String),
    PrefixList(String),
}

/// A network interface: that of an instance, or one that a service such as RDS made for itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct NetworkInterface {
    pub(crate) id: String,
    pub(crate) subnet: String,
    pub(crate) vpc: String,
    pub(crate) zone: String,
    pub(crate) description: String,
    /// The service that owns it, for example `amazon-rds`.
    pub(crate) requester: String,
    pub(crate) private_ip: String,
    pub(crate) public_ip: Option<String>,
    pub(crate) mac: String,
    pub(crate) groups: Vec<String>,
    pub(crate) attachment: String,
    pub(crate) attached_at: Millis,
    /// The instance that it is the first interface of.
    #[serde(default)]
    pub(crate) instance: Option<String>,
}

/// A launch template and its versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LaunchTemplate {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) created: Millis,
    /// The ARN of who made it.
    pub(crate) by: String,
    pub(crate) default: u64,
    /// The number of the newest version there has ever been: none is used again.
    pub(crate) numbered: u64,
    pub(crate) versions: BTreeMap<u64, TemplateVersion>,
}

impl LaunchTemplate {
    /// The number of the newest version there is.
    pub(crate) fn latest(&self) -> Option<u64> {
        self.versions.keys().next_back().copied()
    }

    /// The version that a call with that token made.
    pub(crate) fn made_by(&self, token: Option<&str>) -> Option<(u64, &TemplateVersion)> {
        let token = token?;
        let mut versions = self.versions.iter();
        let (number, version) =
            versions.find(|(_, version)| version.client_token.as_deref() == Some(token))?;
        Some((*number, version))
    }
}

/// One version of a launch template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TemplateVersion {
    pub(crate) description: Option<String>,
    pub(crate) created: Millis,
    pub(crate) by: String,
    pub(crate) parameters: Parameters,
    /// The token of the call that made it: the same call again makes no other.
    #[serde(default)]
    pub(crate) client_token: Option<String>,
}

/// A key pair, of which only the public half is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeyPair {
    pub(crate) id: String,
    pub(crate) name: String,
    /// `rsa` or `ed25519`.
    pub(crate) kind: String,
    pub(crate) fingerprint: String,
    pub(crate) public_key: String,
    pub(crate) created: Millis,
}
