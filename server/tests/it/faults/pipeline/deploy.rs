//! Faults of the deploy stage.

use workshop::blueprint::Kind::Pipeline;

use super::build::input;
use crate::faults::fault::{Fault, wrong};

const EDIT: &str = "application CodeDeploy-Tripmgmt-Demo-App, group deploygrp-tripmgmt-demo";
const FILES: &str = "task definition SourceArtifact taskdef.json, AppSpec file SourceArtifact";
const DESIGN: &str = "image details BuildArtifact, placeholder IMAGE1_NAME";

pub(super) fn faults() -> Vec<Fault> {
    let mut faults = of_group();
    faults.extend(of_files());
    faults.extend(of_image());
    faults
}

fn of_group() -> Vec<Fault> {
    vec![
        wrong(
            Pipeline,
            "application",
            "it deploys with the application that the console made",
            [
                "AppECS-tripmgmt-demo-cluster-tripmgmt-demo-service",
                "names another application",
                EDIT,
            ],
            |hand| {
                Box::pin(async move {
                    let name = "AppECS-tripmgmt-demo-cluster-tripmgmt-demo-service";
                    hand.configure(2, &[("ApplicationName", name)]).await;
                })
            },
        ),
        wrong(
            Pipeline,
            "group",
            "it deploys with another group",
            ["deploygrp-tripmgmt", "with other listeners or waits", EDIT],
            |hand| {
                Box::pin(async move {
                    let name = "deploygrp-tripmgmt";
                    hand.configure(2, &[("DeploymentGroupName", name)]).await;
                })
            },
        ),
    ]
}

fn of_files() -> Vec<Fault> {
    const CAUSE: &str = "as the workshop's text has it at first";
    vec![
        wrong(
            Pipeline,
            "taskdef",
            "both files come from the build, as in the workshop's text at first",
            ["BuildArtifact taskdef.json", CAUSE, FILES],
            |hand| {
                Box::pin(async move {
                    hand.pipeline_with(|pipeline| {
                        let deploy = &mut pipeline.stages[2].actions[0];
                        deploy.input_artifacts = Some(vec![input("BuildArtifact")]);
                        let given = deploy.configuration.as_mut().expect("its configuration");
                        given.retain(|key, _| !key.starts_with("Image1"));
                        for key in ["TaskDefinitionTemplateArtifact", "AppSpecTemplateArtifact"] {
                            given.insert(key.to_owned(), "BuildArtifact".to_owned());
                        }
                    })
                    .await;
                })
            },
        )
        .also(&[(Pipeline, "appspec"), (Pipeline, "image_design")]),
        wrong(
            Pipeline,
            "taskdef",
            "the task definition comes from the build",
            ["BuildArtifact taskdef.json", CAUSE, FILES],
            |hand| {
                Box::pin(async move {
                    let key = "TaskDefinitionTemplateArtifact";
                    hand.configure(2, &[(key, "BuildArtifact")]).await;
                })
            },
        ),
        wrong(
            Pipeline,
            "appspec",
            "the AppSpec file comes from the build",
            ["BuildArtifact appspec.yaml", CAUSE, FILES],
            |hand| {
                Box::pin(async move {
                    let key = "AppSpecTemplateArtifact";
                    hand.configure(2, &[(key, "BuildArtifact")]).await;
                })
            },
        ),
        wrong(
            Pipeline,
            "appspec",
            "the AppSpec file ends in yml",
            ["SourceArtifact appspec.yml", "or ends in yml", FILES],
            |hand| {
                Box::pin(async move {
                    hand.configure(2, &[("AppSpecTemplatePath", "appspec.yml")])
                        .await;
                })
            },
        ),
    ]
}

fn of_image() -> Vec<Fault> {
    const CAUSE: &str = "Two designs are mixed";
    vec![
        wrong(
            Pipeline,
            "image_design",
            "nobody fills <IMAGE1_NAME>",
            [
                "none",
                "A placeholder in taskdef.json that nobody fills",
                DESIGN,
            ],
            |hand| {
                Box::pin(async move {
                    hand.pipeline_with(|pipeline| {
                        let deploy = &mut pipeline.stages[2].actions[0];
                        let given = deploy.configuration.as_mut().expect("its configuration");
                        given.retain(|key, _| !key.starts_with("Image1"));
                    })
                    .await;
                })
            },
        ),
        wrong(
            Pipeline,
            "image_design",
            "the image is looked for in the source",
            ["SourceArtifact for <IMAGE1_NAME>", CAUSE, DESIGN],
            |hand| {
                Box::pin(async move {
                    hand.configure(2, &[("Image1ArtifactName", "SourceArtifact")])
                        .await;
                })
            },
        ),
        wrong(
            Pipeline,
            "image_design",
            "another placeholder is filled",
            ["BuildArtifact for <IMAGE>", CAUSE, DESIGN],
            |hand| {
                Box::pin(async move {
                    hand.configure(2, &[("Image1ContainerName", "IMAGE")]).await;
                })
            },
        ),
    ]
}
