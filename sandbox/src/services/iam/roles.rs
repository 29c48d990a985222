//! Roles.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use serde_json::{Value, json};

use super::listing::{Wanted, listing};
use super::policy::{self, Kind};
use super::state::Role;
use super::{checks, policies, service_linked};
use crate::context::Cx;
use crate::fault::Fault;
use crate::protocol::timestamp;
use crate::tags::{self, Tag, Tags};

/// The longest trust policy, in characters without white space.
const TRUST_SIZE: usize = 2048;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct CreateRole {
    path: Option<String>,
    role_name: String,
    assume_role_policy_document: String,
    description: Option<String>,
    max_session_duration: Option<u32>,
    permissions_boundary: Option<String>,
    #[serde(default)]
    tags: Vec<Tag>,
}

/// `CreateRole` (IAM API Reference).
pub(crate) fn create_role(cx: &mut Cx, input: CreateRole) -> Result<Value, Fault> {
    checks::name("roleName", &input.role_name, 64)?;
    let path = input.path.unwrap_or_else(|| "/".to_owned());
    checks::path(&path)?;
    let max_session = session(input.max_session_duration)?;
    let tags = checks::tags(&Tags::new(), input.tags)?;
    if let Some(boundary) = &input.permissions_boundary {
        policies::attachable(cx, boundary)?;
    }
    trust(&input.role_name, &input.assume_role_policy_document)?;
    if cx
        .account
        .iam
        .roles
        .values()
        .any(|role| role.name.eq_ignore_ascii_case(&input.role_name))
    {
        let words = format!("Role with name {} already exists.", input.role_name);
        return Err(Fault::conflict("EntityAlreadyExists", words));
    }
    let role = Role {
        id: cx.unique_id("AROA"),
        arn: cx.global_arn("iam", &format!("role{path}{}", input.role_name)),
        name: input.role_name,
        path,
        created: cx.second(),
        trust: input.assume_role_policy_document,
        description: input.description,
        max_session,
        boundary: input.permissions_boundary,
        tags,
        attached: Vec::new(),
        inline: std::collections::BTreeMap::new(),
    };
    let answer = json!({ "Role": details(&role) });
    cx.account.iam.roles.insert(role.name.clone(), role);
    Ok(answer)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct RoleName {
    role_name: String,
}

/// `GetRole` (IAM API Reference).
pub(crate) fn get_role(cx: &mut Cx, input: RoleName) -> Result<Value, Fault> {
    let role = find(cx, &input.role_name)?;
    let mut answer = details(role);
    answer["RoleLastUsed"] = json!({});
    Ok(json!({ "Role": answer }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct ListRoles {
    path_prefix: Option<String>,
    marker: Option<String>,
    max_items: Option<u32>,
}

/// `ListRoles` (IAM API Reference): tags and boundaries are not in it.
pub(crate) fn list_roles(cx: &mut Cx, input: ListRoles) -> Result<Value, Fault> {
    let prefix = input.path_prefix.unwrap_or_default();
    let roles = cx
        .account
        .iam
        .roles
        .values()
        .filter(|role| role.path.starts_with(&prefix));
    let roles = roles.map(summary).collect();
    listing(
        "Roles",
        roles,
        &Wanted {
            marker: input.marker,
            max_items: input.max_items,
        },
    )
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct UpdateRole {
    role_name: String,
    description: Option<String>,
    max_session_duration: Option<u32>,
}

/// `UpdateRole` (IAM API Reference): what is not given goes back to its default.
pub(crate) fn update_role(cx: &mut Cx, input: UpdateRole) -> Result<Value, Fault> {
    let max_session = session(input.max_session_duration)?;
    let role = find_mut(cx, &input.role_name)?;
    role.description = input.description;
    role.max_session = max_session;
    Ok(json!({}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct UpdateAssumeRolePolicy {
    role_name: String,
    policy_document: String,
}

/// `UpdateAssumeRolePolicy` (IAM API Reference).
pub(crate) fn update_assume_role_policy(
    cx: &mut Cx,
    input: UpdateAssumeRolePolicy,
) -> Result<Value, Fault> {
    own_mut(cx, &input.role_name)?;
    trust(&input.role_name, &input.policy_document)?;
    own_mut(cx, &input.role_name)?.trust = input.policy_document;
    Ok(Value::Null)
}

/// `DeleteRole` (IAM API Reference): only what nothing hangs on.
pub(crate) fn delete_role(cx: &mut Cx, input: RoleName) -> Result<Value, Fault> {
    let role = find(cx, &input.role_name)?;
    service_linked::check_own(role)?;
    let in_profile =
        |profile: &super::state::InstanceProfile| profile.role.as_ref() == Some(&role.name);
    let first = if cx.account.iam.instance_profiles.values().any(in_profile) {
        Some("remove roles from instance profile")
    } else if !role.attached.is_empty() {
        Some("detach all policies")
    } else if !role.inline.is_empty() {
        Some("delete policies")
    } else {
        None
    };
    if let Some(first) = first {
        let words = format!("Cannot delete entity, must {first} first.");
        return Err(Fault::conflict("DeleteConflict", words));
    }
    cx.account.iam.roles.remove(&input.role_name);
    Ok(Value::Null)
}

/// The role of that name, or IAM's words for that there is none.
pub(super) fn find<'a>(cx: &'a Cx, name: &str) -> Result<&'a Role, Fault> {
    cx.account.iam.roles.get(name).ok_or_else(|| unknown(name))
}

pub(super) fn find_mut<'a>(cx: &'a mut Cx, name: &str) -> Result<&'a mut Role, Fault> {
    cx.account
        .iam
        .roles
        .get_mut(name)
        .ok_or_else(|| unknown(name))
}

/// The role of that name, to be changed by whoever asks: a service's own role is not.
pub(super) fn own_mut<'a>(cx: &'a mut Cx, name: &str) -> Result<&'a mut Role, Fault> {
    let role = find_mut(cx, name)?;
    service_linked::check_own(role)?;
    Ok(role)
}

fn unknown(name: &str) -> Fault {
    Fault::not_found(
        "NoSuchEntity",
        format!("The role with name {name} cannot be found."),
    )
}

fn session(seconds: Option<u32>) -> Result<u32, Fault> {
    let seconds = seconds.unwrap_or(3600);
    let rule = match seconds {
        ..3600 => "Member must have value greater than or equal to 3600",
        3600..=43200 => return Ok(seconds),
        _ => "Member must have value less than or equal to 43200",
    };
    Err(Fault::constraint(
        checks::CODE,
        "maxSessionDuration",
        &seconds.to_string(),
        rule,
    ))
}

fn trust(role: &str, document: &str) -> Result<(), Fault> {
    policy::parse(document, Kind::Trust)?;
    if document
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .count()
        > TRUST_SIZE
    {
        let words = format!("Cannot exceed quota for ACLSizePerRole: {TRUST_SIZE} for role {role}");
        return Err(Fault::conflict("LimitExceeded", words));
    }
    Ok(())
}

/// A document as IAM gives it back: percent-encoded (RFC 3986).
pub(super) fn encoded(document: &str) -> String {
    const RESERVED: &percent_encoding::AsciiSet = &NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'_')
        .remove(b'.')
        .remove(b'~');
    utf8_percent_encode(document, RESERVED).to_string()
}

pub(super) fn summary(role: &Role) -> Value {
    json!({
        "Path": role.path,
        "RoleName": role.name,
        "RoleId": role.id,
        "Arn": role.arn,
        "CreateDate": timestamp(role.created),
        "AssumeRolePolicyDocument": encoded(&role.trust),
        "Description": role.description,
        "MaxSessionDuration": role.max_session,
    })
}

fn details(role: &Role) -> Value {
    let mut answer = summary(role);
    if let Some(boundary) = &role.boundary {
        answer["PermissionsBoundary"] =
            json!({"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": boundary});
    }
    if !role.tags.is_empty() {
        answer["Tags"] = tags::list(&role.tags);
    }
    answer
}
