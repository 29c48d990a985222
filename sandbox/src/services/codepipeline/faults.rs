//! CodePipeline's refusals that more than one operation uses.

use crate::context::Cx;
use crate::fault::Fault;
use crate::protocol::InputError;

pub(super) fn no_such_pipeline(cx: &Cx, name: &str) -> Fault {
    let account = &cx.account.id;
    Fault::new(
        "PipelineNotFoundException",
        format!("Account '{account}' does not have a pipeline with name '{name}'"),
    )
}

pub(super) fn no_such_stage(pipeline: &str, stage: &str) -> Fault {
    Fault::new(
        "StageNotFoundException",
        format!("Pipeline '{pipeline}' does not contain a stage with name '{stage}'"),
    )
}

pub(super) fn no_such_execution(pipeline: &str, id: &str) -> Fault {
    Fault::new(
        "PipelineExecutionNotFoundException",
        format!("Pipeline '{pipeline}' does not have an execution with id '{id}'"),
    )
}

pub(super) fn conflict(words: impl Into<String>) -> Fault {
    Fault::new("ConflictException", words)
}

/// AWS's common validation.
pub(super) fn constraint(member: &str, value: &str, rule: &str) -> Fault {
    Fault::constraint("ValidationException", member, value, rule)
}

/// CodePipeline's words for input that does not fit its model.
pub(super) fn input(error: InputError) -> Fault {
    error.validation("ValidationException")
}
