//! A stage again: by hand, by itself, or as it was before.

use super::actions;
use super::state::{
    ActionStatus, Execution, Pipeline, StageRun, StageStatus, Status, Trigger, TriggerType,
};
use crate::context::Cx;
use crate::services::codepipeline::declaration::{Declaration, FailureResult, RetryMode, Stage};

/// Runs the stage that an execution failed in again: what failed in it, or all of it.
pub(crate) fn retry(cx: &mut Cx, pipeline: &mut Pipeline, id: &str, mode: RetryMode) {
    again(cx, pipeline, id, mode, |run| run.manual_retries += 1);
}

fn again(
    cx: &mut Cx,
    pipeline: &mut Pipeline,
    id: &str,
    mode: RetryMode,
    count: fn(&mut StageRun),
) {
    let now = cx.now;
    let Some(at) = pipeline.executions.iter().position(|it| it.id == id) else {
        return;
    };
    let execution = &mut pipeline.executions[at];
    let Some(mut run) = execution.stages.pop() else {
        return;
    };
    execution.status = Status::InProgress;
    execution.inside = true;
    execution.updated = now;
    execution.stop = None;
    run.status = StageStatus::InProgress;
    count(&mut run);
    let stage = pipeline.declaration.stage(&run.name).cloned();
    let failed = match mode {
        RetryMode::AllActions => {
            // The run that was stays in the history as it is.
            let mut before = run.clone();
            before.status = StageStatus::Failed;
            forget_made(execution, &before);
            execution.stages.push(before);
            run.actions.clear();
            Vec::new()
        }
        RetryMode::FailedActions => {
            let failed = |name: &str| {
                let last = run.action(name).map(|action| action.status);
                matches!(last, Some(ActionStatus::Failed | ActionStatus::Abandoned))
            };
            let stage = stage.iter().flat_map(|stage| &stage.actions);
            stage
                .filter(|action| failed(&action.name))
                .cloned()
                .collect()
        }
    };
    execution.stages.push(run);
    for action in &failed {
        actions::begin(cx, pipeline, at, action);
    }
}

/// What the actions of a run made is made anew.
fn forget_made(execution: &mut Execution, run: &StageRun) {
    for action in &run.actions {
        execution
            .revisions
            .retain(|revision| revision.action != action.name);
        for artifact in &action.made {
            execution.artifacts.remove(artifact);
        }
    }
}

/// What a stage does by itself when it failed (CodePipeline User Guide,
/// "Configure a stage for automatic rollback", "… automatic retry").
pub(super) fn after_failure(cx: &mut Cx, pipeline: &mut Pipeline, at: usize, stage: &Stage) {
    let Some(on_failure) = &stage.on_failure else {
        return;
    };
    let (id, is_rollback) = {
        let execution = &pipeline.executions[at];
        (execution.id.clone(), execution.rollback_to.is_some())
    };
    match on_failure.result {
        Some(FailureResult::Retry) => {
            // One attempt, and no more.
            let run = pipeline.executions[at].run_of(&stage.name);
            if run.is_some_and(|run| run.automatic_retries == 0) {
                let configured = on_failure.retry_configuration.as_ref();
                let mode = configured.and_then(|retry| retry.retry_mode);
                let mode = mode.unwrap_or(RetryMode::FailedActions);
                again(cx, pipeline, &id, mode, |run| run.automatic_retries += 1);
            }
        }
        Some(FailureResult::Rollback) if !is_rollback => {
            let good = |execution: &&Execution| {
                execution.rollback_to.is_none()
                    && execution.version == pipeline.declaration.version
                    && execution
                        .run_of(&stage.name)
                        .is_some_and(|run| run.status == StageStatus::Succeeded)
            };
            let target = pipeline.executions[..at].iter().rev().find(good);
            if let Some(target) = target.map(|target| target.id.clone()) {
                let trigger = Trigger {
                    trigger_type: TriggerType::AutomatedRollback,
                    trigger_detail: id,
                };
                roll_back(cx, pipeline, &stage.name, &target, trigger);
            }
        }
        Some(FailureResult::Rollback | FailureResult::Fail) | None => {}
    }
}

/// Begins an execution that runs one stage with what another one, `target`,
/// ran it with: a rollback; gives its id.
pub(crate) fn roll_back(
    cx: &mut Cx,
    pipeline: &mut Pipeline,
    stage: &str,
    target: &str,
    trigger: Trigger,
) -> Option<String> {
    let position = position(&pipeline.declaration, stage)?;
    let target = pipeline.execution(target)?.clone();
    let id = cx.account.ids.uuid();
    pipeline.executions.push(Execution {
        id: id.clone(),
        status: Status::InProgress,
        started: cx.now,
        updated: cx.now,
        trigger,
        rollback_to: Some(target.id),
        client_token: None,
        stop: None,
        superseded_by: None,
        at: position,
        inside: false,
        stages: Vec::new(),
        ..target
    });
    Some(id)
}

fn position(declaration: &Declaration, stage: &str) -> Option<usize> {
    declaration.stages.iter().position(|it| it.name == stage)
}
