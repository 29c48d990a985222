//! A pipeline, as it is or was.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::context::Cx;
use crate::fault::Fault;
use crate::protocol::timestamp;
use crate::services::codepipeline::state::found;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct GetPipeline {
    name: String,
    version: Option<u32>,
}

/// `GetPipeline` (CodePipeline API Reference).
pub(crate) fn get_pipeline(cx: &mut Cx, input: GetPipeline) -> Result<Value, Fault> {
    let arn = cx.arn("codepipeline", &input.name);
    let pipeline = found(cx, "name", &input.name)?;
    let current = &pipeline.declaration;
    let declaration = match input.version {
        Some(version) if version != current.version => {
            pipeline.older.get(&version).ok_or_else(|| {
                let words = format!(
                    "Pipeline '{}' does not have a version '{version}'",
                    current.name
                );
                Fault::new("PipelineVersionNotFoundException", words)
            })?
        }
        _ => current,
    };
    Ok(json!({
        "pipeline": declaration,
        "metadata": {
            "pipelineArn": arn,
            "created": timestamp(pipeline.created),
            "updated": timestamp(pipeline.updated),
        },
    }))
}
