//! An execution, stopped.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::context::Cx;
use crate::fault::Fault;
use crate::release::pipeline::{self, Status};
use crate::services::codepipeline::faults::constraint;
use crate::services::codepipeline::names;
use crate::services::codepipeline::state::found;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct StopPipelineExecution {
    pipeline_name: String,
    pipeline_execution_id: String,
    #[serde(default)]
    abandon: bool,
    reason: Option<String>,
}

/// `StopPipelineExecution` (CodePipeline API Reference): after what is at work,
/// or at once. One that stops after its work can still be abandoned.
pub(crate) fn stop_pipeline_execution(
    cx: &mut Cx,
    input: StopPipelineExecution,
) -> Result<Value, Fault> {
    let (name, id) = (input.pipeline_name, input.pipeline_execution_id);
    if let Some(reason) = input.reason.as_ref().filter(|it| it.chars().count() > 200) {
        let rule = "Member must have length less than or equal to 200";
        return Err(constraint("reason", reason, rule));
    }
    names::uuid("pipelineExecutionId", &id)?;
    let pipeline = found(cx, "pipelineName", &name)?;
    let status = pipeline.execution(&id).map(|execution| execution.status);
    let refusal = match status {
        Some(Status::InProgress) => None,
        Some(Status::Stopping) if input.abandon => None,
        Some(Status::Stopping) => Some(Fault::new(
            "DuplicatedStopRequestException",
            format!("The pipeline execution {id} is already in the Stopping state."),
        )),
        Some(_) => Some(Fault::new(
            "PipelineExecutionNotStoppableException",
            format!("The pipeline execution {id} is not in a state that can be stopped."),
        )),
        None => Some(Fault::new(
            "PipelineExecutionNotStoppableException",
            format!(
                "Pipeline '{name}' does not have an execution with id '{id}' that can be stopped."
            ),
        )),
    };
    if let Some(refusal) = refusal {
        return Err(refusal);
    }
    pipeline::with(cx, &name, |cx, pipeline| {
        if let Some(execution) = pipeline.execution_mut(&id) {
            pipeline::stop(cx, execution, input.reason, input.abandon);
        }
    });
    Ok(json!({ "pipelineExecutionId": id }))
}
