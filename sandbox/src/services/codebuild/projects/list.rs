//! `BatchGetProjects` and `ListProjects`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::show::shown;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::codebuild::faults::{invalid, not_in};
use crate::services::codebuild::lists::{SortOrder, hundred, named};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BatchGetProjects {
    names: Vec<String>,
}

/// `BatchGetProjects` (`CodeBuild` API Reference): what there is not is listed apart.
pub(crate) fn batch_get_projects(cx: &mut Cx, input: BatchGetProjects) -> Result<Value, Fault> {
    named("names", &input.names)?;
    let prefix = cx.arn("codebuild", "project/");
    let projects = &cx.region().codebuild.projects;
    let (mut found, mut missing) = (Vec::new(), Vec::new());
    for name in &input.names {
        match projects.get(name.strip_prefix(&prefix).unwrap_or(name)) {
            Some(project) => found.push(shown(project)),
            None => missing.push(name),
        }
    }
    Ok(json!({ "projects": found, "projectsNotFound": missing }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ListProjects {
    sort_by: Option<String>,
    #[serde(default)]
    sort_order: SortOrder,
    next_token: Option<String>,
}

/// `ListProjects` (`CodeBuild` API Reference): names, a hundred a page.
pub(crate) fn list_projects(cx: &mut Cx, input: ListProjects) -> Result<Value, Fault> {
    let sort_by = input.sort_by.as_deref().unwrap_or("NAME");
    let mut projects = cx.region().codebuild.projects.values().collect::<Vec<_>>();
    match sort_by {
        "NAME" => {}
        "CREATED_TIME" => projects.sort_by_key(|project| project.created),
        "LAST_MODIFIED_TIME" => projects.sort_by_key(|project| project.modified),
        other => {
            return Err(not_in(
                "sortBy",
                other,
                &["NAME", "CREATED_TIME", "LAST_MODIFIED_TIME"],
            ));
        }
    }
    if input.sort_order == SortOrder::Descending {
        projects.reverse();
    }
    let names = projects
        .into_iter()
        .map(|project| project.name.clone())
        .collect();
    let page =
        hundred(names, input.next_token.as_deref()).ok_or_else(|| invalid("Invalid nextToken"))?;
    Ok(json!({ "projects": page.items, "nextToken": page.next }))
}
