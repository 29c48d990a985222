//! Tags of a bucket: always all of them at once.

use serde::Deserialize;
use serde_json::{Value, json};

use super::buckets::BucketName;
use super::faults::{found, malformed};
use crate::context::Cx;
use crate::fault::Fault;
use crate::tags::{self, Tags};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct PutBucketTagging {
    bucket: String,
    expected_bucket_owner: Option<String>,
    tagging: Tagging,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
struct Tagging {
    tag_set: TagSet,
}

/// Without any tags it is an empty element, which is no structure.
#[derive(Deserialize)]
#[serde(untagged)]
enum TagSet {
    Some(SomeTags),
    None(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
struct SomeTags {
    tag: Vec<Pair>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(super) struct Pair {
    key: String,
    value: String,
}

/// `PutBucketTagging` (S3 API Reference).
pub(crate) fn put_bucket_tagging(cx: &mut Cx, input: PutBucketTagging) -> Result<Value, Fault> {
    let given = match input.tagging.tag_set {
        TagSet::Some(SomeTags { tag }) => tag,
        TagSet::None(text) if text.trim().is_empty() => Vec::new(),
        TagSet::None(_) => return Err(malformed()),
    };
    let tags = checked(given)?;
    found(cx, &input.bucket, input.expected_bucket_owner.as_deref())?.tags = tags;
    Ok(Value::Null)
}

/// Tags that a bucket can have.
pub(super) fn checked(given: Vec<Pair>) -> Result<Tags, Fault> {
    let invalid = |words: &str| Fault::new("InvalidTag", words);
    let mut tags = Tags::new();
    for Pair { key, value } in given {
        if !(1..=128).contains(&key.chars().count()) {
            return Err(invalid("The TagKey you have provided is invalid"));
        }
        if key.starts_with("aws:") {
            return Err(invalid("System tags cannot be added/updated by requester"));
        }
        if value.chars().count() > 256 {
            return Err(invalid("The TagValue you have provided is invalid"));
        }
        if tags.insert(key, value).is_some() {
            return Err(invalid("Cannot provide multiple Tags with the same key"));
        }
    }
    if tags.len() > 50 {
        return Err(Fault::new(
            "BadRequest",
            "Bucket tag count cannot be greater than 50",
        ));
    }
    Ok(tags)
}

/// `GetBucketTagging` (S3 API Reference).
pub(crate) fn get_bucket_tagging(cx: &mut Cx, input: BucketName) -> Result<Value, Fault> {
    let tags = &input.found(cx)?.tags;
    if tags.is_empty() {
        return Err(Fault::not_found(
            "NoSuchTagSet",
            "The TagSet does not exist",
        ));
    }
    Ok(json!({ "TagSet": { "Tag": tags::list(tags) } }))
}

/// `DeleteBucketTagging` (S3 API Reference).
pub(crate) fn delete_bucket_tagging(cx: &mut Cx, input: BucketName) -> Result<Value, Fault> {
    input.found(cx)?.tags.clear();
    Ok(Value::Null)
}
