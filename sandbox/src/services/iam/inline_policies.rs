//! Inline policies of roles.

use serde::Deserialize;
use serde_json::{Value, json};

use super::listing::{Wanted, listing};
use super::policy::{self, Kind};
use super::{checks, roles};
use crate::context::Cx;
use crate::fault::Fault;

/// The size of all inline policies of a role, in characters without white
/// space (IAM User Guide, "IAM and STS quotas").
const SIZE: usize = 10_240;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct PutRolePolicy {
    role_name: String,
    policy_name: String,
    policy_document: String,
}

/// `PutRolePolicy` (IAM API Reference): replaces one of that name.
pub(crate) fn put_role_policy(cx: &mut Cx, input: PutRolePolicy) -> Result<Value, Fault> {
    checks::name("policyName", &input.policy_name, 128)?;
    policy::parse(&input.policy_document, Kind::Identity)?;
    let role = roles::own_mut(cx, &input.role_name)?;
    let others = role
        .inline
        .iter()
        .filter(|(name, _)| **name != input.policy_name);
    let size = |document: &str| {
        document
            .chars()
            .filter(|letter| !letter.is_whitespace())
            .count()
    };
    let total =
        others.map(|(_, document)| size(document)).sum::<usize>() + size(&input.policy_document);
    if total > SIZE {
        let words = format!(
            "Maximum policy size of {SIZE} bytes exceeded for role {}",
            role.name
        );
        return Err(Fault::conflict("LimitExceeded", words));
    }
    role.inline.insert(input.policy_name, input.policy_document);
    Ok(Value::Null)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct RolePolicy {
    role_name: String,
    policy_name: String,
}

/// `GetRolePolicy` (IAM API Reference).
pub(crate) fn get_role_policy(cx: &mut Cx, input: RolePolicy) -> Result<Value, Fault> {
    let role = roles::find(cx, &input.role_name)?;
    let document = role
        .inline
        .get(&input.policy_name)
        .ok_or_else(|| unknown(&input.policy_name))?;
    Ok(json!({
        "RoleName": role.name,
        "PolicyName": input.policy_name,
        "PolicyDocument": roles::encoded(document),
    }))
}

/// `DeleteRolePolicy` (IAM API Reference).
pub(crate) fn delete_role_policy(cx: &mut Cx, input: RolePolicy) -> Result<Value, Fault> {
    let role = roles::own_mut(cx, &input.role_name)?;
    role.inline
        .remove(&input.policy_name)
        .ok_or_else(|| unknown(&input.policy_name))?;
    Ok(Value::Null)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct ListRolePolicies {
    role_name: String,
    marker: Option<String>,
    max_items: Option<u32>,
}

/// `ListRolePolicies` (IAM API Reference): the names.
pub(crate) fn list_role_policies(cx: &mut Cx, input: ListRolePolicies) -> Result<Value, Fault> {
    let names = roles::find(cx, &input.role_name)?
        .inline
        .keys()
        .cloned()
        .map(Value::from)
        .collect();
    listing(
        "PolicyNames",
        names,
        &Wanted {
            marker: input.marker,
            max_items: input.max_items,
        },
    )
}

fn unknown(name: &str) -> Fault {
    Fault::not_found(
        "NoSuchEntity",
        format!("The role policy with name {name} cannot be found."),
    )
}
