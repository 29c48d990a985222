//! A push as Docker does it: layers, then the manifest.

use serde_json::Value;

use super::list::{DescribeImages, describe_images};
use super::put::{PutImage, put_image};
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ecr::repositories::found;
use crate::services::ecr::state::Layer;

/// Pushes an image from inside of the account; gives its digest. Whether the pusher may is for the
/// caller to ask. One that is there already by that tag is no error, as it is none to Docker.
pub(crate) fn push(
    cx: &mut Cx,
    repository: &str,
    tag: &str,
    manifest: String,
    layers: &[(String, u64)],
) -> Result<String, Fault> {
    let there = found(cx, None, repository)?;
    for (digest, size) in layers {
        let layer = Layer { size: *size };
        there.layers.entry(digest.clone()).or_insert(layer);
    }
    let put = put_image(cx, PutImage::new(repository, tag, manifest));
    let already = |fault: &Fault| fault.code == "ImageAlreadyExistsException";
    if let Err(fault) = put
        && !already(&fault)
    {
        return Err(fault);
    }
    let digest = digest_of(cx, repository, tag)?;
    Ok(digest.unwrap_or_default())
}

/// The digest of the image that has that tag, if one has.
pub(crate) fn digest_of(cx: &mut Cx, repository: &str, tag: &str) -> Result<Option<String>, Fault> {
    let image = found(cx, None, repository)?.tagged(tag);
    Ok(image.map(|image| image.digest.clone()))
}

/// What `DescribeImages` answers: of all images, or of the one that has the tag.
pub(crate) fn images_in(cx: &mut Cx, repository: &str, tag: Option<&str>) -> Result<Value, Fault> {
    describe_images(cx, DescribeImages::of(repository, tag))
}
