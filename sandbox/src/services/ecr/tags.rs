//! Tags of repositories, by ARN.

use serde::Deserialize;
use serde_json::{Value, json};

use super::faults::{invalid, no_such_repository};
use crate::context::Cx;
use crate::fault::Fault;
use crate::tags::{self, Tag, Tags};

/// How many tags a repository can have.
const MOST: usize = 50;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct TagResource {
    resource_arn: String,
    tags: Vec<Tag>,
}

/// `TagResource` (ECR API Reference).
pub(crate) fn tag_resource(cx: &mut Cx, input: TagResource) -> Result<Value, Fault> {
    check(&input.tags)?;
    let tags = tags_of(cx, &input.resource_arn)?;
    *tags = tags::joined(tags, tags::collect(input.tags), MOST).ok_or_else(too_many)?;
    Ok(json!({}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct UntagResource {
    resource_arn: String,
    tag_keys: Vec<String>,
}

/// `UntagResource` (ECR API Reference): a key that is not there is no error.
pub(crate) fn untag_resource(cx: &mut Cx, input: UntagResource) -> Result<Value, Fault> {
    let tags = tags_of(cx, &input.resource_arn)?;
    tags.retain(|key, _| !input.tag_keys.contains(key));
    Ok(json!({}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ListTagsForResource {
    resource_arn: String,
}

/// `ListTagsForResource` (ECR API Reference).
pub(crate) fn list_tags_for_resource(
    cx: &mut Cx,
    input: ListTagsForResource,
) -> Result<Value, Fault> {
    let tags = tags_of(cx, &input.resource_arn)?;
    Ok(json!({ "tags": tags::list(tags) }))
}

/// The tags that a new repository gets, checked.
pub(super) fn of_new(given: Vec<Tag>) -> Result<Tags, Fault> {
    check(&given)?;
    tags::joined(&Tags::new(), tags::collect(given), MOST).ok_or_else(too_many)
}

fn check(given: &[Tag]) -> Result<(), Fault> {
    for tag in given {
        if !tags::fits(&tag.key, &tag.value) {
            return Err(Fault::new(
                "InvalidTagParameterException",
                format!(
                    "Invalid parameter at 'tags': the tag with key '{}' is not valid.",
                    tag.key
                ),
            ));
        }
    }
    Ok(())
}

fn too_many() -> Fault {
    let message = format!("The repository can have at most {MOST} tags.");
    Fault::new("TooManyTagsException", message)
}

fn tags_of<'a>(cx: &'a mut Cx, arn: &str) -> Result<&'a mut Tags, Fault> {
    let own = cx.arn("ecr", "repository/");
    let registry = cx.account.id.clone();
    let name = arn
        .strip_prefix(&own)
        .ok_or_else(|| invalid("resourceArn", "Invalid ARN"))?;
    let repository = cx.region().ecr.repositories.get_mut(name);
    repository
        .map(|it| &mut it.tags)
        .ok_or_else(|| no_such_repository(name, &registry))
}
