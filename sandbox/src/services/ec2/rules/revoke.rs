//! `RevokeSecurityGroupIngress` and `RevokeSecurityGroupEgress`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::list::{facts, no_such_rule};
use super::simple::Simple;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ec2::faults::{missing, rehearsal};
use crate::services::ec2::permissions::{self, IpPermission};
use crate::services::ec2::security_groups::found;
use crate::services::ec2::state::Peer;

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
