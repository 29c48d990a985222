//! `ModifySecurityGroupRules`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::list::no_such_rule;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ec2::faults::{missing, rehearsal};
use crate::services::ec2::permissions;
use crate::services::ec2::security_groups::found;
use crate::services::ec2::state::{Peer, Traffic};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct ModifySecurityGroupRules {
    group_id: String,
    security_group_rule: Vec<Update>,
    #[serde(default)]
    dry_run: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
struct Update {
    security_group_rule_id: String,
    security_group_rule: NewRule,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
struct NewRule {
    ip_protocol: Option<String>,
    from_port: Option<i64>,
    to_port: Option<i64>,
    cidr_ipv4: Option<String>,
    cidr_ipv6: Option<String>,
    prefix_list_id: Option<String>,
    referenced_group_id: Option<String>,
    description: Option<String>,
}

/// `ModifySecurityGroupRules` (EC2 API Reference): each rule is replaced by what is given, and
/// keeps its id and direction.
pub(crate) fn modify_security_group_rules(
    cx: &mut Cx,
    input: ModifySecurityGroupRules,
) -> Result<Value, Fault> {
    let ec2 = &cx.region().ec2;
    let mut rules = found(ec2, Some(&input.group_id), None)?.rules.clone();
    for update in input.security_group_rule {
        let id = update.security_group_rule_id;
        let rule = rules
            .iter_mut()
            .find(|rule| rule.id == id)
            .ok_or_else(|| no_such_rule(&id))?;
        let new = update.security_group_rule;
        let protocol = new
            .ip_protocol
            .as_deref()
            .ok_or_else(|| missing("IpProtocol"))?;
        permissions::check_description(new.description.as_deref())?;
        rule.traffic = Traffic::new(protocol, new.from_port, new.to_port)?;
        rule.peer = match (
            new.cidr_ipv4,
            new.cidr_ipv6,
            new.prefix_list_id,
            new.referenced_group_id,
        ) {
            (Some(cidr), None, None, None) => Peer::Ipv4(permissions::ipv4_range(&cidr)?),
            (None, Some(cidr), None, None) => Peer::Ipv6(permissions::ipv6_range(&cidr)?),
            (None, None, Some(list), None) => Peer::PrefixList(permissions::prefix_list(&list)?),
            (None, None, None, Some(group)) => {
                Peer::Group(found(ec2, Some(&group), None)?.id.clone())
            }
            _ => {
                return Err(Fault::new(
                    "InvalidParameterCombination",
                    "You must specify exactly one of CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupId",
                ));
            }
        };
        rule.description = new.description;
    }
    rehearsal(input.dry_run)?;
    if let Some(group) = cx.region().ec2.security_groups.get_mut(&input.group_id) {
        group.rules = rules;
    }
    Ok(json!({ "return": true }))
}
