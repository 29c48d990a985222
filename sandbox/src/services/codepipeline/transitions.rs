//! Transitions between stages, disabled and enabled.

use serde::Deserialize;
use serde_json::Value;

use super::faults::constraint;
use super::state::{found, stage};
use crate::context::Cx;
use crate::fault::Fault;
use crate::release::pipeline::{self, Pipeline, Transition};

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
enum Type {
    Inbound,
    Outbound,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct EnableStageTransition {
    pipeline_name: String,
    stage_name: String,
    transition_type: Type,
}

/// `EnableStageTransition` (CodePipeline API Reference): what waits goes on.
pub(crate) fn enable_stage_transition(
    cx: &mut Cx,
    input: EnableStageTransition,
) -> Result<Value, Fault> {
    let pipeline = found(cx, "pipelineName", &input.pipeline_name)?;
    let into = entered(pipeline, &input.stage_name, input.transition_type)?;
    set(cx, &input.pipeline_name, into, None);
    Ok(Value::Null)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct DisableStageTransition {
    pipeline_name: String,
    stage_name: String,
    transition_type: Type,
    reason: String,
}

/// `DisableStageTransition` (CodePipeline API Reference).
pub(crate) fn disable_stage_transition(
    cx: &mut Cx,
    input: DisableStageTransition,
) -> Result<Value, Fault> {
    let reason = input.reason;
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || "!@ ().*?-".contains(letter);
    if !(1..=300).contains(&reason.chars().count()) || !reason.chars().all(allowed) {
        let rule = "Member must have length between 1 and 300 and satisfy regular expression pattern: \
                    [a-zA-Z0-9!@ \\(\\)\\.\\*\\?\\-]+";
        return Err(constraint("reason", &reason, rule));
    }
    let pipeline = found(cx, "pipelineName", &input.pipeline_name)?;
    let into = entered(pipeline, &input.stage_name, input.transition_type)?;
    set(cx, &input.pipeline_name, into, Some(reason));
    Ok(Value::Null)
}

/// The stage that the transition leads into; out of the last one there is none.
fn entered(pipeline: &Pipeline, name: &str, kind: Type) -> Result<Option<String>, Fault> {
    stage(pipeline, name)?;
    let mut stages = pipeline.declaration.stages.iter().map(|stage| &stage.name);
    Ok(match kind {
        Type::Inbound => Some(name.to_owned()),
        Type::Outbound => {
            stages.find(|stage| *stage == name);
            stages.next().cloned()
        }
    })
}

fn set(cx: &mut Cx, name: &str, into: Option<String>, disabled: Option<String>) {
    let changed = cx.now;
    let changed_by = cx.account.iam.user.arn.clone();
    pipeline::with(cx, name, |_, pipeline| {
        if let Some(stage) = into {
            let transition = Transition {
                disabled,
                changed,
                changed_by,
            };
            pipeline.transitions.insert(stage, transition);
        }
    });
}
