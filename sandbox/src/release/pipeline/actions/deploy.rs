//! Blue/green deployments of ECS services with CodeDeploy (CodePipeline User
//! Guide, "Amazon ECS and CodeDeploy blue-green deploy action reference").

use super::job::{Job, Outcome};
use super::task_definition;
use crate::context::Cx;
use crate::release::deployment::{Deployment, Status};
use crate::release::pipeline::advance::with;
use crate::release::pipeline::due::Of;
use crate::release::pipeline::state::{ActionStatus, External};
use crate::services::codedeploy;

/// What stands in an appspec for the task definition.
const PLACEHOLDER: &str = "<TASK_DEFINITION>";

pub(super) fn begin(cx: &mut Cx, job: &mut Job) -> Outcome {
    match start(cx, job) {
        Ok(()) => Outcome::Pending,
        Err(failure) => failure,
    }
}

fn start(cx: &mut Cx, job: &mut Job) -> Result<(), Outcome> {
    let definition = task_definition::register(cx, job)?;
    let appspec = template(job, "AppSpecTemplate", "appspec.yaml", "AppSpec")?;
    let content = appspec.replace(PLACEHOLDER, &definition);
    let (application, group) = (
        job.configured("ApplicationName").to_owned(),
        job.configured("DeploymentGroupName").to_owned(),
    );
    let resource = cx.arn(
        "codedeploy",
        &format!("deploymentgroup:{application}/{group}"),
    );
    job.authorize(cx, "codedeploy:CreateDeployment", &resource)
        .map_err(|why| Outcome::fail("PermissionError", why))?;
    let id = codedeploy::create_for_pipeline(cx, &application, &group, content)
        .map_err(|fault| Outcome::fail("JobFailed", fault.message))?;
    let url = format!(
        "https://{region}.console.aws.amazon.com/codesuite/codedeploy/deployments/{id}?region={region}",
        region = cx.region
    );
    job.run.external = Some(External { id, url: Some(url) });
    Ok(())
}

/// The text of a template: the file that the configuration names, of the artifact that it names.
pub(super) fn template(job: &Job, key: &str, usual: &str, what: &str) -> Result<String, Outcome> {
    let artifact = job.configured(&format!("{key}Artifact"));
    let path = match job.configured(&format!("{key}Path")) {
        "" => usual,
        path => path,
    };
    let text = job
        .files(artifact)
        .and_then(|files| files.get(path))
        .and_then(|bytes| String::from_utf8(bytes.to_vec()).ok());
    text.ok_or_else(|| {
        Outcome::fail(
            "ConfigurationError",
            format!(
                "Exception while trying to read the {what} artifact file {path} from: {artifact}"
            ),
        )
    })
}

/// Tells the pipelines of a deployment that is over.
pub(crate) fn ended(cx: &mut Cx, deployment: &Deployment) {
    for of in waits_for(cx, &deployment.id) {
        with(cx, &of.pipeline, |cx, pipeline| {
            if let Some((job, _)) = Job::again(pipeline, &of) {
                job.conclude(cx, outcome(deployment));
            }
        });
    }
}

/// The actions that wait for the deployment of that id.
fn waits_for(cx: &mut Cx, id: &str) -> Vec<Of> {
    let pipelines = cx.region().codepipeline.pipelines.values();
    let executions = pipelines.flat_map(|pipeline| {
        let name = &pipeline.declaration.name;
        pipeline
            .executions
            .iter()
            .map(move |execution| (name, execution))
    });
    let runs = executions.flat_map(|(name, execution)| {
        let actions = execution.actions();
        actions.map(move |(_, run)| (name, execution, run))
    });
    let waiting = runs.filter(|(_, _, run)| {
        run.status == ActionStatus::InProgress
            && run
                .external
                .as_ref()
                .is_some_and(|external| external.id == id)
    });
    waiting
        .map(|(name, execution, run)| Of {
            pipeline: name.clone(),
            execution: execution.id.clone(),
            action: run.id.clone(),
        })
        .collect()
}

fn outcome(deployment: &Deployment) -> Outcome {
    let id = &deployment.id;
    let why = deployment.error.as_ref().map(|(_, words)| words.as_str());
    let why = why.unwrap_or_default();
    match deployment.status {
        Status::Succeeded => Outcome::Success,
        Status::Stopped => Outcome::fail("JobFailed", format!("Deployment {id} stopped: {why}")),
        _ => Outcome::fail("JobFailed", format!("Deployment {id} failed: {why}")),
    }
}
