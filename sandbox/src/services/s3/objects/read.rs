//! `GetObject` and `HeadObject`.

use std::ops::Range;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::context::Cx;
use crate::fault::Fault;
use crate::protocol::timestamp;
use crate::services::s3::faults::{found, no_such_key};
use crate::services::s3::state::{Bucket, Content, Version};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct Read {
    bucket: String,
    key: String,
    expected_bucket_owner: Option<String>,
    version_id: Option<String>,
    range: Option<String>,
}

/// `GetObject` (S3 API Reference).
pub(crate) fn get_object(cx: &mut Cx, input: Read) -> Result<Value, Fault> {
    read(cx, &input, true)
}

/// `HeadObject` (S3 API Reference): the same without the object itself.
pub(crate) fn head_object(cx: &mut Cx, input: Read) -> Result<Value, Fault> {
    read(cx, &input, false)
}

fn read(cx: &mut Cx, input: &Read, whole: bool) -> Result<Value, Fault> {
    let bucket = found(cx, &input.bucket, input.expected_bucket_owner.as_deref())?;
    let (version, content) = version(bucket, &input.key, input.version_id.as_deref())?;
    let size = content.body.len();
    let range = match input.range.as_deref() {
        None => None,
        Some(text) => range(text, size)?,
    };
    let body = &content.body[range.clone().unwrap_or(0..size)];
    let shown = range
        .as_ref()
        .map(|range| format!("bytes {}-{}/{size}", range.start, range.end - 1));
    Ok(json!({
        "$status": range.map(|_| 206),
        "Body": if whole { STANDARD.encode(body) } else { String::new() },
        "AcceptRanges": "bytes",
        "ContentRange": shown,
        "ContentLength": body.len().to_string(),
        "ContentType": content.kind,
        "CacheControl": content.cache_control,
        "ContentDisposition": content.disposition,
        "ContentEncoding": content.encoding,
        "ETag": content.etag,
        "LastModified": timestamp(version.modified),
        "Metadata": content.metadata,
        "ServerSideEncryption": content.encryption.algorithm,
        "SSEKMSKeyId": content.encryption.key,
        "VersionId": bucket.versioning.map(|_| &version.id),
    }))
}

/// The version that is meant: the last where none is named. A marker is no object.
pub(super) fn version<'a>(
    bucket: &'a Bucket,
    key: &str,
    id: Option<&str>,
) -> Result<(&'a Version, &'a Content), Fault> {
    let versions = bucket
        .objects
        .get(key)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let version = match id {
        None => versions.last().ok_or_else(no_such_key)?,
        Some(id) => versions
            .iter()
            .find(|version| version.id == id)
            .ok_or_else(|| {
                Fault::not_found("NoSuchVersion", "The specified version does not exist.")
            })?,
    };
    match (&version.content, id) {
        (Some(content), _) => Ok((version, content)),
        (None, None) => Err(no_such_key()),
        (None, Some(_)) => {
            let words = "The specified method is not allowed against this resource.";
            Err(Fault::new("MethodNotAllowed", words).with_status(405))
        }
    }
}

/// `bytes=0-9`, `bytes=5-`, `bytes=-5`; what is not understood is passed over (RFC 9110, 14.2).
fn range(text: &str, size: usize) -> Result<Option<Range<usize>>, Fault> {
    let Some((from, to)) = text
        .strip_prefix("bytes=")
        .and_then(|text| text.split_once('-'))
    else {
        return Ok(None);
    };
    let range = match (from.parse::<usize>(), to.parse::<usize>()) {
        (Ok(from), Ok(to)) if from <= to => from..to.saturating_add(1).min(size),
        (Ok(from), Err(_)) if to.is_empty() => from..size,
        (Err(_), Ok(last)) if from.is_empty() => size.saturating_sub(last)..size,
        _ => return Ok(None),
    };
    if range.start >= range.end {
        let words = "The requested range is not satisfiable";
        return Err(Fault::new("InvalidRange", words).with_status(416));
    }
    Ok(Some(range))
}
