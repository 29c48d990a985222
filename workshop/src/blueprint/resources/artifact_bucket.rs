//! The pipeline's own bucket: what one stage hands to the next lies here.

use serde_json::{Value, json};

use crate::blueprint::{
    Call, Expect, Field, FieldKind, Inputs, Kind, Price, Resource, Setting, Step, resource::tags,
};

/// Where a bucket is made when nothing is said; S3 refuses to be told so.
const FIRST_REGION: &str = "us-east-1";

/// The bucket.
pub(super) const RESOURCE: Resource = Resource {
    kind: Kind::ArtifactBucket,
    step: Step::Pipeline,
    noun: "S3 bucket",
    name: "{{artifact_bucket}}",
    needs: &[],
    optional: None,
    shared_name: false,
    minutes: 0,
    // A few megabytes for a few days: less than a cent.
    price: Price::Free,
    console: "https://{{region}}.console.aws.amazon.com/s3/buckets/{{artifact_bucket}}?region={{region}}",
    fields: &[
        Field {
            key: "name",
            label: "Bucket name",
            help: "The names of all buckets in the world are one space, so that it holds the account's number.",
            kind: FieldKind::Fixed,
            default: "{{artifact_bucket}}",
        },
        Field {
            key: "region",
            label: "AWS Region",
            help: "A pipeline takes a bucket of its own Region only.",
            kind: FieldKind::Fixed,
            default: "{{region}}",
        },
    ],
    settings: &[
        Setting {
            key: "region",
            label: "Region",
            expect: Expect::Is("{{region}}"),
            cause: "The console or the CLI was set to another Region when the bucket was made, and a pipeline takes one of its own Region only.",
            remedy: "Delete the bucket and make it again in {{region}}. A name can take an hour to become free.",
        },
        Setting {
            key: "public_access",
            label: "Public access",
            expect: Expect::Is("blocked"),
            cause: "“Block all public access” was cleared. In the bucket lies whatever the build makes of the source code.",
            remedy: "Edit the bucket's permissions: Block all public access, on.",
        },
        Setting {
            key: "versioning",
            label: "Versioning",
            expect: Expect::Is("Enabled"),
            cause: "The console proposes “Disable”. CodePipeline names each artifact by its version, so that a later run cannot change what an earlier one deploys.",
            remedy: "Edit the bucket's properties: Bucket Versioning, Enable.",
        },
    ],
    create,
    repair: |setting, _| match setting {
        "public_access" => vec![block_public_access()],
        "versioning" => vec![enable_versioning()],
        _ => Vec::new(),
    },
    // S3 deletes an empty bucket only.
    delete: || {
        let params = json!({ "Bucket": "{{artifact_bucket}}" });
        vec![Call::new("s3api", "DeleteBucket", params).done_if(&["NoSuchBucket"])]
    },
    yields: &[],
};

fn create(inputs: &Inputs<'_>) -> Vec<Call> {
    let region = inputs.text("region");
    let mut create = json!({ "Bucket": "{{artifact_bucket}}" });
    if region != FIRST_REGION {
        create["CreateBucketConfiguration"] = json!({ "LocationConstraint": region });
    }
    let tag = json!({ "Bucket": "{{artifact_bucket}}", "Tagging": { "TagSet": tags() } });
    vec![
        Call::new("s3api", "CreateBucket", create).done_if(&["BucketAlreadyOwnedByYou"]),
        Call::new("s3api", "PutBucketTagging", tag),
        block_public_access(),
        enable_versioning(),
    ]
}

/// S3 does so for every new bucket; said here, it is seen to be so.
fn block_public_access() -> Call {
    let all: Value = json!({
        "BlockPublicAcls": true,
        "IgnorePublicAcls": true,
        "BlockPublicPolicy": true,
        "RestrictPublicBuckets": true,
    });
    let params = json!({ "Bucket": "{{artifact_bucket}}", "PublicAccessBlockConfiguration": all });
    Call::new("s3api", "PutPublicAccessBlock", params).settles(&["public_access"])
}

fn enable_versioning() -> Call {
    let params = json!({ "Bucket": "{{artifact_bucket}}", "VersioningConfiguration": { "Status": "Enabled" } });
    Call::new("s3api", "PutBucketVersioning", params).settles(&["versioning"])
}
