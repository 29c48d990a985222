//! `BatchDeleteImage`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::find::ImageId;
use super::list::{failure, ids, one_to_hundred};
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ecr::repositories::found;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct BatchDeleteImage {
    registry_id: Option<String>,
    repository_name: String,
    image_ids: Vec<ImageId>,
}

/// `BatchDeleteImage` (ECR API Reference): a tag takes only itself away, the last one the image
/// with it; a digest takes the image with all its tags. An image that an index names stays.
pub(crate) fn batch_delete_image(cx: &mut Cx, input: BatchDeleteImage) -> Result<Value, Fault> {
    let repository = found(cx, input.registry_id.as_deref(), &input.repository_name)?;
    let (mut gone, mut failures) = (Vec::new(), Vec::new());
    for id in one_to_hundred(&input.image_ids)? {
        let image = match id.find(repository) {
            Ok(image) => image.clone(),
            Err(miss) => {
                failures.push(failure(id, miss.failure()));
                continue;
            }
        };
        let only_tag = id
            .image_tag
            .as_ref()
            .filter(|_| image.tags.len() > 1 && id.image_digest.is_none());
        if let Some(tag) = only_tag {
            if let Some(image) = repository.images.get_mut(&image.digest) {
                image.tags.remove(tag);
            }
            gone.push(json!({ "imageDigest": image.digest, "imageTag": tag }));
            continue;
        }
        let index = repository
            .images
            .values()
            .find(|other| other.parts.contains(&image.digest));
        if let Some(index) = index {
            let reason = format!(
                "Requested image referenced by manifest list: [{}]",
                index.digest
            );
            failures.push(failure(id, ("ImageReferencedByManifestList", &reason)));
            continue;
        }
        repository.images.remove(&image.digest);
        gone.extend(ids(&image));
    }
    Ok(json!({ "imageIds": gone, "failures": failures }))
}
