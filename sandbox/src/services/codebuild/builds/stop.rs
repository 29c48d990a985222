//! `StopBuild`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::pipeline::stop;
use super::show::shown;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::codebuild::faults::no_such_build;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StopBuild {
    id: String,
}

/// `StopBuild` (`CodeBuild` API Reference): one that is complete stays as it is.
pub(crate) fn stop_build(cx: &mut Cx, input: StopBuild) -> Result<Value, Fault> {
    let id = super::list::id(cx, &input.id)?;
    if !stop(cx, &id) {
        return Err(no_such_build(cx, &id));
    }
    let region = cx.region.to_owned();
    let build = cx.region().codebuild.builds.get(&id);
    Ok(json!({ "build": build.map(|build| shown(&region, build)) }))
}
