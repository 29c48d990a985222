//! Managed policies on roles.

use serde::Deserialize;
use serde_json::{Value, json};

use super::listing::{Wanted, listing};
use super::{checks, policies, roles};
use crate::context::Cx;
use crate::fault::Fault;

/// How many managed policies a role may have (IAM User Guide, "IAM and STS quotas").
const PER_ROLE: usize = 10;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct RoleAndPolicy {
    role_name: String,
    policy_arn: String,
}

/// `AttachRolePolicy` (IAM API Reference): to attach again is no error.
pub(crate) fn attach_role_policy(cx: &mut Cx, input: RoleAndPolicy) -> Result<Value, Fault> {
    roles::find(cx, &input.role_name)?;
    policies::attachable(cx, &input.policy_arn)?;
    let attached = &mut roles::own_mut(cx, &input.role_name)?.attached;
    if attached.contains(&input.policy_arn) {
        return Ok(Value::Null);
    }
    if attached.len() == PER_ROLE {
        let words = format!("Cannot exceed quota for PoliciesPerRole: {PER_ROLE}");
        return Err(Fault::conflict("LimitExceeded", words));
    }
    attached.push(input.policy_arn);
    Ok(Value::Null)
}

/// `DetachRolePolicy` (IAM API Reference).
pub(crate) fn detach_role_policy(cx: &mut Cx, input: RoleAndPolicy) -> Result<Value, Fault> {
    checks::policy_arn(&input.policy_arn)?;
    let attached = &mut roles::own_mut(cx, &input.role_name)?.attached;
    let there = attached.len();
    attached.retain(|arn| *arn != input.policy_arn);
    if attached.len() == there {
        let words = format!("Policy {} was not found.", input.policy_arn);
        return Err(Fault::not_found("NoSuchEntity", words));
    }
    Ok(Value::Null)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct ListAttachedRolePolicies {
    role_name: String,
    path_prefix: Option<String>,
    marker: Option<String>,
    max_items: Option<u32>,
}

/// `ListAttachedRolePolicies` (IAM API Reference).
pub(crate) fn list_attached_role_policies(
    cx: &mut Cx,
    input: ListAttachedRolePolicies,
) -> Result<Value, Fault> {
    let prefix = input.path_prefix.unwrap_or_default();
    let attached = roles::find(cx, &input.role_name)?.attached.iter();
    let in_path = |arn: &&String| {
        arn.split_once(":policy")
            .is_some_and(|(_, path)| path.starts_with(&prefix))
    };
    let name = |arn: &str| arn.rsplit('/').next().unwrap_or_default().to_owned();
    let policies = attached
        .filter(in_path)
        .map(|arn| json!({"PolicyName": name(arn), "PolicyArn": arn}))
        .collect();
    let wanted = Wanted {
        marker: input.marker,
        max_items: input.max_items,
    };
    listing("AttachedPolicies", policies, &wanted)
}
