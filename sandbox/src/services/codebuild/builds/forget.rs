//! `BatchDeleteBuilds`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::context::Cx;
use crate::fault::Fault;
use crate::services::codebuild::lists::named;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BatchDeleteBuilds {
    ids: Vec<String>,
}

/// `BatchDeleteBuilds` (`CodeBuild` API Reference): those that run, and those that there are not, are
/// listed apart.
pub(crate) fn batch_delete_builds(cx: &mut Cx, input: BatchDeleteBuilds) -> Result<Value, Fault> {
    named("ids", &input.ids)?;
    let mut ids = Vec::new();
    for id in &input.ids {
        ids.push(super::list::id(cx, id)?);
    }
    let (mut deleted, mut kept) = (Vec::new(), Vec::new());
    for id in ids {
        let arn = cx.arn("codebuild", &format!("build/{id}"));
        let builds = &mut cx.region().codebuild.builds;
        let problem = match builds.get(&id) {
            None => Some("BUILD_NOT_FOUND"),
            Some(build) if !build.is_complete() => Some("BUILD_IN_PROGRESS"),
            Some(_) => None,
        };
        match problem {
            None => {
                builds.remove(&id);
                deleted.push(arn);
            }
            Some(code) => kept.push(json!({ "id": arn, "statusCode": code })),
        }
    }
    Ok(json!({ "buildsDeleted": deleted, "buildsNotDeleted": kept }))
}
