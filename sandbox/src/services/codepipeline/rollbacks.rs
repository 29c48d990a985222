//! A stage, rolled back.

use serde::Deserialize;
use serde_json::{Value, json};

use super::declaration::Category;
use super::faults::{conflict, no_such_execution};
use super::names;
use super::state::{found, stage};
use crate::context::Cx;
use crate::fault::Fault;
use crate::release::pipeline::{self, StageStatus, Trigger, TriggerType};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct RollbackStage {
    pipeline_name: String,
    stage_name: String,
    target_pipeline_execution_id: String,
}

/// `RollbackStage` (CodePipeline API Reference): runs the stage with what an
/// earlier execution succeeded in it with.
pub(crate) fn rollback_stage(cx: &mut Cx, input: RollbackStage) -> Result<Value, Fault> {
    let RollbackStage {
        pipeline_name,
        stage_name,
        target_pipeline_execution_id: target,
    } = input;
    names::uuid("targetPipelineExecutionId", &target)?;
    let pipeline = found(cx, "pipelineName", &pipeline_name)?;
    let declared = stage(pipeline, &stage_name)?;
    let execution = pipeline
        .execution(&target)
        .ok_or_else(|| no_such_execution(&pipeline_name, &target))?;
    let unable = |words: String| Fault::new("UnableToRollbackStageException", words);
    let sources = declared.actions.iter();
    if sources
        .clone()
        .any(|it| it.action_type_id.category == Category::Source)
    {
        return Err(unable(format!(
            "Stage '{stage_name}' contains source actions and cannot be rolled back"
        )));
    }
    if execution.version != pipeline.declaration.version {
        return Err(Fault::new(
            "PipelineExecutionOutdatedException",
            format!(
                "The pipeline execution {target} was started in version {} of the pipeline, which is now at \
                 version {}",
                execution.version, pipeline.declaration.version
            ),
        ));
    }
    if execution.rollback_to.is_some() {
        return Err(unable(format!(
            "The pipeline execution {target} is itself a rollback"
        )));
    }
    let run = execution.run_of(&stage_name);
    if run.is_none_or(|run| run.status != StageStatus::Succeeded) {
        return Err(unable(format!(
            "The pipeline execution {target} has not succeeded in stage '{stage_name}'"
        )));
    }
    if execution
        .artifacts
        .values()
        .any(|artifact| artifact.files.is_none())
    {
        return Err(unable(format!(
            "The artifacts of the pipeline execution {target} are not available any more"
        )));
    }
    let busy = pipeline.latest_in(&stage_name);
    if busy.is_some_and(|(_, run)| {
        matches!(run.status, StageStatus::InProgress | StageStatus::Stopping)
    }) {
        return Err(conflict(format!(
            "Stage '{stage_name}' is in progress and cannot be rolled back"
        )));
    }
    let trigger = Trigger {
        trigger_type: TriggerType::ManualRollback,
        trigger_detail: cx.account.iam.user.arn.clone(),
    };
    let id = pipeline::with(cx, &pipeline_name, |cx, pipeline| {
        pipeline::roll_back(cx, pipeline, &stage_name, &target, trigger)
    });
    Ok(json!({ "pipelineExecutionId": id.flatten() }))
}
