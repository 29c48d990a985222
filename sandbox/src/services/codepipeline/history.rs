//! What the actions of a pipeline did, the newest first.

use serde::Deserialize;
use serde_json::{Value, json};

use super::declaration::Declaration;
use super::faults::no_such_execution;
use super::names;
use super::state::found;
use crate::context::Cx;
use crate::fault::Fault;
use crate::protocol::timestamp;
use crate::release::pipeline::{ActionRun, Execution, Pipeline};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ListActionExecutions {
    pipeline_name: String,
    filter: Option<Filter>,
    max_results: Option<usize>,
    next_token: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Filter {
    pipeline_execution_id: Option<String>,
    latest_in_pipeline_execution: Option<Latest>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Latest {
    pipeline_execution_id: String,
    start_time_range: Range,
}

/// Only the last run of each action, or every one.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
enum Range {
    Latest,
    All,
}

/// `ListActionExecutions` (CodePipeline API Reference).
pub(crate) fn list_action_executions(
    cx: &mut Cx,
    input: ListActionExecutions,
) -> Result<Value, Fault> {
    let region = cx.region.to_owned();
    let pipeline = found(cx, "pipelineName", &input.pipeline_name)?;
    let (id, range) = match input.filter {
        None => (None, Range::All),
        Some(Filter {
            latest_in_pipeline_execution: Some(latest),
            ..
        }) => (Some(latest.pipeline_execution_id), latest.start_time_range),
        Some(filter) => (filter.pipeline_execution_id, Range::All),
    };
    if let Some(id) = &id {
        names::uuid("filter.pipelineExecutionId", id)?;
        if pipeline.execution(id).is_none() {
            return Err(no_such_execution(&input.pipeline_name, id));
        }
    }
    let executions = pipeline.executions.iter().rev();
    let asked = executions.filter(|it| id.as_ref().is_none_or(|id| it.id == *id));
    let details = asked.flat_map(|execution| of(pipeline, execution, range, &region));
    let page = names::page(
        details.collect(),
        input.max_results,
        input.next_token.as_deref(),
        100,
    )?;
    Ok(json!({ "actionExecutionDetails": page.items, "nextToken": page.next }))
}

fn of(pipeline: &Pipeline, execution: &Execution, range: Range, region: &str) -> Vec<Value> {
    // What it was when the execution was started, if that is still known.
    let declaration = match pipeline.older.get(&execution.version) {
        Some(older) => older,
        None => &pipeline.declaration,
    };
    let runs = execution.actions().rev();
    let latest = |stage: &str, run: &ActionRun| {
        let last = execution
            .run_of(stage)
            .and_then(|stage| stage.action(&run.name));
        last.is_some_and(|last| last.id == run.id)
    };
    let wanted = runs.filter(|(stage, run)| range == Range::All || latest(stage, run));
    wanted
        .map(|(stage, run)| detail(declaration, execution, stage, run, region))
        .collect()
}

fn detail(
    declaration: &Declaration,
    execution: &Execution,
    stage: &str,
    run: &ActionRun,
    region: &str,
) -> Value {
    let action = declaration
        .stage(stage)
        .and_then(|stage| stage.action(&run.name));
    let located = |name: &String| {
        let artifact = execution.artifacts.get(name)?;
        Some(json!({
            "name": name,
            "s3location": { "bucket": artifact.bucket, "key": artifact.key },
        }))
    };
    let inputs = action.iter().flat_map(|action| &action.input_artifacts);
    let inputs = inputs
        .filter_map(|input| located(&input.name))
        .collect::<Value>();
    json!({
        "pipelineExecutionId": execution.id,
        "actionExecutionId": run.id,
        "pipelineVersion": execution.version,
        "stageName": stage,
        "actionName": run.name,
        "startTime": timestamp(run.started),
        "lastUpdateTime": timestamp(run.updated),
        "updatedBy": run.updated_by,
        "status": run.status,
        "input": {
            "actionTypeId": action.map(|action| &action.action_type_id),
            "configuration": action.map(|action| &action.configuration),
            "resolvedConfiguration": run.configuration,
            "roleArn": action.and_then(|action| action.role_arn.as_ref()),
            "region": region,
            "inputArtifacts": inputs,
            "namespace": action.and_then(|action| action.namespace.as_ref()),
        },
        "output": {
            "outputArtifacts": run.made.iter().filter_map(located).collect::<Value>(),
            "executionResult": {
                "externalExecutionId": run.external.as_ref().map(|it| &it.id),
                "externalExecutionSummary": run.summary,
                "externalExecutionUrl": run.external.as_ref().and_then(|it| it.url.as_ref()),
                "errorDetails": error(run),
            },
            "outputVariables": run.variables,
        },
    })
}

/// `errorDetails`, where it failed.
pub(super) fn error(run: &ActionRun) -> Option<Value> {
    let (code, message) = run.error.as_ref()?;
    Some(json!({ "code": code, "message": message }))
}
