//! What `CodeBuild` keeps in a Region.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::builds::Build;
use super::settings::Settings;
use crate::clock::Millis;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct CodeBuild {
    /// By name.
    pub(super) projects: BTreeMap<String, Project>,
    /// By id: `project:uuid`.
    pub(super) builds: BTreeMap<String, Build>,
    /// By the Git host's type: there is one a host.
    pub(super) credentials: BTreeMap<String, Credentials>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Project {
    pub(super) name: String,
    pub(super) arn: String,
    pub(super) created: Millis,
    pub(super) modified: Millis,
    /// How many builds it has had.
    pub(super) builds: u64,
    pub(super) settings: Settings,
}

/// What was imported to reach a Git host with, for every project that says nothing else.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Credentials {
    pub(super) arn: String,
    pub(super) auth_type: String,
    /// The connection, where that is what was imported; a token is not kept.
    pub(super) resource: Option<String>,
}
