//! CodePipeline: the operations on pipelines and their executions.

use aws_sdk_codepipeline::types::Tag;
use serde_json::{Value, json};

use super::codepipeline_structure::take_pipeline;
use super::params::Params;
use super::patience::{patiently, role_is_not_seen};
use crate::cloud::CloudError;
use crate::cloud::clients::Clients;

const SERVICE: &str = "codepipeline";

pub(super) async fn send(clients: &Clients, params: Params) -> Result<Value, CloudError> {
    match params.operation() {
        "CreatePipeline" => create_pipeline(clients, params).await,
        "UpdatePipeline" => update_pipeline(clients, params).await,
        "DeletePipeline" => delete_pipeline(clients, params).await,
        "ListPipelineExecutions" => list_executions(clients, params).await,
        "StopPipelineExecution" => stop_execution(clients, params).await,
        _ => Err(params.unknown()),
    }
}

async fn create_pipeline(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .codepipeline
        .create_pipeline()
        .set_pipeline(take_pipeline(&mut params)?)
        .set_tags(take_tags(&mut params)?);
    params.finish()?;
    let ask = || clients.ask(SERVICE, "CreatePipeline", call.clone().send());
    patiently(ask, role_is_not_seen).await?;
    Ok(json!({}))
}

async fn update_pipeline(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .codepipeline
        .update_pipeline()
        .set_pipeline(take_pipeline(&mut params)?);
    params.finish()?;
    let ask = || clients.ask(SERVICE, "UpdatePipeline", call.clone().send());
    patiently(ask, role_is_not_seen).await?;
    Ok(json!({}))
}

async fn delete_pipeline(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .codepipeline
        .delete_pipeline()
        .set_name(params.take_string("name")?);
    params.finish()?;
    clients.ask(SERVICE, "DeletePipeline", call.send()).await?;
    Ok(json!({}))
}

/// The newest execution. The one that `CreatePipeline` starts comes a moment after its answer.
async fn list_executions(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .codepipeline
        .list_pipeline_executions()
        .set_pipeline_name(params.take_string("pipelineName")?);
    params.finish()?;
    let ask = || clients.ask(SERVICE, "ListPipelineExecutions", call.clone().send());
    let answer = patiently(ask, |answer| {
        answer
            .as_ref()
            .is_ok_and(|answer| answer.pipeline_execution_summaries().is_empty())
    })
    .await?;
    let newest = answer.pipeline_execution_summaries().first();
    let id = newest.and_then(|execution| execution.pipeline_execution_id());
    Ok(json!({ "pipelineExecutionSummaries": [{ "pipelineExecutionId": id }] }))
}

async fn stop_execution(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .codepipeline
        .stop_pipeline_execution()
        .set_pipeline_name(params.take_string("pipelineName")?)
        .set_pipeline_execution_id(params.take_string("pipelineExecutionId")?)
        .set_abandon(params.take_bool("abandon")?)
        .set_reason(params.take_string("reason")?);
    params.finish()?;
    clients
        .ask(SERVICE, "StopPipelineExecution", call.send())
        .await?;
    Ok(json!({}))
}

fn take_tags(params: &mut Params) -> Result<Option<Vec<Tag>>, CloudError> {
    params.take_objects("tags", |tag| {
        Tag::builder()
            .set_key(tag.take_string("key")?)
            .set_value(tag.take_string("value")?)
            .build()
            .map_err(|error| tag.incomplete(&error))
    })
}
