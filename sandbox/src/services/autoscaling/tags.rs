//! Tags of groups.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::faults::{found, invalid};
use super::listing::{Filter, Wanted, listing, unknown_filter};
use super::state::{Group, GroupTag};
use crate::context::Cx;
use crate::fault::Fault;

/// How many tags a group can have.
const MOST: usize = 50;

/// A tag as it arrives.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct GivenTag {
    /// The group's name.
    resource_id: Option<String>,
    resource_type: Option<String>,
    key: String,
    #[serde(default)]
    value: String,
    #[serde(default)]
    propagate_at_launch: bool,
}

/// The tags of a new group.
pub(super) fn of_new(
    name: &str,
    given: Vec<GivenTag>,
) -> Result<BTreeMap<String, GroupTag>, Fault> {
    let mut tags = BTreeMap::new();
    for tag in given {
        if tag.resource_id.as_deref().is_some_and(|id| id != name) {
            return Err(invalid(format!("The resource id of a tag must be {name}.")));
        }
        check(&tag)?;
        let (key, tag) = kept(tag);
        if tags.insert(key.clone(), tag).is_some() {
            return Err(invalid(format!(
                "Duplicate tag keys are not permitted: {key}"
            )));
        }
    }
    within_limit(&tags)?;
    Ok(tags)
}

/// The tags of a group as Auto Scaling lists them.
pub(super) fn list(group: &Group) -> Vec<Value> {
    let tags = group.tags.iter();
    tags.map(|(key, tag)| {
        json!({
            "ResourceId": group.name,
            "ResourceType": "auto-scaling-group",
            "Key": key,
            "Value": tag.value,
            "PropagateAtLaunch": tag.propagate,
        })
    })
    .collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct Tagging {
    tags: Vec<GivenTag>,
}

/// `CreateOrUpdateTags` (Auto Scaling API Reference): instances that are there do not get them.
pub(crate) fn create_or_update_tags(cx: &mut Cx, input: Tagging) -> Result<Value, Fault> {
    for tag in &input.tags {
        check(tag)?;
        let mut tags = named(cx, tag)?.tags.clone();
        let (key, tag) = (
            tag.key.clone(),
            GroupTag {
                value: tag.value.clone(),
                propagate: tag.propagate_at_launch,
            },
        );
        tags.insert(key, tag);
        within_limit(&tags)?;
    }
    for tag in input.tags {
        let name = tag.resource_id.clone().unwrap_or_default();
        if let Some(group) = cx.region().autoscaling.groups.get_mut(&name) {
            let (key, tag) = kept(tag);
            group.tags.insert(key, tag);
        }
    }
    Ok(Value::Null)
}

/// `DeleteTags` (Auto Scaling API Reference): a key that is not there is no error.
pub(crate) fn delete_tags(cx: &mut Cx, input: Tagging) -> Result<Value, Fault> {
    for tag in &input.tags {
        named(cx, tag)?;
    }
    for tag in input.tags {
        let name = tag.resource_id.unwrap_or_default();
        if let Some(group) = cx.region().autoscaling.groups.get_mut(&name) {
            group.tags.remove(&tag.key);
        }
    }
    Ok(Value::Null)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DescribeTags {
    #[serde(default)]
    filters: Vec<Filter>,
    #[serde(default, rename = "IncludeManagedResources")]
    _managed: bool,
    next_token: Option<String>,
    max_records: Option<usize>,
}

/// `DescribeTags` (Auto Scaling API Reference), of all groups.
pub(crate) fn describe_tags(cx: &mut Cx, input: DescribeTags) -> Result<Value, Fault> {
    const FIELDS: [(&str, &str); 4] = [
        ("auto-scaling-group", "ResourceId"),
        ("key", "Key"),
        ("value", "Value"),
        ("propagate-at-launch", "PropagateAtLaunch"),
    ];
    let field = |name: &str| FIELDS.iter().find(|(known, _)| *known == name);
    if let Some(filter) = input.filters.iter().find(|it| field(&it.name).is_none()) {
        return Err(unknown_filter(&filter.name));
    }
    let passes = |tag: &Value| {
        input.filters.iter().all(|filter| {
            let value = field(&filter.name).map_or(&Value::Null, |(_, field)| &tag[*field]);
            let text = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            filter.has(&text)
        })
    };
    let groups = cx.region().autoscaling.groups.values();
    listing(
        "Tags",
        groups.flat_map(list).filter(passes).collect(),
        &Wanted {
            token: input.next_token,
            size: input.max_records,
            usual: 50,
            most: 100,
        },
    )
}

/// The group that a tag is for.
fn named<'a>(cx: &'a mut Cx, tag: &GivenTag) -> Result<&'a Group, Fault> {
    if let Some(kind) = tag.resource_type.as_deref()
        && kind != "auto-scaling-group"
    {
        return Err(invalid(format!(
            "Invalid resource type {kind}. Valid are: auto-scaling-group"
        )));
    }
    let name = tag.resource_id.as_deref();
    let name = name.ok_or_else(|| invalid("The resource id of a tag must be given."))?;
    found(&cx.region().autoscaling, name)
}

fn kept(tag: GivenTag) -> (String, GroupTag) {
    let kept = GroupTag {
        value: tag.value,
        propagate: tag.propagate_at_launch,
    };
    (tag.key, kept)
}

fn check(tag: &GivenTag) -> Result<(), Fault> {
    if tag.key.is_empty() || tag.key.chars().count() > 128 {
        return Err(invalid("A tag key must have between 1 and 128 characters."));
    }
    if tag.value.chars().count() > 256 {
        return Err(invalid("A tag value must have at most 256 characters."));
    }
    if tag.key.to_lowercase().starts_with("aws:") {
        return Err(invalid(
            "Tag keys starting with aws: are reserved for system use.",
        ));
    }
    Ok(())
}

fn within_limit(tags: &BTreeMap<String, GroupTag>) -> Result<(), Fault> {
    if tags.len() > MOST {
        let words = format!("A group can have at most {MOST} tags.");
        return Err(Fault::new("LimitExceeded", words));
    }
    Ok(())
}
