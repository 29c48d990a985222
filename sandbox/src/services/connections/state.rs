//! What `CodeConnections` keeps in a Region.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::clock::Millis;
use crate::tags::Tags;

/// Connections by ARN.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Connections {
    pub(super) connections: BTreeMap<String, Connection>,
}

impl Connections {
    /// The connection of that ARN.
    pub(crate) fn get(&self, arn: &str) -> Option<&Connection> {
        self.connections.get(arn)
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Connection {
    pub(crate) name: String,
    pub(crate) arn: String,
    /// `GitLab`, `GitHub` …
    pub(crate) provider: String,
    pub(crate) status: Status,
    pub(super) created: Millis,
    pub(super) tags: Tags,
}

/// `ConnectionStatus`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Status {
    /// Nobody has finished the handshake with the Git host yet.
    Pending,
    Available,
}
