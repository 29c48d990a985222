//! A security group: its VPC, and whom it admits.

use aws_sdk_ec2::types::{Filter, IpPermission, SecurityGroup};
use workshop::model::{Facts, Observation};

use super::near;
use super::reading::{Looked, only, workspace};
use crate::cloud::CloudError;
use crate::cloud::clients::Clients;

/// `DescribeSecurityGroups` by name. Every VPC may have one of the name; the default VPC's comes
/// first.
pub(super) async fn look(looked: &Looked<'_>) -> Result<Observation, CloudError> {
    let clients = &looked.here;
    let named = named(clients, looked.name).await?;
    let vpc = looked.variables.get("vpc_id");
    let group = named
        .iter()
        .find(|group| group.vpc_id() == vpc)
        .or(named.first());
    if let Some(group) = group {
        return Ok(Observation::Present(facts(group)));
    }
    let exists = |clients: std::sync::Arc<Clients>, name: String| async move {
        Ok(!self::named(&clients, &name).await?.is_empty())
    };
    Ok(near::regional(looked, names(clients).await, exists).await)
}

async fn named(clients: &Clients, name: &str) -> Result<Vec<SecurityGroup>, CloudError> {
    let asked = clients
        .ec2
        .describe_security_groups()
        .filters(Filter::builder().name("group-name").values(name).build())
        .send();
    let answer = clients.ask("ec2", "DescribeSecurityGroups", asked).await?;
    Ok(answer.security_groups.unwrap_or_default())
}

/// The Region's groups, the first thousand.
async fn names(clients: &Clients) -> Result<Vec<String>, CloudError> {
    let asked = clients
        .ec2
        .describe_security_groups()
        .max_results(1000)
        .send();
    let answer = clients.ask("ec2", "DescribeSecurityGroups", asked).await?;
    Ok(answer
        .security_groups
        .unwrap_or_default()
        .into_iter()
        .filter_map(|group| group.group_name)
        .collect())
}

fn facts(group: &SecurityGroup) -> Facts {
    let id = group.group_id().unwrap_or_default();
    let ingress: Vec<_> = group.ip_permissions().iter().flat_map(rules).collect();
    Facts::new(id)
        .with("id", id)
        .with_all("vpc", only(group.vpc_id()))
        .with_all("ingress", ingress.clone())
        // The balancer's group is asked about two ports.
        .with_all("test_ingress", ingress)
        .tagged(workspace(
            group.tags().iter().map(|tag| (tag.key(), tag.value())),
        ))
}

/// A permission as one rule for each source: `tcp 5432 from 172.31.0.0/16`, `tcp 80-90 from
/// sg-…`, `all from ::/0`.
fn rules(permission: &IpPermission) -> Vec<String> {
    let what = match permission.ip_protocol().unwrap_or_default() {
        "-1" => "all".to_owned(),
        // Where other protocols have ports, these have a type and a code.
        protocol @ ("icmp" | "icmpv6") => protocol.to_owned(),
        protocol => match (permission.from_port(), permission.to_port()) {
            (Some(from), Some(to)) if from == to => format!("{protocol} {from}"),
            (Some(from), Some(to)) => format!("{protocol} {from}-{to}"),
            _ => protocol.to_owned(),
        },
    };
    let ipv4 = permission.ip_ranges().iter().map(|range| range.cidr_ip());
    let ipv6 = permission
        .ipv6_ranges()
        .iter()
        .map(|range| range.cidr_ipv6());
    let lists = permission
        .prefix_list_ids()
        .iter()
        .map(|list| list.prefix_list_id());
    let groups = permission
        .user_id_group_pairs()
        .iter()
        .map(|pair| pair.group_id());
    ipv4.chain(ipv6)
        .chain(lists)
        .chain(groups)
        .flatten()
        .map(|source| format!("{what} from {source}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_sdk_ec2::types::{IpRange, UserIdGroupPair};

    #[test]
    fn a_rule_for_each_source() {
        let range = |cidr: &str| IpRange::builder().cidr_ip(cidr).build();
        let postgres = IpPermission::builder()
            .ip_protocol("tcp")
            .from_port(5432)
            .to_port(5432)
            .ip_ranges(range("172.31.0.0/16"))
            .user_id_group_pairs(UserIdGroupPair::builder().group_id("sg-1").build())
            .build();
        assert_eq!(
            rules(&postgres),
            ["tcp 5432 from 172.31.0.0/16", "tcp 5432 from sg-1"]
        );
        let web = IpPermission::builder()
            .ip_protocol("tcp")
            .from_port(80)
            .to_port(90)
            .ip_ranges(range("0.0.0.0/0"))
            .build();
        assert_eq!(rules(&web), ["tcp 80-90 from 0.0.0.0/0"]);
        let all = IpPermission::builder()
            .ip_protocol("-1")
            .ip_ranges(range("10.0.0.0/8"))
            .build();
        assert_eq!(rules(&all), ["all from 10.0.0.0/8"]);
    }
}
