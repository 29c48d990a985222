//! What the Parameter Store keeps in a Region.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::clock::Millis;
use crate::tags::Tags;

/// Parameters by name.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Ssm {
    pub(crate) parameters: BTreeMap<String, Parameter>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Parameter {
    pub(crate) kind: Kind,
    pub(crate) tags: Tags,
    /// Oldest first, the last is the present one: never empty.
    pub(crate) versions: Vec<Version>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Version {
    pub(crate) number: u64,
    pub(crate) value: String,
    pub(crate) description: Option<String>,
    /// The KMS key of a secret.
    pub(crate) key_id: Option<String>,
    pub(crate) tier: Tier,
    pub(crate) data_type: String,
    pub(crate) modified: Millis,
    /// The ARN of who did it.
    pub(crate) user: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Kind {
    String,
    StringList,
    SecureString,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Tier {
    Standard,
    Advanced,
}

impl Parameter {
    /// The present version.
    pub(super) fn current(&self) -> Option<&Version> {
        self.versions.last()
    }
}

impl Kind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Kind::String => "String",
            Kind::StringList => "StringList",
            Kind::SecureString => "SecureString",
        }
    }

    pub(super) fn read(name: &str) -> Option<Kind> {
        [Kind::String, Kind::StringList, Kind::SecureString]
            .into_iter()
            .find(|kind| kind.name() == name)
    }
}

impl Tier {
    pub(super) fn name(self) -> &'static str {
        match self {
            Tier::Standard => "Standard",
            Tier::Advanced => "Advanced",
        }
    }

    /// The longest value, in bytes (Systems Manager endpoints and quotas).
    pub(super) fn limit(self) -> usize {
        match self {
            Tier::Standard => 4096,
            Tier::Advanced => 8192,
        }
    }
}
