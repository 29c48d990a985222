//! `PutImage`.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::{Value, json};

use super::manifest::Manifest;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ecr::faults::invalid;
use crate::services::ecr::repositories::found;
use crate::services::ecr::scans;
use crate::services::ecr::state::{Image, Repository};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct PutImage {
    registry_id: Option<String>,
    repository_name: String,
    image_manifest: String,
    image_manifest_media_type: Option<String>,
    image_tag: Option<String>,
    image_digest: Option<String>,
}

impl PutImage {
    /// To the account's own registry, by that tag.
    pub(super) fn new(repository: &str, tag: &str, manifest: String) -> PutImage {
        PutImage {
            registry_id: None,
            repository_name: repository.to_owned(),
            image_manifest: manifest,
            image_manifest_media_type: None,
            image_tag: Some(tag.to_owned()),
            image_digest: None,
        }
    }
}

/// `PutImage` (ECR API Reference): the last step of a push, after the layers. A tag that another
/// image has moves here, unless the repository pins it.
pub(crate) fn put_image(cx: &mut Cx, input: PutImage) -> Result<Value, Fault> {
    let (registry, now) = (cx.account.id.clone(), cx.now);
    let repository = found(cx, input.registry_id.as_deref(), &input.repository_name)?;
    let manifest = Manifest::read(&input.image_manifest, input.image_manifest_media_type)?;
    if input
        .image_digest
        .as_ref()
        .is_some_and(|digest| *digest != manifest.digest)
    {
        return Err(Fault::new(
            "ImageDigestDoesNotMatchException",
            "The specified image digest does not match the digest that Amazon ECR calculated for the image.",
        ));
    }
    let tag = input.image_tag;
    if let Some(tag) = &tag {
        check_tag(tag)?;
    }
    must_be_new(repository, &registry, &manifest.digest, tag.as_deref())?;
    must_be_complete(repository, &registry, &manifest)?;
    if let Some(tag) = &tag {
        for image in repository.images.values_mut() {
            image.tags.remove(tag);
        }
    }
    let digest = manifest.digest.clone();
    let is_new = !repository.images.contains_key(&digest);
    let image = repository
        .images
        .entry(digest.clone())
        .or_insert_with(|| Image {
            digest: manifest.digest,
            manifest: input.image_manifest,
            media_type: manifest.media_type,
            artifact: manifest.artifact,
            parts: manifest.parts,
            size: manifest.size,
            pushed: now,
            tags: BTreeSet::new(),
            scan: None,
        });
    image.tags.extend(tag.clone());
    let answer = json!({
        "registryId": registry,
        "repositoryName": repository.name,
        "imageId": { "imageDigest": digest, "imageTag": tag },
        "imageManifest": image.manifest,
        "imageManifestMediaType": image.media_type,
    });
    if is_new && repository.scan_on_push && image.parts.is_empty() {
        scans::begin(cx, &input.repository_name, &digest);
    }
    Ok(json!({ "image": answer }))
}

fn must_be_new(
    repository: &Repository,
    registry: &str,
    digest: &str,
    tag: Option<&str>,
) -> Result<(), Fault> {
    let name = &repository.name;
    let Some(tag) = tag else {
        if repository.images.contains_key(digest) {
            return Err(Fault::new(
                "ImageAlreadyExistsException",
                format!(
                    "Image with digest '{digest}' already exists in the repository with name '{name}' in \
                     registry with id '{registry}'"
                ),
            ));
        }
        return Ok(());
    };
    match repository.tagged(tag) {
        Some(image) if image.digest == digest => Err(Fault::new(
            "ImageAlreadyExistsException",
            format!(
                "Image with digest '{digest}' and tag '{tag}' already exists in the repository with name \
                 '{name}' in registry with id '{registry}'"
            ),
        )),
        Some(_) if repository.mutability.pins(tag) => Err(Fault::new(
            "ImageTagAlreadyExistsException",
            format!(
                "The image tag '{tag}' already exists in the '{name}' repository and cannot be overwritten \
                 because the repository is immutable."
            ),
        )),
        _ => Ok(()),
    }
}

/// What the manifest names must have been pushed before it.
fn must_be_complete(
    repository: &Repository,
    registry: &str,
    manifest: &Manifest,
) -> Result<(), Fault> {
    let missing = |digests: &[String], known: &dyn Fn(&String) -> bool| {
        let missing: Vec<_> = digests
            .iter()
            .filter(|digest| !known(digest))
            .cloned()
            .collect();
        (!missing.is_empty()).then(|| missing.join(", "))
    };
    let place = format!(
        "in repository with name '{}' in registry with id '{registry}'",
        repository.name
    );
    if let Some(layers) = missing(&manifest.blobs, &|digest| {
        repository.layers.contains_key(digest)
    }) {
        return Err(Fault::new(
            "LayersNotFoundException",
            format!(
                "Layers with digests '[{layers}]' required for pushing image into repository do not exist {place}"
            ),
        ));
    }
    if let Some(images) = missing(&manifest.parts, &|digest| {
        repository.images.contains_key(digest)
    }) {
        return Err(Fault::new(
            "ReferencedImagesNotFoundException",
            format!(
                "Images with digests '[{images}]' required for pushing image into repository do not exist {place}"
            ),
        ));
    }
    Ok(())
}

/// Docker's rule for tags: up to 128 of letters, digits, `_`, `.` and `-`, not beginning with the
/// last two. (ECR's model allows 300.)
fn check_tag(tag: &str) -> Result<(), Fault> {
    let first = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let fits = tag.starts_with(first) && tag.chars().all(|c| first(c) || c == '.' || c == '-');
    if (1..=300).contains(&tag.len()) && fits {
        return Ok(());
    }
    Err(invalid(
        "imageTag",
        "must satisfy regular expression '[a-zA-Z0-9_][a-zA-Z0-9._-]*'",
    ))
}
