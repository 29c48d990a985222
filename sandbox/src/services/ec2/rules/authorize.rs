//! `AuthorizeSecurityGroupIngress` and `AuthorizeSecurityGroupEgress`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::list::described;
use super::simple::Simple;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ec2::faults::{invalid, missing, rehearsal};
use crate::services::ec2::permissions::{self, Draft, IpPermission};
use crate::services::ec2::security_groups::found;
use crate::services::ec2::state::Rule;
use crate::services::ec2::tags::{self, TagSpecification};

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
