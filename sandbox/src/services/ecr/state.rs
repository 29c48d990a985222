//! What ECR remembers in one Region: the private registry's repositories.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::clock::Millis;
use crate::ids::Ids;
use crate::tags::Tags;
use crate::wildcard;

/// The private registry of one Region.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Ecr {
    pub(super) repositories: BTreeMap<String, Repository>,
    /// The id of the key `alias/aws/ecr`, which encrypts where KMS is asked for and no key named.
    pub(super) key: String,
}

impl Ecr {
    /// No repositories yet.
    pub(crate) fn new(ids: &mut Ids) -> Ecr {
        Ecr {
            repositories: BTreeMap::new(),
            key: ids.uuid(),
        }
    }
}

/// A repository with its images.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Repository {
    pub(super) name: String,
    pub(super) created: Millis,
    pub(super) mutability: Mutability,
    pub(super) scan_on_push: bool,
    pub(super) encryption: String,
    pub(super) key: Option<String>,
    pub(super) policy: Option<String>,
    pub(super) lifecycle: Option<String>,
    /// By digest.
    pub(super) images: BTreeMap<String, Image>,
    /// By digest.
    pub(super) layers: BTreeMap<String, Layer>,
    /// By upload id.
    pub(super) uploads: BTreeMap<String, Upload>,
    pub(super) tags: Tags,
}

impl Repository {
    /// The image that has `tag`.
    pub(super) fn tagged(&self, tag: &str) -> Option<&Image> {
        self.images.values().find(|image| image.tags.contains(tag))
    }
}

/// Whether a tag can be moved to another image.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Mutability {
    pub(super) mode: Mode,
    /// Patterns of the tags for which the opposite holds; `*` is a wildcard.
    pub(super) exclusions: Vec<String>,
}

/// `imageTagMutability`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum Mode {
    Mutable,
    Immutable,
    MutableWithExclusion,
    ImmutableWithExclusion,
}

impl Mutability {
    /// Whether `tag`, once it is there, stays where it is.
    pub(super) fn pins(&self, tag: &str) -> bool {
        let excluded = || {
            self.exclusions
                .iter()
                .any(|pattern| wildcard::matches(pattern, tag))
        };
        match self.mode {
            Mode::Mutable => false,
            Mode::Immutable => true,
            Mode::MutableWithExclusion => excluded(),
            Mode::ImmutableWithExclusion => !excluded(),
        }
    }
}

/// An image, or an index of images.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Image {
    pub(super) digest: String,
    pub(super) manifest: String,
    pub(super) media_type: String,
    /// What the manifest says that the image is: its configuration's media type.
    pub(super) artifact: Option<String>,
    /// Digests of the images of an index; of an image itself there are none.
    pub(super) parts: Vec<String>,
    /// Bytes, compressed.
    pub(super) size: u64,
    pub(super) pushed: Millis,
    pub(super) tags: BTreeSet<String>,
    pub(super) scan: Option<Scan>,
}

/// A scan for vulnerabilities.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Scan {
    pub(super) started: Millis,
    pub(super) completed: Option<Millis>,
}

/// A layer that was uploaded; what is in it is not kept, for nobody can download it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Layer {
    pub(super) size: u64,
}

/// A layer under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Upload {
    /// The parts so far, in base64.
    pub(super) parts: Vec<String>,
    pub(super) size: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exclusions_turn_the_rule_around() {
        let pins = |mode, tag| {
            Mutability {
                mode,
                exclusions: vec!["latest".to_owned(), "dev-*".to_owned()],
            }
            .pins(tag)
        };
        for (mode, latest, release) in [
            (Mode::ImmutableWithExclusion, false, true),
            (Mode::MutableWithExclusion, true, false),
        ] {
            assert_eq!(pins(mode, "latest"), latest);
            assert_eq!(pins(mode, "dev-7"), latest);
            assert_eq!(pins(mode, "v1.0"), release);
        }
    }
}
