//! Faults of the source stage.

use aws_sdk_codepipeline::types::ActionCategory;
use workshop::blueprint::Kind::Pipeline;

use super::whole::action_type;
use crate::faults::account::Hand;
use crate::faults::fault::{Fault, wrong};

const EDIT: &str = "Edit the pipeline, stage Source, action Source";

pub(super) fn faults() -> Vec<Fault> {
    let mut faults = of_provider();
    faults.extend(of_configuration());
    faults
}

fn of_provider() -> Vec<Fault> {
    const CAUSE: &str = "another connection, or has another provider";
    vec![
        wrong(
            Pipeline,
            "connection",
            "it reads through another connection",
            ["arn:aws:codeconnections:*", CAUSE, EDIT],
            |hand| {
                Box::pin(async move {
                    let other = hand.connect("another", "GitLab").await;
                    hand.shake(&other).await;
                    hand.source("ConnectionArn", &other).await;
                })
            },
        ),
        wrong(
            Pipeline,
            "connection",
            "it reads from CodeCommit",
            ["not set", CAUSE, EDIT],
            |hand| {
                Box::pin(async move {
                    hand.pipeline_with(|pipeline| {
                        let action = &mut pipeline.stages[0].actions[0];
                        action.action_type_id =
                            Some(action_type(ActionCategory::Source, "CodeCommit"));
                        let given = [("RepositoryName", "tripmgmt"), ("BranchName", "main")];
                        let given = given.map(|(key, value)| (key.to_owned(), value.to_owned()));
                        action.configuration = Some(given.into());
                    })
                    .await;
                })
            },
        )
        .also(&[
            (Pipeline, "repository"),
            (Pipeline, "branch"),
            (Pipeline, "format"),
            (Pipeline, "detect"),
        ]),
    ]
}

fn of_configuration() -> Vec<Fault> {
    vec![
        wrong(
            Pipeline,
            "repository",
            "the repository's name stands without its group",
            ["tripmgmt", "with all groups", EDIT],
            |hand| Box::pin(async move { hand.source("FullRepositoryId", "tripmgmt").await }),
        ),
        wrong(
            Pipeline,
            "branch",
            "it waits for master",
            ["master", "the pipeline waits for another branch", EDIT],
            |hand| Box::pin(async move { hand.source("BranchName", "master").await }),
        ),
        wrong(
            Pipeline,
            "format",
            "it hands on a full clone",
            [
                "CODEBUILD_CLONE_REF",
                "would find no taskdef.json",
                "output artifact format CodePipeline default",
            ],
            |hand| {
                Box::pin(async move {
                    hand.source("OutputArtifactFormat", "CODEBUILD_CLONE_REF")
                        .await;
                })
            },
        ),
        wrong(
            Pipeline,
            "detect",
            "a push starts nothing",
            [
                "false",
                "Change detection was switched off",
                "start the pipeline on source code change",
            ],
            |hand| Box::pin(async move { hand.source("DetectChanges", "false").await }),
        ),
    ]
}

impl Hand {
    async fn source(&self, key: &str, value: &str) {
        self.configure(0, &[(key, value)]).await;
    }

    /// Sets values of the configuration of a stage's action.
    pub(in crate::faults) async fn configure(&self, stage: usize, values: &[(&str, &str)]) {
        self.pipeline_with(|pipeline| {
            let action = &mut pipeline.stages[stage].actions[0];
            let configuration = action.configuration.get_or_insert_default();
            for (key, value) in values {
                configuration.insert((*key).to_owned(), (*value).to_owned());
            }
        })
        .await;
    }
}
