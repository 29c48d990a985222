//! `DeleteProject`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::context::Cx;
use crate::fault::Fault;
use crate::services::codebuild::faults::invalid;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeleteProject {
    name: String,
}

/// `DeleteProject` (`CodeBuild` API Reference): its builds stay; one that is not there is no error.
pub(crate) fn delete_project(cx: &mut Cx, input: DeleteProject) -> Result<Value, Fault> {
    if input.name.is_empty() {
        return Err(invalid("Invalid project name: it must not be empty"));
    }
    // An ARN will do as well.
    let prefix = cx.arn("codebuild", "project/");
    let name = input.name.strip_prefix(&prefix).unwrap_or(&input.name);
    cx.region().codebuild.projects.remove(name);
    Ok(json!({}))
}
