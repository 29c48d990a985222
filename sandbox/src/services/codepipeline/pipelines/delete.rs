//! A pipeline, deleted.

use serde::Deserialize;
use serde_json::Value;

use crate::context::Cx;
use crate::fault::Fault;
use crate::services::codepipeline::names;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct DeletePipeline {
    name: String,
}

/// `DeletePipeline` (CodePipeline API Reference): one that is not there is none to delete.
pub(crate) fn delete_pipeline(cx: &mut Cx, input: DeletePipeline) -> Result<Value, Fault> {
    names::name("name", &input.name)?;
    cx.region().codepipeline.pipelines.remove(&input.name);
    Ok(Value::Null)
}
