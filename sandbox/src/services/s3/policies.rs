//! The policy of a bucket: kept and given back. The account's own requests are all its owner's, so
//! there is nobody whom it would let in or keep out.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Value, json};

use super::buckets::BucketName;
use super::faults::found;
use crate::context::Cx;
use crate::fault::Fault;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct PutBucketPolicy {
    bucket: String,
    expected_bucket_owner: Option<String>,
    /// The policy, in base64.
    body: String,
}

/// `PutBucketPolicy` (S3 API Reference).
pub(crate) fn put_bucket_policy(cx: &mut Cx, input: PutBucketPolicy) -> Result<Value, Fault> {
    let malformed = |words: &str| Fault::new("MalformedPolicy", words);
    let bytes = STANDARD.decode(&input.body).unwrap_or_default();
    let policy = serde_json::from_slice::<Value>(&bytes)
        .ok()
        .filter(Value::is_object);
    let policy = policy
        .ok_or_else(|| malformed("Policies must be valid JSON and the first byte must be '{'"))?;
    let statements = match policy.get("Statement") {
        Some(Value::Array(statements)) => statements.as_slice(),
        Some(statement @ Value::Object(_)) => std::slice::from_ref(statement),
        _ => return Err(malformed("Missing required field Statement")),
    };
    for statement in statements {
        for field in ["Effect", "Principal", "Action", "Resource"] {
            if statement.get(field).is_none() && statement.get(format!("Not{field}")).is_none() {
                return Err(malformed(&format!("Missing required field {field}")));
            }
        }
    }
    let bucket = found(cx, &input.bucket, input.expected_bucket_owner.as_deref())?;
    let blocks = bucket
        .public_access
        .is_some_and(|access| access.block_public_policy);
    if blocks && statements.iter().any(is_public) {
        let words = "Access Denied: public policies are prevented by the BlockPublicPolicy setting in S3 Block \
             Public Access.";
        return Err(Fault::new("AccessDenied", words).with_status(403));
    }
    bucket.policy = Some(String::from_utf8_lossy(&bytes).into_owned());
    Ok(Value::Null)
}

/// Whether the statement lets everybody in.
fn is_public(statement: &Value) -> bool {
    let principal = &statement["Principal"];
    let everybody = *principal == "*" || principal["AWS"] == "*";
    statement["Effect"] == "Allow" && everybody && statement.get("Condition").is_none()
}

/// `GetBucketPolicy` (S3 API Reference).
pub(crate) fn get_bucket_policy(cx: &mut Cx, input: BucketName) -> Result<Value, Fault> {
    let policy = input.found(cx)?.policy.as_ref().ok_or_else(|| {
        Fault::not_found("NoSuchBucketPolicy", "The bucket policy does not exist")
    })?;
    Ok(json!({ "Body": STANDARD.encode(policy), "ContentType": "application/json" }))
}

/// `DeleteBucketPolicy` (S3 API Reference).
pub(crate) fn delete_bucket_policy(cx: &mut Cx, input: BucketName) -> Result<Value, Fault> {
    input.found(cx)?.policy = None;
    Ok(Value::Null)
}
