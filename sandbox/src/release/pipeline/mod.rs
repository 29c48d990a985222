//! Pipelines in motion (CodePipeline User Guide, "How pipeline executions work").
//!
//! [`state`] is what there is, [`advance`] moves each execution from stage to
//! stage and [`enter`] says which may go in; [`actions`] has what each kind of
//! action does. Whatever changes a pipeline does so through [`with`], after
//! which everything moves that can.

mod actions;
mod advance;
mod again;
mod due;
mod enter;
mod pushes;
mod start;
mod state;
mod stop;
mod variables;

pub(crate) use actions::{approve, deployment_ended};
pub(crate) use advance::with;
pub(crate) use again::{retry, roll_back};
pub(crate) use due::{Due, Of, due};
pub(crate) use pushes::{Pushed, pushed};
pub(crate) use start::{Start, start};
pub(crate) use state::{
    ActionRun, ActionStatus, Execution, Pipeline, StageRun, StageStatus, Status, Transition,
    Trigger, TriggerType,
};
pub(crate) use stop::{cancel_all, stop};
