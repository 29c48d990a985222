//! Where a build's source comes from.

use super::log::session;
use super::state::Build;
use crate::context::Cx;
use crate::release::Tree;
use crate::services::codebuild::checks;
use crate::services::connections::Status;
use crate::services::iam;

/// Files and the version that they are.
pub(super) struct Downloaded {
    pub(super) files: Tree,
    pub(super) version: Option<String>,
}

/// What the build's source is now; if it cannot be had, the code and the words of `CodeBuild`.
pub(super) fn download(cx: &mut Cx, build: &Build) -> Result<Downloaded, (String, String)> {
    let client = |words: String| Err(("CLIENT_ERROR".to_owned(), words));
    let source = &build.settings.source;
    let version = build.source_version.as_deref();
    let of_what = format!(
        "for primary source and source version {}",
        version.unwrap_or_default()
    );
    match (source.kind.as_str(), &build.handed) {
        ("NO_SOURCE", _) => Ok(Downloaded {
            files: Tree::default(),
            version: None,
        }),
        ("CODEPIPELINE", Some(handed)) => {
            let role = &build.settings.service_role;
            let action = "s3:GetObject";
            match iam::authorize(cx, role, &session(build), action, &handed.location, &[]) {
                Ok(()) => Ok(Downloaded {
                    files: handed.files.clone(),
                    version: Some(handed.revision.clone()),
                }),
                Err(why) => client(format!("AccessDenied: {why} status code: 403 {of_what}")),
            }
        }
        ("GITLAB" | "GITLAB_SELF_MANAGED", _) => {
            connect(cx, build)?;
            from_repository(cx, build, &of_what)
        }
        ("GITHUB" | "GITHUB_ENTERPRISE" | "BITBUCKET" | "CODECOMMIT", _) => {
            from_repository(cx, build, &of_what)
        }
        (kind, _) => client(format!(
            "sources of the type {kind} are not simulated {of_what}"
        )),
    }
}

fn from_repository(cx: &Cx, build: &Build, of_what: &str) -> Result<Downloaded, (String, String)> {
    let location = build
        .settings
        .source
        .location
        .as_deref()
        .unwrap_or_default();
    let repository = cx.account.repositories.find(location);
    let commit = match repository {
        None => Err(format!("repository not found {of_what}")),
        Some(repository) => {
            let commit = repository.resolve(build.source_version.as_deref());
            commit.ok_or_else(|| format!("reference not found {of_what}"))
        }
    };
    match commit {
        Ok(commit) => Ok(Downloaded {
            files: commit.tree.clone(),
            version: Some(commit.id.clone()),
        }),
        Err(words) => Err(("CLIENT_ERROR".to_owned(), words)),
    }
}

/// Whether the source's connection is there, can be used, and may be used by the build's role
/// (User Guide, "GitLab access in `CodeBuild`").
fn connect(cx: &mut Cx, build: &Build) -> Result<(), (String, String)> {
    let failed = |words: String| Err(("CLIENT_ERROR".to_owned(), words));
    let connection = checks::connection_of(cx, &build.settings.source);
    let Some(arn) = connection.ok().flatten() else {
        return failed(
            "No Access token found, please visit AWS CodeBuild console to connect to GitLab"
                .to_owned(),
        );
    };
    let status = cx
        .region()
        .connections
        .get(&arn)
        .map(|connection| connection.status);
    if status != Some(Status::Available) {
        return failed(format!("Connection {arn} is not available"));
    }
    // Its rights have the prefix that its ARN has.
    let prefix = arn.split(':').nth(2).unwrap_or("codeconnections");
    for operation in ["GetConnectionToken", "GetConnection"] {
        let (role, action) = (
            &build.settings.service_role,
            format!("{prefix}:{operation}"),
        );
        if let Err(why) = iam::authorize(cx, role, &session(build), &action, &arn, &[]) {
            return failed(format!("Failed to get access token from {arn}: {why}"));
        }
    }
    Ok(())
}
