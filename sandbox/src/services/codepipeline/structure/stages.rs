//! What holds for stages.

use std::collections::BTreeSet;

use super::pipeline::structure;
use crate::fault::Fault;
use crate::services::codepipeline::declaration::{Category, Declaration, Stage};
use crate::services::codepipeline::{faults, names};

/// How many stages a pipeline, and how many actions a stage can have
/// (CodePipeline User Guide, "Quotas").
const MOST: usize = 50;

/// Each name by itself, as AWS's validation of the model does before anything else.
pub(super) fn check_values(pipeline: &Declaration) -> Result<(), Fault> {
    for (s, stage) in pipeline.stages.iter().enumerate() {
        let path = format!("pipeline.stages.{}.member", s + 1);
        names::name(&format!("{path}.name"), &stage.name)?;
        for (a, action) in stage.actions.iter().enumerate() {
            let path = format!("{path}.actions.{}.member", a + 1);
            names::name(&format!("{path}.name"), &action.name)?;
            if !(1..=999).contains(&action.run_order) {
                let rule = "Member must have value between 1 and 999";
                let member = format!("{path}.runOrder");
                return Err(faults::constraint(
                    &member,
                    &action.run_order.to_string(),
                    rule,
                ));
            }
            for artifact in &action.output_artifacts {
                names::artifact(
                    &format!("{path}.outputArtifacts.1.member.name"),
                    &artifact.name,
                )?;
            }
            for artifact in &action.input_artifacts {
                names::artifact(
                    &format!("{path}.inputArtifacts.1.member.name"),
                    &artifact.name,
                )?;
            }
            if let Some(namespace) = &action.namespace {
                names::variable(&format!("{path}.namespace"), namespace)?;
            }
            if let Some(minutes) = action
                .timeout_in_minutes
                .filter(|it| !(5..=86_400).contains(it))
            {
                let rule = "Member must have value between 5 and 86400";
                let member = format!("{path}.timeoutInMinutes");
                return Err(faults::constraint(&member, &minutes.to_string(), rule));
            }
        }
    }
    Ok(())
}

/// How stages go together.
pub(super) fn check(pipeline: &Declaration) -> Result<(), Fault> {
    let stages = &pipeline.stages;
    match stages.len() {
        count @ ..2 => {
            return Err(structure(format!(
                "Pipeline has only {count} stage(s). There should be a minimum of 2 stages in a pipeline"
            )));
        }
        2..=MOST => {}
        count => {
            return Err(structure(format!(
                "Pipeline has {count} stages. There should be a maximum of {MOST} stages in a pipeline"
            )));
        }
    }
    let mut seen = BTreeSet::new();
    for stage in stages {
        if !seen.insert(&stage.name) {
            return Err(stage_fault(format!(
                "Stage names must be unique within the pipeline. {} has been used more than once",
                stage.name
            )));
        }
        actions(stage)?;
    }
    sources(stages)
}

fn actions(stage: &Stage) -> Result<(), Fault> {
    let name = &stage.name;
    if stage.actions.is_empty() {
        return Err(stage_fault(format!(
            "Stage {name} should have at least 1 action"
        )));
    }
    if stage.actions.len() > MOST {
        return Err(stage_fault(format!(
            "Stage {name} should have at most {MOST} actions"
        )));
    }
    let mut seen = BTreeSet::new();
    for action in &stage.actions {
        if !seen.insert(&action.name) {
            return Err(stage_fault(format!(
                "Action names must be unique within a stage. {} has been used more than once in stage {name}",
                action.name
            )));
        }
    }
    Ok(())
}

/// The first stage has source actions and nothing else, the others have none.
fn sources(stages: &[Stage]) -> Result<(), Fault> {
    let is_source = |stage: &Stage| {
        let mut actions = stage.actions.iter();
        actions.any(|action| action.action_type_id.category == Category::Source)
    };
    let only_sources = |stage: &Stage| {
        let mut actions = stage.actions.iter();
        actions.all(|action| action.action_type_id.category == Category::Source)
    };
    let [first, rest @ ..] = stages else {
        return Ok(());
    };
    if !only_sources(first) {
        return Err(structure(
            "Pipeline should start with a stage that only contains source actions",
        ));
    }
    match rest.iter().find(|stage| is_source(stage)) {
        None => Ok(()),
        Some(stage) => Err(structure(format!(
            "Source actions are allowed only in the first stage of the pipeline. Stage {} contains a \
             source action",
            stage.name
        ))),
    }
}

fn stage_fault(words: String) -> Fault {
    Fault::new("InvalidStageDeclarationException", words)
}
