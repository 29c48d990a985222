//! Tags of roles.

use serde::Deserialize;
use serde_json::Value;

use super::listing::{Wanted, listing};
use super::{checks, roles};
use crate::context::Cx;
use crate::fault::Fault;
use crate::tags::{self, Tag};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct TagRole {
    role_name: String,
    tags: Vec<Tag>,
}

/// `TagRole` (IAM API Reference).
pub(crate) fn tag_role(cx: &mut Cx, input: TagRole) -> Result<Value, Fault> {
    let role = roles::find_mut(cx, &input.role_name)?;
    role.tags = checks::tags(&role.tags, input.tags)?;
    Ok(Value::Null)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct UntagRole {
    role_name: String,
    tag_keys: Vec<String>,
}

/// `UntagRole` (IAM API Reference): a tag that is not there is no error.
pub(crate) fn untag_role(cx: &mut Cx, input: UntagRole) -> Result<Value, Fault> {
    let role = roles::find_mut(cx, &input.role_name)?;
    role.tags.retain(|key, _| !input.tag_keys.contains(key));
    Ok(Value::Null)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct ListRoleTags {
    role_name: String,
    marker: Option<String>,
    max_items: Option<u32>,
}

/// `ListRoleTags` (IAM API Reference).
pub(crate) fn list_role_tags(cx: &mut Cx, input: ListRoleTags) -> Result<Value, Fault> {
    let role = roles::find(cx, &input.role_name)?;
    let tags = match tags::list(&role.tags) {
        Value::Array(tags) => tags,
        _ => Vec::new(),
    };
    listing(
        "Tags",
        tags,
        &Wanted {
            marker: input.marker,
            max_items: input.max_items,
        },
    )
}
