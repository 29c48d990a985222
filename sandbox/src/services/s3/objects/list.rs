//! `ListObjectsV2`.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::context::Cx;
use crate::fault::Fault;
use crate::protocol::timestamp;
use crate::services::s3::buckets::owner;
use crate::services::s3::faults::{found, invalid};
use crate::services::s3::state::{Content, Version};

/// The most that a page has.
const MOST: usize = 1000;

const KEPT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/');

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct ListObjectsV2 {
    bucket: String,
    expected_bucket_owner: Option<String>,
    list_type: String,
    #[serde(default)]
    prefix: String,
    delimiter: Option<String>,
    max_keys: Option<usize>,
    continuation_token: Option<String>,
    start_after: Option<String>,
    encoding_type: Option<String>,
    #[serde(default)]
    fetch_owner: bool,
}

/// `ListObjectsV2` (S3 API Reference): keys in order, those with a common beginning up to the
/// delimiter as one.
pub(crate) fn list_objects_v2(cx: &mut Cx, input: ListObjectsV2) -> Result<Value, Fault> {
    if input.list_type != "2" {
        return Err(invalid("list-type"));
    }
    let encoded = encoder(input.encoding_type.as_deref())?;
    let most = input.max_keys.unwrap_or(MOST).min(MOST);
    let token = input
        .continuation_token
        .as_deref()
        .filter(|token| !token.is_empty());
    let after = token
        .map(read)
        .transpose()?
        .or_else(|| input.start_after.clone());
    let account = cx.account.id.clone();
    let bucket = found(cx, &input.bucket, input.expected_bucket_owner.as_deref())?;
    let delimiter = input.delimiter.as_deref().filter(|it| !it.is_empty());

    let mut objects = Vec::new();
    let mut prefixes: Vec<String> = Vec::new();
    let (mut last, mut truncated) = (None, false);
    for (key, versions) in &bucket.objects {
        let Some((version, content)) = present(versions) else {
            continue;
        };
        let common = common_prefix(key, &input.prefix, delimiter);
        let name = common.as_ref().unwrap_or(key);
        let passed = after
            .as_ref()
            .is_some_and(|after| name <= after || key <= after);
        if !key.starts_with(&input.prefix) || passed || prefixes.last() == Some(name) {
            continue;
        }
        if objects.len() + prefixes.len() == most {
            truncated = true;
            break;
        }
        last = Some(name.clone());
        match common {
            Some(common) => prefixes.push(common),
            None => objects.push(json!({
                "Key": encoded(key),
                "LastModified": timestamp(version.modified),
                "ETag": content.etag,
                "Size": content.body.len(),
                "StorageClass": "STANDARD",
                "Owner": input.fetch_owner.then(|| json!({ "ID": owner(&account) })),
            })),
        }
    }
    let prefixes = prefixes
        .iter()
        .map(|prefix| json!({ "Prefix": encoded(prefix) }));
    Ok(json!({
        "Name": input.bucket,
        "Prefix": encoded(&input.prefix),
        "Delimiter": delimiter.map(&encoded),
        "MaxKeys": most,
        "EncodingType": input.encoding_type,
        "KeyCount": objects.len() + prefixes.len(),
        "StartAfter": input.start_after.as_deref().map(&encoded),
        "ContinuationToken": input.continuation_token,
        "NextContinuationToken": last.filter(|_| truncated).map(|last| URL_SAFE_NO_PAD.encode(last)),
        "IsTruncated": truncated,
        "CommonPrefixes": prefixes.collect::<Vec<_>>(),
        "Contents": objects,
    }))
}

/// What is there now.
fn present(versions: &[Version]) -> Option<(&Version, &Content)> {
    let last = versions.last()?;
    Some((last, last.content.as_ref()?))
}

/// The key up to the delimiter after the prefix.
pub(super) fn common_prefix(key: &str, prefix: &str, delimiter: Option<&str>) -> Option<String> {
    let (delimiter, rest) = (delimiter?, key.strip_prefix(prefix)?);
    let at = rest.find(delimiter)?;
    Some(key[..prefix.len() + at + delimiter.len()].to_owned())
}

/// How keys are written: as they are, or percent-encoded.
pub(super) fn encoder(kind: Option<&str>) -> Result<impl Fn(&str) -> String, Fault> {
    let encodes = match kind {
        None => false,
        Some("url") => true,
        Some(_) => return Err(invalid("encoding-type")),
    };
    Ok(move |text: &str| {
        if encodes {
            utf8_percent_encode(text, KEPT).to_string()
        } else {
            text.to_owned()
        }
    })
}

fn read(token: &str) -> Result<String, Fault> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok();
    let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    text.ok_or_else(|| {
        Fault::new(
            "InvalidArgument",
            "The continuation token provided is incorrect",
        )
    })
}
