//! `CodeBuild`: the operations on projects.

use aws_sdk_codebuild::types::{
    ArtifactsType, CloudWatchLogsConfig, ComputeType, EnvironmentType, EnvironmentVariable,
    LogsConfig, LogsConfigStatusType, ProjectArtifacts, ProjectEnvironment, ProjectSource,
    SourceAuth, SourceAuthType, SourceType, Tag,
};
use serde_json::{Value, json};

use super::params::Params;
use super::patience::{patiently, role_is_not_seen};
use crate::cloud::CloudError;
use crate::cloud::clients::Clients;

pub(super) async fn send(clients: &Clients, params: Params) -> Result<Value, CloudError> {
    match params.operation() {
        "CreateProject" => create_project(clients, params).await,
        "UpdateProject" => update_project(clients, params).await,
        "DeleteProject" => delete_project(clients, params).await,
        _ => Err(params.unknown()),
    }
}

async fn create_project(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let tags = params.take_objects("tags", |tag| {
        Ok(Tag::builder()
            .set_key(tag.take_string("key")?)
            .set_value(tag.take_string("value")?)
            .build())
    })?;
    let call = clients
        .codebuild
        .create_project()
        .set_name(params.take_string("name")?)
        .set_source(take_source(&mut params)?)
        .set_artifacts(take_artifacts(&mut params)?)
        .set_environment(take_environment(&mut params)?)
        .set_service_role(params.take_string("serviceRole")?)
        .set_logs_config(take_logs(&mut params)?)
        .set_tags(tags);
    params.finish()?;
    let ask = || clients.ask("codebuild", "CreateProject", call.clone().send());
    let answer = patiently(ask, role_is_not_seen).await?;
    let arn = answer.project.and_then(|project| project.arn);
    Ok(json!({ "project": { "arn": arn } }))
}

async fn update_project(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .codebuild
        .update_project()
        .set_name(params.take_string("name")?)
        .set_source(take_source(&mut params)?)
        .set_artifacts(take_artifacts(&mut params)?)
        .set_environment(take_environment(&mut params)?)
        .set_service_role(params.take_string("serviceRole")?)
        .set_logs_config(take_logs(&mut params)?);
    params.finish()?;
    let ask = || clients.ask("codebuild", "UpdateProject", call.clone().send());
    patiently(ask, role_is_not_seen).await?;
    Ok(json!({}))
}

async fn delete_project(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .codebuild
        .delete_project()
        .set_name(params.take_string("name")?);
    params.finish()?;
    clients
        .ask("codebuild", "DeleteProject", call.send())
        .await?;
    Ok(json!({}))
}

fn take_source(params: &mut Params) -> Result<Option<ProjectSource>, CloudError> {
    params.take_object("source", |source| {
        let kind = source.take_string("type")?;
        let auth = source.take_object("auth", |auth| {
            let kind = auth.take_string("type")?;
            SourceAuth::builder()
                .set_type(kind.as_deref().map(SourceAuthType::from))
                .set_resource(auth.take_string("resource")?)
                .build()
                .map_err(|error| auth.incomplete(&error))
        })?;
        ProjectSource::builder()
            .set_type(kind.as_deref().map(SourceType::from))
            .set_location(source.take_string("location")?)
            .set_auth(auth)
            .build()
            .map_err(|error| source.incomplete(&error))
    })
}

fn take_artifacts(params: &mut Params) -> Result<Option<ProjectArtifacts>, CloudError> {
    params.take_object("artifacts", |artifacts| {
        let kind = artifacts.take_string("type")?;
        ProjectArtifacts::builder()
            .set_type(kind.as_deref().map(ArtifactsType::from))
            .build()
            .map_err(|error| artifacts.incomplete(&error))
    })
}

fn take_environment(params: &mut Params) -> Result<Option<ProjectEnvironment>, CloudError> {
    params.take_object("environment", |environment| {
        let kind = environment.take_string("type")?;
        let compute = environment.take_string("computeType")?;
        let variables = environment.take_objects("environmentVariables", |variable| {
            EnvironmentVariable::builder()
                .set_name(variable.take_string("name")?)
                .set_value(variable.take_string("value")?)
                .build()
                .map_err(|error| variable.incomplete(&error))
        })?;
        ProjectEnvironment::builder()
            .set_type(kind.as_deref().map(EnvironmentType::from))
            .set_image(environment.take_string("image")?)
            .set_compute_type(compute.as_deref().map(ComputeType::from))
            .set_privileged_mode(environment.take_bool("privilegedMode")?)
            .set_environment_variables(variables)
            .build()
            .map_err(|error| environment.incomplete(&error))
    })
}

fn take_logs(params: &mut Params) -> Result<Option<LogsConfig>, CloudError> {
    params.take_object("logsConfig", |logs| {
        let cloud_watch = logs.take_object("cloudWatchLogs", |cloud_watch| {
            let status = cloud_watch.take_string("status")?;
            CloudWatchLogsConfig::builder()
                .set_status(status.as_deref().map(LogsConfigStatusType::from))
                .build()
                .map_err(|error| cloud_watch.incomplete(&error))
        })?;
        Ok(LogsConfig::builder()
            .set_cloud_watch_logs(cloud_watch)
            .build())
    })
}
