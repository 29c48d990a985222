//! Where S3's operations are (S3 API Reference, each operation's "Request Syntax").

use crate::protocol::From::{Body, Document, Header, Headers, Query};
use crate::protocol::{From, Gives, On, Route};

const OWNER: (&str, From) = ("ExpectedBucketOwner", Header("x-amz-expected-bucket-owner"));

/// What an object's answer has in its headers.
const OBJECT: &[(&str, &str)] = &[
    ("AcceptRanges", "accept-ranges"),
    ("ContentRange", "content-range"),
    ("ContentLength", "content-length"),
    ("ContentType", "content-type"),
    ("CacheControl", "cache-control"),
    ("ContentDisposition", "content-disposition"),
    ("ContentEncoding", "content-encoding"),
    ("ETag", "etag"),
    ("LastModified", "last-modified"),
    ("Metadata", "x-amz-meta-*"),
    ("ServerSideEncryption", "x-amz-server-side-encryption"),
    ("SSEKMSKeyId", "x-amz-server-side-encryption-aws-kms-key-id"),
    ("VersionId", "x-amz-version-id"),
];

const READ: &[(&str, From)] = &[
    OWNER,
    ("VersionId", Query("versionId")),
    ("Range", Header("range")),
];

const fn bucket(
    operation: &'static str,
    method: &'static str,
    query: &'static str,
    takes: &'static [(&'static str, From)],
    gives: Gives,
) -> Route {
    Route {
        operation,
        method,
        on: On::Bucket,
        query,
        takes,
        gives,
    }
}

const fn object(
    operation: &'static str,
    method: &'static str,
    takes: &'static [(&'static str, From)],
    gives: Gives,
) -> Route {
    Route {
        operation,
        method,
        on: On::Object,
        query: "",
        takes,
        gives,
    }
}

