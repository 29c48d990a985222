//! `PutObject`.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use md5::{Digest, Md5};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::context::Cx;
use crate::fault::Fault;
use crate::services::s3::encryption;
use crate::services::s3::faults::{found, invalid};
use crate::services::s3::state::{Bucket, Content, Encryption, Version, Versioning};

/// How large an object may be here; on AWS it is 5 GB. The account is stored as a whole.
pub(super) const LARGEST: usize = 5 * 1024 * 1024;

/// How many versions of an object are kept.
const VERSIONS: usize = 20;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct PutObject {
    bucket: String,
    key: String,
    expected_bucket_owner: Option<String>,
    /// In base64.
    body: String,
    #[serde(rename = "ACL")]
    acl: Option<String>,
    #[serde(rename = "ContentMD5")]
    content_md5: Option<String>,
    content_type: Option<String>,
    cache_control: Option<String>,
    content_disposition: Option<String>,
    content_encoding: Option<String>,
    if_none_match: Option<String>,
    #[serde(default)]
    metadata: BTreeMap<String, String>,
    server_side_encryption: Option<String>,
    #[serde(rename = "SSEKMSKeyId")]
    key_id: Option<String>,
    storage_class: Option<String>,
}

/// `PutObject` (S3 API Reference).
pub(crate) fn put_object(cx: &mut Cx, input: PutObject) -> Result<Value, Fault> {
    let body = Bytes::from(STANDARD.decode(&input.body).unwrap_or_default());
    let digest = Md5::digest(&body);
    if let Some(given) = &input.content_md5
        && *given != STANDARD.encode(digest)
    {
        let words = "The Content-MD5 you specified did not match what we received.";
        return Err(Fault::new("BadDigest", words));
    }
    if input.key.len() > 1024 {
        return Err(Fault::new("KeyTooLongError", "Your key is too long"));
    }
    if body.len() > LARGEST {
        let words = "Your proposed upload exceeds the maximum allowed size";
        return Err(Fault::new("EntityTooLarge", words));
    }
    if input.storage_class.is_some_and(|class| class != "STANDARD") {
        let words = "The storage class you specified is not valid";
        return Err(Fault::new("InvalidStorageClass", words));
    }
    let now = cx.now;
    let owner = input.expected_bucket_owner.as_deref();
    let bucket = found(cx, &input.bucket, owner)?;
    if let Some(acl) = input
        .acl
        .filter(|acl| acl != "private" && acl != "bucket-owner-full-control")
    {
        return Err(match bucket.ownership.as_str() {
            "BucketOwnerEnforced" => Fault::new(
                "AccessControlListNotSupported",
                "The bucket does not allow ACLs",
            ),
            _ => invalid(&acl),
        });
    }
    let there = bucket
        .objects
        .get(&input.key)
        .and_then(|versions| versions.last());
    let exists = there.is_some_and(|version| version.content.is_some());
    match input.if_none_match.as_deref() {
        Some("*") if exists => {
            let words = "At least one of the pre-conditions you specified did not hold";
            return Err(Fault::new("PreconditionFailed", words).with_status(412));
        }
        None | Some("*") => {}
        Some(_) => return Err(invalid("If-None-Match")),
    }
    let encryption = match input.server_side_encryption {
        None => bucket.encryption.clone(),
        Some(algorithm) => {
            encryption::check(&algorithm, input.key_id.as_deref())?;
            let key = input.key_id;
            Encryption {
                algorithm,
                key,
                bucket_key: false,
            }
        }
    };
    let encoding = input
        .content_encoding
        .map(|it| it.replace("aws-chunked", ""));
    let content = Content {
        etag: format!("\"{}\"", hex::encode(digest)),
        body,
        kind: input
            .content_type
            .unwrap_or_else(|| "binary/octet-stream".to_owned()),
        cache_control: input.cache_control,
        disposition: input.content_disposition,
        encoding: encoding
            .map(|it| it.trim_matches([',', ' ']).to_owned())
            .filter(|it| !it.is_empty()),
        metadata: input.metadata,
        encryption: encryption.clone(),
    };
    let etag = content.etag.clone();
    let versioned = bucket.versioning.is_some();
    let id = cx.id("", 32);
    let bucket = found(cx, &input.bucket, owner)?;
    let id = add(bucket, &input.key, Some(content), id, now);
    Ok(json!({
        "ETag": etag,
        "VersionId": versioned.then_some(id),
        "ServerSideEncryption": encryption.algorithm,
        "SSEKMSKeyId": encryption.key,
    }))
}

/// Adds a version, or a marker; gives its id. Where versioning is not on, it takes the place of the
/// one that has none.
pub(super) fn add(
    bucket: &mut Bucket,
    key: &str,
    content: Option<Content>,
    id: String,
    now: i64,
) -> String {
    let versions = bucket.objects.entry(key.to_owned()).or_default();
    let id = if bucket.versioning == Some(Versioning::Enabled) {
        id
    } else {
        versions.retain(|version| version.id != "null");
        "null".to_owned()
    };
    versions.push(Version {
        id: id.clone(),
        modified: now,
        content,
    });
    if versions.len() > VERSIONS {
        versions.remove(0);
    }
    id
}
