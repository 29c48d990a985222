//! `ListTaskDefinitions` and `ListTaskDefinitionFamilies`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ecs::faults::one_of;
use crate::services::ecs::names::listed;
use crate::services::ecs::state::{DefinitionStatus, Family};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ListTaskDefinitions {
    family_prefix: Option<String>,
    status: Option<String>,
    sort: Option<String>,
    next_token: Option<String>,
    max_results: Option<usize>,
}

/// `ListTaskDefinitions` (ECS API Reference): the active ones, unless others are asked for.
pub(crate) fn list_task_definitions(
    cx: &mut Cx,
    input: ListTaskDefinitions,
) -> Result<Value, Fault> {
    let status = input.status.as_deref().unwrap_or("ACTIVE");
    one_of(
        "status",
        status,
        &["ACTIVE", "INACTIVE", "DELETE_IN_PROGRESS"],
    )?;
    let sort = input.sort.as_deref().unwrap_or("ASC");
    one_of("sort", sort, &["ASC", "DESC"])?;
    let arn = cx.arn("ecs", "task-definition/");
    let families = cx.region().ecs.families.iter();
    // What is called a prefix is the whole name of a family.
    let asked = families.filter(|(name, _)| {
        let family = input.family_prefix.as_deref();
        family.is_none_or(|family| family == name.as_str())
    });
    let revisions = asked.flat_map(|(_, family)| family.revisions.values());
    let mut arns: Vec<_> = revisions
        .filter(|it| json!(it.status) == status)
        .map(|it| format!("{arn}{}", it.name()))
        .collect();
    if sort == "DESC" {
        arns.reverse();
    }
    let page = listed(arns, input.next_token.as_deref(), input.max_results, 100)?;
    Ok(json!({ "taskDefinitionArns": page.items, "nextToken": page.next }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ListTaskDefinitionFamilies {
    family_prefix: Option<String>,
    status: Option<String>,
    next_token: Option<String>,
    max_results: Option<usize>,
}

/// `ListTaskDefinitionFamilies` (ECS API Reference): those with an active revision, those without
/// one, or both.
pub(crate) fn list_task_definition_families(
    cx: &mut Cx,
    input: ListTaskDefinitionFamilies,
) -> Result<Value, Fault> {
    let status = input.status.as_deref().unwrap_or("ALL");
    one_of("status", status, &["ACTIVE", "INACTIVE", "ALL"])?;
    let is_active = |family: &Family| {
        let mut revisions = family.revisions.values();
        revisions.any(|it| it.status == DefinitionStatus::Active)
    };
    let families = cx.region().ecs.families.iter();
    let asked = families.filter(|(name, family)| {
        let prefix = input.family_prefix.as_deref().unwrap_or_default();
        name.starts_with(prefix)
            && !family.revisions.is_empty()
            && (status == "ALL" || is_active(family) == (status == "ACTIVE"))
    });
    let names = asked.map(|(name, _)| name.clone()).collect();
    let page = listed(names, input.next_token.as_deref(), input.max_results, 100)?;
    Ok(json!({ "families": page.items, "nextToken": page.next }))
}
