//! The deploy action: which image it puts into `taskdef.json`, and what CodeDeploy then finds
//! (`CodePipeline` User Guide, "Amazon ECS and `CodeDeploy` blue-green action reference").

use std::collections::HashMap;

use serde_json::Value;

use super::build::Artifact;
use super::commits::Commit;
use super::registry::Registry;
use crate::faults::account::Hand;

/// What the action reads.
struct Inputs<'a> {
    configuration: HashMap<String, String>,
    names: Vec<String>,
    commit: &'a Commit,
    built: &'a Artifact,
}

impl Hand {
    /// The digest of the image that the deployment's tasks run.
    pub(super) async fn deploy(
        &self,
        registry: &Registry,
        commit: &Commit,
        built: &Artifact,
    ) -> Result<String, String> {
        let pipeline = self.pipeline().await;
        let last = pipeline.stages.last().expect("a stage");
        let action = &last.actions[0];
        let names = action.input_artifacts().iter();
        let inputs = Inputs {
            configuration: action.configuration.clone().unwrap_or_default(),
            names: names.map(|input| input.name().to_owned()).collect(),
            commit,
            built,
        };
        let mut taskdef = inputs.template("TaskDefinition", "taskdef.json")?;
        if let Some(artifact) = inputs.configuration.get("Image1ArtifactName") {
            let placeholder = format!("<{}>", inputs.given("Image1ContainerName")?);
            let detail = inputs.file(artifact, "imageDetail.json")?;
            let detail: Value = serde_json::from_str(&detail).map_err(|error| error.to_string())?;
            let image = detail["ImageURI"].as_str().ok_or("no ImageURI")?;
            taskdef = taskdef.replace(&placeholder, image);
        }
        let taskdef: Value = serde_json::from_str(&taskdef).map_err(|error| error.to_string())?;
        let appspec = inputs.template("AppSpec", "appspec.yaml")?;
        stands_behind_the_balancer(&taskdef, &appspec)?;
        let image = &taskdef["containerDefinitions"][0]["image"];
        let image = image.as_str().ok_or("no image")?;
        let digest = registry.digest(image);
        digest.ok_or_else(|| format!("CannotPullContainerError: {image}"))
    }
}

impl Inputs<'_> {
    fn given(&self, key: &str) -> Result<&str, String> {
        let value = self.configuration.get(key);
        value.map(String::as_str).ok_or_else(|| format!("no {key}"))
    }

    fn template(&self, which: &str, usual: &str) -> Result<String, String> {
        let artifact = self.given(&format!("{which}TemplateArtifact"))?;
        let path = self.given(&format!("{which}TemplatePath")).unwrap_or(usual);
        self.file(artifact, path)
    }

    /// A file of an artifact that the action is given.
    fn file(&self, artifact: &str, path: &str) -> Result<String, String> {
        if !self.names.iter().any(|name| name == artifact) {
            return Err(format!("{artifact} is no input artifact"));
        }
        let file = match artifact {
            "SourceArtifact" => self.commit.file(path),
            "BuildArtifact" => self.built.get(path).cloned(),
            _ => None,
        };
        file.ok_or_else(|| format!("{path} is not in {artifact}"))
    }
}

/// `appspec.yaml` names a container and a port that the task definition has.
fn stands_behind_the_balancer(taskdef: &Value, appspec: &str) -> Result<(), String> {
    let appspec: Value = serde_saphyr::from_str(appspec).map_err(|error| error.to_string())?;
    let service = &appspec["Resources"][0]["TargetService"]["Properties"];
    if service["TaskDefinition"] != "<TASK_DEFINITION>" {
        return Err("the AppSpec file names a revision of its own".to_owned());
    }
    let balancer = &service["LoadBalancerInfo"];
    let container = &taskdef["containerDefinitions"][0];
    let mapping = &container["portMappings"][0];
    let fits = container["name"] == balancer["ContainerName"]
        && mapping["containerPort"] == balancer["ContainerPort"]
        && mapping["hostPort"] == 0;
    fits.then_some(())
        .ok_or_else(|| format!("{container} does not stand behind {balancer}"))
}
