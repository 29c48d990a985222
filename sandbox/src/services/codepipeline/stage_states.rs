//! How a pipeline's stages are.

use serde::Deserialize;
use serde_json::{Value, json};

use super::declaration::{Action, ExecutionMode, Stage};
use super::executions::kind;
use super::history::error;
use super::state::found;
use crate::context::Cx;
use crate::fault::Fault;
use crate::protocol::timestamp;
use crate::release::pipeline::{ActionStatus, Execution, Pipeline, StageRun};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct GetPipelineState {
    name: String,
}

/// `GetPipelineState` (CodePipeline API Reference). Of a pipeline whose
/// executions run in parallel it has no more than the structure.
pub(crate) fn get_pipeline_state(cx: &mut Cx, input: GetPipelineState) -> Result<Value, Fault> {
    let region = cx.region.to_owned();
    let pipeline = found(cx, "name", &input.name)?;
    let stages = pipeline.declaration.stages.iter().enumerate();
    let shown = stages.map(|(at, stage)| state(pipeline, at, stage, &region));
    Ok(json!({
        "pipelineName": input.name,
        "pipelineVersion": pipeline.declaration.version,
        "stageStates": shown.collect::<Value>(),
        "created": timestamp(pipeline.created),
        "updated": timestamp(pipeline.updated),
    }))
}

fn state(pipeline: &Pipeline, at: usize, stage: &Stage, region: &str) -> Value {
    let shared = pipeline.declaration.execution_mode != ExecutionMode::Parallel;
    let latest = pipeline.latest_in(&stage.name).filter(|_| shared);
    let waiting = pipeline.executions.iter().filter(|execution| {
        shared && execution.status.is_open() && !execution.inside && execution.at == at
    });
    let waiting = waiting
        .map(|execution| {
            json!({
                "pipelineExecutionId": execution.id,
                "status": "InProgress",
                "type": kind(execution),
            })
        })
        .collect::<Vec<_>>();
    let actions = stage.actions.iter();
    let run = latest.map(|(_, run)| run);
    json!({
        "stageName": stage.name,
        "inboundExecution": waiting.last(),
        "inboundExecutions": waiting,
        "inboundTransitionState": transition(pipeline, &stage.name),
        "actionStates": actions.map(|action| action_state(region, latest, action)).collect::<Value>(),
        "latestExecution": latest.map(|(execution, run)| json!({
            "pipelineExecutionId": execution.id,
            "status": run.status,
            "type": kind(execution),
        })),
        "retryStageMetadata": run.and_then(retries),
    })
}

fn transition(pipeline: &Pipeline, stage: &str) -> Value {
    let Some(transition) = pipeline.transitions.get(stage) else {
        return json!({ "enabled": true });
    };
    json!({
        "enabled": transition.disabled.is_none(),
        "lastChangedBy": transition.changed_by,
        "lastChangedAt": timestamp(transition.changed),
        "disabledReason": transition.disabled,
    })
}

fn retries(run: &StageRun) -> Option<Value> {
    let some = |count: u32| (count > 0).then_some(count);
    let (manual, automatic) = (some(run.manual_retries), some(run.automatic_retries));
    (manual.is_some() || automatic.is_some()).then(|| {
        json!({
            "autoStageRetryAttempt": automatic,
            "manualStageRetryAttempt": manual,
            "latestRetryTrigger": match manual {
                Some(_) => "ManualStageRetry",
                None => "AutomatedStageRetry",
            },
        })
    })
}

fn action_state(region: &str, latest: Option<(&Execution, &StageRun)>, action: &Action) -> Value {
    let run = latest.and_then(|(_, stage)| stage.action(&action.name));
    let revision = latest.and_then(|(execution, _)| {
        let mut revisions = execution.revisions.iter();
        revisions.find(|revision| revision.action == action.name)
    });
    // The token is of use only to who can still answer.
    let token = run
        .filter(|run| run.status == ActionStatus::InProgress)
        .and_then(|run| run.token.as_ref());
    json!({
        "actionName": action.name,
        "currentRevision": revision.map(|revision| json!({
            "revisionId": revision.id,
            "revisionChangeId": revision.id,
            "created": timestamp(revision.created),
        })),
        "latestExecution": run.map(|run| json!({
            "actionExecutionId": run.id,
            "status": run.status,
            "summary": run.summary,
            "lastStatusChange": timestamp(run.updated),
            "token": token,
            "lastUpdatedBy": run.updated_by,
            "externalExecutionId": run.external.as_ref().map(|it| &it.id),
            "externalExecutionUrl": run.external.as_ref().and_then(|it| it.url.as_ref()),
            "errorDetails": error(run),
        })),
        "entityUrl": entity(region, action),
        "revisionUrl": revision.and_then(|revision| revision.url.as_ref()),
    })
}

/// The page of what the action is about, on AWS's console or beyond.
fn entity(region: &str, action: &Action) -> Option<String> {
    let configured = |key: &str| action.configuration.get(key);
    let console = format!("https://{region}.console.aws.amazon.com");
    match action.action_type_id.provider.as_str() {
        "CodeBuild" => {
            let project = configured("ProjectName")?;
            Some(format!(
                "{console}/codesuite/codebuild/projects/{project}/view"
            ))
        }
        "CodeDeployToECS" | "CodeDeploy" => {
            let (application, group) = (
                configured("ApplicationName")?,
                configured("DeploymentGroupName")?,
            );
            Some(format!(
                "{console}/codesuite/codedeploy/applications/{application}/deployment-groups/{group}"
            ))
        }
        "CodeStarSourceConnection" => configured("ConnectionArn").map(|arn| {
            format!("{console}/codesuite/settings/connections/redirect?connectionArn={arn}")
        }),
        "Manual" => configured("ExternalEntityLink").cloned(),
        _ => None,
    }
}
