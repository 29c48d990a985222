//! A pipeline's executions, the newest first.

use serde::Deserialize;
use serde_json::{Value, json};

use super::get::{kind, rollback, summary};
use crate::context::Cx;
use crate::fault::Fault;
use crate::protocol::timestamp;
use crate::release::pipeline::{Execution, StageStatus};
use crate::services::codepipeline::names;
use crate::services::codepipeline::state::found;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ListPipelineExecutions {
    pipeline_name: String,
    max_results: Option<usize>,
    filter: Option<Filter>,
    next_token: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Filter {
    succeeded_in_stage: Option<SucceededInStage>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct SucceededInStage {
    stage_name: Option<String>,
}

/// `ListPipelineExecutions` (CodePipeline API Reference).
pub(crate) fn list_pipeline_executions(
    cx: &mut Cx,
    input: ListPipelineExecutions,
) -> Result<Value, Fault> {
    let pipeline = found(cx, "pipelineName", &input.pipeline_name)?;
    let stage = input
        .filter
        .and_then(|filter| filter.succeeded_in_stage?.stage_name);
    let succeeded = |execution: &&Execution| match &stage {
        None => true,
        Some(stage) => execution
            .run_of(stage)
            .is_some_and(|run| run.status == StageStatus::Succeeded),
    };
    let executions = pipeline.executions.iter().rev().filter(succeeded);
    let page = names::page(
        executions.map(summarised).collect(),
        input.max_results,
        input.next_token.as_deref(),
        100,
    )?;
    Ok(json!({ "pipelineExecutionSummaries": page.items, "nextToken": page.next }))
}

fn summarised(execution: &Execution) -> Value {
    let revisions = execution.revisions.iter().map(|revision| {
        json!({
            "actionName": revision.action,
            "revisionId": revision.id,
            "revisionSummary": revision.summary,
            "revisionUrl": revision.url,
        })
    });
    let stop = execution.stop.as_ref();
    json!({
        "pipelineExecutionId": execution.id,
        "status": execution.status,
        "statusSummary": summary(execution),
        "startTime": timestamp(execution.started),
        "lastUpdateTime": timestamp(execution.updated),
        "sourceRevisions": revisions.collect::<Value>(),
        "trigger": execution.trigger,
        "stopTrigger": stop.map(|stop| json!({ "reason": stop.reason })),
        "executionMode": execution.mode,
        "executionType": kind(execution),
        "rollbackMetadata": rollback(execution),
    })
}
