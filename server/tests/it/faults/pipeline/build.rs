//! Faults of the build stage.

use aws_sdk_codepipeline::types::{ActionCategory, InputArtifact, OutputArtifact};
use workshop::blueprint::Kind::Pipeline;

use super::whole::action_type;
use crate::faults::fault::{Fault, wrong};

const EDIT: &str =
    "project codebuild-tripmgmt-demo, input artifact SourceArtifact, output artifact BuildArtifact";

pub(super) fn faults() -> Vec<Fault> {
    vec![
        wrong(
            Pipeline,
            "build",
            "it builds another project",
            ["tripmgmt-build", "it builds another project", EDIT],
            |hand| {
                Box::pin(async move {
                    hand.configure(1, &[("ProjectName", "tripmgmt-build")])
                        .await;
                })
            },
        ),
        wrong(
            Pipeline,
            "build",
            "the image is built without CodeBuild",
            ["not set", "There is no build stage with CodeBuild", EDIT],
            |hand| {
                Box::pin(async move {
                    hand.pipeline_with(|pipeline| {
                        let action = &mut pipeline.stages[1].actions[0];
                        let provider = action_type(ActionCategory::Build, "ECRBuildAndPublish");
                        action.action_type_id = Some(provider);
                        let given = ("ECRRepositoryName".to_owned(), "tripmgmt-demo".to_owned());
                        action.configuration = Some([given].into());
                        action.output_artifacts = None;
                        let deploy = &mut pipeline.stages[2].actions[0];
                        deploy.input_artifacts = Some(vec![input("SourceArtifact")]);
                        let given = deploy.configuration.as_mut().expect("its configuration");
                        given.retain(|key, _| !key.starts_with("Image1"));
                    })
                    .await;
                })
            },
        )
        .also(&[(Pipeline, "build_artifacts"), (Pipeline, "image_design")]),
        wrong(
            Pipeline,
            "build_artifacts",
            "it hands its result on under another name",
            ["from SourceArtifact to Built", "under another name", EDIT],
            |hand| {
                Box::pin(async move {
                    hand.pipeline_with(|pipeline| {
                        let built = OutputArtifact::builder().name("Built").build();
                        let action = &mut pipeline.stages[1].actions[0];
                        action.output_artifacts = Some(vec![built.expect("an artifact")]);
                        let deploy = &mut pipeline.stages[2].actions[0];
                        let inputs = ["SourceArtifact", "Built"].map(input);
                        deploy.input_artifacts = Some(inputs.to_vec());
                        let given = deploy.configuration.as_mut().expect("its configuration");
                        given.insert("Image1ArtifactName".to_owned(), "Built".to_owned());
                    })
                    .await;
                })
            },
        )
        .also(&[(Pipeline, "image_design")]),
    ]
}

pub(super) fn input(name: &str) -> InputArtifact {
    let input = InputArtifact::builder().name(name).build();
    input.expect("an artifact")
}
