//! How an image is named: by its digest, by a tag, or by both.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::fault::Fault;
use crate::services::ecr::faults::invalid;
use crate::services::ecr::state::{Image, Repository};

/// `imageId`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ImageId {
    pub(super) image_digest: Option<String>,
    pub(super) image_tag: Option<String>,
}

impl ImageId {
    /// The image that this names, or why there is none.
    pub(super) fn find<'a>(&self, repository: &'a Repository) -> Result<&'a Image, Miss> {
        let by_tag = |tag: &String| repository.tagged(tag);
        match (&self.image_digest, &self.image_tag) {
            (None, None) => Err(Miss::Nameless),
            (Some(digest), _) if !is_digest(digest) => Err(Miss::Malformed),
            (Some(digest), None) => repository.images.get(digest).ok_or(Miss::Absent),
            (None, Some(tag)) => by_tag(tag).ok_or(Miss::Absent),
            (Some(digest), Some(tag)) => match by_tag(tag) {
                Some(image) if image.digest == *digest => Ok(image),
                _ if !repository.images.contains_key(digest) => Err(Miss::Absent),
                _ => Err(Miss::Mismatch),
            },
        }
    }

    pub(super) fn described(&self) -> Value {
        json!({ "imageDigest": self.image_digest, "imageTag": self.image_tag })
    }

    /// `{imageDigest:'sha256:…', imageTag:'null'}`, as ECR's messages have it.
    fn in_words(&self) -> String {
        let word = |name: &Option<String>| name.clone().unwrap_or_else(|| "null".to_owned());
        format!(
            "{{imageDigest:'{}', imageTag:'{}'}}",
            word(&self.image_digest),
            word(&self.image_tag)
        )
    }
}

/// Why an image id names no image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Miss {
    Nameless,
    Malformed,
    Absent,
    Mismatch,
}

impl Miss {
    /// `failureCode` and `failureReason` of the batch operations.
    pub(super) fn failure(self) -> (&'static str, &'static str) {
        match self {
            Miss::Nameless => (
                "MissingDigestAndTag",
                "Invalid request parameters: both tag and digest cannot be null",
            ),
            Miss::Malformed => (
                "InvalidImageDigest",
                "Invalid request parameters: image digest should satisfy the regex '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'",
            ),
            Miss::Absent => ("ImageNotFound", "Requested image not found"),
            Miss::Mismatch => (
                "ImageTagDoesNotMatchDigest",
                "Requested image tag does not match the digest",
            ),
        }
    }
}

/// The image that `id` names; `ImageNotFoundException` if there is none.
pub(crate) fn found<'a>(
    repository: &'a Repository,
    registry: &str,
    id: &ImageId,
) -> Result<&'a Image, Fault> {
    id.find(repository).map_err(|miss| match miss {
        Miss::Nameless => invalid("imageId", "Member must have a digest or a tag"),
        Miss::Malformed => invalid("imageId.imageDigest", "must satisfy regular expression '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'"),
        Miss::Absent | Miss::Mismatch => Fault::new(
            "ImageNotFoundException",
            format!(
                "The image with imageId {} does not exist within the repository with name '{}' in the \
                 registry with id '{registry}'",
                id.in_words(),
                repository.name
            ),
        ),
    })
}

pub(super) fn is_digest(text: &str) -> bool {
    text.split_once(':').is_some_and(|(algorithm, digits)| {
        !algorithm.is_empty() && !digits.is_empty() && digits.chars().all(|c| c.is_ascii_hexdigit())
    })
}
