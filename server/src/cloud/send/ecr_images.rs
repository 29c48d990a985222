//! ECR: the operations on images and their layers.

use aws_sdk_ecr::types::ImageIdentifier;
use serde_json::{Value, json};

use super::params::Params;
use crate::cloud::CloudError;
use crate::cloud::clients::Clients;

pub(super) async fn send(clients: &Clients, params: Params) -> Result<Value, CloudError> {
    match params.operation() {
        "InitiateLayerUpload" => initiate_upload(clients, params).await,
        "UploadLayerPart" => upload_part(clients, params).await,
        "CompleteLayerUpload" => complete_upload(clients, params).await,
        "PutImage" => put_image(clients, params).await,
        "BatchGetImage" => get_images(clients, params).await,
        "BatchDeleteImage" => delete_images(clients, params).await,
        _ => Err(params.unknown()),
    }
}

async fn initiate_upload(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .ecr
        .initiate_layer_upload()
        .set_repository_name(params.take_string("repositoryName")?);
    params.finish()?;
    let answer = clients
        .ask("ecr", "InitiateLayerUpload", call.send())
        .await?;
    Ok(json!({ "uploadId": answer.upload_id }))
}

async fn upload_part(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .ecr
        .upload_layer_part()
        .set_repository_name(params.take_string("repositoryName")?)
        .set_upload_id(params.take_string("uploadId")?)
        .set_part_first_byte(params.take_i32("partFirstByte")?.map(i64::from))
        .set_part_last_byte(params.take_i32("partLastByte")?.map(i64::from))
        .set_layer_part_blob(params.take_blob("layerPartBlob")?);
    params.finish()?;
    clients.ask("ecr", "UploadLayerPart", call.send()).await?;
    Ok(json!({}))
}

async fn complete_upload(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .ecr
        .complete_layer_upload()
        .set_repository_name(params.take_string("repositoryName")?)
        .set_upload_id(params.take_string("uploadId")?)
        .set_layer_digests(params.take_strings("layerDigests")?);
    params.finish()?;
    clients
        .ask("ecr", "CompleteLayerUpload", call.send())
        .await?;
    Ok(json!({}))
}

async fn put_image(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .ecr
        .put_image()
        .set_repository_name(params.take_string("repositoryName")?)
        .set_image_tag(params.take_string("imageTag")?)
        .set_image_manifest(params.take_string("imageManifest")?)
        .set_image_manifest_media_type(params.take_string("imageManifestMediaType")?);
    params.finish()?;
    clients.ask("ecr", "PutImage", call.send()).await?;
    Ok(json!({}))
}

async fn get_images(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .ecr
        .batch_get_image()
        .set_repository_name(params.take_string("repositoryName")?)
        .set_image_ids(take_ids(&mut params)?);
    params.finish()?;
    let answer = clients.ask("ecr", "BatchGetImage", call.send()).await?;
    let images: Value = answer
        .images()
        .iter()
        .map(|image| json!({ "imageManifest": image.image_manifest() }))
        .collect();
    Ok(json!({ "images": images }))
}

async fn delete_images(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .ecr
        .batch_delete_image()
        .set_repository_name(params.take_string("repositoryName")?)
        .set_image_ids(take_ids(&mut params)?);
    params.finish()?;
    clients.ask("ecr", "BatchDeleteImage", call.send()).await?;
    Ok(json!({}))
}

fn take_ids(params: &mut Params) -> Result<Option<Vec<ImageIdentifier>>, CloudError> {
    params.take_objects("imageIds", |id| {
        Ok(ImageIdentifier::builder()
            .set_image_digest(id.take_string("imageDigest")?)
            .set_image_tag(id.take_string("imageTag")?)
            .build())
    })
}