const fn document(root: &'static str, lists: &'static [&'static str]) -> From {
    Document { root, lists }
}

pub(super) static ROUTES: &[Route] = &[
    Route {
        operation: "ListBuckets",
        method: "GET",
        on: On::Service,
        query: "",
        takes: &[
            ("MaxBuckets", Query("max-buckets")),
            ("ContinuationToken", Query("continuation-token")),
            ("Prefix", Query("prefix")),
            ("BucketRegion", Query("bucket-region")),
        ],
        gives: Gives::document("ListAllMyBucketsResult"),
    },
    bucket(
        "CreateBucket",
        "PUT",
        "",
        &[
            ("ACL", Header("x-amz-acl")),
            ("ObjectOwnership", Header("x-amz-object-ownership")),
            (
                "CreateBucketConfiguration",
                document("CreateBucketConfiguration", &["Tag"]),
            ),
        ],
        Gives {
            status: 200,
            root: "",
            headers: &[("Location", "location")],
        },
    ),
    bucket(
        "HeadBucket",
        "HEAD",
        "",
        &[OWNER],
        Gives {
            status: 200,
            root: "",
            headers: &[
                ("BucketRegion", "x-amz-bucket-region"),
                ("BucketArn", "x-amz-bucket-arn"),
            ],
        },
    ),
    bucket("DeleteBucket", "DELETE", "", &[OWNER], Gives::nothing(204)),
    bucket(
        "GetBucketLocation",
        "GET",
        "location",
        &[OWNER],
        Gives::document("LocationConstraint"),
    ),
    bucket(
        "PutBucketVersioning",
        "PUT",
        "versioning",
        &[
            OWNER,
            (
                "VersioningConfiguration",
                document("VersioningConfiguration", &[]),
            ),
        ],
        Gives::nothing(200),
    ),
    bucket(
        "GetBucketVersioning",
        "GET",
        "versioning",
        &[OWNER],
        Gives::document("VersioningConfiguration"),
    ),
    bucket(
        "PutPublicAccessBlock",
        "PUT",
        "publicAccessBlock",
        &[
            OWNER,
            (
                "PublicAccessBlockConfiguration",
                document("PublicAccessBlockConfiguration", &[]),
            ),
        ],
        Gives::nothing(200),
    ),
    bucket(
        "GetPublicAccessBlock",
        "GET",
        "publicAccessBlock",
        &[OWNER],
        Gives::document("PublicAccessBlockConfiguration"),
    ),
    bucket(
        "DeletePublicAccessBlock",
        "DELETE",
        "publicAccessBlock",
        &[OWNER],
        Gives::nothing(204),
    ),
    bucket(
        "PutBucketEncryption",
        "PUT",
        "encryption",
        &[
            OWNER,
            (
                "ServerSideEncryptionConfiguration",
                document("ServerSideEncryptionConfiguration", &["Rule"]),
            ),
        ],
        Gives::nothing(200),
    ),
    bucket(
        "GetBucketEncryption",
        "GET",
        "encryption",
        &[OWNER],
        Gives::document("ServerSideEncryptionConfiguration"),
    ),
    bucket(
        "DeleteBucketEncryption",
        "DELETE",
        "encryption",
        &[OWNER],
        Gives::nothing(204),
    ),
    bucket(
        "PutBucketPolicy",
        "PUT",
        "policy",
        &[OWNER, ("Body", Body)],
        Gives::nothing(204),
    ),
    bucket(
        "GetBucketPolicy",
        "GET",
        "policy",
        &[OWNER],
        Gives {
            status: 200,
            root: "",
            headers: &[("ContentType", "content-type")],
        },
    ),
    bucket(
        "DeleteBucketPolicy",
        "DELETE",
        "policy",
        &[OWNER],
        Gives::nothing(204),
    ),
    bucket(
        "PutBucketTagging",
        "PUT",
        "tagging",
        &[OWNER, ("Tagging", document("Tagging", &["Tag"]))],
        Gives::nothing(204),
    ),
    bucket(
        "GetBucketTagging",
        "GET",
        "tagging",
        &[OWNER],
        Gives::document("Tagging"),
    ),
    bucket(
        "DeleteBucketTagging",
        "DELETE",
        "tagging",
        &[OWNER],
        Gives::nothing(204),
    ),
    bucket(
        "PutBucketOwnershipControls",
        "PUT",
        "ownershipControls",
        &[
            OWNER,
            (
                "OwnershipControls",
                document("OwnershipControls", &["Rule"]),
            ),
        ],
        Gives::nothing(200),
    ),
    bucket(
        "GetBucketOwnershipControls",
        "GET",
        "ownershipControls",
        &[OWNER],
        Gives::document("OwnershipControls"),
    ),
    bucket(
        "ListObjectsV2",
        "GET",
        "list-type",
        &[
            OWNER,
            ("ListType", Query("list-type")),
            ("Prefix", Query("prefix")),
            ("Delimiter", Query("delimiter")),
            ("MaxKeys", Query("max-keys")),
            ("ContinuationToken", Query("continuation-token")),
            ("StartAfter", Query("start-after")),
            ("EncodingType", Query("encoding-type")),
            ("FetchOwner", Query("fetch-owner")),
        ],
        Gives::document("ListBucketResult"),
    ),
    bucket(
        "ListObjectVersions",
        "GET",
        "versions",
        &[
            OWNER,
            ("Prefix", Query("prefix")),
            ("Delimiter", Query("delimiter")),
            ("MaxKeys", Query("max-keys")),
            ("KeyMarker", Query("key-marker")),
            ("VersionIdMarker", Query("version-id-marker")),
            ("EncodingType", Query("encoding-type")),
        ],
        Gives::document("ListVersionsResult"),
    ),
    bucket(
        "DeleteObjects",
        "POST",
        "delete",
        &[OWNER, ("Delete", document("Delete", &["Object"]))],
        Gives::document("DeleteResult"),
    ),
    object(
        "PutObject",
        "PUT",
        &[
            OWNER,
            ("Body", Body),
            ("ACL", Header("x-amz-acl")),
            ("ContentMD5", Header("content-md5")),
            ("ContentType", Header("content-type")),
            ("CacheControl", Header("cache-control")),
            ("ContentDisposition", Header("content-disposition")),
            ("ContentEncoding", Header("content-encoding")),
            ("IfNoneMatch", Header("if-none-match")),
            ("Metadata", Headers("x-amz-meta-")),
            (
                "ServerSideEncryption",
                Header("x-amz-server-side-encryption"),
            ),
            (
                "SSEKMSKeyId",
                Header("x-amz-server-side-encryption-aws-kms-key-id"),
            ),
            ("StorageClass", Header("x-amz-storage-class")),
        ],
        Gives {
            status: 200,
            root: "",
            headers: &[
                ("ETag", "etag"),
                ("VersionId", "x-amz-version-id"),
                ("ServerSideEncryption", "x-amz-server-side-encryption"),
                ("SSEKMSKeyId", "x-amz-server-side-encryption-aws-kms-key-id"),
            ],
        },
    ),
    object(
        "GetObject",
        "GET",
        READ,
        Gives {
            status: 200,
            root: "",
            headers: OBJECT,
        },
    ),
    object(
        "HeadObject",
        "HEAD",
        READ,
        Gives {
            status: 200,
            root: "",
            headers: OBJECT,
        },
    ),
    object(
        "DeleteObject",
        "DELETE",
        &[OWNER, ("VersionId", Query("versionId"))],
        Gives {
            status: 204,
            root: "",
            headers: &[
                ("DeleteMarker", "x-amz-delete-marker"),
                ("VersionId", "x-amz-version-id"),
            ],
        },
    ),
];
