//! Faults of the pipeline as a whole, and the hand that changes it.

use aws_sdk_codepipeline::types::{
    ActionCategory, ActionDeclaration, ActionOwner, ActionTypeId, ArtifactStore, ArtifactStoreType,
    ExecutionMode, PipelineDeclaration, PipelineType, StageDeclaration,
};
use workshop::blueprint::Kind::Pipeline;

use crate::faults::account::Hand;
use crate::faults::fault::{Fault, warned, wrong};

const PIPELINE: &str = "codepipeline-tripmgmt-demo";

pub(super) fn faults() -> Vec<Fault> {
    let mut faults = of_existence();
    faults.extend(of_settings());
    faults
}

fn of_existence() -> Vec<Fault> {
    vec![
        wrong(
            Pipeline,
            "exists",
            "its name is a slip away",
            [
                "none, but codepipeline-tripmgmt-dmeo is there",
                "The name is a slip away",
                "again as codepipeline-tripmgmt-demo, and delete codepipeline-tripmgmt-dmeo:",
            ],
            |hand| {
                Box::pin(async move {
                    let mut pipeline = hand.delete_pipeline().await;
                    "codepipeline-tripmgmt-dmeo".clone_into(&mut pipeline.name);
                    hand.make_pipeline(pipeline).await;
                })
            },
        ),
        wrong(
            Pipeline,
            "exists",
            "it was made in another Region",
            [
                "none here, but one in eu-central-1",
                "was set to eu-central-1",
                "delete the one in eu-central-1",
            ],
            |hand| {
                Box::pin(async move {
                    let pipeline = hand.delete_pipeline().await;
                    hand.in_region("eu-central-1").make_pipeline(pipeline).await;
                })
            },
        ),
        wrong(
            Pipeline,
            "first_execution",
            "it runs from the start",
            [
                "InProgress",
                "starts every new pipeline at once",
                "Stop and abandon",
            ],
            |hand| {
                Box::pin(async move {
                    let pipeline = hand.delete_pipeline().await;
                    hand.make_pipeline(pipeline).await;
                })
            },
        ),
    ]
}

fn of_settings() -> Vec<Fault> {
    vec![
        wrong(
            Pipeline,
            "type",
            "it is a V1 pipeline",
            [
                "V1",
                "no way back to an earlier execution",
                "pipeline type V2",
            ],
            |hand| {
                Box::pin(async move {
                    hand.pipeline_with(|pipeline| {
                        pipeline.pipeline_type = Some(PipelineType::V1);
                        pipeline.execution_mode = Some(ExecutionMode::Superseded);
                    })
                    .await;
                })
            },
        )
        // A V1 pipeline has this one mode only.
        .also(&[(Pipeline, "mode")]),
        wrong(
            Pipeline,
            "mode",
            "executions run side by side",
            [
                "PARALLEL",
                "the one deployment that the group can do at a time",
                "execution mode Queued",
            ],
            |hand| Box::pin(async move { hand.mode(ExecutionMode::Parallel).await }),
        ),
        warned(
            Pipeline,
            "mode",
            "a push overtakes what waits",
            ["SUPERSEDED", "overtakes the one that waits"],
            |hand| Box::pin(async move { hand.mode(ExecutionMode::Superseded).await }),
        ),
        wrong(
            Pipeline,
            "role",
            "the console made a role of its own",
            [
                "arn:aws:iam::*",
                "Another role was chosen",
                "service role codepipeline-tripmgmt-demo-service-role",
            ],
            |hand| {
                Box::pin(async move {
                    let name = "AWSCodePipelineServiceRole-eu-west-1-tripmgmt";
                    let role = hand.role_for(name, "codepipeline.amazonaws.com").await;
                    hand.pipeline_with(|pipeline| pipeline.role_arn = role)
                        .await;
                })
            },
        ),
        wrong(
            Pipeline,
            "bucket",
            "its artifacts lie in the default bucket",
            [
                "codepipeline-eu-west-1-824359",
                "that all pipelines of the Region share",
                "Custom location, codepipeline-eu-west-1-",
            ],
            |hand| {
                Box::pin(async move {
                    let store = ArtifactStore::builder().r#type(ArtifactStoreType::S3);
                    let store = store.location("codepipeline-eu-west-1-824359").build();
                    let store = store.expect("a store");
                    hand.pipeline_with(|pipeline| pipeline.artifact_store = Some(store))
                        .await;
                })
            },
        ),
        wrong(
            Pipeline,
            "approval",
            "it asks after the deployment",
            [
                "after Deploy",
                "what everybody sees already",
                "move the approval in front of the stage Deploy",
            ],
            |hand| {
                Box::pin(async move {
                    hand.pipeline_with(|pipeline| pipeline.stages.push(approval()))
                        .await;
                })
            },
        ),
    ]
}

fn approval() -> StageDeclaration {
    let id = action_type(ActionCategory::Approval, "Manual");
    let action = ActionDeclaration::builder()
        .name("Approve")
        .action_type_id(id);
    let stage = StageDeclaration::builder().name("Approve");
    let stage = stage.actions(action.build().expect("an action")).build();
    stage.expect("a stage")
}

/// AWS's own action of this provider.
pub(super) fn action_type(category: ActionCategory, provider: &str) -> ActionTypeId {
    let id = ActionTypeId::builder()
        .category(category)
        .owner(ActionOwner::Aws);
    let id = id.provider(provider).version("1").build();
    id.expect("an action type")
}

impl Hand {
    /// Changes the workshop's pipeline.
    pub(in crate::faults) async fn pipeline_with(
        &self,
        change: impl FnOnce(&mut PipelineDeclaration),
    ) {
        let mut pipeline = self.pipeline().await;
        change(&mut pipeline);
        let update = self.codepipeline.update_pipeline().pipeline(pipeline);
        update.send().await.expect("a change");
    }

    async fn mode(&self, mode: ExecutionMode) {
        self.pipeline_with(|pipeline| pipeline.execution_mode = Some(mode))
            .await;
    }

    pub(in crate::faults) async fn pipeline(&self) -> PipelineDeclaration {
        let get = self.codepipeline.get_pipeline().name(PIPELINE).send().await;
        get.expect("the pipeline").pipeline.expect("it")
    }

    /// Deletes the workshop's pipeline. What it was.
    pub(in crate::faults) async fn delete_pipeline(&self) -> PipelineDeclaration {
        let pipeline = self.pipeline().await;
        let delete = self.codepipeline.delete_pipeline().name(PIPELINE);
        delete.send().await.expect("one less");
        pipeline
    }

    async fn make_pipeline(&self, pipeline: PipelineDeclaration) {
        let create = self.codepipeline.create_pipeline().pipeline(pipeline);
        create.send().await.expect("a pipeline");
    }
}
