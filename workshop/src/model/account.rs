//! Whose account, and which.

use serde::{Deserialize, Serialize};

/// Who is asking: put into the context by the server, never sent by the browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// The workspace's name.
    pub workspace: String,
    /// The address under which the browser reached the panel: `http://127.0.0.1:3000`.
    pub origin: String,
}

/// The kind of account that a workspace works in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountKind {
    /// Simulated in this process; nothing is charged.
    Sandbox {
        /// How many times faster than AWS machines work.
        speed: u32,
    },
    /// A real account at AWS.
    Aws,
}

/// Which account is about to be changed, as every page says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountBadge {
    /// Simulated or real.
    pub kind: AccountKind,
    /// The account's twelve digits; `None` while it cannot be reached.
    pub id: Option<String>,
    /// The Region.
    pub region: String,
}
