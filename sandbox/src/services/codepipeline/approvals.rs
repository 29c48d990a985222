//! Approvals, answered.

use serde::Deserialize;
use serde_json::{Value, json};

use super::declaration::Category;
use super::faults::constraint;
use super::names;
use super::state::{found, stage};
use crate::context::Cx;
use crate::fault::Fault;
use crate::protocol::timestamp;
use crate::release::pipeline::{self, ActionStatus, Of, Pipeline};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct PutApprovalResult {
    pipeline_name: String,
    stage_name: String,
    action_name: String,
    result: Answer,
    token: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Answer {
    summary: String,
    status: ApprovalStatus,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
enum ApprovalStatus {
    Approved,
    Rejected,
}

/// `PutApprovalResult` (CodePipeline API Reference): the first answer counts.
pub(crate) fn put_approval_result(cx: &mut Cx, input: PutApprovalResult) -> Result<Value, Fault> {
    let PutApprovalResult {
        pipeline_name,
        stage_name,
        action_name,
        result,
        token,
    } = input;
    names::uuid("token", &token)?;
    names::name("actionName", &action_name)?;
    if result.summary.chars().count() > 512 {
        let rule = "Member must have length less than or equal to 512";
        return Err(constraint("result.summary", &result.summary, rule));
    }
    let pipeline = found(cx, "pipelineName", &pipeline_name)?;
    let of = asked(pipeline, &stage_name, &action_name, &token)?;
    let approved = result.status == ApprovalStatus::Approved;
    pipeline::with(cx, &pipeline_name, |cx, pipeline| {
        pipeline::approve(cx, pipeline, &of, approved, result.summary);
    });
    Ok(json!({ "approvedAt": timestamp(cx.now) }))
}

/// The run of the approval action that waits for the answer with that token.
fn asked(pipeline: &Pipeline, stage_name: &str, name: &str, token: &str) -> Result<Of, Fault> {
    let pipeline_name = &pipeline.declaration.name;
    let action = stage(pipeline, stage_name)?.action(name);
    if action.is_none_or(|action| action.action_type_id.category != Category::Approval) {
        let words = format!(
            "Stage '{stage_name}' of pipeline '{pipeline_name}' does not contain an approval action with \
             name '{name}'"
        );
        return Err(Fault::new("ActionNotFoundException", words));
    }
    let mut runs = pipeline.executions.iter().flat_map(|execution| {
        let actions = execution.actions();
        actions.map(move |(_, run)| (execution, run))
    });
    let (execution, run) = runs
        .find(|(_, run)| run.name == name && run.token.as_deref() == Some(token))
        .ok_or_else(|| {
            let words = "The approval request already received a response or has expired, or the token \
                         is invalid.";
            Fault::new("InvalidApprovalTokenException", words)
        })?;
    if run.status != ActionStatus::InProgress {
        let words = format!("The approval action '{name}' has already been approved or rejected.");
        return Err(Fault::new("ApprovalAlreadyCompletedException", words));
    }
    Ok(Of {
        pipeline: pipeline_name.clone(),
        execution: execution.id.clone(),
        action: run.id.clone(),
    })
}
