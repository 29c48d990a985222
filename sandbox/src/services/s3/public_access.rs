//! What a bucket blocks of public access.

use serde::Deserialize;
use serde_json::{Value, json};

use super::buckets::BucketName;
use super::faults::found;
use super::state::PublicAccess;
use crate::context::Cx;
use crate::fault::Fault;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct PutPublicAccessBlock {
    bucket: String,
    expected_bucket_owner: Option<String>,
    public_access_block_configuration: PublicAccess,
}

/// `PutPublicAccessBlock` (S3 API Reference).
pub(crate) fn put_public_access_block(
    cx: &mut Cx,
    input: PutPublicAccessBlock,
) -> Result<Value, Fault> {
    let bucket = found(cx, &input.bucket, input.expected_bucket_owner.as_deref())?;
    bucket.public_access = Some(input.public_access_block_configuration);
    Ok(Value::Null)
}

/// `GetPublicAccessBlock` (S3 API Reference).
pub(crate) fn get_public_access_block(cx: &mut Cx, input: BucketName) -> Result<Value, Fault> {
    let access = input.found(cx)?.public_access.ok_or_else(|| {
        Fault::not_found(
            "NoSuchPublicAccessBlockConfiguration",
            "The public access block configuration was not found",
        )
    })?;
    Ok(json!(access))
}

/// `DeletePublicAccessBlock` (S3 API Reference).
pub(crate) fn delete_public_access_block(cx: &mut Cx, input: BucketName) -> Result<Value, Fault> {
    input.found(cx)?.public_access = None;
    Ok(Value::Null)
}
