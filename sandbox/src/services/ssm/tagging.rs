//! Tags of parameters.

use serde::Deserialize;
use serde_json::{Value, json};

use super::CODE;
use super::state::Parameter;
use crate::context::Cx;
use crate::fault::Fault;
use crate::tags::{self, Tag, Tags};

/// How many tags a parameter may have.
const LIMIT: usize = 50;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct AddTagsToResource {
    resource_type: String,
    resource_id: String,
    tags: Vec<Tag>,
}

/// `AddTagsToResource` (Systems Manager API Reference), for parameters.
pub(crate) fn add_tags_to_resource(cx: &mut Cx, input: AddTagsToResource) -> Result<Value, Fault> {
    let parameter = find(cx, &input.resource_type, &input.resource_id)?;
    parameter.tags = merged(&parameter.tags, input.tags)?;
    Ok(json!({}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct ListTagsForResource {
    resource_type: String,
    resource_id: String,
}

/// `ListTagsForResource` (Systems Manager API Reference), for parameters.
pub(crate) fn list_tags_for_resource(
    cx: &mut Cx,
    input: ListTagsForResource,
) -> Result<Value, Fault> {
    let parameter = find(cx, &input.resource_type, &input.resource_id)?;
    Ok(json!({ "TagList": tags::list(&parameter.tags) }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct RemoveTagsFromResource {
    resource_type: String,
    resource_id: String,
    tag_keys: Vec<String>,
}

/// `RemoveTagsFromResource` (Systems Manager API Reference): a tag that is not there is no error.
pub(crate) fn remove_tags_from_resource(
    cx: &mut Cx,
    input: RemoveTagsFromResource,
) -> Result<Value, Fault> {
    let parameter = find(cx, &input.resource_type, &input.resource_id)?;
    parameter
        .tags
        .retain(|key, _| !input.tag_keys.contains(key));
    Ok(json!({}))
}

/// The tags that are there with the given ones.
pub(super) fn merged(there: &Tags, given: Vec<Tag>) -> Result<Tags, Fault> {
    let given = tags::collect(given);
    if given
        .keys()
        .any(|key| key.is_empty() || key.to_lowercase().starts_with("aws:"))
    {
        return Err(Fault::new(
            CODE,
            "Tag keys must not be empty and cannot begin with aws:",
        ));
    }
    tags::joined(there, given, LIMIT).ok_or_else(|| {
        let words = "The number of tags exceeds the maximum number of tags allowed per resource.";
        Fault::new("TooManyTagsError", words)
    })
}

/// The parameter that is meant. Of the other types that there are, this
/// account has none.
fn find<'a>(cx: &'a mut Cx, kind: &str, id: &str) -> Result<&'a mut Parameter, Fault> {
    const KINDS: [&str; 8] = [
        "Association",
        "Automation",
        "Document",
        "MaintenanceWindow",
        "ManagedInstance",
        "OpsItem",
        "OpsMetadata",
        "PatchBaseline",
    ];
    let unknown = || {
        Fault::new(
            "InvalidResourceId",
            format!("The resource ID \"{id}\" is not valid."),
        )
    };
    match kind {
        "Parameter" => cx.region().ssm.parameters.get_mut(id).ok_or_else(unknown),
        known if KINDS.contains(&known) => Err(unknown()),
        _ => Err(Fault::new(
            "InvalidResourceType",
            format!("{kind} is not a valid resource type."),
        )),
    }
}
