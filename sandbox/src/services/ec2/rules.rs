//! The rules of security groups: let in and out, taken back, listed, changed.

use serde::Deserialize;
use serde_json::{Value, json};

use super::faults::{invalid, missing, no_such, rehearsal};
use super::filters::Filter;
use super::listing::{Asked, Kind};
use super::permissions::{self, Draft, GroupPair, IpPermission, IpRange};
use super::security_groups::found;
use super::state::{Ec2, Peer, Rule, Traffic};
use super::tags::{self, TagSpecification};
use crate::context::Cx;
use crate::fault::Fault;

/// How many rules a group can have in one direction (Amazon VPC User Guide, "Amazon VPC quotas").
const MOST: usize = 60;

/// The input of `AuthorizeSecurityGroupIngress` and `…Egress`: `IpPermissions`, or one of them
/// written as parameters of the call.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct Authorize {
    group_id: Option<String>,
    group_name: Option<String>,
    #[serde(default)]
    ip_permissions: Vec<IpPermission>,
    ip_protocol: Option<String>,
    from_port: Option<i64>,
    to_port: Option<i64>,
    cidr_ip: Option<String>,
    source_security_group_name: Option<String>,
    source_security_group_owner_id: Option<String>,
    #[serde(default)]
    tag_specification: Vec<TagSpecification>,
    #[serde(default)]
    dry_run: bool,
}

/// `AuthorizeSecurityGroupIngress` (EC2 API Reference).
pub(crate) fn authorize_ingress(cx: &mut Cx, input: Authorize) -> Result<Value, Fault> {
    authorize(cx, input, false)
}

/// `AuthorizeSecurityGroupEgress` (EC2 API Reference).
pub(crate) fn authorize_egress(cx: &mut Cx, input: Authorize) -> Result<Value, Fault> {
    if input.group_id.is_none() {
        return Err(missing("groupId"));
    }
    authorize(cx, input, true)
}

fn authorize(cx: &mut Cx, input: Authorize, egress: bool) -> Result<Value, Fault> {
    let owner = cx.account.id.clone();
    let tags = tags::of_new("security-group-rule", input.tag_specification)?;
    let ec2 = &cx.region().ec2;
    let group = found(ec2, input.group_id.as_deref(), input.group_name.as_deref())?;
    let group_id = group.id.clone();
    let simple = Simple {
        protocol: input.ip_protocol,
        from: input.from_port,
        to: input.to_port,
        cidr: input.cidr_ip,
        source: input.source_security_group_name,
        source_owner: input.source_security_group_owner_id,
    };
    let drafts = permissions::drafts(ec2, &owner, group, simple.or(input.ip_permissions)?)?;
    for (place, draft) in drafts.iter().enumerate() {
        let same = |other: &Draft| other.traffic == draft.traffic && other.peer == draft.peer;
        if drafts[..place].iter().any(same) {
            return Err(invalid(
                "The same permission must not appear multiple times",
            ));
        }
        if group
            .rules
            .iter()
            .any(|rule| rule.egress == egress && draft.same_as(rule))
        {
            return Err(Fault::new(
                "InvalidPermission.Duplicate",
                format!("the specified rule \"{}\" already exists", draft.in_words()),
            ));
        }
    }
    let present = group
        .rules
        .iter()
        .filter(|rule| rule.egress == egress)
        .count();
    if present + drafts.len() > MOST {
        return Err(Fault::new(
            "RulesPerSecurityGroupLimitExceeded",
            "The maximum number of rules per security group has been reached.",
        ));
    }
    rehearsal(input.dry_run)?;
    let new: Vec<_> = drafts
        .into_iter()
        .map(
            |Draft {
                 traffic,
                 peer,
                 description,
             }| Rule {
                id: cx.id("sgr-", 17),
                egress,
                traffic,
                peer,
                description,
            },
        )
        .collect();
    let arn = cx.arn("ec2", "security-group-rule/");
    let ec2 = &mut cx.region().ec2;
    for rule in &new {
        ec2.tag(&rule.id, tags.clone());
    }
    let described = new
        .iter()
        .map(|rule| described(ec2, rule, &group_id, &owner, &arn))
        .collect::<Value>();
    if let Some(group) = ec2.security_groups.get_mut(&group_id) {
        group.rules.extend(new);
    }
    Ok(json!({ "return": true, "securityGroupRuleSet": described }))
}

/// The input of `RevokeSecurityGroupIngress` and `…Egress`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct Revoke {
    group_id: Option<String>,
    group_name: Option<String>,
    #[serde(default)]
    security_group_rule_id: Vec<String>,
    #[serde(default)]
    ip_permissions: Vec<IpPermission>,
    ip_protocol: Option<String>,
    from_port: Option<i64>,
    to_port: Option<i64>,
    cidr_ip: Option<String>,
    source_security_group_name: Option<String>,
    source_security_group_owner_id: Option<String>,
    #[serde(default)]
    dry_run: bool,
}

/// `RevokeSecurityGroupIngress` (EC2 API Reference).
pub(crate) fn revoke_ingress(cx: &mut Cx, input: Revoke) -> Result<Value, Fault> {
    revoke(cx, input, false)
}

/// `RevokeSecurityGroupEgress` (EC2 API Reference).
pub(crate) fn revoke_egress(cx: &mut Cx, input: Revoke) -> Result<Value, Fault> {
    if input.group_id.is_none() {
        return Err(missing("groupId"));
    }
    revoke(cx, input, true)
}

