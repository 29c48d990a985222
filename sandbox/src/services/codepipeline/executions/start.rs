//! An execution, started by hand.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::context::Cx;
use crate::fault::Fault;
use crate::release::pipeline::{self, Pipeline, Start, Trigger, TriggerType};
use crate::services::codepipeline::declaration::{ExecutionMode, PipelineType};
use crate::services::codepipeline::faults::constraint;
use crate::services::codepipeline::state::found;

/// How many executions can go on at once in the modes in which none makes
/// room for the next (CodePipeline User Guide, "Quotas").
const MOST: usize = 50;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct StartPipelineExecution {
    name: String,
    #[serde(default)]
    variables: Vec<Variable>,
    client_request_token: Option<String>,
    #[serde(default)]
    source_revisions: Vec<SourceRevision>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Variable {
    name: String,
    value: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct SourceRevision {
    action_name: String,
    revision_type: RevisionType,
    revision_value: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum RevisionType {
    CommitId,
    ImageDigest,
    #[serde(rename = "S3_OBJECT_VERSION_ID")]
    S3ObjectVersionId,
    #[serde(rename = "S3_OBJECT_KEY")]
    S3ObjectKey,
}

/// `StartPipelineExecution` (CodePipeline API Reference): "Release change". One
/// request token is one execution.
pub(crate) fn start_pipeline_execution(
    cx: &mut Cx,
    input: StartPipelineExecution,
) -> Result<Value, Fault> {
    let StartPipelineExecution {
        name,
        client_request_token: token,
        ..
    } = &input;
    let pipeline = found(cx, "name", name)?;
    let same = |id: &Option<String>| token.is_some() && id == token;
    let mut executions = pipeline.executions.iter();
    if let Some(there) = executions.find(|it| same(&it.client_token)) {
        return Ok(json!({ "pipelineExecutionId": there.id }));
    }
    let variables = variables(pipeline, &input.variables)?;
    let overrides = overrides(pipeline, &input.source_revisions)?;
    room(pipeline)?;
    let start = Start {
        trigger: Trigger {
            trigger_type: TriggerType::StartPipelineExecution,
            trigger_detail: cx.account.iam.user.arn.clone(),
        },
        variables,
        overrides,
        client_token: input.client_request_token,
    };
    let id = pipeline::with(cx, &input.name, |cx, pipeline| {
        pipeline::start(cx, pipeline, start)
    });
    Ok(json!({ "pipelineExecutionId": id }))
}

fn invalid(words: String) -> Fault {
    Fault::new("ValidationException", words)
}

/// Variables are the pipeline's own, and each has a value in the end.
fn variables(pipeline: &Pipeline, given: &[Variable]) -> Result<BTreeMap<String, String>, Fault> {
    let declaration = &pipeline.declaration;
    if !given.is_empty() && declaration.pipeline_type == PipelineType::V1 {
        return Err(invalid(
            "Pipeline variables are supported only in pipelines of type V2".to_owned(),
        ));
    }
    let mut values = BTreeMap::new();
    for Variable { name, value } in given {
        if !(1..=1000).contains(&value.chars().count()) {
            let rule = "Member must have length between 1 and 1000";
            return Err(constraint("variables.1.member.value", value, rule));
        }
        if !declaration.variables.iter().any(|it| it.name == *name) {
            return Err(invalid(format!(
                "The pipeline has no variable with the name '{name}'"
            )));
        }
        values.insert(name.clone(), value.clone());
    }
    let valueless =
        |name: &String, default: &Option<String>| default.is_none() && !values.contains_key(name);
    let mut declared = declaration.variables.iter();
    match declared.find(|it| valueless(&it.name, &it.default_value)) {
        None => Ok(values),
        Some(it) => Err(invalid(format!(
            "The variable '{}' has no default value and must be given one",
            it.name
        ))),
    }
}

/// Commits in place of the branches' tips: of source actions that have commits.
fn overrides(
    pipeline: &Pipeline,
    given: &[SourceRevision],
) -> Result<BTreeMap<String, String>, Fault> {
    let sources = pipeline.declaration.stages.first();
    let mut commits = BTreeMap::new();
    for revision in given {
        let name = &revision.action_name;
        let action = sources
            .and_then(|stage| stage.action(name))
            .ok_or_else(|| {
                invalid(format!(
                    "The pipeline has no source action with the name '{name}'"
                ))
            })?;
        if revision.revision_type != RevisionType::CommitId
            || action.action_type_id.provider != "CodeStarSourceConnection"
        {
            return Err(invalid(format!(
                "The revision type does not go with the source action '{name}'"
            )));
        }
        commits.insert(name.clone(), revision.revision_value.clone());
    }
    Ok(commits)
}

fn room(pipeline: &Pipeline) -> Result<(), Fault> {
    let open = pipeline.executions.iter().filter(|it| it.status.is_open());
    if pipeline.declaration.execution_mode == ExecutionMode::Superseded || open.count() < MOST {
        return Ok(());
    }
    Err(Fault::new(
        "ConcurrentPipelineExecutionsLimitExceededException",
        format!("The pipeline has reached the limit for concurrent pipeline executions, {MOST}."),
    ))
}
