//! The Region's pipelines.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::context::Cx;
use crate::fault::Fault;
use crate::protocol::timestamp;
use crate::services::codepipeline::names;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ListPipelines {
    next_token: Option<String>,
    max_results: Option<usize>,
}

/// `ListPipelines` (CodePipeline API Reference).
pub(crate) fn list_pipelines(cx: &mut Cx, input: ListPipelines) -> Result<Value, Fault> {
    let pipelines = cx.region().codepipeline.pipelines.values();
    let summaries = pipelines.map(|pipeline| {
        let declaration = &pipeline.declaration;
        json!({
            "name": declaration.name,
            "version": declaration.version,
            "pipelineType": declaration.pipeline_type,
            "executionMode": declaration.execution_mode,
            "created": timestamp(pipeline.created),
            "updated": timestamp(pipeline.updated),
        })
    });
    let page = names::page(
        summaries.collect(),
        input.max_results,
        input.next_token.as_deref(),
        1000,
    )?;
    Ok(json!({ "pipelines": page.items, "nextToken": page.next }))
}
