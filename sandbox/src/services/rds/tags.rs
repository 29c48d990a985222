//! Tags of whatever RDS has, by ARN.

use serde::Deserialize;
use serde_json::{Value, json};

use super::faults::{
    combination, invalid, no_such_cluster, no_such_instance, no_such_snapshot, no_such_subnet_group,
};
use super::listing::Filter;
use crate::context::Cx;
use crate::fault::Fault;
use crate::tags::{self, Tag, Tags};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct AddTagsToResource {
    resource_name: String,
    tags: Vec<Tag>,
}

/// `AddTagsToResource` (RDS API Reference).
pub(crate) fn add_tags_to_resource(cx: &mut Cx, input: AddTagsToResource) -> Result<Value, Fault> {
    check(&input.tags)?;
    let tags = tags_of(cx, &input.resource_name)?;
    tags.extend(tags::collect(input.tags));
    Ok(Value::Null)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct ListTagsForResource {
    resource_name: String,
    #[serde(default)]
    filters: Vec<Filter>,
}

/// `ListTagsForResource` (RDS API Reference); its filters are "not currently supported".
pub(crate) fn list_tags_for_resource(
    cx: &mut Cx,
    input: ListTagsForResource,
) -> Result<Value, Fault> {
    if !input.filters.is_empty() {
        return Err(combination("The parameter Filters is not supported."));
    }
    let tags = tags_of(cx, &input.resource_name)?;
    Ok(json!({ "TagList": tags::list(tags) }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct RemoveTagsFromResource {
    resource_name: String,
    tag_keys: Vec<String>,
}

/// `RemoveTagsFromResource` (RDS API Reference): a key that is not there is no error.
pub(crate) fn remove_tags_from_resource(
    cx: &mut Cx,
    input: RemoveTagsFromResource,
) -> Result<Value, Fault> {
    let tags = tags_of(cx, &input.resource_name)?;
    tags.retain(|key, _| !input.tag_keys.contains(key));
    Ok(Value::Null)
}

/// The tags that a new resource gets, checked.
pub(super) fn of_new(given: Vec<Tag>) -> Result<Tags, Fault> {
    check(&given)?;
    Ok(tags::collect(given))
}

fn check(tags: &[Tag]) -> Result<(), Fault> {
    for tag in tags {
        if tag.key.is_empty() || tag.key.chars().count() > 128 || tag.value.chars().count() > 256 {
            return Err(invalid(
                "A tag needs a key of 1 to 128 characters and a value of up to 256.",
            ));
        }
        if tag.key.starts_with("aws:") || tag.key.starts_with("rds:") {
            return Err(invalid(format!(
                "The tag key {} starts with a reserved prefix.",
                tag.key
            )));
        }
    }
    Ok(())
}

/// The tags of the resource `arn`, `arn:aws:rds:REGION:ACCOUNT:KIND:NAME`.
fn tags_of<'a>(cx: &'a mut Cx, arn: &str) -> Result<&'a mut Tags, Fault> {
    let own = cx.arn("rds", "");
    let malformed = || invalid(format!("Invalid resource name: {arn}"));
    let (kind, name) = arn
        .strip_prefix(&own)
        .and_then(|rest| rest.split_once(':'))
        .ok_or_else(malformed)?;
    let rds = &mut cx.region().rds;
    match kind {
        "cluster" => rds
            .clusters
            .get_mut(name)
            .map(|it| &mut it.tags)
            .ok_or_else(|| no_such_cluster(name)),
        "db" => rds
            .instances
            .get_mut(name)
            .map(|it| &mut it.tags)
            .ok_or_else(|| no_such_instance(name)),
        "cluster-snapshot" => rds
            .snapshots
            .get_mut(name)
            .map(|it| &mut it.tags)
            .ok_or_else(|| no_such_snapshot(name)),
        "subgrp" => rds
            .subnet_groups
            .get_mut(name)
            .map(|it| &mut it.tags)
            .ok_or_else(|| no_such_subnet_group(name)),
        _ => Err(malformed()),
    }
}
