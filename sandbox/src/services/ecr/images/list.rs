//! `ListImages`, `DescribeImages`, `BatchGetImage`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::find::{ImageId, found as found_image};
use crate::context::Cx;
use crate::fault::Fault;
use crate::protocol::timestamp;
use crate::services::ecr::faults::invalid;
use crate::services::ecr::repositories::{found, page_of};
use crate::services::ecr::scans;
use crate::services::ecr::state::Image;

/// `filter` of both listings.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Filter {
    tag_status: Option<String>,
    image_status: Option<String>,
}

impl Filter {
    /// Whether `image` is wanted; images here are all active.
    fn accepts(&self, image: &Image) -> Result<bool, Fault> {
        let by_tag = match self.tag_status.as_deref() {
            None | Some("ANY") => true,
            Some("TAGGED") => !image.tags.is_empty(),
            Some("UNTAGGED") => image.tags.is_empty(),
            Some(_) => {
                return Err(invalid(
                    "filter.tagStatus",
                    "Member must satisfy enum value set: [TAGGED, UNTAGGED, ANY]",
                ));
            }
        };
        let by_status = match self.image_status.as_deref() {
            None | Some("ANY" | "ACTIVE") => true,
            Some("ARCHIVED" | "ACTIVATING") => false,
            Some(_) => {
                return Err(invalid(
                    "filter.imageStatus",
                    "Member must satisfy enum value set: [ACTIVE, ARCHIVED, ACTIVATING, ANY]",
                ));
            }
        };
        Ok(by_tag && by_status)
    }

    fn of<'a>(&self, images: impl Iterator<Item = &'a Image>) -> Result<Vec<&'a Image>, Fault> {
        let mut wanted = Vec::new();
        for image in images {
            if self.accepts(image)? {
                wanted.push(image);
            }
        }
        Ok(wanted)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ListImages {
    registry_id: Option<String>,
    repository_name: String,
    max_results: Option<usize>,
    next_token: Option<String>,
    #[serde(default)]
    filter: Filter,
}

/// `ListImages` (ECR API Reference): an entry a tag, and one for an image without tags.
pub(crate) fn list_images(cx: &mut Cx, input: ListImages) -> Result<Value, Fault> {
    let repository = found(cx, input.registry_id.as_deref(), &input.repository_name)?;
    let images = input.filter.of(repository.images.values())?;
    let ids = images.into_iter().flat_map(ids).collect();
    let page = page_of(ids, input.max_results, input.next_token.as_deref())?;
    Ok(json!({ "imageIds": page.items, "nextToken": page.next }))
}

/// The ids of an image: one for each tag, or one without.
pub(super) fn ids(image: &Image) -> Vec<Value> {
    if image.tags.is_empty() {
        return vec![json!({ "imageDigest": image.digest })];
    }
    let tags = image.tags.iter();
    tags.map(|tag| json!({ "imageDigest": image.digest, "imageTag": tag }))
        .collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct DescribeImages {
    registry_id: Option<String>,
    repository_name: String,
    image_ids: Option<Vec<ImageId>>,
    max_results: Option<usize>,
    next_token: Option<String>,
    #[serde(default)]
    filter: Filter,
}

impl DescribeImages {
    /// All of a repository, or the one that has the tag.
    pub(super) fn of(repository: &str, tag: Option<&str>) -> DescribeImages {
        let id = |tag: &str| ImageId {
            image_digest: None,
            image_tag: Some(tag.to_owned()),
        };
        DescribeImages {
            registry_id: None,
            repository_name: repository.to_owned(),
            image_ids: tag.map(|tag| vec![id(tag)]),
            max_results: None,
            next_token: None,
            filter: Filter::default(),
        }
    }
}

/// `DescribeImages` (ECR API Reference).
pub(crate) fn describe_images(cx: &mut Cx, input: DescribeImages) -> Result<Value, Fault> {
    let registry = cx.account.id.clone();
    let repository = found(cx, input.registry_id.as_deref(), &input.repository_name)?;
    let images = match &input.image_ids {
        Some(_) if input.max_results.is_some() || input.next_token.is_some() => {
            return Err(invalid("imageIds", "Images that are named cannot be paged"));
        }
        Some(ids) => {
            let found = ids.iter().map(|id| found_image(repository, &registry, id));
            found.collect::<Result<Vec<_>, _>>()?
        }
        None => repository.images.values().collect(),
    };
    let images = input.filter.of(images.into_iter())?;
    let page = page_of(images, input.max_results, input.next_token.as_deref())?;
    let described = page.items.iter().map(|image| {
        json!({
            "registryId": registry,
            "repositoryName": repository.name,
            "imageDigest": image.digest,
            "imageTags": (!image.tags.is_empty()).then_some(&image.tags),
            "imageSizeInBytes": image.size,
            "imagePushedAt": timestamp(image.pushed),
            "imageManifestMediaType": image.media_type,
            "artifactMediaType": image.artifact,
            "imageScanStatus": image.scan.as_ref().map(scans::status),
            "imageScanFindingsSummary": image.scan.as_ref().and_then(scans::summary),
            "imageStatus": "ACTIVE",
        })
    });
    Ok(json!({ "imageDetails": described.collect::<Value>(), "nextToken": page.next }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct BatchGetImage {
    registry_id: Option<String>,
    repository_name: String,
    image_ids: Vec<ImageId>,
    #[serde(default)]
    accepted_media_types: Vec<String>,
}

/// `BatchGetImage` (ECR API Reference): the manifests; what there is not is listed as a failure.
pub(crate) fn batch_get_image(cx: &mut Cx, input: BatchGetImage) -> Result<Value, Fault> {
    let registry = cx.account.id.clone();
    let repository = found(cx, input.registry_id.as_deref(), &input.repository_name)?;
    let (mut images, mut failures) = (Vec::new(), Vec::new());
    for id in one_to_hundred(&input.image_ids)? {
        match id.find(repository) {
            Ok(image) => {
                let accepted = &input.accepted_media_types;
                if !accepted.is_empty() && !accepted.contains(&image.media_type) {
                    return Err(invalid(
                        "acceptedMediaTypes",
                        "The image's manifest is of none of these types",
                    ));
                }
                images.push(json!({
                    "registryId": registry,
                    "repositoryName": repository.name,
                    "imageId": { "imageDigest": image.digest, "imageTag": id.image_tag },
                    "imageManifest": image.manifest,
                    "imageManifestMediaType": image.media_type,
                }));
            }
            Err(miss) => failures.push(failure(id, miss.failure())),
        }
    }
    Ok(json!({ "images": images, "failures": failures }))
}

/// An entry of `failures`.
pub(super) fn failure(id: &ImageId, (code, reason): (&str, &str)) -> Value {
    json!({ "imageId": id.described(), "failureCode": code, "failureReason": reason })
}

/// The bounds of `imageIds`.
pub(super) fn one_to_hundred(ids: &[ImageId]) -> Result<&[ImageId], Fault> {
    if (1..=100).contains(&ids.len()) {
        return Ok(ids);
    }
    Err(invalid(
        "imageIds",
        "Member must have length between 1 and 100",
    ))
}
