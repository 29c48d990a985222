//! Objects as the account's own machines put and read them: builds, pipelines.

use std::collections::BTreeMap;

use bytes::Bytes;
use md5::{Digest, Md5};

use super::put::{LARGEST, add};
use super::read::version;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::s3::faults::found;
use crate::services::s3::state::Content;

/// Puts an object; gives its version's id, `null` where the bucket has no versions. Whether the one
/// who puts it may is for the caller to ask.
pub(crate) fn store(
    cx: &mut Cx,
    bucket: &str,
    key: &str,
    body: Bytes,
    kind: &str,
) -> Result<String, Fault> {
    if body.len() > LARGEST {
        let words = "Your proposed upload exceeds the maximum allowed size";
        return Err(Fault::new("EntityTooLarge", words));
    }
    let (now, id) = (cx.now, cx.id("", 32));
    let bucket = found(cx, bucket, None)?;
    let content = Content {
        etag: format!("\"{}\"", hex::encode(Md5::digest(&body))),
        body,
        kind: kind.to_owned(),
        cache_control: None,
        disposition: None,
        encoding: None,
        metadata: BTreeMap::new(),
        encryption: bucket.encryption.clone(),
    };
    Ok(add(bucket, key, Some(content), id, now))
}

/// The present content of an object. Whether the one who reads it may is for the caller to ask.
pub(crate) fn fetch(cx: &mut Cx, bucket: &str, key: &str) -> Result<Bytes, Fault> {
    let bucket = found(cx, bucket, None)?;
    version(bucket, key, None).map(|(_, content)| content.body.clone())
}
