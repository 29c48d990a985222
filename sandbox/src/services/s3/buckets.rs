//! Buckets: made, listed, deleted.

use serde::Deserialize;
use serde_json::{Value, json};

use super::faults::{found, invalid};
use super::state::Bucket;
use super::tagging::{Pair, checked};
use crate::context::Cx;
use crate::fault::Fault;
use crate::page::page;
use crate::protocol::timestamp;
use crate::services::REGIONS;

/// Names that somebody else has already: there is one space of names for everybody.
const TAKEN: [&str; 8] = [
    "artifacts",
    "bucket",
    "codepipeline",
    "demo",
    "my-bucket",
    "test",
    "tripmgmt",
    "workshop",
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct CreateBucket {
    bucket: String,
    #[serde(rename = "ACL")]
    acl: Option<String>,
    object_ownership: Option<String>,
    #[serde(rename = "CreateBucketConfiguration")]
    configuration: Option<Configuration>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
struct Configuration {
    location_constraint: Option<String>,
    tags: Option<Given>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
struct Given {
    #[serde(default)]
    tag: Vec<Pair>,
}

/// `CreateBucket` (S3 API Reference).
pub(crate) fn create_bucket(cx: &mut Cx, input: CreateBucket) -> Result<Value, Fault> {
    let name = input.bucket;
    if !is_name(&name) {
        return Err(Fault::new(
            "InvalidBucketName",
            "The specified bucket is not valid.",
        ));
    }
    let ownership = input
        .object_ownership
        .as_deref()
        .unwrap_or("BucketOwnerEnforced");
    super::ownership::check(ownership)?;
    match input.acl.as_deref() {
        None | Some("private") => {}
        Some(_) if ownership == "BucketOwnerEnforced" => {
            let words =
                "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting";
            return Err(Fault::new("InvalidBucketAclWithObjectOwnership", words));
        }
        Some(_) => return Err(invalid("x-amz-acl")),
    }
    let (constraint, tags) = match input.configuration {
        None => (None, None),
        Some(given) => (given.location_constraint, given.tags),
    };
    location(cx.region, constraint.as_deref())?;
    let tags = checked(tags.map(|tags| tags.tag).unwrap_or_default())?;
    if cx.account.s3.buckets.contains_key(&name) {
        // In the first Region there was, making it again does no harm.
        if cx.region == "us-east-1" {
            return Ok(json!({ "Location": format!("/{name}") }));
        }
        let words =
            "Your previous request to create the named bucket succeeded and you already own it.";
        return Err(Fault::conflict("BucketAlreadyOwnedByYou", words));
    }
    if TAKEN.contains(&name.as_str()) {
        let words = "The requested bucket name is not available. The bucket namespace is shared by all users \
             of the system. Please select a different name and try again.";
        return Err(Fault::conflict("BucketAlreadyExists", words));
    }
    let mut bucket = Bucket::new(cx.region, cx.now);
    ownership.clone_into(&mut bucket.ownership);
    bucket.tags = tags;
    let answer = json!({ "Location": format!("http://{name}.s3.amazonaws.com/") });
    cx.account.s3.buckets.insert(name, bucket);
    Ok(answer)
}

/// The constraint has to be the Region's that is asked; the first Region has none.
fn location(region: &str, constraint: Option<&str>) -> Result<(), Fault> {
    match constraint {
        None if region == "us-east-1" => Ok(()),
        Some("us-east-1") => {
            let words = "The specified location-constraint is not valid";
            Err(Fault::new("InvalidLocationConstraint", words))
        }
        Some(given) if given == region => Ok(()),
        Some(given) if !REGIONS.contains(&given) && given != "EU" => {
            let words = "The specified location-constraint is not valid";
            Err(Fault::new("InvalidLocationConstraint", words))
        }
        given => {
            let given = given.unwrap_or("unspecified");
            let words = format!(
                "The {given} location constraint is incompatible for the region specific endpoint this request \
                 was sent to."
            );
            Err(Fault::new("IllegalLocationConstraintException", words))
        }
    }
}

/// S3 User Guide, "General purpose bucket naming rules".
fn is_name(name: &str) -> bool {
    let ends = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit();
    let inner = |letter: char| ends(letter) || letter == '-' || letter == '.';
    (3..=63).contains(&name.len())
        && name.starts_with(ends)
        && name.ends_with(ends)
        && name.chars().all(inner)
        && !name.contains("..")
        && name.parse::<std::net::Ipv4Addr>().is_err()
        && !name.starts_with("xn--")
        && !name.ends_with("-s3alias")
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct BucketName {
    pub(super) bucket: String,
    pub(super) expected_bucket_owner: Option<String>,
}

impl BucketName {
    /// The bucket that is meant.
    pub(super) fn found<'a>(&self, cx: &'a mut Cx) -> Result<&'a mut Bucket, Fault> {
        found(cx, &self.bucket, self.expected_bucket_owner.as_deref())
    }
}

/// `HeadBucket` (S3 API Reference).
pub(crate) fn head_bucket(cx: &mut Cx, input: BucketName) -> Result<Value, Fault> {
    let bucket = input.found(cx)?;
    Ok(json!({
        "BucketRegion": bucket.region,
        "BucketArn": format!("arn:aws:s3:::{}", input.bucket),
    }))
}

/// `DeleteBucket` (S3 API Reference): only one with nothing in it, not even old versions.
pub(crate) fn delete_bucket(cx: &mut Cx, input: BucketName) -> Result<Value, Fault> {
    let bucket = input.found(cx)?;
    if !bucket.objects.is_empty() {
        let words = if bucket.versioning.is_some() {
            "The bucket you tried to delete is not empty. You must delete all versions in the bucket."
        } else {
            "The bucket you tried to delete is not empty"
        };
        return Err(Fault::conflict("BucketNotEmpty", words));
    }
    cx.account.s3.buckets.remove(&input.bucket);
    Ok(Value::Null)
}

/// `GetBucketLocation` (S3 API Reference): of the first Region it says nothing.
pub(crate) fn get_bucket_location(cx: &mut Cx, input: BucketName) -> Result<Value, Fault> {
    let region = input.found(cx)?.region.as_str();
    Ok(match region {
        "us-east-1" => Value::Null,
        region => region.into(),
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct ListBuckets {
    max_buckets: Option<usize>,
    continuation_token: Option<String>,
    prefix: Option<String>,
    bucket_region: Option<String>,
}

/// `ListBuckets` (S3 API Reference).
pub(crate) fn list_buckets(cx: &mut Cx, input: ListBuckets) -> Result<Value, Fault> {
    let size = input.max_buckets.unwrap_or(10_000);
    if !(1..=10_000).contains(&size) {
        return Err(invalid("max-buckets"));
    }
    let prefix = input.prefix.as_deref().unwrap_or_default();
    let region = input.bucket_region.as_ref();
    let buckets = cx.account.s3.buckets.iter();
    let shown = buckets
        .filter(|(name, _)| name.starts_with(prefix))
        .filter(|(_, bucket)| region.is_none_or(|region| bucket.region == *region))
        .map(|(name, bucket)| {
            json!({
                "Name": name,
                "CreationDate": timestamp(bucket.created),
                "BucketRegion": bucket.region,
                "BucketArn": format!("arn:aws:s3:::{name}"),
            })
        });
    let token = input.continuation_token.as_deref();
    let page = page(shown.collect(), token, size).ok_or_else(|| invalid("continuation-token"))?;
    Ok(json!({
        "Buckets": { "Bucket": page.items },
        "ContinuationToken": page.next,
        "Owner": { "ID": owner(&cx.account.id) },
        "Prefix": input.prefix,
    }))
}

/// The canonical user id of an account: sixty-four digits.
pub(super) fn owner(account: &str) -> String {
    hex::encode(<sha2::Sha256 as sha2::Digest>::digest(account))
}

#[cfg(test)]
mod tests {
    use super::is_name;

    #[test]
    fn names() {
        for good in ["abc", "a.b-c", "codepipeline-eu-central-1-123456789012"] {
            assert!(is_name(good), "{good}");
        }
        for bad in [
            "ab",
            "Abc",
            "a_b",
            "-ab",
            "ab-",
            "a..b",
            "192.168.0.1",
            "xn--a",
            "",
            &"a".repeat(64),
        ] {
            assert!(!is_name(bad), "{bad}");
        }
    }
}
