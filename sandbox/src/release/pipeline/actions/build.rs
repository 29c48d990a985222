//! Build and test actions of CodeBuild (CodePipeline User Guide, "AWS CodeBuild
//! build and test action reference").

use std::time::Duration;

use serde::Deserialize;

use super::job::{Job, Outcome};
use crate::context::Cx;
use crate::release::pipeline::state::External;
use crate::services::codebuild::{self, Handed, Status};

/// How often the build is looked at.
const PACE: Duration = Duration::from_secs(10);

/// An element of the configuration `EnvironmentVariables`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Variable {
    name: String,
    value: String,
    #[serde(rename = "type")]
    _kind: Option<String>,
}

pub(super) fn begin(cx: &mut Cx, job: &mut Job) -> Outcome {
    match start(cx, job) {
        Ok(()) => {
            job.again_in(cx, PACE);
            Outcome::Pending
        }
        Err(failure) => failure,
    }
}

fn start(cx: &mut Cx, job: &mut Job) -> Result<(), Outcome> {
    let project = job.configured("ProjectName").to_owned();
    let arn = cx.arn("codebuild", &format!("project/{project}"));
    let refused =
        |code: &str, why: String| Outcome::fail(code, format!("Error calling startBuild: {why}"));
    job.authorize(cx, "codebuild:StartBuild", &arn)
        .map_err(|why| refused("PermissionError", why))?;
    let variables = variables(job.configured("EnvironmentVariables"))?;
    let handed = handed(job)?;
    let pipeline = job.pipeline().to_owned();
    let id = codebuild::start_for_pipeline(cx, &project, handed, variables, &pipeline)
        .map_err(|fault| refused("ConfigurationError", fault.message))?;
    let url = format!(
        "https://{region}.console.aws.amazon.com/codesuite/codebuild/{account}/projects/{project}/build/{id}",
        region = cx.region,
        account = cx.account.id,
    );
    job.run.external = Some(External { id, url: Some(url) });
    Ok(())
}

/// The source: the primary of several, or the only one.
fn handed(job: &Job) -> Result<Handed, Outcome> {
    let primary = job.configured("PrimarySource");
    let inputs = &job.action.input_artifacts;
    let name = inputs
        .iter()
        .find(|input| input.name == primary)
        .or_else(|| inputs.first())
        .map_or("", |input| &input.name);
    let artifact = job.execution().artifacts.get(name);
    let handed = artifact.and_then(|artifact| {
        Some(Handed {
            files: artifact.files.clone()?,
            revision: artifact.revision.clone(),
            location: format!("arn:aws:s3:::{}/{}", artifact.bucket, artifact.key),
        })
    });
    handed.ok_or_else(|| {
        Outcome::fail(
            "RevisionUnavailable",
            format!("The artifact {name} is not available any more."),
        )
    })
}

fn variables(configured: &str) -> Result<Vec<(String, String)>, Outcome> {
    if configured.is_empty() {
        return Ok(Vec::new());
    }
    let variables = serde_json::from_str::<Vec<Variable>>(configured).map_err(|_| {
        Outcome::fail(
            "ConfigurationError",
            "Error calling startBuild: EnvironmentVariables is no JSON list of names and values"
                .to_owned(),
        )
    })?;
    Ok(variables
        .into_iter()
        .map(|it| (it.name, it.value))
        .collect())
}

pub(super) fn go_on(cx: &mut Cx, job: &mut Job) -> Outcome {
    let id = job.run.external.as_ref().map(|build| build.id.clone());
    let Some(build) = id.and_then(|id| codebuild::progress(cx, &id)) else {
        return Outcome::fail("JobFailed", "The build is not there any more.".to_owned());
    };
    let problem = build.problem.map(str::to_owned);
    let state = match build.status {
        Status::InProgress => {
            job.again_in(cx, PACE);
            return Outcome::Pending;
        }
        Status::Succeeded => {
            let (artifact, exported) = (build.artifact.cloned(), build.exported.to_vec());
            return succeeded(cx, job, artifact, exported);
        }
        Status::Failed => "FAILED",
        Status::Stopped => "STOPPED",
        Status::TimedOut => "TIMED_OUT",
    };
    let problem = problem
        .map(|problem| format!(". {problem}"))
        .unwrap_or_default();
    Outcome::fail(
        "JobFailed",
        format!("Build terminated with state: {state}{problem}"),
    )
}

fn succeeded(
    cx: &mut Cx,
    job: &mut Job,
    artifact: Option<crate::release::Tree>,
    exported: Vec<(String, String)>,
) -> Outcome {
    job.run.variables = exported.into_iter().collect();
    let revision = job.action.input_artifacts.first().and_then(|input| {
        let artifact = job.execution().artifacts.get(&input.name)?;
        Some(artifact.revision.clone())
    });
    let outputs = job.action.output_artifacts.clone();
    let files = artifact.unwrap_or_default();
    for output in outputs {
        let revision = revision.clone().unwrap_or_default();
        if let Err(failure) = job.keep(cx, &output.name, revision, files.clone()) {
            return failure;
        }
    }
    Outcome::Success
}
