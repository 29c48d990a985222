//! S3: the operations on buckets. The AWS CLI calls them `s3api`.
//!
//! IAM calls some of them by other names than S3's API does; they are asked for as IAM names them,
//! so that an error names the permission that is missing.

use aws_sdk_s3::types::{
    BucketLocationConstraint, BucketVersioningStatus, CreateBucketConfiguration,
    PublicAccessBlockConfiguration, Tag, Tagging, VersioningConfiguration,
};
use serde_json::{Value, json};

use super::params::Params;
use crate::cloud::CloudError;
use crate::cloud::clients::Clients;

pub(super) async fn send(clients: &Clients, params: Params) -> Result<Value, CloudError> {
    match params.operation() {
        "CreateBucket" => create_bucket(clients, params).await,
        "PutBucketTagging" => put_bucket_tagging(clients, params).await,
        "PutPublicAccessBlock" => put_public_access_block(clients, params).await,
        "PutBucketVersioning" => put_bucket_versioning(clients, params).await,
        "DeleteBucket" => delete_bucket(clients, params).await,
        _ => Err(params.unknown()),
    }
}

async fn create_bucket(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let configuration = params.take_object("CreateBucketConfiguration", |given| {
        let region = given.take_string("LocationConstraint")?;
        Ok(CreateBucketConfiguration::builder()
            .set_location_constraint(region.as_deref().map(BucketLocationConstraint::from))
            .build())
    })?;
    let call = clients
        .s3
        .create_bucket()
        .set_bucket(params.take_string("Bucket")?)
        .set_create_bucket_configuration(configuration);
    params.finish()?;
    clients.ask("s3", "CreateBucket", call.send()).await?;
    Ok(json!({}))
}

async fn put_bucket_tagging(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let tagging = params.take_object("Tagging", |tagging| {
        let tags = tagging.take_objects("TagSet", |tag| {
            Tag::builder()
                .set_key(tag.take_string("Key")?)
                .set_value(tag.take_string("Value")?)
                .build()
                .map_err(|error| tag.incomplete(&error))
        })?;
        Tagging::builder()
            .set_tag_set(tags)
            .build()
            .map_err(|error| tagging.incomplete(&error))
    })?;
    let call = clients
        .s3
        .put_bucket_tagging()
        .set_bucket(params.take_string("Bucket")?)
        .set_tagging(tagging);
    params.finish()?;
    clients.ask("s3", "PutBucketTagging", call.send()).await?;
    Ok(json!({}))
}

async fn put_public_access_block(
    clients: &Clients,
    mut params: Params,
) -> Result<Value, CloudError> {
    let blocks = params.take_object("PublicAccessBlockConfiguration", |blocks| {
        Ok(PublicAccessBlockConfiguration::builder()
            .set_block_public_acls(blocks.take_bool("BlockPublicAcls")?)
            .set_ignore_public_acls(blocks.take_bool("IgnorePublicAcls")?)
            .set_block_public_policy(blocks.take_bool("BlockPublicPolicy")?)
            .set_restrict_public_buckets(blocks.take_bool("RestrictPublicBuckets")?)
            .build())
    })?;
    let call = clients
        .s3
        .put_public_access_block()
        .set_bucket(params.take_string("Bucket")?)
        .set_public_access_block_configuration(blocks);
    params.finish()?;
    clients
        .ask("s3", "PutBucketPublicAccessBlock", call.send())
        .await?;
    Ok(json!({}))
}

async fn put_bucket_versioning(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let versioning = params.take_object("VersioningConfiguration", |versioning| {
        let status = versioning.take_string("Status")?;
        Ok(VersioningConfiguration::builder()
            .set_status(status.as_deref().map(BucketVersioningStatus::from))
            .build())
    })?;
    let call = clients
        .s3
        .put_bucket_versioning()
        .set_bucket(params.take_string("Bucket")?)
        .set_versioning_configuration(versioning);
    params.finish()?;
    clients
        .ask("s3", "PutBucketVersioning", call.send())
        .await?;
    Ok(json!({}))
}

async fn delete_bucket(clients: &Clients, mut params: Params) -> Result<Value, CloudError> {
    let call = clients
        .s3
        .delete_bucket()
        .set_bucket(params.take_string("Bucket")?);
    params.finish()?;
    clients.ask("s3", "DeleteBucket", call.send()).await?;
    Ok(json!({}))
}
