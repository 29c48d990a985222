//! What the pipeline is made of: its stages, in the shape of `CodePipeline`'s API.
//!
//! `CodePipeline` User Guide, "`CodePipeline` pipeline structure reference".

use serde_json::{Value, json};

use crate::blueprint::{Inputs, Kind, find};

/// Which image a deployment runs. `taskdef.json` and the deploy action have to agree on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::blueprint::resources) enum Design {
    /// The one that was built from the commit: CodePipeline writes it into the file.
    Commit,
    /// The one that is called `latest`, as the workshop's text ends with it.
    Latest,
}

impl Design {
    /// What the form says.
    pub(in crate::blueprint::resources) fn chosen(inputs: &Inputs<'_>) -> Self {
        match inputs.text_of(find(Kind::Pipeline), "design").as_str() {
            "latest" => Self::Latest,
            _ => Self::Commit,
        }
    }

    /// What `taskdef.json` says, where it follows one of the two.
    pub(in crate::blueprint::resources) fn of_file(inputs: &Inputs<'_>) -> Self {
        match inputs.value("taskdef_image") {
            Some("<IMAGE1_NAME>") => Self::Commit,
            Some(image) if image.ends_with(":latest") => Self::Latest,
            _ => Self::chosen(inputs),
        }
    }

    /// The image that `taskdef.json` names.
    pub(in crate::blueprint::resources) fn image(self) -> &'static str {
        match self {
            Self::Commit => "<IMAGE1_NAME>",
            Self::Latest => "{{image_repository_uri}}:latest",
        }
    }
}

/// `PipelineDeclaration`, from the source to the deployment.
pub(super) fn structure(mode: &str, design: Design, approval: bool) -> Value {
    let mut stages = vec![source(), build()];
    if approval {
        stages.push(approve());
    }
    stages.push(deploy(design));
    json!({
        "name": "{{pipeline}}",
        "pipelineType": "V2",
        "executionMode": mode,
        "roleArn": "{{pipeline_role_arn}}",
        "artifactStore": { "type": "S3", "location": "{{artifact_bucket}}" },
        "stages": stages,
    })
}

fn source() -> Value {
    let mut action = action("Source", "Source", "CodeStarSourceConnection");
    action["configuration"] = json!({
        "ConnectionArn": "{{connection_arn}}",
        "FullRepositoryId": "{{full_repository_id}}",
        "BranchName": "main",
        "OutputArtifactFormat": "CODE_ZIP",
        "DetectChanges": "true",
    });
    action["outputArtifacts"] = json!([{ "name": "SourceArtifact" }]);
    stage("Source", &action)
}

fn build() -> Value {
    let mut action = action("Build", "Build", "CodeBuild");
    action["configuration"] = json!({ "ProjectName": "{{build_project}}" });
    action["inputArtifacts"] = json!([{ "name": "SourceArtifact" }]);
    action["outputArtifacts"] = json!([{ "name": "BuildArtifact" }]);
    stage("Build", &action)
}

fn approve() -> Value {
    let mut action = action("Approve", "Approval", "Manual");
    action["configuration"] = json!({ "CustomData": "Deploy what was built?" });
    stage("Approve", &action)
}

fn deploy(design: Design) -> Value {
    let mut action = action("Deploy", "Deploy", "CodeDeployToECS");
    let mut configuration = json!({
        "ApplicationName": "{{deploy_application}}",
        "DeploymentGroupName": "{{deployment_group}}",
        "TaskDefinitionTemplateArtifact": "SourceArtifact",
        "TaskDefinitionTemplatePath": "taskdef.json",
        "AppSpecTemplateArtifact": "SourceArtifact",
        "AppSpecTemplatePath": "appspec.yaml",
    });
    let mut inputs = vec![json!({ "name": "SourceArtifact" })];
    if design == Design::Commit {
        configuration["Image1ArtifactName"] = json!("BuildArtifact");
        configuration["Image1ContainerName"] = json!("IMAGE1_NAME");
        inputs.push(json!({ "name": "BuildArtifact" }));
    }
    action["configuration"] = configuration;
    action["inputArtifacts"] = json!(inputs);
    stage("Deploy", &action)
}

fn stage(name: &str, action: &Value) -> Value {
    json!({ "name": name, "actions": [action] })
}

fn action(name: &str, category: &str, provider: &str) -> Value {
    json!({
        "name": name,
        "actionTypeId": { "category": category, "owner": "AWS", "provider": provider, "version": "1" },
        "runOrder": 1,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_is_put_in_only_where_the_build_hands_it_over() {
        let deploy = |design| structure("QUEUED", design, false)["stages"][2]["actions"][0].clone();
        let commit = deploy(Design::Commit);
        assert_eq!(
            commit["configuration"]["Image1ArtifactName"],
            "BuildArtifact"
        );
        assert_eq!(commit["inputArtifacts"][1]["name"], "BuildArtifact");
        let latest = deploy(Design::Latest);
        assert_eq!(latest["configuration"].get("Image1ArtifactName"), None);
        assert_eq!(latest["inputArtifacts"].as_array().map(Vec::len), Some(1));
    }

    #[test]
    fn the_approval_stands_between_build_and_deployment() {
        let structure = structure("QUEUED", Design::Commit, true);
        let names: Vec<_> = structure["stages"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|stage| stage["name"].clone())
            .collect();
        assert_eq!(names, ["Source", "Build", "Approve", "Deploy"]);
    }
}