/// In a default VPC, a rule that is not there is an error, and then nothing is revoked; elsewhere
/// it would be reported as unknown. There are only default VPCs here.
fn revoke(cx: &mut Cx, input: Revoke, egress: bool) -> Result<Value, Fault> {
    let owner = cx.account.id.clone();
    let ec2 = &cx.region().ec2;
    let group = found(ec2, input.group_id.as_deref(), input.group_name.as_deref())?;
    let group_id = group.id.clone();
    let candidates = || group.rules.iter().filter(|rule| rule.egress == egress);
    let mut going = Vec::new();
    if input.security_group_rule_id.is_empty() {
        let simple = Simple {
            protocol: input.ip_protocol,
            from: input.from_port,
            to: input.to_port,
            cidr: input.cidr_ip,
            source: input.source_security_group_name,
            source_owner: input.source_security_group_owner_id,
        };
        for draft in permissions::drafts(ec2, &owner, group, simple.or(input.ip_permissions)?)? {
            let rule = candidates()
                .find(|rule| draft.same_as(rule))
                .ok_or_else(|| {
                    Fault::new(
                        "InvalidPermission.NotFound",
                        "The specified rule does not exist in this security group.",
                    )
                })?;
            going.push(rule.clone());
        }
    } else {
        for id in &input.security_group_rule_id {
            let rule = candidates()
                .find(|rule| rule.id == *id)
                .ok_or_else(|| no_such_rule(id))?;
            going.push(rule.clone());
        }
    }
    rehearsal(input.dry_run)?;
    let ec2 = &mut cx.region().ec2;
    if let Some(group) = ec2.security_groups.get_mut(&group_id) {
        group
            .rules
            .retain(|rule| going.iter().all(|gone| gone.id != rule.id));
    }
    for rule in &going {
        ec2.tags.remove(&rule.id);
    }
    let revoked = going.iter().map(|rule| {
        let mut described = facts(rule, &group_id);
        described["referencedGroupId"] = match &rule.peer {
            Peer::Group(id) => json!(id),
            _ => Value::Null,
        };
        described
    });
    Ok(json!({ "return": true, "revokedSecurityGroupRuleSet": revoked.collect::<Value>() }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DescribeSecurityGroupRules {
    #[serde(default)]
    security_group_rule_id: Vec<String>,
    #[serde(default)]
    filter: Vec<Filter>,
    max_results: Option<usize>,
    next_token: Option<String>,
    #[serde(default)]
    dry_run: bool,
}

const KIND: Kind = Kind {
    list: "securityGroupRuleSet",
    id: "securityGroupRuleId",
    unknown: |id| no_such_rule(id),
    filters: &[
        ("group-id", "groupId"),
        ("security-group-rule-id", "securityGroupRuleId"),
        ("tag-key", "tagSet.key"),
    ],
    page: (5, 1000),
};

/// `DescribeSecurityGroupRules` (EC2 API Reference).
pub(crate) fn describe_security_group_rules(
    cx: &mut Cx,
    input: DescribeSecurityGroupRules,
) -> Result<Value, Fault> {
    rehearsal(input.dry_run)?;
    let owner = cx.account.id.clone();
    let arn = cx.arn("ec2", "security-group-rule/");
    let ec2 = &cx.region().ec2;
    let described = ec2.security_groups.values().flat_map(|group| {
        let described = |rule| described(ec2, rule, &group.id, &owner, &arn);
        group.rules.iter().map(described).collect::<Vec<_>>()
    });
    KIND.answer(
        described.collect(),
        Asked {
            ids: input.security_group_rule_id,
            filters: input.filter,
            max_results: input.max_results,
            next_token: input.next_token,
        },
    )
}

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

/// One permission, written as parameters of the call itself.
struct Simple {
    protocol: Option<String>,
    from: Option<i64>,
    to: Option<i64>,
    cidr: Option<String>,
    source: Option<String>,
    source_owner: Option<String>,
}

impl Simple {
    /// `listed`, or this one if none are listed. Both together are refused.
    fn or(self, listed: Vec<IpPermission>) -> Result<Vec<IpPermission>, Fault> {
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

/// What every description of a rule says.
fn facts(rule: &Rule, group: &str) -> Value {
    let mut facts = json!({
        "securityGroupRuleId": rule.id,
        "groupId": group,
        "isEgress": rule.egress,
        "ipProtocol": rule.traffic.protocol,
        // Unlike a group's permissions, a rule says -1 where all ports are meant.
        "fromPort": rule.traffic.from.unwrap_or(-1),
        "toPort": rule.traffic.to.unwrap_or(-1),
        "description": rule.description,
    });
    match &rule.peer {
        Peer::Ipv4(cidr) => facts["cidrIpv4"] = json!(cidr),
        Peer::Ipv6(cidr) => facts["cidrIpv6"] = json!(cidr),
        Peer::PrefixList(id) => facts["prefixListId"] = json!(id),
        Peer::Group(_) => {}
    }
    facts
}

fn described(ec2: &Ec2, rule: &Rule, group: &str, owner: &str, arn: &str) -> Value {
    let mut described = facts(rule, group);
    described["groupOwnerId"] = json!(owner);
    described["securityGroupRuleArn"] = json!(format!("{arn}{}", rule.id));
    described["tagSet"] = tags::set(ec2, &rule.id);
    if let Peer::Group(id) = &rule.peer {
        described["referencedGroupInfo"] = json!({ "groupId": id, "userId": owner });
    }
    described
}

fn no_such_rule(id: &str) -> Fault {
    no_such(
        "InvalidSecurityGroupRuleId.NotFound",
        "security group rule",
        id,
    )
}
