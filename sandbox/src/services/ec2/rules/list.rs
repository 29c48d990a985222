//! `DescribeSecurityGroupRules`, and how a rule is described in every answer.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ec2::faults::{no_such, rehearsal};
use crate::services::ec2::filters::Filter;
use crate::services::ec2::listing::{Asked, Kind};
use crate::services::ec2::state::{Ec2, Peer, Rule};
use crate::services::ec2::tags;

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

/// What every description of a rule says.
pub(super) fn facts(rule: &Rule, group: &str) -> Value {
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

/// A rule of `group`, in the account `owner`; `arn` is what every rule's ARN begins with.
pub(super) fn described(ec2: &Ec2, rule: &Rule, group: &str, owner: &str, arn: &str) -> Value {
    let mut described = facts(rule, group);
    described["groupOwnerId"] = json!(owner);
    described["securityGroupRuleArn"] = json!(format!("{arn}{}", rule.id));
    described["tagSet"] = tags::set(ec2, &rule.id);
    if let Peer::Group(id) = &rule.peer {
        described["referencedGroupInfo"] = json!({ "groupId": id, "userId": owner });
    }
    described
}

pub(super) fn no_such_rule(id: &str) -> Fault {
    no_such(
        "InvalidSecurityGroupRuleId.NotFound",
        "security group rule",
        id,
    )
}
