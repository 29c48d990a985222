//! Faults of the first image.

use aws_sdk_ecr::primitives::Blob;
use aws_sdk_ecr::types::ImageIdentifier;
use serde_json::json;
use workshop::blueprint::Kind::FirstImage;

use crate::faults::account::Hand;
use crate::faults::fault::{Fault, wrong};

const REPOSITORY: &str = "tripmgmt-demo";
/// An image's configuration that says nothing, and its digest.
const EMPTY: &[u8] = b"{}";
const EMPTY_DIGEST: &str =
    "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
const IMAGE: &str = "application/vnd.oci.image.config.v1+json";
const CHART: &str = "application/vnd.cncf.helm.config.v1+json";

pub(super) fn faults() -> Vec<Fault> {
    vec![
        wrong(
            FirstImage,
            "tag",
            "it was pushed under a version of its own",
            [
                "v1",
                "The task definition names latest, so that no task finds it",
                "amazonaws.com/tripmgmt-demo:latest and push that",
            ],
            |hand| {
                Box::pin(async move {
                    hand.delete_image().await;
                    hand.push_record("v1").await;
                })
            },
        ),
        wrong(
            FirstImage,
            "content",
            "a chart was pushed under its tag",
            [
                CHART,
                "no container image, but a chart",
                "with docker build",
            ],
            |hand| {
                Box::pin(async move {
                    hand.delete_image().await;
                    hand.push_manifest("latest", CHART).await;
                })
            },
        ),
    ]
}

impl Hand {
    /// Takes the image away that is tagged `latest`.
    pub(in crate::faults) async fn delete_image(&self) {
        let latest = ImageIdentifier::builder().image_tag("latest").build();
        let delete = self.ecr.batch_delete_image().repository_name(REPOSITORY);
        let deleted = delete.image_ids(latest).send().await.expect("an answer");
        assert!(deleted.failures().is_empty(), "{deleted:?}");
    }

    /// Pushes an image with nothing in it.
    pub(in crate::faults) async fn push_record(&self, tag: &str) {
        self.push_manifest(tag, IMAGE).await;
    }

    /// What `docker push` sends, for a configuration of this media type.
    async fn push_manifest(&self, tag: &str, configuration: &str) {
        let begin = self.ecr.initiate_layer_upload().repository_name(REPOSITORY);
        let answer = begin.send().await.expect("an upload");
        let upload = answer.upload_id().expect("its id");
        let part = self.ecr.upload_layer_part().repository_name(REPOSITORY);
        let part = part.upload_id(upload).part_first_byte(0).part_last_byte(1);
        let part = part.layer_part_blob(Blob::new(EMPTY)).send().await;
        part.expect("a part");
        let end = self.ecr.complete_layer_upload().repository_name(REPOSITORY);
        let end = end
            .upload_id(upload)
            .layer_digests(EMPTY_DIGEST)
            .send()
            .await;
        // The registry has the layer already where one was pushed before.
        if let Err(error) = end {
            let error = error.into_service_error();
            assert!(error.is_layer_already_exists_exception(), "{error:?}");
        }
        let manifest = json!({
            "schemaVersion": 2,
            "mediaType": "application/vnd.oci.image.manifest.v1+json",
            "config": { "mediaType": configuration, "size": EMPTY.len(), "digest": EMPTY_DIGEST },
            "layers": [],
        });
        let put = self.ecr.put_image().repository_name(REPOSITORY);
        let put = put.image_tag(tag).image_manifest(manifest.to_string());
        put.send().await.expect("an image");
    }
}
