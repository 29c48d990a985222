//! Source actions that reach a Git host through a connection (CodePipeline User
//! Guide, "`CodeStarSourceConnection` for Bitbucket Cloud, GitHub, … GitLab.com").

use std::time::Duration;

use super::job::{Job, Outcome};
use crate::context::Cx;
use crate::release::Commit;
use crate::release::pipeline::state::{External, Revision};
use crate::services::connections;

/// How long a checkout takes.
const TAKES: Duration = Duration::from_secs(6);

pub(super) fn begin(cx: &mut Cx, job: &mut Job) -> Outcome {
    job.again_in(cx, TAKES);
    Outcome::Pending
}

pub(super) fn go_on(cx: &mut Cx, job: &mut Job) -> Outcome {
    match fetch(cx, job) {
        Ok(()) => Outcome::Success,
        Err(failure) => failure,
    }
}

fn fetch(cx: &mut Cx, job: &mut Job) -> Result<(), Outcome> {
    let provider = usable(cx, job)?;
    let (repository, branch) = (
        job.configured("FullRepositoryId").to_owned(),
        job.configured("BranchName").to_owned(),
    );
    let unavailable = |words: String| Outcome::fail("RevisionUnavailable", words);
    let found = cx.account.repositories.find(&repository).ok_or_else(|| {
        unavailable(format!(
            "[{provider}] The connection cannot access a repository with the name [{repository}]"
        ))
    })?;
    let overridden = job.execution().overrides.get(&job.run.name);
    let wanted = overridden.map_or(branch.as_str(), String::as_str);
    let commit = found.resolve(Some(wanted)).cloned().ok_or_else(|| {
        unavailable(match overridden {
            Some(id) => {
                format!("[{provider}] No Commit [{id}] found for FullRepositoryName [{repository}]")
            }
            None => format!(
                "[{provider}] No Branch [{branch}] found for FullRepositoryName [{repository}]"
            ),
        })
    })?;
    note(cx, job, &commit, &provider, &repository, &branch);
    let outputs = job.action.output_artifacts.clone();
    for output in outputs {
        job.keep(cx, &output.name, commit.id.clone(), commit.tree.clone())?;
    }
    Ok(())
}

/// The Git host behind the connection, if it is finished and the role may use it.
fn usable(cx: &mut Cx, job: &Job) -> Result<String, Outcome> {
    let arn = job.configured("ConnectionArn").to_owned();
    // Which of its two names the permission has is that of the connection's ARN.
    let service = arn
        .split(':')
        .nth(2)
        .unwrap_or("codeconnections")
        .to_owned();
    let action = format!("{service}:UseConnection");
    if job.authorize(cx, &action, &arn).is_err() {
        return Err(Outcome::fail(
            "PermissionError",
            format!(
                "Unable to use Connection: {arn}. The provided role does not have sufficient permissions."
            ),
        ));
    }
    match cx.region().connections.get(&arn) {
        None => Err(Outcome::fail(
            "ConfigurationError",
            format!("No connection found with the ARN {arn}"),
        )),
        Some(connection) if connection.status != connections::Status::Available => {
            Err(Outcome::fail(
                "ConfigurationError",
                format!(
                    "[{}] Connection {arn} is not available",
                    connection.provider
                ),
            ))
        }
        Some(connection) => Ok(connection.provider.clone()),
    }
}

/// What is known of the commit, for the history and for later actions.
fn note(cx: &Cx, job: &mut Job, commit: &Commit, provider: &str, repository: &str, branch: &str) {
    let subject = commit.message.lines().next().unwrap_or_default().to_owned();
    let host = match provider {
        "GitLab" => Some("https://gitlab.com"),
        "GitHub" => Some("https://github.com"),
        _ => None,
    };
    let url = host.map(|host| format!("{host}/{repository}/commit/{}", commit.id));
    let connection = job.configured("ConnectionArn").to_owned();
    let variables = [
        ("BranchName", branch),
        ("CommitId", &commit.id),
        ("CommitMessage", &commit.message),
        ("ConnectionArn", &connection),
        ("FullRepositoryName", repository),
        ("AuthorDisplayName", &commit.author),
        ("ProviderType", provider),
    ];
    job.run.variables = variables
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into();
    let summary = serde_json::json!({
        "ProviderType": provider,
        "CommitMessage": commit.message,
    });
    job.run.summary = Some(format!("Source: {subject}"));
    job.run.external = Some(External {
        id: commit.id.clone(),
        url: url.clone(),
    });
    let outputs = job.action.output_artifacts.first();
    let revision = Revision {
        action: job.run.name.clone(),
        artifact: outputs
            .map(|output| output.name.clone())
            .unwrap_or_default(),
        id: commit.id.clone(),
        summary: summary.to_string(),
        url,
        created: cx.now,
    };
    let revisions = &mut job.execution_mut().revisions;
    revisions.retain(|other| other.action != revision.action);
    revisions.push(revision);
}
