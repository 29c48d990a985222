//! Tags: `CreateTags`, `DeleteTags`, `DescribeTags`, and `TagSpecification.N` of the Create operations.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::faults::{invalid, missing, rehearsal};
use super::filters::Filter;
use super::listing::{Asked, Kind};
use super::state::Ec2;
use crate::context::Cx;
use crate::fault::Fault;
use crate::tags::{Tag, Tags, collect};

/// How many tags a resource can have (Amazon EC2 User Guide, "Tag restrictions").
const MOST: usize = 50;

/// `TagSpecification.N`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct TagSpecification {
    resource_type: Option<String>,
    #[serde(default)]
    tag: Vec<Tag>,
}

/// The tags that `specifications` give to a new resource of type `kind`.
pub(super) fn of_new(kind: &str, specifications: Vec<TagSpecification>) -> Result<Tags, Fault> {
    let mut tags = of_each(&[kind], specifications)?;
    Ok(tags.remove(kind).unwrap_or_default())
}

/// The tags that `specifications` give to new resources of these types, by type.
pub(super) fn of_each(
    kinds: &[&str],
    specifications: Vec<TagSpecification>,
) -> Result<BTreeMap<String, Tags>, Fault> {
    let mut tags: BTreeMap<String, Tags> = BTreeMap::new();
    for specification in specifications {
        let given = specification
            .resource_type
            .ok_or_else(|| missing("ResourceType"))?;
        if !kinds.contains(&given.as_str()) {
            return Err(invalid(format!(
                "'{given}' is not a valid taggable resource type for this operation."
            )));
        }
        check(&specification.tag)?;
        let of_kind = tags.entry(given).or_default();
        of_kind.extend(collect(specification.tag));
        within_limit(of_kind)?;
    }
    Ok(tags)
}

