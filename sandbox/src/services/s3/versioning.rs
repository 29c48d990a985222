//! Versioning of a bucket.

use serde::Deserialize;
use serde_json::{Value, json};

use super::buckets::BucketName;
use super::faults::{found, malformed};
use super::state::Versioning;
use crate::context::Cx;
use crate::fault::Fault;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct PutBucketVersioning {
    bucket: String,
    expected_bucket_owner: Option<String>,
    versioning_configuration: Configuration,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
struct Configuration {
    status: Option<Versioning>,
}

/// `PutBucketVersioning` (S3 API Reference).
pub(crate) fn put_bucket_versioning(
    cx: &mut Cx,
    input: PutBucketVersioning,
) -> Result<Value, Fault> {
    let bucket = found(cx, &input.bucket, input.expected_bucket_owner.as_deref())?;
    bucket.versioning = Some(
        input
            .versioning_configuration
            .status
            .ok_or_else(malformed)?,
    );
    Ok(Value::Null)
}

/// `GetBucketVersioning` (S3 API Reference): nothing where it was never on.
pub(crate) fn get_bucket_versioning(cx: &mut Cx, input: BucketName) -> Result<Value, Fault> {
    let versioning = input.found(cx)?.versioning;
    Ok(json!({ "Status": versioning }))
}
