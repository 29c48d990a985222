//! ECR: the operations on repositories; `ecr_images.rs` has the others.

use aws_sdk_ecr::types::{
    ImageScanningConfiguration, ImageTagMutability, ImageTagMutabilityExclusionFilter,
    ImageTagMutabilityExclusionFilterType, Tag,
};
use serde_json::{Value, json};

use super::ecr_images;
use super::params::Params;
use crate::cloud::CloudError;
use crate::cloud::clients::Clients;

pub(super) async fn send(clients: &Clients, params: Params) -> Result<Value, CloudError> {
    match params.operation() {
        "CreateRepository" => create_repository(clients, params).await,
        "PutImageTagMutability" => put_image_tag_mutability(clients, params).await,
        "PutImageScanningConfiguration" => put_image_scanning(clients, params).await,
        "DeleteRepository" => delete_repository(clients, params).await,
        _ => ecr_images::send(clients, params).await,
    }
}

async fn create_repository(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let tags = params.take_objects("tags", |tag| {
        Tag::builder()
            .set_key(tag.take_string("Key")?)
            .set_value(tag.take_string("Value")?)
            .build()
            .map_err(|error| tag.incomplete(&error))
    })?;
    let call = clients
        .ecr
        .create_repository()
        .set_repository_name(params.take_string("repositoryName")?)
        .set_image_tag_mutability(take_mutability(&mut params)?)
        .set_image_tag_mutability_exclusion_filters(take_exclusions(&mut params)?)
        .set_image_scanning_configuration(take_scanning(&mut params)?)
        .set_tags(tags);
    params.finish()?;
    let answer = clients.ask("ecr", "CreateRepository", call.send()).await?;
    let repository = answer.repository;
    Ok(json!({ "repository": {
        "repositoryArn": repository.as_ref().and_then(|found| found.repository_arn()),
        "repositoryUri": repository.as_ref().and_then(|found| found.repository_uri()),
    }}))
}

async fn put_image_tag_mutability(
    clients: &Clients,
    mut params: Params,
) -> Result<Value, CloudError> {
    let call = clients
        .ecr
        .put_image_tag_mutability()
        .set_repository_name(params.take_string("repositoryName")?)
        .set_image_tag_mutability(take_mutability(&mut params)?)
        .set_image_tag_mutability_exclusion_filters(take_exclusions(&mut params)?);
    params.finish()?;
    clients
        .ask("ecr", "PutImageTagMutability", call.send())
        .await?;
    Ok(json!({}))
}

async fn put_image_scanning(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .ecr
        .put_image_scanning_configuration()
        .set_repository_name(params.take_string("repositoryName")?)
        .set_image_scanning_configuration(take_scanning(&mut params)?);
    params.finish()?;
    clients
        .ask("ecr", "PutImageScanningConfiguration", call.send())
        .await?;
    Ok(json!({}))
}

async fn delete_repository(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .ecr
        .delete_repository()
        .set_repository_name(params.take_string("repositoryName")?)
        .set_force(params.take_bool("force")?);
    params.finish()?;
    clients.ask("ecr", "DeleteRepository", call.send()).await?;
    Ok(json!({}))
}

fn take_mutability(params: &mut Params) -> Result<Option<ImageTagMutability>, CloudError> {
    let word = params.take_string("imageTagMutability")?;
    Ok(word.as_deref().map(ImageTagMutability::from))
}

fn take_exclusions(
    params: &mut Params,
) -> Result<Option<Vec<ImageTagMutabilityExclusionFilter>>, CloudError> {
    params.take_objects("imageTagMutabilityExclusionFilters", |filter| {
        let kind = filter.take_string("filterType")?;
        ImageTagMutabilityExclusionFilter::builder()
            .set_filter_type(
                kind.as_deref()
                    .map(ImageTagMutabilityExclusionFilterType::from),
            )
            .set_filter(filter.take_string("filter")?)
            .build()
            .map_err(|error| filter.incomplete(&error))
    })
}

fn take_scanning(params: &mut Params) -> Result<Option<ImageScanningConfiguration>, CloudError> {
    params.take_object("imageScanningConfiguration", |scanning| {
        let on_push = scanning.take_bool("scanOnPush")?.unwrap_or_default();
        Ok(ImageScanningConfiguration::builder()
            .scan_on_push(on_push)
            .build())
    })
}
