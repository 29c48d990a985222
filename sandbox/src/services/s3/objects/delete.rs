//! `DeleteObject` and `DeleteObjects`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::put::add;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::s3::faults::{found, malformed};

/// How many objects a call may name.
const MOST: usize = 1000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DeleteObject {
    bucket: String,
    key: String,
    expected_bucket_owner: Option<String>,
    version_id: Option<String>,
}

/// `DeleteObject` (S3 API Reference): in a bucket with versions a marker takes its place, unless a
/// version is named. What is not there is no error.
pub(crate) fn delete_object(cx: &mut Cx, input: DeleteObject) -> Result<Value, Fault> {
    found(cx, &input.bucket, input.expected_bucket_owner.as_deref())?;
    let Deleted { marker, version } = delete(cx, &input.bucket, &input.key, input.version_id)?;
    Ok(json!({ "DeleteMarker": marker.then_some("true"), "VersionId": version }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DeleteObjects {
    bucket: String,
    expected_bucket_owner: Option<String>,
    delete: Delete,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
struct Delete {
    object: Vec<Identifier>,
    #[serde(default)]
    quiet: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
struct Identifier {
    key: String,
    version_id: Option<String>,
}

/// `DeleteObjects` (S3 API Reference).
pub(crate) fn delete_objects(cx: &mut Cx, input: DeleteObjects) -> Result<Value, Fault> {
    found(cx, &input.bucket, input.expected_bucket_owner.as_deref())?;
    let objects = input.delete.object;
    if !(1..=MOST).contains(&objects.len()) || objects.iter().any(|object| object.key.is_empty()) {
        return Err(malformed());
    }
    let mut shown = Vec::new();
    for Identifier { key, version_id } in objects {
        let named = version_id.clone();
        let Deleted { marker, version } = delete(cx, &input.bucket, &key, version_id)?;
        shown.push(json!({
            "Key": key,
            "VersionId": named,
            "DeleteMarker": marker.then_some(true),
            "DeleteMarkerVersionId": version.filter(|_| marker),
        }));
    }
    Ok(if input.delete.quiet {
        json!({})
    } else {
        json!({ "Deleted": shown })
    })
}

struct Deleted {
    /// Whether a marker was made, or was what was deleted.
    marker: bool,
    version: Option<String>,
}

fn delete(cx: &mut Cx, bucket: &str, key: &str, version: Option<String>) -> Result<Deleted, Fault> {
    let (now, id) = (cx.now, cx.id("", 32));
    let bucket = found(cx, bucket, None)?;
    if let Some(named) = version {
        let mut marker = false;
        if let Some(versions) = bucket.objects.get_mut(key) {
            versions.retain(|version| {
                let is_it = version.id == named;
                marker |= is_it && version.content.is_none();
                !is_it
            });
            if versions.is_empty() {
                bucket.objects.remove(key);
            }
        }
        return Ok(Deleted {
            marker,
            version: Some(named),
        });
    }
    if bucket.versioning.is_none() {
        bucket.objects.remove(key);
        return Ok(Deleted {
            marker: false,
            version: None,
        });
    }
    let version = add(bucket, key, None, id, now);
    Ok(Deleted {
        marker: true,
        version: Some(version),
    })
}
