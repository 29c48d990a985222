//! Tags of whatever ECS has, by ARN.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::faults::{invalid, no_such_cluster};
use super::task_definitions;
use crate::context::Cx;
use crate::fault::Fault;
use crate::tags::{self, Tags};

/// How many tags a resource can have.
const MOST: usize = 50;

/// A tag as ECS writes it: in lower case, unlike most services.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Tag {
    key: String,
    #[serde(default)]
    value: String,
}

/// What is kept, as it is sent.
pub(super) fn list(tags: &Tags) -> Value {
    let tags = tags.iter();
    tags.map(|(key, value)| json!({ "key": key, "value": value }))
        .collect()
}

/// The tags that a new resource gets, checked.
pub(super) fn of_new(given: Vec<Tag>) -> Result<Tags, Fault> {
    for Tag { key, value } in &given {
        if !tags::fits(key, value) {
            return Err(invalid(format!(
                "The tag with key '{key}' is not valid: keys have 1 to 128 characters and do not start \
                 with aws:, values have at most 256."
            )));
        }
    }
    let given = given.into_iter().map(|tag| (tag.key, tag.value)).collect();
    tags::joined(&Tags::new(), given, MOST).ok_or_else(too_many)
}

fn too_many() -> Fault {
    invalid(format!("A resource can have no more than {MOST} tags."))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct TagResource {
    resource_arn: String,
    tags: Vec<Tag>,
}

/// `TagResource` (ECS API Reference).
pub(crate) fn tag_resource(cx: &mut Cx, input: TagResource) -> Result<Value, Fault> {
    let given = of_new(input.tags)?;
    let tags = found(cx, &input.resource_arn)?.ok_or_else(not_found)?;
    *tags = tags::joined(tags, given, MOST).ok_or_else(too_many)?;
    Ok(json!({}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct UntagResource {
    resource_arn: String,
    tag_keys: Vec<String>,
}

/// `UntagResource` (ECS API Reference): a key that is not there is no error.
pub(crate) fn untag_resource(cx: &mut Cx, input: UntagResource) -> Result<Value, Fault> {
    let tags = found(cx, &input.resource_arn)?.ok_or_else(not_found)?;
    tags.retain(|key, _| !input.tag_keys.contains(key));
    Ok(json!({}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ListTagsForResource {
    resource_arn: String,
}

/// `ListTagsForResource` (ECS API Reference): the one that knows no `ResourceNotFoundException`.
pub(crate) fn list_tags_for_resource(
    cx: &mut Cx,
    input: ListTagsForResource,
) -> Result<Value, Fault> {
    let tags = found(cx, &input.resource_arn)?.ok_or_else(|| {
        invalid("The specified resource was not found. Specify a valid ARN and try again.")
    })?;
    Ok(json!({ "tags": list(tags) }))
}

fn not_found() -> Fault {
    Fault::new(
        "ResourceNotFoundException",
        "The specified resource wasn't found.",
    )
}

/// The tags of the resource of that ARN; `None` where the cluster is there but the thing is not.
fn found<'a>(cx: &'a mut Cx, arn: &str) -> Result<Option<&'a mut Tags>, Fault> {
    let own = cx.arn("ecs", "");
    let resource = arn.strip_prefix(&own).ok_or_else(|| {
        invalid("The specified ARN is not valid. Specify a valid ARN and try again.")
    })?;
    let parts: Vec<&str> = resource.split('/').collect();
    let ecs = &mut cx.region().ecs;
    let (kind, rest) = match parts.as_slice() {
        ["task-definition", reference] => {
            return Ok(task_definitions::named(ecs, reference).map(|it| &mut it.tags));
        }
        ["capacity-provider", name] => {
            return Ok(ecs.capacity_providers.get_mut(*name).map(|it| &mut it.tags));
        }
        [kind, cluster, rest @ ..] => {
            let cluster = ecs.clusters.get_mut(*cluster).filter(|it| it.active);
            ((*kind, cluster.ok_or_else(no_such_cluster)?), rest)
        }
        _ => return Ok(None),
    };
    let (kind, cluster) = kind;
    Ok(match (kind, rest) {
        ("cluster", []) => Some(&mut cluster.tags),
        ("service", [name]) => cluster.services.get_mut(*name).map(|it| &mut it.tags),
        ("task", [id]) => cluster.tasks.get_mut(*id).map(|it| &mut it.tags),
        ("container-instance", [id]) => cluster.instances.get_mut(*id).map(|it| &mut it.tags),
        ("task-set", [service, .., id]) => cluster
            .services
            .get_mut(*service)
            .and_then(|service| service.task_set_mut(id))
            .map(|it| &mut it.tags),
        _ => None,
    })
}
