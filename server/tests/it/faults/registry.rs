//! Faults of step 4.

use aws_sdk_ecr::types::{
    ImageScanningConfiguration, ImageTagMutability, ImageTagMutabilityExclusionFilter,
    ImageTagMutabilityExclusionFilterType,
};
use workshop::blueprint::Kind::ImageRepository;

use super::account::Hand;
use super::fault::{Fault, try_all, warned, wrong};

const REPOSITORY: &str = "tripmgmt-demo";

pub(super) fn faults() -> Vec<Fault> {
    vec![
        wrong(
            ImageRepository,
            "mutability",
            "tags are mutable",
            [
                "MUTABLE",
                "what the console proposes",
                "immutable tags, with latest as an exclusion",
            ],
            |hand| Box::pin(async move { hand.tags(ImageTagMutability::Mutable, None).await }),
        ),
        warned(
            ImageRepository,
            "mutability",
            "tags are immutable without exception, as in the workshop's text",
            ["IMMUTABLE", "The second push of latest will fail"],
            |hand| Box::pin(async move { hand.tags(ImageTagMutability::Immutable, None).await }),
        ),
        wrong(
            ImageRepository,
            "exclusions",
            "other tags than latest are excluded",
            [
                "release*",
                "does not cover latest",
                "add latest to the excluded tags",
            ],
            |hand| {
                Box::pin(async move {
                    hand.tags(ImageTagMutability::ImmutableWithExclusion, Some("release*"))
                        .await;
                })
            },
        ),
        warned(
            ImageRepository,
            "exclusions",
            "more tags than latest are excluded",
            ["la*", "excludes more than latest"],
            |hand| {
                Box::pin(async move {
                    hand.tags(ImageTagMutability::ImmutableWithExclusion, Some("la*"))
                        .await;
                })
            },
        ),
        wrong(
            ImageRepository,
            "scan",
            "scan on push is off",
            ["off", "was left off", "switch scan on push on"],
            |hand| {
                Box::pin(async move {
                    let off = ImageScanningConfiguration::builder()
                        .scan_on_push(false)
                        .build();
                    let put = hand
                        .ecr
                        .put_image_scanning_configuration()
                        .repository_name(REPOSITORY);
                    put.image_scanning_configuration(off)
                        .send()
                        .await
                        .expect("no scan");
                })
            },
        ),
    ]
}

impl Hand {
    pub(super) async fn tags(&self, mutability: ImageTagMutability, exclusion: Option<&str>) {
        let filter = exclusion.map(|filter| {
            let filter = ImageTagMutabilityExclusionFilter::builder()
                .filter_type(ImageTagMutabilityExclusionFilterType::Wildcard)
                .filter(filter)
                .build();
            vec![filter.expect("a filter")]
        });
        let put = self
            .ecr
            .put_image_tag_mutability()
            .repository_name(REPOSITORY);
        let put = put
            .image_tag_mutability(mutability)
            .set_image_tag_mutability_exclusion_filters(filter);
        put.send().await.expect("a setting");
    }
}

#[tokio::test]
async fn each_fault_is_named() {
    try_all(faults()).await;
}
