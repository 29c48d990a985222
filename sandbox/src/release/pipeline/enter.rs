//! Which execution may enter a stage.

use super::advance::close;
use super::state::{Execution, Pipeline, StageRun, StageStatus, Status};
use crate::context::Cx;
use crate::services::codepipeline::declaration::ExecutionMode;

/// Lets an execution into the stage that it waits for, if it may; whether
/// anything became of it.
pub(super) fn enter(cx: &mut Cx, pipeline: &mut Pipeline, at: usize) -> bool {
    let (now, execution) = (cx.now, &pipeline.executions[at]);
    let Some(stage) = pipeline.declaration.stages.get(execution.at) else {
        return false;
    };
    if execution.status == Status::Stopping {
        close(pipeline, at, Status::Stopped, now);
        return true;
    }
    if let Some(newer) = overtaken(pipeline, at) {
        pipeline.executions[at].superseded_by = Some(newer);
        close(pipeline, at, Status::Superseded, now);
        return true;
    }
    let disabled = execution.at > 0 && pipeline.is_disabled(&stage.name);
    if disabled || !is_free(pipeline, at) {
        return false;
    }
    let run = StageRun {
        name: stage.name.clone(),
        status: StageStatus::InProgress,
        actions: Vec::new(),
        manual_retries: 0,
        automatic_retries: 0,
    };
    let execution = &mut pipeline.executions[at];
    execution.inside = true;
    execution.updated = now;
    execution.stages.push(run);
    true
}

/// Whether nothing is in the stage that an execution waits for, nor before it in the queue.
fn is_free(pipeline: &Pipeline, at: usize) -> bool {
    let (earlier, own) = (&pipeline.executions[..at], &pipeline.executions[at]);
    let open = |execution: &Execution| execution.status.is_open();
    let there = |execution: &Execution| execution.inside && execution.at == own.at;
    match pipeline.declaration.execution_mode {
        ExecutionMode::Parallel => true,
        ExecutionMode::Superseded => !pipeline.executions.iter().any(|it| open(it) && there(it)),
        ExecutionMode::Queued => {
            // One after the other: none may pass another that waits.
            let waits = |execution: &Execution| !execution.inside && execution.at == own.at;
            let first = !earlier.iter().any(|it| open(it) && waits(it));
            first && !pipeline.executions.iter().any(|it| open(it) && there(it))
        }
    }
}

/// The later execution that waits for the same stage, in the mode in which it takes its place.
fn overtaken(pipeline: &Pipeline, at: usize) -> Option<String> {
    if pipeline.declaration.execution_mode != ExecutionMode::Superseded {
        return None;
    }
    let own = &pipeline.executions[at];
    let newer = |execution: &&Execution| {
        execution.status.is_open() && !execution.inside && execution.at == own.at
    };
    let newer = pipeline.executions[at + 1..].iter().rev().find(newer)?;
    Some(newer.id.clone())
}
