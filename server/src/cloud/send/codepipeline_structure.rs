//! A pipeline's structure, from a call's parameters.

use aws_sdk_codepipeline::types::{
    ActionCategory, ActionDeclaration, ActionOwner, ActionTypeId, ArtifactStore, ArtifactStoreType,
    ExecutionMode, InputArtifact, OutputArtifact, PipelineDeclaration, PipelineType,
    StageDeclaration,
};

use super::params::Params;
use crate::cloud::CloudError;

/// `PipelineDeclaration` (CodePipeline API Reference).
pub(super) fn take_pipeline(
    params: &mut Params,
) -> Result<Option<PipelineDeclaration>, CloudError> {
    params.take_object("pipeline", |pipeline| {
        let kind = pipeline.take_string("pipelineType")?;
        let mode = pipeline.take_string("executionMode")?;
        PipelineDeclaration::builder()
            .set_name(pipeline.take_string("name")?)
            .set_role_arn(pipeline.take_string("roleArn")?)
            .set_pipeline_type(kind.as_deref().map(PipelineType::from))
            .set_execution_mode(mode.as_deref().map(ExecutionMode::from))
            .set_artifact_store(pipeline.take_object("artifactStore", store)?)
            .set_stages(pipeline.take_objects("stages", stage)?)
            .build()
            .map_err(|error| pipeline.incomplete(&error))
    })
}

fn store(params: &mut Params) -> Result<ArtifactStore, CloudError> {
    let kind = params.take_string("type")?;
    ArtifactStore::builder()
        .set_type(kind.as_deref().map(ArtifactStoreType::from))
        .set_location(params.take_string("location")?)
        .build()
        .map_err(|error| params.incomplete(&error))
}

fn stage(params: &mut Params) -> Result<StageDeclaration, CloudError> {
    StageDeclaration::builder()
        .set_name(params.take_string("name")?)
        .set_actions(params.take_objects("actions", action)?)
        .build()
        .map_err(|error| params.incomplete(&error))
}

fn action(params: &mut Params) -> Result<ActionDeclaration, CloudError> {
    let configuration = params.take_pairs("configuration")?;
    let inputs = params.take_objects("inputArtifacts", |artifact| {
        InputArtifact::builder()
            .set_name(artifact.take_string("name")?)
            .build()
            .map_err(|error| artifact.incomplete(&error))
    })?;
    let outputs = params.take_objects("outputArtifacts", |artifact| {
        OutputArtifact::builder()
            .set_name(artifact.take_string("name")?)
            .build()
            .map_err(|error| artifact.incomplete(&error))
    })?;
    ActionDeclaration::builder()
        .set_name(params.take_string("name")?)
        .set_action_type_id(params.take_object("actionTypeId", action_type)?)
        .set_run_order(params.take_i32("runOrder")?)
        .set_configuration(configuration.map(|pairs| pairs.into_iter().collect()))
        .set_input_artifacts(inputs)
        .set_output_artifacts(outputs)
        .build()
        .map_err(|error| params.incomplete(&error))
}

fn action_type(params: &mut Params) -> Result<ActionTypeId, CloudError> {
    let category = params.take_string("category")?;
    let owner = params.take_string("owner")?;
    ActionTypeId::builder()
        .set_category(category.as_deref().map(ActionCategory::from))
        .set_owner(owner.as_deref().map(ActionOwner::from))
        .set_provider(params.take_string("provider")?)
        .set_version(params.take_string("version")?)
        .build()
        .map_err(|error| params.incomplete(&error))
}
