//! Tags of pipelines, by ARN.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::names;
use crate::context::Cx;
use crate::fault::Fault;
use crate::tags::{self, Tags};

/// How many tags a pipeline can have.
const MOST: usize = 50;

/// A tag as it arrives: in lower case, unlike most services'.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Tag {
    key: String,
    value: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct TagResource {
    resource_arn: String,
    tags: Vec<Tag>,
}

/// `TagResource` (CodePipeline API Reference).
pub(crate) fn tag_resource(cx: &mut Cx, input: TagResource) -> Result<Value, Fault> {
    let given = of_new(input.tags)?;
    let tags = tags_of(cx, &input.resource_arn)?;
    *tags = tags::joined(tags, given, MOST).ok_or_else(too_many)?;
    Ok(json!({}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct UntagResource {
    resource_arn: String,
    tag_keys: Vec<String>,
}

/// `UntagResource` (CodePipeline API Reference): a key that is not there is no error.
pub(crate) fn untag_resource(cx: &mut Cx, input: UntagResource) -> Result<Value, Fault> {
    let tags = tags_of(cx, &input.resource_arn)?;
    tags.retain(|key, _| !input.tag_keys.contains(key));
    Ok(json!({}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ListTagsForResource {
    resource_arn: String,
    next_token: Option<String>,
    max_results: Option<usize>,
}

/// `ListTagsForResource` (CodePipeline API Reference).
pub(crate) fn list_tags_for_resource(
    cx: &mut Cx,
    input: ListTagsForResource,
) -> Result<Value, Fault> {
    let tags = tags_of(cx, &input.resource_arn)?.clone();
    let tags = tags
        .into_iter()
        .map(|(key, value)| json!({ "key": key, "value": value }))
        .collect();
    let page = names::page(tags, input.max_results, input.next_token.as_deref(), 100)?;
    Ok(json!({ "tags": page.items, "nextToken": page.next }))
}

/// The tags of something new, checked.
pub(super) fn of_new(given: Vec<Tag>) -> Result<Tags, Fault> {
    let mut tags = BTreeMap::new();
    for Tag { key, value } in given {
        if !tags::fits(&key, &value) {
            let words = format!("The tag with the key '{key}' is not valid.");
            return Err(Fault::new("InvalidTagsException", words));
        }
        tags.insert(key, value);
    }
    tags::joined(&Tags::new(), tags, MOST).ok_or_else(too_many)
}

fn too_many() -> Fault {
    let words = format!("The tags limit for a resource has been exceeded: {MOST}.");
    Fault::new("TooManyTagsException", words)
}

/// `arn:…:codepipeline:REGION:ACCOUNT:NAME`.
fn tags_of<'a>(cx: &'a mut Cx, arn: &str) -> Result<&'a mut Tags, Fault> {
    let own = cx.arn("codepipeline", "");
    let name = arn.strip_prefix(&own).ok_or_else(|| {
        Fault::new(
            "InvalidArnException",
            format!("Invalid resource ARN: {arn}"),
        )
    })?;
    let pipeline = cx.region().codepipeline.pipelines.get_mut(name);
    pipeline.map(|pipeline| &mut pipeline.tags).ok_or_else(|| {
        let words = format!("The resource {arn} was not found.");
        Fault::new("ResourceNotFoundException", words)
    })
}
