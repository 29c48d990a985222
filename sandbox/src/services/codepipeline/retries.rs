//! A stage that failed, run again.

use serde::Deserialize;
use serde_json::{Value, json};

use super::declaration::RetryMode;
use super::names;
use super::state::{found, stage};
use crate::context::Cx;
use crate::fault::Fault;
use crate::release::pipeline::{self, StageStatus};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct RetryStageExecution {
    pipeline_name: String,
    stage_name: String,
    pipeline_execution_id: String,
    retry_mode: RetryMode,
}

/// `RetryStageExecution` (CodePipeline API Reference): of the execution that
/// was in the stage last, if it failed there or was stopped.
pub(crate) fn retry_stage_execution(
    cx: &mut Cx,
    input: RetryStageExecution,
) -> Result<Value, Fault> {
    let RetryStageExecution {
        pipeline_name,
        stage_name,
        pipeline_execution_id: id,
        retry_mode,
    } = input;
    names::uuid("pipelineExecutionId", &id)?;
    let pipeline = found(cx, "pipelineName", &pipeline_name)?;
    stage(pipeline, &stage_name)?;
    match pipeline.latest_in(&stage_name) {
        Some((latest, _)) if latest.id != id => {
            let words = format!(
                "The pipeline execution {id} is not the latest in stage '{stage_name}': {} is",
                latest.id
            );
            return Err(Fault::new("NotLatestPipelineExecutionException", words));
        }
        Some((latest, run))
            if !latest.status.is_open()
                && latest.version == pipeline.declaration.version
                && matches!(run.status, StageStatus::Failed | StageStatus::Stopped) => {}
        _ => {
            let words = format!(
                "Stage '{stage_name}' of pipeline '{pipeline_name}' is not in a state that can be retried for \
                 the pipeline execution {id}"
            );
            return Err(Fault::new("StageNotRetryableException", words));
        }
    }
    pipeline::with(cx, &pipeline_name, |cx, pipeline| {
        pipeline::retry(cx, pipeline, &id, retry_mode);
    });
    Ok(json!({ "pipelineExecutionId": id }))
}
