//! The pipeline's bucket.
//!
//! IAM calls some of S3's operations by other names than its API does; what is asked for here is
//! named as IAM does, so that an error names the permission that is missing.

use aws_sdk_s3::error::SdkError;
use aws_sdk_s3::operation::head_bucket::HeadBucketError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use workshop::model::{Facts, Observation};

use super::near;
use super::reading::{Looked, absent, fact, workspace};
use crate::cloud::CloudError;
use crate::cloud::clients::Clients;

/// `HeadBucket`, `GetPublicAccessBlock`, `GetBucketVersioning`, `GetBucketTagging`; a missing one
/// is looked for by a near name (`ListBuckets`).
pub(super) async fn look(looked: &Looked<'_>) -> Result<Observation, CloudError> {
    let Some(region) = region(&looked.here, looked.name).await? else {
        return Ok(near::global(looked, names(&looked.here).await));
    };
    let region = region.unwrap_or_else(|| looked.cloud.home().to_owned());
    // Only its own Region answers about a bucket.
    let clients = looked.cloud.in_region(&region);
    let facts = Facts::new(looked.name)
        .with("region", region)
        .with_fact("public_access", fact(public(&clients, looked.name).await))
        .with_fact("versioning", fact(versioning(&clients, looked.name).await))
        .tagged(tag(&clients, looked.name).await);
    Ok(Observation::Present(facts))
}

/// The Region of the bucket, if there is one of that name; S3 may leave out the Region that was
/// asked.
async fn region(clients: &Clients, bucket: &str) -> Result<Option<Option<String>>, CloudError> {
    let asked = async {
        match clients.s3.head_bucket().bucket(bucket).send().await {
            Ok(answer) => Ok(answer.bucket_region),
            Err(error) => elsewhere(&error).map(Some).ok_or(error),
        }
    };
    absent(clients.ask("s3", "ListBucket", asked).await)
}

/// Where S3 sends whoever asks the wrong Region.
fn elsewhere(error: &SdkError<HeadBucketError, HttpResponse>) -> Option<String> {
    let answer = error.raw_response()?;
    let region = answer.headers().get("x-amz-bucket-region")?;
    (answer.status().as_u16() == 301).then(|| region.to_owned())
}

async fn public(clients: &Clients, bucket: &str) -> Result<Vec<String>, CloudError> {
    let asked = clients.s3.get_public_access_block().bucket(bucket).send();
    let answer = absent(clients.ask("s3", "GetBucketPublicAccessBlock", asked).await)?;
    let Some(blocks) = answer.and_then(|answer| answer.public_access_block_configuration) else {
        return Ok(vec!["not blocked".to_owned()]);
    };
    let open: Vec<_> = [
        ("BlockPublicAcls", blocks.block_public_acls),
        ("IgnorePublicAcls", blocks.ignore_public_acls),
        ("BlockPublicPolicy", blocks.block_public_policy),
        ("RestrictPublicBuckets", blocks.restrict_public_buckets),
    ]
    .into_iter()
    .filter(|(_, on)| *on != Some(true))
    .map(|(name, _)| format!("{name} off"))
    .collect();
    Ok(if open.is_empty() {
        vec!["blocked".to_owned()]
    } else {
        open
    })
}

/// S3 says nothing of a bucket whose versioning was never switched on.
async fn versioning(clients: &Clients, bucket: &str) -> Result<Vec<String>, CloudError> {
    let asked = clients.s3.get_bucket_versioning().bucket(bucket).send();
    let answer = clients.ask("s3", "GetBucketVersioning", asked).await?;
    let word = answer.status().map_or(
        "Disabled",
        aws_sdk_s3::types::BucketVersioningStatus::as_str,
    );
    Ok(vec![word.to_owned()])
}

async fn tag(clients: &Clients, bucket: &str) -> Option<String> {
    let asked = clients.s3.get_bucket_tagging().bucket(bucket).send();
    let answer = clients.ask("s3", "GetBucketTagging", asked).await.ok()?;
    workspace(
        answer
            .tag_set()
            .iter()
            .map(|tag| (Some(tag.key()), Some(tag.value()))),
    )
}

/// The account's buckets.
async fn names(clients: &Clients) -> Result<Vec<String>, CloudError> {
    let asked = clients.s3.list_buckets().send();
    let answer = clients.ask("s3", "ListAllMyBuckets", asked).await?;
    Ok(answer
        .buckets
        .unwrap_or_default()
        .into_iter()
        .filter_map(|bucket| bucket.name)
        .collect())
}
