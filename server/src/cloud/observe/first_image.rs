//! The image that the task definition names.

use aws_sdk_ecr::types::{ImageDetail, ImageIdentifier};
use workshop::model::{Facts, Observation};

use super::near;
use super::reading::{Looked, absent, only};
use crate::cloud::CloudError;
use crate::cloud::clients::Clients;

/// `DescribeImages`. An image under another tag is told of, so that it can be tagged again.
pub(super) async fn look(looked: &Looked<'_>) -> Result<Observation, CloudError> {
    let clients = &looked.here;
    if let Some(image) = find(clients, looked.name).await? {
        return Ok(Observation::Present(facts(&image)));
    }
    if let Some(image) = newest(clients, looked.name).await? {
        return Ok(Observation::Present(facts(&image)));
    }
    let exists = |clients: std::sync::Arc<Clients>, name: String| async move {
        Ok(find(&clients, &name).await?.is_some())
    };
    Ok(near::regional(looked, Ok(Vec::new()), exists).await)
}

/// The image of that name, `repository:tag`.
pub(super) async fn find(clients: &Clients, name: &str) -> Result<Option<ImageDetail>, CloudError> {
    let (repository, tag) = parts(name);
    let asked = clients
        .ecr
        .describe_images()
        .repository_name(repository)
        .image_ids(ImageIdentifier::builder().image_tag(tag).build())
        .send();
    let found = absent(clients.ask("ecr", "DescribeImages", asked).await)?;
    Ok(found.and_then(|answer| answer.image_details?.into_iter().next()))
}

/// The image of the repository that was pushed last, of the first thousand.
async fn newest(clients: &Clients, name: &str) -> Result<Option<ImageDetail>, CloudError> {
    let asked = clients
        .ecr
        .describe_images()
        .repository_name(parts(name).0)
        .max_results(1000)
        .send();
    let found = absent(clients.ask("ecr", "DescribeImages", asked).await)?;
    let images = found.and_then(|answer| answer.image_details);
    Ok(images.unwrap_or_default().into_iter().max_by_key(|image| {
        let pushed = image.image_pushed_at();
        pushed.map(aws_smithy_types::DateTime::as_nanos)
    }))
}

fn parts(name: &str) -> (&str, &str) {
    name.split_once(':').unwrap_or((name, "latest"))
}

fn facts(image: &ImageDetail) -> Facts {
    let digest = image.image_digest();
    Facts::new(digest.unwrap_or_default())
        .with_all("digest", only(digest))
        .with_all("tag", image.image_tags().to_vec())
        .with_all("content", only(content(image)))
}

/// What is under the tag. An index has no configuration of its own: it lists images.
fn content(image: &ImageDetail) -> Option<&str> {
    const IMAGES: [&str; 2] = [
        "application/vnd.docker.container.image.v1+json",
        "application/vnd.oci.image.config.v1+json",
    ];
    let manifest = image.image_manifest_media_type().unwrap_or_default();
    let is_index = manifest.contains("image.index") || manifest.contains("manifest.list");
    match image.artifact_media_type() {
        Some(configuration) if IMAGES.contains(&configuration) => Some("container image"),
        None if is_index => Some("container image"),
        other => other.or(image.image_manifest_media_type()),
    }
}
