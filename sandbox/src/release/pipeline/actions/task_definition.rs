//! The task definition of a blue/green action: from its template, with the
//! images that were built, registered.

use serde::Deserialize;
use serde_json::Value;

use super::deploy::template;
use super::job::{Job, Outcome};
use crate::context::Cx;
use crate::protocol::Input;
use crate::service::Failure;
use crate::services::{ecs, iam};

/// `imageDetail.json`, which a build or an ECR source writes.
#[derive(Deserialize)]
struct ImageDetail {
    #[serde(rename = "ImageURI")]
    image_uri: String,
}

/// Registers it with the pipeline's role; gives its ARN.
pub(super) fn register(cx: &mut Cx, job: &Job) -> Result<String, Outcome> {
    let mut text = template(
        job,
        "TaskDefinitionTemplate",
        "taskdef.json",
        "task definition",
    )?;
    for image in 1..=4 {
        let artifact = job.configured(&format!("Image{image}ArtifactName"));
        let container = job.configured(&format!("Image{image}ContainerName"));
        if !artifact.is_empty() {
            text = text.replace(&format!("<{container}>"), &built(job, artifact)?);
        }
    }
    let definition = serde_json::from_str::<Value>(&text).map_err(|error| {
        Outcome::fail(
            "ConfigurationError",
            format!("The task definition file is not valid JSON: {error}"),
        )
    })?;
    authorize(cx, job, &definition)?;
    let failed = |words: String| {
        Outcome::fail(
            "JobFailed",
            format!("The task definition could not be registered: {words}"),
        )
    };
    let operation = ecs::SERVICE.operation("RegisterTaskDefinition");
    let operation = operation.ok_or_else(|| failed("ECS does not answer".to_owned()))?;
    let answer = (operation.run)(cx, Input::new(definition, false)).map_err(|failure| {
        let fault = match failure {
            Failure::Input(error) => (ecs::SERVICE.refusal)(error),
            Failure::Fault(fault) => fault,
        };
        failed(fault.message)
    })?;
    let arn = answer["taskDefinition"]["taskDefinitionArn"].as_str();
    arn.map(str::to_owned)
        .ok_or_else(|| failed("ECS gave no ARN".to_owned()))
}

/// The image that the artifact's `imageDetail.json` names.
fn built(job: &Job, artifact: &str) -> Result<String, Outcome> {
    let file = job
        .files(artifact)
        .and_then(|files| files.get("imageDetail.json"));
    let detail = file.and_then(|bytes| serde_json::from_slice::<ImageDetail>(bytes).ok());
    let detail = detail.ok_or_else(|| {
        Outcome::fail(
            "ConfigurationError",
            format!("Exception while trying to read the image artifact file from: {artifact}."),
        )
    })?;
    Ok(detail.image_uri)
}

/// To register a definition is one permission, to pass on its roles another.
fn authorize(cx: &Cx, job: &Job, definition: &Value) -> Result<(), Outcome> {
    let denied = |why: String| Outcome::fail("PermissionError", why);
    job.authorize(cx, "ecs:RegisterTaskDefinition", "*")
        .map_err(denied)?;
    let session = job.execution().started.to_string();
    let service = [("iam:PassedToService", "ecs-tasks.amazonaws.com")];
    for key in ["taskRoleArn", "executionRoleArn"] {
        if let Some(role) = definition[key].as_str() {
            iam::authorize(cx, job.role(), &session, "iam:PassRole", role, &service)
                .map_err(denied)?;
        }
    }
    Ok(())
}
