//! S3: buckets and small objects, as far as a pipeline's artifacts need them.

mod buckets;
mod encryption;
mod faults;
mod objects;
mod ownership;
mod policies;
mod public_access;
mod routes;
mod state;
mod tagging;
mod versioning;

use crate::protocol::Wire;
use crate::service::{Service, operations};

pub(crate) use objects::{fetch, store};
pub(crate) use state::S3;

pub(crate) static SERVICE: Service = Service {
    name: "s3",
    wire: Wire::Rest {
        namespace: "http://s3.amazonaws.com/doc/2006-03-01/",
        routes: routes::ROUTES,
    },
    refusal: faults::input,
    secrets: &["Body"],
    operations: operations! {
        "ListBuckets" => buckets::list_buckets,
        "CreateBucket" => buckets::create_bucket,
        "HeadBucket" => buckets::head_bucket,
        "DeleteBucket" => buckets::delete_bucket,
        "GetBucketLocation" => buckets::get_bucket_location,
        "PutBucketVersioning" => versioning::put_bucket_versioning,
        "GetBucketVersioning" => versioning::get_bucket_versioning,
        "PutPublicAccessBlock" => public_access::put_public_access_block,
        "GetPublicAccessBlock" => public_access::get_public_access_block,
        "DeletePublicAccessBlock" => public_access::delete_public_access_block,
        "PutBucketEncryption" => encryption::put_bucket_encryption,
        "GetBucketEncryption" => encryption::get_bucket_encryption,
        "DeleteBucketEncryption" => encryption::delete_bucket_encryption,
        "PutBucketPolicy" => policies::put_bucket_policy,
        "GetBucketPolicy" => policies::get_bucket_policy,
        "DeleteBucketPolicy" => policies::delete_bucket_policy,
        "PutBucketTagging" => tagging::put_bucket_tagging,
        "GetBucketTagging" => tagging::get_bucket_tagging,
        "DeleteBucketTagging" => tagging::delete_bucket_tagging,
        "PutBucketOwnershipControls" => ownership::put_bucket_ownership_controls,
        "GetBucketOwnershipControls" => ownership::get_bucket_ownership_controls,
        "ListObjectsV2" => objects::list_objects_v2,
        "ListObjectVersions" => objects::list_object_versions,
        "DeleteObjects" => objects::delete_objects,
        "PutObject" => objects::put_object,
        "GetObject" => objects::get_object,
        "HeadObject" => objects::head_object,
        "DeleteObject" => objects::delete_object,
    },
};
