//! What is in the images that builds pushed.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use super::tree::Tree;
use crate::state::Account;

/// How many images are remembered: the account is stored as a whole.
const KEPT: usize = 8;

/// Images that builds pushed, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Images(VecDeque<BuiltImage>);

/// An image that a build pushed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BuiltImage {
    /// `sha256:…`, as ECR has it.
    pub digest: String,
    /// The commit that it was built from.
    pub revision: String,
    /// The source's files that are in it.
    pub files: Tree,
}

impl Images {
    pub(crate) fn remember(&mut self, image: BuiltImage) {
        self.0.retain(|known| known.digest != image.digest);
        self.0.push_back(image);
        if self.0.len() > KEPT {
            self.0.pop_front();
        }
    }

    pub(crate) fn get(&self, digest: &str) -> Option<&BuiltImage> {
        self.0.iter().find(|image| image.digest == digest)
    }
}

/// What is in the image of that digest, if one of the account's last builds pushed it.
pub fn built_image<'a>(account: &'a Account, digest: &str) -> Option<&'a BuiltImage> {
    account.images.get(digest)
}
