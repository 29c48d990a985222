//! `BatchGetBuilds`, `ListBuilds` and `ListBuildsForProject`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::show::shown;
use super::state::Build;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::codebuild::faults::{invalid, no_such_project};
use crate::services::codebuild::lists::{SortOrder, hundred, named};

/// The id, of an id or an ARN.
pub(super) fn id(cx: &Cx, given: &str) -> Result<String, Fault> {
    let prefix = cx.arn("codebuild", "build/");
    let id = given.strip_prefix(&prefix).unwrap_or(given);
    match id.split_once(':') {
        Some((project, uuid)) if !project.is_empty() && uuid.len() == 36 => Ok(id.to_owned()),
        _ => Err(invalid(format!("Invalid build ID: {given}"))),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BatchGetBuilds {
    ids: Vec<String>,
}

/// `BatchGetBuilds` (`CodeBuild` API Reference): what there is not is listed apart.
pub(crate) fn batch_get_builds(cx: &mut Cx, input: BatchGetBuilds) -> Result<Value, Fault> {
    named("ids", &input.ids)?;
    let region = cx.region.to_owned();
    let (mut found, mut missing) = (Vec::new(), Vec::new());
    for given in &input.ids {
        let id = id(cx, given);
        let builds = &cx.region().codebuild.builds;
        match id.ok().and_then(|id| builds.get(&id)) {
            Some(build) => found.push(shown(&region, build)),
            None => missing.push(given),
        }
    }
    Ok(json!({ "builds": found, "buildsNotFound": missing }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ListBuilds {
    #[serde(default = "latest_first")]
    sort_order: SortOrder,
    next_token: Option<String>,
}

fn latest_first() -> SortOrder {
    SortOrder::Descending
}

/// `ListBuilds` (`CodeBuild` API Reference): ids, the latest first.
pub(crate) fn list_builds(cx: &mut Cx, input: ListBuilds) -> Result<Value, Fault> {
    listed(cx, |_| true, input.sort_order, input.next_token.as_deref())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ListBuildsForProject {
    project_name: String,
    #[serde(default = "latest_first")]
    sort_order: SortOrder,
    next_token: Option<String>,
}

/// `ListBuildsForProject` (`CodeBuild` API Reference): ids, the latest first.
pub(crate) fn list_builds_for_project(
    cx: &mut Cx,
    input: ListBuildsForProject,
) -> Result<Value, Fault> {
    let name = input.project_name;
    if !cx.region().codebuild.projects.contains_key(&name) {
        return Err(no_such_project(cx, &name));
    }
    let of_it = |build: &Build| build.project == name;
    listed(cx, of_it, input.sort_order, input.next_token.as_deref())
}

fn listed(
    cx: &mut Cx,
    wanted: impl Fn(&Build) -> bool,
    order: SortOrder,
    token: Option<&str>,
) -> Result<Value, Fault> {
    let builds = cx.region().codebuild.builds.values();
    let mut builds = builds.filter(|build| wanted(build)).collect::<Vec<_>>();
    builds.sort_by_key(|build| (build.started, build.number));
    if order == SortOrder::Descending {
        builds.reverse();
    }
    let ids = builds.into_iter().map(|build| build.id.clone()).collect();
    let page = hundred(ids, token).ok_or_else(|| invalid("Invalid nextToken"))?;
    Ok(json!({ "ids": page.items, "nextToken": page.next }))
}