/// The tags of `id` as EC2 lists them.
pub(super) fn set(ec2: &Ec2, id: &str) -> Value {
    let tags = ec2.tags.get(id).into_iter().flatten();
    tags.map(|(key, value)| json!({ "key": key, "value": value }))
        .collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct CreateTags {
    resource_id: Vec<String>,
    tag: Vec<Tag>,
    #[serde(default)]
    dry_run: bool,
}

/// `CreateTags` (EC2 API Reference): sets tags and overwrites those of the same key.
pub(crate) fn create_tags(cx: &mut Cx, input: CreateTags) -> Result<Value, Fault> {
    check(&input.tag)?;
    let tags = collect(input.tag);
    let ec2 = &mut cx.region().ec2;
    for id in &input.resource_id {
        must_exist(ec2, id)?;
        let mut all = ec2.tags.get(id).cloned().unwrap_or_default();
        all.extend(tags.clone());
        within_limit(&all)?;
    }
    rehearsal(input.dry_run)?;
    for id in &input.resource_id {
        ec2.tag(id, tags.clone());
    }
    Ok(json!({ "return": true }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DeleteTags {
    resource_id: Vec<String>,
    #[serde(default)]
    tag: Vec<OldTag>,
    #[serde(default)]
    dry_run: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
struct OldTag {
    key: String,
    value: Option<String>,
}

/// `DeleteTags` (EC2 API Reference): without tags all of them go; with a value only the tag that
/// has it; what is not there is no error.
pub(crate) fn delete_tags(cx: &mut Cx, input: DeleteTags) -> Result<Value, Fault> {
    let ec2 = &mut cx.region().ec2;
    for id in &input.resource_id {
        must_exist(ec2, id)?;
    }
    rehearsal(input.dry_run)?;
    for id in &input.resource_id {
        let Some(tags) = ec2.tags.get_mut(id) else {
            continue;
        };
        tags.retain(|key, value| {
            let named =
                |old: &OldTag| old.key == *key && old.value.as_ref().is_none_or(|old| old == value);
            !input.tag.is_empty() && !input.tag.iter().any(named)
        });
    }
    ec2.tags.retain(|_, tags| !tags.is_empty());
    Ok(json!({ "return": true }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DescribeTags {
    #[serde(default)]
    filter: Vec<Filter>,
    max_results: Option<usize>,
    next_token: Option<String>,
    #[serde(default)]
    dry_run: bool,
}

const KIND: Kind = Kind {
    list: "tagSet",
    id: "resourceId",
    unknown: |id| no_such_resource(id),
    filters: &[
        ("key", "key"),
        ("resource-id", "resourceId"),
        ("resource-type", "resourceType"),
        ("value", "value"),
    ],
    page: (5, 1000),
};

/// `DescribeTags` (EC2 API Reference).
pub(crate) fn describe_tags(cx: &mut Cx, input: DescribeTags) -> Result<Value, Fault> {
    rehearsal(input.dry_run)?;
    let described = |(id, tags): (&String, &Tags)| {
        tags.iter()
            .map(|(key, value)| {
                json!({ "resourceId": id, "resourceType": type_of(id), "key": key, "value": value })
            })
            .collect::<Vec<_>>()
    };
    let items = cx.region().ec2.tags.iter().flat_map(described).collect();
    KIND.answer(
        items,
        Asked {
            filters: input.filter,
            max_results: input.max_results,
            next_token: input.next_token,
            ..Asked::default()
        },
    )
}

/// The resource type that an id's prefix stands for.
fn type_of(id: &str) -> &'static str {
    match id.rsplit_once('-').map_or("", |(prefix, _)| prefix) {
        "vpc" => "vpc",
        "subnet" => "subnet",
        "igw" => "internet-gateway",
        "rtb" => "route-table",
        "sg" => "security-group",
        "sgr" => "security-group-rule",
        "i" => "instance",
        "vol" => "volume",
        "lt" => "launch-template",
        "key" => "key-pair",
        _ => "network-interface",
    }
}

fn must_exist(ec2: &Ec2, id: &str) -> Result<(), Fault> {
    if ec2.exists(id) {
        Ok(())
    } else {
        Err(no_such_resource(id))
    }
}

fn no_such_resource(id: &str) -> Fault {
    let (code, kind) = match id.rsplit_once('-').map_or("", |(prefix, _)| prefix) {
        "vpc" => ("InvalidVpcID.NotFound", "vpc"),
        "subnet" => ("InvalidSubnetID.NotFound", "subnet"),
        "igw" => ("InvalidInternetGatewayID.NotFound", "internetGateway"),
        "rtb" => ("InvalidRouteTableID.NotFound", "routeTable"),
        "sg" => return super::security_groups::not_found(id),
        "sgr" => ("InvalidSecurityGroupRuleId.NotFound", "security group rule"),
        "i" => ("InvalidInstanceID.NotFound", "instance"),
        "vol" => ("InvalidVolume.NotFound", "volume"),
        "lt" => return super::launching::no_such_template(id),
        "key" => ("InvalidKeyPair.NotFound", "key pair"),
        "eni" => ("InvalidNetworkInterfaceID.NotFound", "networkInterface"),
        _ => return Fault::new("InvalidID", format!("The ID '{id}' is not valid")),
    };
    super::faults::no_such(code, kind, id)
}

/// Keys of up to 127 characters, values of up to 255, and `aws:` is AWS's own.
fn check(tags: &[Tag]) -> Result<(), Fault> {
    for tag in tags {
        if tag.key.is_empty() {
            return Err(invalid("Tag key cannot be empty."));
        }
        if tag.key.to_ascii_lowercase().starts_with("aws:") {
            return Err(invalid(format!(
                "Tag keys starting with 'aws:' are reserved for internal use: {}",
                tag.key
            )));
        }
        if tag.key.chars().count() > 127 {
            return Err(invalid(
                "Tag key exceeds the maximum length of 127 characters",
            ));
        }
        if tag.value.chars().count() > 255 {
            return Err(invalid(
                "Tag value exceeds the maximum length of 255 characters",
            ));
        }
    }
    Ok(())
}

fn within_limit(tags: &Tags) -> Result<(), Fault> {
    if tags.len() > MOST {
        return Err(Fault::new(
            "TagLimitExceeded",
            format!("The maximum number of tags per resource is {MOST}."),
        ));
    }
    Ok(())
}
