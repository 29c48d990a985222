//! The role in an instance profile.

use serde::Deserialize;
use serde_json::Value;

use super::listing::{Wanted, listing};
use super::{instance_profiles, roles, service_linked};
use crate::context::Cx;
use crate::fault::Fault;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct ProfileAndRole {
    instance_profile_name: String,
    role_name: String,
}

/// `AddRoleToInstanceProfile` (IAM API Reference): there is room for one.
pub(crate) fn add_role_to_instance_profile(
    cx: &mut Cx,
    input: ProfileAndRole,
) -> Result<Value, Fault> {
    service_linked::check_own(roles::find(cx, &input.role_name)?)?;
    let profile = instance_profiles::find_mut(cx, &input.instance_profile_name)?;
    if profile.role.is_some() {
        let words = "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1";
        return Err(Fault::conflict("LimitExceeded", words));
    }
    profile.role = Some(input.role_name);
    Ok(Value::Null)
}

/// `RemoveRoleFromInstanceProfile` (IAM API Reference).
pub(crate) fn remove_role_from_instance_profile(
    cx: &mut Cx,
    input: ProfileAndRole,
) -> Result<Value, Fault> {
    let profile = instance_profiles::find_mut(cx, &input.instance_profile_name)?;
    if profile.role.as_ref() != Some(&input.role_name) {
        let words = format!("The role with name {} cannot be found.", input.role_name);
        return Err(Fault::not_found("NoSuchEntity", words));
    }
    profile.role = None;
    Ok(Value::Null)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct ListInstanceProfilesForRole {
    role_name: String,
    marker: Option<String>,
    max_items: Option<u32>,
}

/// `ListInstanceProfilesForRole` (IAM API Reference).
pub(crate) fn list_instance_profiles_for_role(
    cx: &mut Cx,
    input: ListInstanceProfilesForRole,
) -> Result<Value, Fault> {
    let role = roles::find(cx, &input.role_name)?;
    let profiles = cx.account.iam.instance_profiles.values();
    let profiles = profiles.filter(|profile| profile.role.as_ref() == Some(&role.name));
    let profiles = profiles
        .map(|profile| instance_profiles::summary(cx, profile))
        .collect();
    let wanted = Wanted {
        marker: input.marker,
        max_items: input.max_items,
    };
    listing("InstanceProfiles", profiles, &wanted)
}
