//! How a bucket encrypts what says nothing itself.

use serde::Deserialize;
use serde_json::{Value, json};

use super::buckets::BucketName;
use super::faults::{found, invalid, malformed};
use super::state::Encryption;
use crate::context::Cx;
use crate::fault::Fault;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct PutBucketEncryption {
    bucket: String,
    expected_bucket_owner: Option<String>,
    server_side_encryption_configuration: Configuration,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
struct Configuration {
    rule: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
struct Rule {
    apply_server_side_encryption_by_default: Option<ByDefault>,
    #[serde(default)]
    bucket_key_enabled: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ByDefault {
    #[serde(rename = "SSEAlgorithm")]
    algorithm: String,
    #[serde(rename = "KMSMasterKeyID")]
    key: Option<String>,
}

/// `PutBucketEncryption` (S3 API Reference).
pub(crate) fn put_bucket_encryption(
    cx: &mut Cx,
    input: PutBucketEncryption,
) -> Result<Value, Fault> {
    let mut rules = input.server_side_encryption_configuration.rule.into_iter();
    let (Some(rule), None) = (rules.next(), rules.next()) else {
        return Err(malformed());
    };
    let bucket_key = rule.bucket_key_enabled;
    let encryption = match rule.apply_server_side_encryption_by_default {
        None => Encryption {
            bucket_key,
            ..Encryption::usual()
        },
        Some(ByDefault { algorithm, key }) => {
            check(&algorithm, key.as_deref())?;
            Encryption {
                algorithm,
                key,
                bucket_key,
            }
        }
    };
    found(cx, &input.bucket, input.expected_bucket_owner.as_deref())?.encryption = encryption;
    Ok(Value::Null)
}

/// The algorithm has to be one that there is, and only KMS's take a key.
pub(super) fn check(algorithm: &str, key: Option<&str>) -> Result<(), Fault> {
    match (algorithm, key) {
        ("AES256", None) | ("aws:kms" | "aws:kms:dsse", _) => Ok(()),
        ("AES256", Some(_)) => Err(invalid(
            "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms",
        )),
        _ => Err(malformed()),
    }
}

/// `GetBucketEncryption` (S3 API Reference).
pub(crate) fn get_bucket_encryption(cx: &mut Cx, input: BucketName) -> Result<Value, Fault> {
    let encryption = &input.found(cx)?.encryption;
    Ok(json!({
        "Rule": [{
            "ApplyServerSideEncryptionByDefault": {
                "SSEAlgorithm": encryption.algorithm,
                "KMSMasterKeyID": encryption.key,
            },
            "BucketKeyEnabled": encryption.bucket_key,
        }],
    }))
}

/// `DeleteBucketEncryption` (S3 API Reference): back to what every bucket has.
pub(crate) fn delete_bucket_encryption(cx: &mut Cx, input: BucketName) -> Result<Value, Fault> {
    input.found(cx)?.encryption = Encryption::usual();
    Ok(Value::Null)
}
