//! Tags of log groups, by ARN and, as it used to be, by name.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::state::LogGroup;
use super::{CODE, names};
use crate::context::Cx;
use crate::fault::Fault;
use crate::tags::{self, Tags};

/// How many tags a log group may have.
const LIMIT: usize = 50;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct TagResource {
    resource_arn: String,
    tags: BTreeMap<String, String>,
}

/// `TagResource` (`CloudWatch` Logs API Reference).
pub(crate) fn tag_resource(cx: &mut Cx, input: TagResource) -> Result<Value, Fault> {
    let group = by_arn(cx, &input.resource_arn)?;
    group.tags = merged(&group.tags, input.tags)?;
    Ok(Value::Null)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct UntagResource {
    resource_arn: String,
    tag_keys: Vec<String>,
}

/// `UntagResource` (`CloudWatch` Logs API Reference).
pub(crate) fn untag_resource(cx: &mut Cx, input: UntagResource) -> Result<Value, Fault> {
    let group = by_arn(cx, &input.resource_arn)?;
    group.tags.retain(|key, _| !input.tag_keys.contains(key));
    Ok(Value::Null)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ListTagsForResource {
    resource_arn: String,
}

/// `ListTagsForResource` (`CloudWatch` Logs API Reference).
pub(crate) fn list_tags_for_resource(
    cx: &mut Cx,
    input: ListTagsForResource,
) -> Result<Value, Fault> {
    let group = by_arn(cx, &input.resource_arn)?;
    Ok(json!({ "tags": group.tags }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct TagLogGroup {
    log_group_name: String,
    tags: BTreeMap<String, String>,
}

/// `TagLogGroup` (`CloudWatch` Logs API Reference).
pub(crate) fn tag_log_group(cx: &mut Cx, input: TagLogGroup) -> Result<Value, Fault> {
    let group = names::find(cx, &input.log_group_name)?;
    group.tags = merged(&group.tags, input.tags)?;
    Ok(Value::Null)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct UntagLogGroup {
    log_group_name: String,
    /// Their keys.
    tags: Vec<String>,
}

/// `UntagLogGroup` (`CloudWatch` Logs API Reference).
pub(crate) fn untag_log_group(cx: &mut Cx, input: UntagLogGroup) -> Result<Value, Fault> {
    let group = names::find(cx, &input.log_group_name)?;
    group.tags.retain(|key, _| !input.tags.contains(key));
    Ok(Value::Null)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ListTagsLogGroup {
    log_group_name: String,
}

/// `ListTagsLogGroup` (`CloudWatch` Logs API Reference).
pub(crate) fn list_tags_log_group(cx: &mut Cx, input: ListTagsLogGroup) -> Result<Value, Fault> {
    let group = names::find(cx, &input.log_group_name)?;
    Ok(json!({ "tags": group.tags }))
}

/// The tags that are there with the given ones.
pub(super) fn merged(there: &Tags, given: BTreeMap<String, String>) -> Result<Tags, Fault> {
    if let Some(key) = given
        .keys()
        .find(|key| key.is_empty() || key.starts_with("aws:"))
    {
        let rule = "Member must have length between 1 and 128 and must not start with aws:";
        return Err(Fault::constraint(CODE, "tags", key, rule));
    }
    tags::joined(there, given, LIMIT).ok_or_else(|| {
        let words = "A resource can have no more than 50 tags.";
        Fault::new("TooManyTagsException", words)
    })
}

/// The group of that ARN, with or without the `:*` that means its streams.
fn by_arn<'a>(cx: &'a mut Cx, arn: &str) -> Result<&'a mut LogGroup, Fault> {
    let ours = names::arn(cx, "");
    let name = arn.strip_suffix(":*").unwrap_or(arn).strip_prefix(&ours);
    if !arn.starts_with("arn:aws:logs:") {
        let words = format!("Invalid ARN: {arn}");
        return Err(Fault::new(CODE, words));
    }
    let name = name.ok_or_else(names::unknown)?;
    cx.region()
        .logs
        .groups
        .get_mut(name)
        .ok_or_else(names::unknown)
}
