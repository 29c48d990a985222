//! Faults of the artifact bucket.

use aws_sdk_s3::types::{
    BucketLocationConstraint, BucketVersioningStatus, CreateBucketConfiguration,
    PublicAccessBlockConfiguration, VersioningConfiguration,
};
use workshop::blueprint::Kind::ArtifactBucket;

use crate::faults::account::Hand;
use crate::faults::fault::{Fault, wrong};

const BLOCK: &str = "Block all public access, on";

pub(super) fn faults() -> Vec<Fault> {
    vec![
        wrong(
            ArtifactBucket,
            "exists",
            "its name is a slip away",
            [
                "none, but codepipeline-eu-west-1-*",
                "The name is a slip away",
                "again as codepipeline-eu-west-1-",
            ],
            |hand| {
                Box::pin(async move {
                    let name = hand.bucket().await;
                    let ireland = CreateBucketConfiguration::builder()
                        .location_constraint(BucketLocationConstraint::EuWest1)
                        .build();
                    let create = hand.s3.create_bucket().bucket(name.replace("mgmt", "mgtm"));
                    let create = create.create_bucket_configuration(ireland).send().await;
                    create.expect("a bucket");
                })
            },
        )
        .starting_with_nothing(),
        wrong(
            ArtifactBucket,
            "region",
            "it was made in another Region",
            [
                "us-east-1",
                "takes one of its own Region only",
                "make it again in eu-west-1",
            ],
            |hand| {
                Box::pin(async move {
                    let virginia = hand.in_region("us-east-1");
                    let create = virginia.s3.create_bucket().bucket(hand.bucket().await);
                    create.send().await.expect("a bucket");
                })
            },
        )
        .starting_with_nothing()
        .also(&[
            (ArtifactBucket, "exists"),
            (ArtifactBucket, "public_access"),
        ]),
        wrong(
            ArtifactBucket,
            "public_access",
            "a policy may make it public",
            [
                "BlockPublicPolicy off, RestrictPublicBuckets off",
                "“Block all public access” was cleared",
                BLOCK,
            ],
            |hand| {
                Box::pin(async move {
                    let half = PublicAccessBlockConfiguration::builder()
                        .block_public_acls(true)
                        .ignore_public_acls(true)
                        .build();
                    let put = hand.s3.put_public_access_block();
                    let put = put.bucket(hand.bucket().await);
                    let put = put.public_access_block_configuration(half).send().await;
                    put.expect("half a block");
                })
            },
        ),
        wrong(
            ArtifactBucket,
            "public_access",
            "nothing is blocked",
            [
                "not blocked",
                "“Block all public access” was cleared",
                BLOCK,
            ],
            |hand| {
                Box::pin(async move {
                    let delete = hand.s3.delete_public_access_block();
                    let delete = delete.bucket(hand.bucket().await).send().await;
                    delete.expect("no block");
                })
            },
        ),
        wrong(
            ArtifactBucket,
            "versioning",
            "versions are not kept",
            [
                "Suspended",
                "The console proposes “Disable”",
                "Bucket Versioning, Enable",
            ],
            |hand| {
                Box::pin(async move {
                    let off = VersioningConfiguration::builder()
                        .status(BucketVersioningStatus::Suspended)
                        .build();
                    let put = hand.s3.put_bucket_versioning();
                    let put = put.bucket(hand.bucket().await);
                    let put = put.versioning_configuration(off).send().await;
                    put.expect("no versions");
                })
            },
        ),
    ]
}

impl Hand {
    async fn bucket(&self) -> String {
        self.variables().await.0["artifact_bucket"].clone()
    }
}
