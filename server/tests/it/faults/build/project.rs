//! Faults of the build project.

use aws_sdk_codebuild::operation::update_project::builders::UpdateProjectFluentBuilder;
use aws_sdk_codebuild::types::{
    ArtifactsType, CloudWatchLogsConfig, LogsConfig, LogsConfigStatusType, ProjectArtifacts,
    ProjectSource, SourceAuth, SourceAuthType, SourceType,
};
use serde_json::json;
use workshop::blueprint::Kind::BuildProject;

use super::environment::environment;
use super::role::ROLE;
use crate::faults::account::Hand;
use crate::faults::fault::{Fault, warned, wrong};

const PROJECT: &str = "codebuild-tripmgmt-demo";
const SOURCE: &str = "Edit the project's source";

pub(super) fn faults() -> Vec<Fault> {
    let mut faults = of_source();
    faults.push(
        wrong(
            BuildProject,
            "exists",
            "its name is a slip away",
            [
                "none, but codebuild-tripmgmt-dmeo is there",
                "The name is a slip away",
                "again as codebuild-tripmgmt-demo, and delete codebuild-tripmgmt-dmeo:",
            ],
            |hand| {
                Box::pin(async move {
                    let role = hand.build_role("somebody").await;
                    let create = hand.codebuild.create_project();
                    let create = create.name("codebuild-tripmgmt-dmeo").service_role(role);
                    let create = create
                        .source(source(SourceType::Codepipeline, "", None))
                        .artifacts(artifacts(ArtifactsType::Codepipeline))
                        .environment(environment(&hand, |it| it));
                    create.send().await.expect("a project");
                })
            },
        )
        .starting_with_nothing(),
    );
    faults.push(wrong(
        BuildProject,
        "role",
        "the console made a role of its own",
        [
            "arn:aws:iam::*",
            "“New service role” was chosen",
            "“Existing service role”, codebuild-tripmgmt-demo-service-role",
        ],
        |hand| {
            Box::pin(async move {
                let role = hand.build_role("codebuild-made-by-the-console").await;
                hand.update(|project| project.service_role(role)).await;
            })
        },
    ));
    faults.push(wrong(
        BuildProject,
        "logs",
        "the logs are off",
        [
            "off",
            "The box under “Logs” was cleared",
            "tick “CloudWatch logs”",
        ],
        |hand| {
            Box::pin(async move {
                let off = CloudWatchLogsConfig::builder().status(LogsConfigStatusType::Disabled);
                let off = off.build().expect("a status");
                let logs = LogsConfig::builder().cloud_watch_logs(off).build();
                hand.update(|project| project.logs_config(logs)).await;
            })
        },
    ));
    faults
}

