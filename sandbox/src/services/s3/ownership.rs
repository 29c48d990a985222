//! Who owns what others put into a bucket.

use serde::Deserialize;
use serde_json::{Value, json};

use super::buckets::BucketName;
use super::faults::{found, malformed};
use crate::context::Cx;
use crate::fault::Fault;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct PutBucketOwnershipControls {
    bucket: String,
    expected_bucket_owner: Option<String>,
    ownership_controls: Controls,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
struct Controls {
    rule: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
struct Rule {
    object_ownership: String,
}

/// `PutBucketOwnershipControls` (S3 API Reference).
pub(crate) fn put_bucket_ownership_controls(
    cx: &mut Cx,
    input: PutBucketOwnershipControls,
) -> Result<Value, Fault> {
    let mut rules = input.ownership_controls.rule.into_iter();
    let (Some(rule), None) = (rules.next(), rules.next()) else {
        return Err(malformed());
    };
    check(&rule.object_ownership)?;
    let bucket = found(cx, &input.bucket, input.expected_bucket_owner.as_deref())?;
    bucket.ownership = rule.object_ownership;
    Ok(Value::Null)
}

pub(super) fn check(ownership: &str) -> Result<(), Fault> {
    match ownership {
        "BucketOwnerPreferred" | "ObjectWriter" | "BucketOwnerEnforced" => Ok(()),
        _ => Err(malformed()),
    }
}

/// `GetBucketOwnershipControls` (S3 API Reference).
pub(crate) fn get_bucket_ownership_controls(
    cx: &mut Cx,
    input: BucketName,
) -> Result<Value, Fault> {
    let ownership = &input.found(cx)?.ownership;
    Ok(json!({ "Rule": [{ "ObjectOwnership": ownership }] }))
}
