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
    let mut all = tags.clone();
    all.extend(tags::collect(input.tags));
    within_limit(&all)?;
    *tags = all;
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
    let tags = tags::collect(given);
    within_limit(&tags)?;
    Ok(tags)
}

fn check(tags: &[Tag]) -> Result<(), Fault> {
    for tag in tags {
        let fits = (1..=128).contains(&tag.key.chars().count()) && tag.value.chars().count() <= 256;
        if !fits || tag.key.to_ascii_lowercase().starts_with("aws:") {
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

fn within_limit(tags: &Tags) -> Result<(), Fault> {
    if tags.len() > MOST {
        let message = format!("The repository can have at most {MOST} tags.");
        return Err(Fault::new("TooManyTagsException", message));
    }
    Ok(())
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
