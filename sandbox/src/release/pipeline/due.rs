//! What comes due in a pipeline.

use serde::{Deserialize, Serialize};

use super::actions;
use super::advance::with;
use super::state::ActionStatus;
use crate::context::Cx;

/// An action's next look at its work, or the end of its time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Due {
    Work(Of),
    Expire(Of),
}

/// The run of an action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Of {
    pub(crate) pipeline: String,
    pub(crate) execution: String,
    pub(crate) action: String,
}

/// Lets an action go on, if it is still at work.
pub(crate) fn due(cx: &mut Cx, due: Due) {
    let (Due::Work(of) | Due::Expire(of)) = &due;
    with(cx, &of.pipeline, |cx, pipeline| {
        let execution = pipeline.execution_mut(&of.execution);
        let action = execution.and_then(|execution| execution.action_mut(&of.action));
        if action.is_some_and(|action| action.status == ActionStatus::InProgress) {
            match &due {
                Due::Work(of) => actions::go_on(cx, pipeline, of),
                Due::Expire(of) => actions::expire(cx, pipeline, of),
            }
        }
    });
}
