//! What a pipeline's stages do.

use aws_sdk_codepipeline::types::{
    ActionCategory, ActionDeclaration, ArtifactStore, ExecutionMode, InputArtifact, OutputArtifact,
    PipelineDeclaration, PipelineType,
};
use workshop::model::Facts;

use super::reading::only;

/// What `GetPipeline` says, with CodePipeline's own values for what was left out.
pub(super) fn facts(pipeline: &PipelineDeclaration, arn: &str) -> Facts {
    let kind = pipeline.pipeline_type().map_or("V1", PipelineType::as_str);
    let mode = pipeline
        .execution_mode()
        .map_or("SUPERSEDED", ExecutionMode::as_str);
    let bucket = pipeline.artifact_store().map(ArtifactStore::location);
    let mut facts = Facts::new(arn)
        .with("arn", arn)
        .with("type", kind)
        .with("mode", mode)
        .with("role", pipeline.role_arn())
        .with_all("bucket", only(bucket))
        .with("approval", approval(pipeline));
    if let Some(source) = by_provider(pipeline, "CodeStarSourceConnection") {
        facts = of_source(facts, source);
    }
    if let Some(build) = by_provider(pipeline, "CodeBuild") {
        facts = facts
            .with_all("build", only(given(build, "ProjectName")))
            .with("build_artifacts", artifacts(build));
    }
    match by_provider(pipeline, "CodeDeployToECS") {
        Some(deploy) => of_deploy(facts, deploy),
        None => facts,
    }
}

fn of_source(facts: Facts, source: &ActionDeclaration) -> Facts {
    let format = given(source, "OutputArtifactFormat").unwrap_or("CODE_ZIP");
    let detect = given(source, "DetectChanges").unwrap_or("true");
    facts
        .with_all("connection", only(given(source, "ConnectionArn")))
        .with_all("repository", only(given(source, "FullRepositoryId")))
        .with_all("branch", only(given(source, "BranchName")))
        .with("format", format)
        .with("detect", detect.to_lowercase())
}

fn of_deploy(facts: Facts, deploy: &ActionDeclaration) -> Facts {
    let file = |key: &str, usual: &str| {
        let artifact = given(deploy, &format!("{key}TemplateArtifact"))?;
        let path = given(deploy, &format!("{key}TemplatePath")).unwrap_or(usual);
        Some(format!("{artifact} {path}"))
    };
    let image = match given(deploy, "Image1ArtifactName") {
        Some(artifact) => {
            let placeholder = given(deploy, "Image1ContainerName").unwrap_or_default();
            format!("{artifact} for <{placeholder}>")
        }
        None => "none".to_owned(),
    };
    facts
        .with_all("application", only(given(deploy, "ApplicationName")))
        .with_all("group", only(given(deploy, "DeploymentGroupName")))
        .with_all(
            "taskdef",
            only(file("TaskDefinition", "taskdef.json").as_deref()),
        )
        .with_all("appspec", only(file("AppSpec", "appspec.yaml").as_deref()))
        .with("image_design", image)
}

/// The first action of the provider.
fn by_provider<'a>(
    pipeline: &'a PipelineDeclaration,
    provider: &str,
) -> Option<&'a ActionDeclaration> {
    actions(pipeline)
        .map(|(_, action)| action)
        .find(|action| is_of(action, provider))
}

/// Every action, and where it comes: the number of its stage, and its turn in there.
fn actions(
    pipeline: &PipelineDeclaration,
) -> impl Iterator<Item = ((usize, i32), &ActionDeclaration)> {
    pipeline
        .stages()
        .iter()
        .enumerate()
        .flat_map(|(at, stage)| {
            stage
                .actions()
                .iter()
                .map(move |action| ((at, action.run_order().unwrap_or(1)), action))
        })
}

fn is_of(action: &ActionDeclaration, provider: &str) -> bool {
    action
        .action_type_id()
        .is_some_and(|id| id.provider() == provider)
}

/// `none`, `before Deploy` or `after Deploy`.
fn approval(pipeline: &PipelineDeclaration) -> &'static str {
    let deploy = actions(pipeline)
        .find(|(_, action)| is_of(action, "CodeDeployToECS"))
        .map(|(turn, _)| turn);
    let approval = actions(pipeline)
        .filter(|(_, action)| {
            action
                .action_type_id()
                .is_some_and(|id| *id.category() == ActionCategory::Approval)
        })
        .map(|(turn, _)| turn)
        .max();
    match (approval, deploy) {
        (None, _) => "none",
        (Some(approval), Some(deploy)) if approval >= deploy => "after Deploy",
        (Some(_), _) => "before Deploy",
    }
}

/// A value of the action's configuration.
fn given<'a>(action: &'a ActionDeclaration, key: &str) -> Option<&'a str> {
    action.configuration()?.get(key).map(String::as_str)
}

/// `from SourceArtifact to BuildArtifact`.
fn artifacts(action: &ActionDeclaration) -> String {
    let inputs: Vec<_> = action
        .input_artifacts()
        .iter()
        .map(InputArtifact::name)
        .collect();
    let outputs: Vec<_> = action
        .output_artifacts()
        .iter()
        .map(OutputArtifact::name)
        .collect();
    format!("from {} to {}", inputs.join(", "), outputs.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_sdk_codepipeline::types::{ActionOwner, ActionTypeId, StageDeclaration};

    fn stage(name: &str, category: ActionCategory, provider: &str) -> StageDeclaration {
        let id = ActionTypeId::builder()
            .category(category)
            .owner(ActionOwner::Aws)
            .provider(provider)
            .version("1")
            .build()
            .unwrap();
        let action = ActionDeclaration::builder()
            .name(name)
            .action_type_id(id)
            .configuration("Image1ArtifactName", "BuildArtifact")
            .configuration("Image1ContainerName", "IMAGE1_NAME")
            .build()
            .unwrap();
        StageDeclaration::builder()
            .name(name)
            .actions(action)
            .build()
            .unwrap()
    }

    fn pipeline(stages: Vec<StageDeclaration>) -> PipelineDeclaration {
        PipelineDeclaration::builder()
            .name("pipeline")
            .role_arn("role")
            .set_stages(Some(stages))
            .build()
            .unwrap()
    }

    #[test]
    fn an_approval_counts_by_where_it_stands() {
        let deploy = || stage("Deploy", ActionCategory::Deploy, "CodeDeployToECS");
        let approve = || stage("Approve", ActionCategory::Approval, "Manual");
        assert_eq!(approval(&pipeline(vec![deploy()])), "none");
        assert_eq!(
            approval(&pipeline(vec![approve(), deploy()])),
            "before Deploy"
        );
        assert_eq!(
            approval(&pipeline(vec![deploy(), approve()])),
            "after Deploy"
        );
    }

    #[test]
    fn what_was_left_out_is_as_codepipeline_takes_it() {
        let source = stage("Source", ActionCategory::Source, "CodeStarSourceConnection");
        let deploy = stage("Deploy", ActionCategory::Deploy, "CodeDeployToECS");
        let facts = facts(&pipeline(vec![source, deploy]), "arn");
        assert_eq!(facts.value("type"), Some("V1"));
        assert_eq!(facts.value("mode"), Some("SUPERSEDED"));
        assert_eq!(facts.value("format"), Some("CODE_ZIP"));
        assert_eq!(
            facts.value("image_design"),
            Some("BuildArtifact for <IMAGE1_NAME>")
        );
        assert_eq!(facts.value("connection"), None);
    }
}
