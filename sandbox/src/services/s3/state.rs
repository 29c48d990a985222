//! What S3 keeps. Names are everybody's, so buckets are the account's and not a Region's.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::clock::Millis;
use crate::tags::Tags;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct S3 {
    /// By name.
    pub(super) buckets: BTreeMap<String, Bucket>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Bucket {
    pub(super) region: String,
    pub(super) created: Millis,
    /// `None` until it has been turned on.
    pub(super) versioning: Option<Versioning>,
    pub(super) public_access: Option<PublicAccess>,
    pub(super) encryption: Encryption,
    pub(super) policy: Option<String>,
    pub(super) tags: Tags,
    pub(super) ownership: String,
    /// By key; of each the versions, oldest first, never none.
    pub(super) objects: BTreeMap<String, Vec<Version>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Versioning {
    Enabled,
    Suspended,
}

/// `PublicAccessBlockConfiguration`: what is not said is not blocked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase", default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "four switches, as S3 has them"
)]
pub(crate) struct PublicAccess {
    pub(super) block_public_acls: bool,
    pub(super) ignore_public_acls: bool,
    pub(super) block_public_policy: bool,
    pub(super) restrict_public_buckets: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Encryption {
    /// `AES256`, `aws:kms` …
    pub(super) algorithm: String,
    pub(super) key: Option<String>,
    pub(super) bucket_key: bool,
}

/// A version of an object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Version {
    /// `null` where versioning was not on.
    pub(super) id: String,
    pub(super) modified: Millis,
    /// `None` is a delete marker.
    pub(super) content: Option<Content>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Content {
    #[serde(serialize_with = "encode", deserialize_with = "decode")]
    pub(super) body: Bytes,
    /// MD5, in quotation marks.
    pub(super) etag: String,
    pub(super) kind: String,
    pub(super) cache_control: Option<String>,
    pub(super) disposition: Option<String>,
    pub(super) encoding: Option<String>,
    pub(super) metadata: BTreeMap<String, String>,
    pub(super) encryption: Encryption,
}

impl Bucket {
    /// A bucket as they have been since 2023: private, encrypted, its owner's alone.
    pub(super) fn new(region: &str, created: Millis) -> Bucket {
        Bucket {
            region: region.to_owned(),
            created,
            versioning: None,
            public_access: Some(PublicAccess {
                block_public_acls: true,
                ignore_public_acls: true,
                block_public_policy: true,
                restrict_public_buckets: true,
            }),
            encryption: Encryption::usual(),
            policy: None,
            tags: Tags::new(),
            ownership: "BucketOwnerEnforced".to_owned(),
            objects: BTreeMap::new(),
        }
    }
}

impl Encryption {
    pub(super) fn usual() -> Encryption {
        Encryption {
            algorithm: "AES256".to_owned(),
            key: None,
            bucket_key: false,
        }
    }
}

fn encode<S: Serializer>(body: &Bytes, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&STANDARD.encode(body))
}

fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Bytes, D::Error> {
    let text = String::deserialize(deserializer)?;
    STANDARD
        .decode(text)
        .map(Bytes::from)
        .map_err(Error::custom)
}
