//! What holds for the pipeline as a whole.

use super::{actions, artifacts, stages};
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::codepipeline::declaration::{
    ArtifactStore, Declaration, ExecutionMode, PipelineType,
};
use crate::services::codepipeline::faults::constraint;
use crate::services::codepipeline::names;
use crate::services::iam;

/// Checks a declaration, first each value by itself and then how they go together.
pub(in crate::services::codepipeline) fn check(
    cx: &Cx,
    pipeline: &Declaration,
) -> Result<(), Fault> {
    names::name("pipeline.name", &pipeline.name)?;
    role_arn("pipeline.roleArn", &pipeline.role_arn)?;
    stages::check_values(pipeline)?;
    stores(cx, pipeline)?;
    stages::check(pipeline)?;
    for stage in &pipeline.stages {
        for action in &stage.actions {
            actions::check(cx, action)?;
        }
    }
    artifacts::check(pipeline)?;
    of_type_two(pipeline)?;
    variables(pipeline)?;
    triggers(pipeline)?;
    assumable(cx, pipeline)
}

pub(super) fn structure(words: impl Into<String>) -> Fault {
    Fault::new("InvalidStructureException", words)
}

pub(super) fn role_arn(member: &str, arn: &str) -> Result<(), Fault> {
    let parts = arn.splitn(6, ':').collect::<Vec<_>>();
    let fits = matches!(parts[..], ["arn", "aws", "iam", "", account, role]
        if account.len() == 12 && role.starts_with("role/"));
    if fits {
        return Ok(());
    }
    let rule = "Member must satisfy regular expression pattern: \
                arn:aws(-[\\w]+)*:iam::[0-9]{12}:role/.*";
    Err(constraint(member, arn, rule))
}

/// Exactly one of the two ways to say where artifacts are kept.
fn stores(cx: &Cx, pipeline: &Declaration) -> Result<(), Fault> {
    let bucket = |store: &ArtifactStore| {
        let name = &store.location;
        let allowed = |letter: char| letter.is_ascii_alphanumeric() || "-.".contains(letter);
        if (3..=63).contains(&name.len()) && name.chars().all(allowed) {
            return Ok(());
        }
        let rule = "Member must have length between 3 and 63 and satisfy regular expression pattern: \
                    [a-zA-Z0-9\\-\\.]+";
        Err(constraint("pipeline.artifactStore.location", name, rule))
    };
    match (&pipeline.artifact_store, &pipeline.artifact_stores) {
        (Some(store), None) => bucket(store),
        (None, Some(stores)) if stores.contains_key(cx.region) => {
            stores.values().try_for_each(bucket)
        }
        (None, Some(_)) => Err(structure(format!(
            "The artifactStores of the pipeline must include the Region of the pipeline, {}",
            cx.region
        ))),
        _ => Err(structure(
            "Either artifactStore or artifactStores must be specified in the pipeline, but not both",
        )),
    }
}

/// What only pipelines of type V2 can have.
fn of_type_two(pipeline: &Declaration) -> Result<(), Fault> {
    if pipeline.pipeline_type == PipelineType::V2 {
        return Ok(());
    }
    let only = if pipeline.execution_mode != ExecutionMode::Superseded {
        "Execution modes other than SUPERSEDED"
    } else if !pipeline.variables.is_empty() {
        "Pipeline variables"
    } else if !pipeline.triggers.is_empty() {
        "Triggers"
    } else if pipeline
        .stages
        .iter()
        .any(|stage| stage.on_failure.is_some())
    {
        "Stage failure conditions"
    } else {
        return Ok(());
    };
    Err(structure(format!(
        "{only} are supported only in pipelines of type V2"
    )))
}

fn variables(pipeline: &Declaration) -> Result<(), Fault> {
    for (at, variable) in pipeline.variables.iter().enumerate() {
        let member = format!("pipeline.variables.{}.member.name", at + 1);
        names::variable(&member, &variable.name)?;
        let before = &pipeline.variables[..at];
        if before.iter().any(|other| other.name == variable.name) {
            return Err(structure(format!(
                "Pipeline variable names must be unique. {} has been used more than once",
                variable.name
            )));
        }
    }
    if pipeline.variables.len() > 50 {
        return Err(structure("A pipeline can have at most 50 variables"));
    }
    Ok(())
}

fn triggers(pipeline: &Declaration) -> Result<(), Fault> {
    let source = pipeline.stages.first();
    for trigger in &pipeline.triggers {
        let name = &trigger.git_configuration.source_action_name;
        let action = source.and_then(|stage| stage.action(name));
        if action.is_none_or(|it| it.action_type_id.provider != "CodeStarSourceConnection") {
            return Err(structure(format!(
                "The trigger refers to the source action '{name}', which is no CodeStarSourceConnection \
                 action of the pipeline"
            )));
        }
    }
    Ok(())
}

/// CodePipeline tries the role at once.
fn assumable(cx: &Cx, pipeline: &Declaration) -> Result<(), Fault> {
    let own = cx.arn("codepipeline", &pipeline.name);
    if iam::trusts(cx, &pipeline.role_arn, "codepipeline.amazonaws.com", &own) {
        return Ok(());
    }
    Err(structure(format!(
        "CodePipeline is not authorized to perform AssumeRole on role {}",
        pipeline.role_arn
    )))
}
