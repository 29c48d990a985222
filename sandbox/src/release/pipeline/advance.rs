//! Everything that can move, moves.

use super::actions;
use super::again;
use super::enter;
use super::state::{ActionStatus, Pipeline, StageRun, StageStatus, Status};
use crate::context::Cx;
use crate::services::codepipeline::declaration::{Action, Stage};

/// Does something to the pipeline of that name, if there is one, and lets
/// everything move that can.
pub(crate) fn with<T>(
    cx: &mut Cx,
    name: &str,
    deed: impl FnOnce(&mut Cx, &mut Pipeline) -> T,
) -> Option<T> {
    // Taken out while it moves: its actions ask other services of the Region.
    let mut pipeline = cx.region().codepipeline.pipelines.remove(name)?;
    let done = deed(cx, &mut pipeline);
    settle(cx, &mut pipeline);
    pipeline.forget();
    let pipelines = &mut cx.region().codepipeline.pipelines;
    pipelines.insert(name.to_owned(), pipeline);
    Some(done)
}

fn settle(cx: &mut Cx, pipeline: &mut Pipeline) {
    let mut moved = true;
    while moved {
        moved = false;
        // The oldest first: those behind it enter what it leaves.
        for at in 0..pipeline.executions.len() {
            let execution = &pipeline.executions[at];
            moved |= match (execution.status.is_open(), execution.inside) {
                (false, _) => false,
                (true, true) => work(cx, pipeline, at),
                (true, false) => enter::enter(cx, pipeline, at),
            };
        }
    }
}

/// What comes next in the stage that an execution is in.
enum Next<'a> {
    /// Its actions are at work.
    Wait,
    Run(Vec<&'a Action>),
    Fail,
    Leave,
}

/// Lets an execution go on in its stage; whether it did.
fn work(cx: &mut Cx, pipeline: &mut Pipeline, at: usize) -> bool {
    let now = cx.now;
    let stopping = pipeline.executions[at].status == Status::Stopping;
    let position = pipeline.executions[at].at;
    let Some(stage) = pipeline.declaration.stages.get(position).cloned() else {
        return false;
    };
    let Some(run) = pipeline.executions[at].current() else {
        return false;
    };
    match next(&stage, run) {
        Next::Wait if stopping && run.status == StageStatus::InProgress => {
            run.status = StageStatus::Stopping;
            true
        }
        Next::Wait => false,
        Next::Run(_) if stopping => {
            run.status = StageStatus::Stopped;
            close(pipeline, at, Status::Stopped, now);
            true
        }
        Next::Run(together) => {
            for action in together {
                actions::begin(cx, pipeline, at, action);
            }
            true
        }
        Next::Fail => {
            run.status = StageStatus::Failed;
            close(pipeline, at, Status::Failed, now);
            again::after_failure(cx, pipeline, at, &stage);
            true
        }
        Next::Leave => {
            run.status = StageStatus::Succeeded;
            leave(pipeline, at, stopping, now);
            true
        }
    }
}

/// Actions of one run order run together, those of a higher one after them.
fn next<'a>(stage: &'a Stage, run: &StageRun) -> Next<'a> {
    if run.is_busy() {
        return Next::Wait;
    }
    let outcome = |action: &Action| run.action(&action.name).map(|run| run.status);
    let failed = |status| matches!(status, ActionStatus::Failed | ActionStatus::Abandoned);
    if stage.actions.iter().filter_map(outcome).any(failed) {
        return Next::Fail;
    }
    let waiting = || {
        stage
            .actions
            .iter()
            .filter(|action| outcome(action).is_none())
    };
    match waiting().map(|action| action.run_order).min() {
        None => Next::Leave,
        Some(order) => Next::Run(
            waiting()
                .filter(|action| action.run_order == order)
                .collect(),
        ),
    }
}

/// On to the next stage, or to the end; a rollback is of one stage only.
fn leave(pipeline: &mut Pipeline, at: usize, stopping: bool, now: i64) {
    let stages = pipeline.declaration.stages.len();
    let execution = &mut pipeline.executions[at];
    let last = execution.at + 1 >= stages || execution.rollback_to.is_some();
    match (last, stopping) {
        (true, _) => close(pipeline, at, Status::Succeeded, now),
        (false, true) => close(pipeline, at, Status::Stopped, now),
        (false, false) => {
            execution.at += 1;
            execution.inside = false;
            execution.updated = now;
        }
    }
}

/// Ends an execution where it is.
pub(super) fn close(pipeline: &mut Pipeline, at: usize, status: Status, now: i64) {
    let execution = &mut pipeline.executions[at];
    execution.status = status;
    execution.inside = false;
    execution.updated = now;
}
