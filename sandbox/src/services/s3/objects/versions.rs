//! `ListObjectVersions`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::list::{common_prefix, encoder};
use crate::context::Cx;
use crate::fault::Fault;
use crate::protocol::timestamp;
use crate::services::s3::buckets::owner;
use crate::services::s3::faults::found;

/// The most that a page has.
const MOST: usize = 1000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct ListObjectVersions {
    bucket: String,
    expected_bucket_owner: Option<String>,
    #[serde(default)]
    prefix: String,
    delimiter: Option<String>,
    max_keys: Option<usize>,
    #[serde(default)]
    key_marker: String,
    #[serde(default)]
    version_id_marker: String,
    encoding_type: Option<String>,
}

/// `ListObjectVersions` (S3 API Reference): of each key the latest first, markers among them.
pub(crate) fn list_object_versions(cx: &mut Cx, input: ListObjectVersions) -> Result<Value, Fault> {
    let encoded = encoder(input.encoding_type.as_deref())?;
    let most = input.max_keys.unwrap_or(MOST).min(MOST);
    let owner = json!({ "ID": owner(&cx.account.id) });
    let bucket = found(cx, &input.bucket, input.expected_bucket_owner.as_deref())?;
    let delimiter = input.delimiter.as_deref().filter(|it| !it.is_empty());
    let (key_marker, id_marker) = (&input.key_marker, &input.version_id_marker);

    let (mut versions, mut markers) = (Vec::new(), Vec::new());
    let mut prefixes: Vec<String> = Vec::new();
    let (mut last, mut truncated) = (None, false);
    'keys: for (key, all) in &bucket.objects {
        let passed =
            key < key_marker || (key == key_marker && id_marker.is_empty() && !key.is_empty());
        if !key.starts_with(&input.prefix) || passed {
            continue;
        }
        let full = |so_far: usize| so_far == most;
        if let Some(common) = common_prefix(key, &input.prefix, delimiter) {
            if prefixes.last() != Some(&common) && common.as_str() > key_marker.as_str() {
                if full(versions.len() + markers.len() + prefixes.len()) {
                    truncated = true;
                    break;
                }
                last = Some((common.clone(), String::new()));
                prefixes.push(common);
            }
            continue;
        }
        let mut latest_first = all.iter().rev().enumerate();
        if key == key_marker && !id_marker.is_empty() {
            // Those up to the marked one were on the page before.
            latest_first.find(|(_, version)| version.id == *id_marker);
        }
        for (at, version) in latest_first {
            if full(versions.len() + markers.len() + prefixes.len()) {
                truncated = true;
                break 'keys;
            }
            last = Some((key.clone(), version.id.clone()));
            let mut shown = json!({
                "Key": encoded(key),
                "VersionId": version.id,
                "IsLatest": at == 0,
                "LastModified": timestamp(version.modified),
                "Owner": owner,
            });
            match &version.content {
                None => markers.push(shown),
                Some(content) => {
                    shown["ETag"] = content.etag.as_str().into();
                    shown["Size"] = content.body.len().into();
                    shown["StorageClass"] = "STANDARD".into();
                    versions.push(shown);
                }
            }
        }
    }
    let (next_key, next_id) = last.filter(|_| truncated).unzip();
    let prefixes = prefixes
        .iter()
        .map(|prefix| json!({ "Prefix": encoded(prefix) }));
    Ok(json!({
        "Name": input.bucket,
        "Prefix": encoded(&input.prefix),
        "Delimiter": delimiter.map(&encoded),
        "MaxKeys": most,
        "EncodingType": input.encoding_type,
        "KeyMarker": encoded(key_marker),
        "VersionIdMarker": id_marker,
        "IsTruncated": truncated,
        "NextKeyMarker": next_key.map(|key| encoded(&key)),
        "NextVersionIdMarker": next_id,
        "CommonPrefixes": prefixes.collect::<Vec<_>>(),
        "Version": versions,
        "DeleteMarker": markers,
    }))
}
