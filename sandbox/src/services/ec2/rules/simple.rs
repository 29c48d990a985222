//! The older way to write a permission.

use crate::fault::Fault;
use crate::services::ec2::faults::missing;
use crate::services::ec2::permissions::{GroupPair, IpPermission, IpRange};

/// One permission, written as parameters of the call itself.
pub(super) struct Simple {
    pub(super) protocol: Option<String>,
    pub(super) from: Option<i64>,
    pub(super) to: Option<i64>,
    pub(super) cidr: Option<String>,
    pub(super) source: Option<String>,
    pub(super) source_owner: Option<String>,
}

impl Simple {
    /// `listed`, or this one if none are listed. Both together are refused.
    pub(super) fn or(self, listed: Vec<IpPermission>) -> Result<Vec<IpPermission>, Fault> {
        let Self {
            protocol,
            from,
            to,
            cidr,
            source,
            source_owner,
        } = self;
        let given = protocol.is_some() || cidr.is_some() || source.is_some();
        if !listed.is_empty() {
            if given {
                return Err(Fault::new(
                    "InvalidParameterCombination",
                    "The parameter 'ipPermissions' may not be used in combination with 'ipProtocol'",
                ));
            }
            return Ok(listed);
        }
        if let Some(name) = source {
            // A source group by name opens everything to it; that takes a rule a protocol.
            let all = [("tcp", 0, 65535), ("udp", 0, 65535), ("icmp", -1, -1)];
            let all = all.iter().map(|(protocol, from, to)| IpPermission {
                ip_protocol: Some((*protocol).to_owned()),
                from_port: Some(*from),
                to_port: Some(*to),
                groups: vec![GroupPair {
                    group_name: Some(name.clone()),
                    user_id: source_owner.clone(),
                    ..GroupPair::default()
                }],
                ..IpPermission::default()
            });
            return Ok(all.collect());
        }
        if !given {
            return Err(missing("ipPermissions"));
        }
        let cidr = cidr.ok_or_else(|| missing("cidrIp"))?;
        Ok(vec![IpPermission {
            ip_protocol: protocol,
            from_port: from,
            to_port: to,
            ip_ranges: vec![IpRange {
                cidr_ip: cidr,
                description: None,
            }],
            ..IpPermission::default()
        }])
    }
}
