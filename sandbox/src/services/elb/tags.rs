//! Tags of whatever the service has, by ARN.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::{Value, json};

use super::arns::{Kind, kind_of};
use super::faults::{
    invalid, no_such_listener, no_such_load_balancer, no_such_rule, no_such_target_group,
};
use super::state::Elb;
use crate::context::Cx;
use crate::fault::Fault;
use crate::tags::{self, Tag, Tags};

/// How many tags a resource can have.
const MOST: usize = 50;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct AddTags {
    resource_arns: Vec<String>,
    tags: Vec<Tag>,
}

/// `AddTags` (Elastic Load Balancing API Reference): sets tags, overwriting those of the same key.
pub(crate) fn add_tags(cx: &mut Cx, input: AddTags) -> Result<Value, Fault> {
    let new = of_new(input.tags)?;
    let elb = &mut cx.region().elb;
    for arn in &input.resource_arns {
        let mut all = tags_of(elb, arn)?.clone();
        all.extend(new.clone());
        within_limit(&all)?;
    }
    for arn in &input.resource_arns {
        tags_of(elb, arn)?.extend(new.clone());
    }
    Ok(json!({}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct RemoveTags {
    resource_arns: Vec<String>,
    tag_keys: Vec<String>,
}

/// `RemoveTags` (Elastic Load Balancing API Reference): a key that is not there is no error.
pub(crate) fn remove_tags(cx: &mut Cx, input: RemoveTags) -> Result<Value, Fault> {
    let elb = &mut cx.region().elb;
    for arn in &input.resource_arns {
        tags_of(elb, arn)?;
    }
    for arn in &input.resource_arns {
        tags_of(elb, arn)?.retain(|key, _| !input.tag_keys.contains(key));
    }
    Ok(json!({}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DescribeTags {
    resource_arns: Vec<String>,
}

/// `DescribeTags` (Elastic Load Balancing API Reference): of at most twenty resources.
pub(crate) fn describe_tags(cx: &mut Cx, input: DescribeTags) -> Result<Value, Fault> {
    if input.resource_arns.len() > 20 {
        return Err(invalid(
            "Cannot have more than 20 resources described in a single call",
        ));
    }
    let elb = &mut cx.region().elb;
    let described = input.resource_arns.iter().map(|arn| {
        let tags = tags_of(elb, arn)?;
        Ok(json!({ "ResourceArn": arn, "Tags": tags::list(tags) }))
    });
    let described = described.collect::<Result<Value, Fault>>()?;
    Ok(json!({ "TagDescriptions": described }))
}

/// The tags that a new resource gets, checked.
pub(super) fn of_new(given: Vec<Tag>) -> Result<Tags, Fault> {
    let mut keys = BTreeSet::new();
    for tag in &given {
        if tag.key.is_empty() || tag.key.chars().count() > 128 || tag.value.chars().count() > 256 {
            return Err(invalid(
                "A tag key must have 1 to 128 characters and a tag value at most 256",
            ));
        }
        if tag.key.starts_with("aws:") {
            return Err(invalid(format!(
                "Tag key '{}' cannot begin with the reserved prefix 'aws:'",
                tag.key
            )));
        }
        if !keys.insert(&tag.key) {
            return Err(Fault::new(
                "DuplicateTagKeys",
                format!("Tag key was specified more than once: {}", tag.key),
            ));
        }
    }
    let tags = tags::collect(given);
    within_limit(&tags)?;
    Ok(tags)
}

fn within_limit(tags: &Tags) -> Result<(), Fault> {
    if tags.len() > MOST {
        return Err(Fault::new(
            "TooManyTags",
            format!("The maximum number of tags per resource is '{MOST}'"),
        ));
    }
    Ok(())
}

fn tags_of<'a>(elb: &'a mut Elb, arn: &str) -> Result<&'a mut Tags, Fault> {
    match kind_of(arn) {
        Some(Kind::LoadBalancer) => elb
            .load_balancers
            .get_mut(arn)
            .map(|it| &mut it.tags)
            .ok_or_else(|| no_such_load_balancer(arn)),
        Some(Kind::TargetGroup) => elb
            .target_groups
            .get_mut(arn)
            .map(|it| &mut it.tags)
            .ok_or_else(|| no_such_target_group(arn)),
        Some(Kind::Listener) => elb
            .listeners
            .get_mut(arn)
            .map(|it| &mut it.tags)
            .ok_or_else(|| no_such_listener(arn)),
        Some(Kind::Rule) => elb
            .rules
            .get_mut(arn)
            .map(|it| &mut it.tags)
            .ok_or_else(|| no_such_rule(arn)),
        None => Err(invalid(format!("'{arn}' is not a valid ARN"))),
    }
}