fn of_source() -> Vec<Fault> {
    vec![
        wrong(
            BuildProject,
            "source",
            "it builds from GitHub",
            ["GITHUB", "fetches its source elsewhere", SOURCE],
            |hand| {
                Box::pin(async move {
                    let url = "https://github.com/ada/tripmgmt.git";
                    hand.build_from(source(SourceType::Github, url, None)).await;
                })
            },
        )
        .also(&[(BuildProject, "location"), (BuildProject, "artifacts")]),
        warned(
            BuildProject,
            "source",
            "it builds from GitLab, as in the workshop's text",
            ["GITLAB", "only with the connection of step 10"],
            |hand| {
                Box::pin(async move {
                    hand.allow_connection().await;
                    hand.build_from_gitlab("tripmgmt", None).await;
                })
            },
        )
        .also(&[(BuildProject, "artifacts")]),
        warned(
            BuildProject,
            "artifacts",
            "it keeps no artifacts, since its source is GitLab",
            ["NO_ARTIFACTS", "So it is with a GitLab source"],
            |hand| {
                Box::pin(async move {
                    hand.allow_connection().await;
                    hand.build_from_gitlab("tripmgmt", None).await;
                })
            },
        )
        .also(&[(BuildProject, "source")]),
        wrong(
            BuildProject,
            "location",
            "it builds another repository at GitLab",
            ["http://*", "builds another repository", SOURCE],
            |hand| {
                Box::pin(async move {
                    hand.allow_connection().await;
                    hand.build_from_gitlab("other", None).await;
                })
            },
        )
        .also(&[(BuildProject, "source"), (BuildProject, "artifacts")]),
        wrong(
            BuildProject,
            "connection",
            "it takes another connection",
            [
                "arn:aws:codeconnections:*",
                "names another connection",
                SOURCE,
            ],
            |hand| {
                Box::pin(async move {
                    let other = hand.connect("another", "GitLab").await;
                    hand.shake(&other).await;
                    hand.build_from_gitlab("tripmgmt", Some(other)).await;
                })
            },
        )
        .also(&[
            (BuildProject, "source"),
            (BuildProject, "artifacts"),
            (BuildProject, "use_connection"),
        ]),
        wrong(
            BuildProject,
            "use_connection",
            "its role may not use the connection",
            [
                "codeconnections:GetConnection denied*",
                "fail in DOWNLOAD_SOURCE",
                "Allow GetConnection and GetConnectionToken",
            ],
            |hand| Box::pin(async move { hand.build_from_gitlab("tripmgmt", None).await }),
        )
        .also(&[(BuildProject, "source"), (BuildProject, "artifacts")]),
        wrong(
            BuildProject,
            "buildspec",
            "it has commands of its own",
            [
                "commands of the project's own",
                "the repository's buildspec.yml is not read",
                "leave the name empty",
            ],
            |hand| {
                Box::pin(async move {
                    let own = ProjectSource::builder()
                        .r#type(SourceType::Codepipeline)
                        .buildspec(
                            "version: 0.2\nphases:\n  build:\n    commands:\n      - true\n",
                        );
                    let own = own.build().expect("a source");
                    hand.update(|project| project.source(own)).await;
                })
            },
        ),
    ]
}

fn source(kind: SourceType, location: &str, connection: Option<String>) -> ProjectSource {
    let auth = connection.map(|connection| {
        let auth = SourceAuth::builder().r#type(SourceAuthType::Codeconnections);
        auth.resource(connection).build().expect("its type")
    });
    let location = (!location.is_empty()).then(|| location.to_owned());
    let source = ProjectSource::builder().r#type(kind);
    let source = source.set_location(location).set_auth(auth);
    source.build().expect("a source")
}

fn artifacts(kind: ArtifactsType) -> ProjectArtifacts {
    let artifacts = ProjectArtifacts::builder().r#type(kind);
    artifacts.build().expect("artifacts")
}

impl Hand {
    pub(super) async fn update(
        &self,
        change: impl FnOnce(UpdateProjectFluentBuilder) -> UpdateProjectFluentBuilder,
    ) {
        let update = self.codebuild.update_project().name(PROJECT);
        change(update).send().await.expect("a change");
    }

    async fn build_from(&self, source: ProjectSource) {
        let none = artifacts(ArtifactsType::NoArtifacts);
        self.update(|project| project.source(source).artifacts(none))
            .await;
    }

    /// From the repository of this name at GitLab, by this connection or the workshop's.
    async fn build_from_gitlab(&self, name: &str, connection: Option<String>) {
        let url = self.yielded("repository_url").await;
        let url = url.replace("/tripmgmt.git", &format!("/{name}.git"));
        let connection = match connection {
            Some(connection) => connection,
            None => self.yielded("connection_arn").await,
        };
        self.build_from(source(SourceType::Gitlab, &url, Some(connection)))
            .await;
    }

    /// Lets the build's role use the workshop's connection.
    async fn allow_connection(&self) {
        let statement = json!({
            "Effect": "Allow",
            "Action": "codeconnections:*",
            "Resource": self.yielded("connection_arn").await,
        });
        self.put_policy(ROLE, "read-connection", vec![statement])
            .await;
    }
}
