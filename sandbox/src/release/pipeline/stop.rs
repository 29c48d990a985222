//! Executions that end before their time.

use super::state::{ActionStatus, Execution, Pipeline, StageStatus, Status, Stop};
use crate::clock::Millis;
use crate::context::Cx;

/// Stops an execution: once its actions have finished, or at once, leaving
/// them behind, which is to `abandon` them.
pub(crate) fn stop(cx: &mut Cx, execution: &mut Execution, reason: Option<String>, abandon: bool) {
    execution.stop = Some(Stop { reason });
    execution.updated = cx.now;
    if abandon {
        leave_behind(execution, StageStatus::Stopped, cx.now);
        execution.status = Status::Stopped;
        execution.inside = false;
    } else {
        execution.status = Status::Stopping;
    }
}

/// Ends all executions that go on: what they are executions of has changed.
pub(crate) fn cancel_all(pipeline: &mut Pipeline, now: Millis) {
    let open = |execution: &&mut Execution| execution.status.is_open();
    for execution in pipeline.executions.iter_mut().filter(open) {
        leave_behind(execution, StageStatus::Cancelled, now);
        execution.status = Status::Cancelled;
        execution.inside = false;
        execution.updated = now;
    }
}

fn leave_behind(execution: &mut Execution, status: StageStatus, now: Millis) {
    let Some(run) = execution.current() else {
        return;
    };
    run.status = status;
    let busy = run.actions.iter_mut();
    for action in busy.filter(|action| action.status == ActionStatus::InProgress) {
        action.status = ActionStatus::Abandoned;
        action.updated = now;
    }
}
