//! One execution.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::context::Cx;
use crate::fault::Fault;
use crate::protocol::timestamp;
use crate::release::pipeline::{Execution, Status};
use crate::services::codepipeline::faults::no_such_execution;
use crate::services::codepipeline::names;
use crate::services::codepipeline::state::found;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct GetPipelineExecution {
    pipeline_name: String,
    pipeline_execution_id: String,
}

/// `GetPipelineExecution` (CodePipeline API Reference).
pub(crate) fn get_pipeline_execution(
    cx: &mut Cx,
    input: GetPipelineExecution,
) -> Result<Value, Fault> {
    let (name, id) = (input.pipeline_name, input.pipeline_execution_id);
    names::uuid("pipelineExecutionId", &id)?;
    let pipeline = found(cx, "pipelineName", &name)?;
    let execution = pipeline
        .execution(&id)
        .ok_or_else(|| no_such_execution(&name, &id))?;
    let revisions = execution.revisions.iter().map(|revision| {
        json!({
            "name": revision.artifact,
            "revisionId": revision.id,
            "revisionSummary": revision.summary,
            "revisionUrl": revision.url,
            "created": timestamp(revision.created),
        })
    });
    let variables = execution
        .variables
        .iter()
        .map(|(name, value)| json!({ "name": name, "resolvedValue": value }));
    Ok(json!({ "pipelineExecution": {
        "pipelineName": name,
        "pipelineVersion": execution.version,
        "pipelineExecutionId": id,
        "status": execution.status,
        "statusSummary": summary(execution),
        "artifactRevisions": revisions.collect::<Value>(),
        "variables": variables.collect::<Value>(),
        "trigger": execution.trigger,
        "executionMode": execution.mode,
        "executionType": kind(execution),
        "rollbackMetadata": rollback(execution),
    }}))
}

/// `executionType`
pub(in crate::services::codepipeline) fn kind(execution: &Execution) -> &'static str {
    match execution.rollback_to {
        Some(_) => "ROLLBACK",
        None => "STANDARD",
    }
}

/// `rollbackMetadata`, where there is any.
pub(super) fn rollback(execution: &Execution) -> Option<Value> {
    let target = execution.rollback_to.as_ref()?;
    Some(json!({ "rollbackTargetPipelineExecutionId": target }))
}

/// `statusSummary`: a sentence on what ended it.
pub(super) fn summary(execution: &Execution) -> Option<String> {
    match (execution.status, &execution.superseded_by) {
        (Status::Superseded, Some(newer)) => Some(format!("Superseded by execution {newer}")),
        (Status::Cancelled, _) => Some(
            "The pipeline's definition was updated before the pipeline execution could be completed."
                .to_owned(),
        ),
        _ => None,
    }
}
