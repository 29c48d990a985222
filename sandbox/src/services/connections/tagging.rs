//! Tags of connections.

use serde::Deserialize;
use serde_json::{Value, json};

use super::checks;
use crate::context::Cx;
use crate::fault::Fault;
use crate::tags::{self, Tag};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct TagResource {
    resource_arn: String,
    tags: Vec<Tag>,
}

/// `TagResource` (`CodeConnections` API Reference).
pub(crate) fn tag_resource(cx: &mut Cx, input: TagResource) -> Result<Value, Fault> {
    let connection = checks::find(cx, "resourceArn", &input.resource_arn)?;
    connection.tags = checks::tags(&connection.tags, input.tags)?;
    Ok(json!({}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct UntagResource {
    resource_arn: String,
    tag_keys: Vec<String>,
}

/// `UntagResource` (`CodeConnections` API Reference).
pub(crate) fn untag_resource(cx: &mut Cx, input: UntagResource) -> Result<Value, Fault> {
    let connection = checks::find(cx, "resourceArn", &input.resource_arn)?;
    connection
        .tags
        .retain(|key, _| !input.tag_keys.contains(key));
    Ok(json!({}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct ListTagsForResource {
    resource_arn: String,
}

/// `ListTagsForResource` (`CodeConnections` API Reference).
pub(crate) fn list_tags_for_resource(
    cx: &mut Cx,
    input: ListTagsForResource,
) -> Result<Value, Fault> {
    let connection = checks::find(cx, "resourceArn", &input.resource_arn)?;
    Ok(json!({ "Tags": tags::list(&connection.tags) }))
}
