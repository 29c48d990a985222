//! `DescribeTaskDefinition`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::capabilities;
use super::references::found;
use crate::context::Cx;
use crate::fault::Fault;
use crate::protocol::timestamp;
use crate::services::ecs::faults::{client, one_of};
use crate::services::ecs::state::TaskDefinition;
use crate::services::ecs::tags;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct DescribeTaskDefinition {
    task_definition: String,
    #[serde(default)]
    include: Vec<String>,
}

/// `DescribeTaskDefinition` (ECS API Reference): inactive revisions too.
pub(crate) fn describe_task_definition(
    cx: &mut Cx,
    input: DescribeTaskDefinition,
) -> Result<Value, Fault> {
    for included in &input.include {
        one_of("include", included, &["TAGS"])?;
    }
    let found = found(cx, &input.task_definition)
        .ok_or_else(|| client("Unable to describe task definition."))?
        .clone();
    let tags = (!input.include.is_empty()).then(|| tags::list(&found.tags));
    Ok(json!({ "taskDefinition": described(cx, &found), "tags": tags }))
}

/// A task definition as ECS describes it: what was registered, and what ECS says of it.
pub(super) fn described(cx: &Cx, found: &TaskDefinition) -> Value {
    let definition = &found.definition;
    let mut described = json!(definition);
    if let Some(fields) = described.as_object_mut() {
        fields.remove("tags");
        let arn = cx.arn("ecs", &format!("task-definition/{}", found.name()));
        fields.extend([
            ("taskDefinitionArn".to_owned(), json!(arn)),
            ("revision".to_owned(), json!(found.revision)),
            ("status".to_owned(), json!(found.status)),
            (
                "requiresAttributes".to_owned(),
                capabilities::required(definition),
            ),
            (
                "compatibilities".to_owned(),
                json!(capabilities::compatibilities(definition)),
            ),
            ("registeredAt".to_owned(), timestamp(found.registered)),
            ("registeredBy".to_owned(), json!(found.registered_by)),
            (
                "deregisteredAt".to_owned(),
                json!(found.deregistered.map(timestamp)),
            ),
            (
                "deleteRequestedAt".to_owned(),
                json!(found.delete_requested.map(timestamp)),
            ),
        ]);
    }
    described
}
