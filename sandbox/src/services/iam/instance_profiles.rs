//! Instance profiles: what hands a role to a machine.

use serde::Deserialize;
use serde_json::{Value, json};

use super::listing::{Wanted, listing};
use super::state::InstanceProfile;
use super::{checks, roles};
use crate::context::Cx;
use crate::fault::Fault;
use crate::protocol::timestamp;
use crate::tags::{self, Tag, Tags};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct CreateInstanceProfile {
    instance_profile_name: String,
    path: Option<String>,
    #[serde(default)]
    tags: Vec<Tag>,
}

/// `CreateInstanceProfile` (IAM API Reference).
pub(crate) fn create_instance_profile(
    cx: &mut Cx,
    input: CreateInstanceProfile,
) -> Result<Value, Fault> {
    let name = input.instance_profile_name;
    checks::name("instanceProfileName", &name, 128)?;
    let path = input.path.unwrap_or_else(|| "/".to_owned());
    checks::path(&path)?;
    let tags = checks::tags(&Tags::new(), input.tags)?;
    let profiles = &cx.account.iam.instance_profiles;
    if profiles
        .values()
        .any(|profile| profile.name.eq_ignore_ascii_case(&name))
    {
        let words = format!("Instance Profile {name} already exists.");
        return Err(Fault::conflict("EntityAlreadyExists", words));
    }
    let profile = InstanceProfile {
        id: cx.unique_id("AIPA"),
        arn: cx.global_arn("iam", &format!("instance-profile{path}{name}")),
        name,
        path,
        created: cx.second(),
        tags,
        role: None,
    };
    let answer = json!({ "InstanceProfile": details(cx, &profile) });
    cx.account
        .iam
        .instance_profiles
        .insert(profile.name.clone(), profile);
    Ok(answer)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct InstanceProfileName {
    instance_profile_name: String,
}

/// `GetInstanceProfile` (IAM API Reference).
pub(crate) fn get_instance_profile(
    cx: &mut Cx,
    input: InstanceProfileName,
) -> Result<Value, Fault> {
    let profile = find(cx, &input.instance_profile_name)?;
    Ok(json!({ "InstanceProfile": details(cx, profile) }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct ListInstanceProfiles {
    path_prefix: Option<String>,
    marker: Option<String>,
    max_items: Option<u32>,
}

/// `ListInstanceProfiles` (IAM API Reference).
pub(crate) fn list_instance_profiles(
    cx: &mut Cx,
    input: ListInstanceProfiles,
) -> Result<Value, Fault> {
    let prefix = input.path_prefix.unwrap_or_default();
    let profiles = cx.account.iam.instance_profiles.values();
    let profiles = profiles.filter(|profile| profile.path.starts_with(&prefix));
    let profiles = profiles.map(|profile| summary(cx, profile)).collect();
    let wanted = Wanted {
        marker: input.marker,
        max_items: input.max_items,
    };
    listing("InstanceProfiles", profiles, &wanted)
}

/// `DeleteInstanceProfile` (IAM API Reference): only without a role.
pub(crate) fn delete_instance_profile(
    cx: &mut Cx,
    input: InstanceProfileName,
) -> Result<Value, Fault> {
    if find(cx, &input.instance_profile_name)?.role.is_some() {
        let words = "Cannot delete entity, must remove roles from instance profile first.";
        return Err(Fault::conflict("DeleteConflict", words));
    }
    cx.account
        .iam
        .instance_profiles
        .remove(&input.instance_profile_name);
    Ok(Value::Null)
}

/// The instance profile of that name, or IAM's words for that there is none.
pub(super) fn find<'a>(cx: &'a Cx, name: &str) -> Result<&'a InstanceProfile, Fault> {
    cx.account
        .iam
        .instance_profiles
        .get(name)
        .ok_or_else(|| unknown(name))
}

pub(super) fn find_mut<'a>(cx: &'a mut Cx, name: &str) -> Result<&'a mut InstanceProfile, Fault> {
    cx.account
        .iam
        .instance_profiles
        .get_mut(name)
        .ok_or_else(|| unknown(name))
}

/// An instance profile as the services that hand it to a machine see it.
pub(crate) struct Profile {
    pub(crate) id: String,
    pub(crate) arn: String,
    /// The ARN of its role.
    pub(crate) role: Option<String>,
}

/// The instance profile of that name or ARN.
pub(crate) fn profile(cx: &Cx, name_or_arn: &str) -> Option<Profile> {
    let profiles = &cx.account.iam.instance_profiles;
    let found = profiles
        .get(name_or_arn)
        .or_else(|| profiles.values().find(|profile| profile.arn == name_or_arn))?;
    Some(Profile {
        id: found.id.clone(),
        arn: found.arn.clone(),
        role: found
            .role
            .as_ref()
            .and_then(|name| cx.account.iam.roles.get(name))
            .map(|role| role.arn.clone()),
    })
}

fn unknown(name: &str) -> Fault {
    Fault::not_found(
        "NoSuchEntity",
        format!("Instance Profile {name} cannot be found."),
    )
}

pub(super) fn summary(cx: &Cx, profile: &InstanceProfile) -> Value {
    let role = profile
        .role
        .iter()
        .filter_map(|name| cx.account.iam.roles.get(name));
    json!({
        "Path": profile.path,
        "InstanceProfileName": profile.name,
        "InstanceProfileId": profile.id,
        "Arn": profile.arn,
        "CreateDate": timestamp(profile.created),
        "Roles": role.map(roles::summary).collect::<Vec<_>>(),
    })
}

fn details(cx: &Cx, profile: &InstanceProfile) -> Value {
    let mut answer = summary(cx, profile);
    answer["Tags"] = tags::list(&profile.tags);
    answer
}
