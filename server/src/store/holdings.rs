//! Whose the things in the account are.

use sqlx::Row;
use workshop::blueprint::Kind;
use workshop::model::Timestamp;

use super::error::Doing;
use super::{Store, StoreError};

/// How a thing came to be counted, or not, as this attendee's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// The panel made it.
    Made,
    /// It was made elsewhere, and a check passed on it.
    Adopted,
    /// It was there before; clean-up leaves it alone.
    Kept,
}

/// A thing in the account and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// What it is.
    pub kind: Kind,
    /// Its id or ARN.
    pub identifier: String,
    /// Whose.
    pub how: How,
}

impl How {
    const fn key(self) -> &'static str {
        match self {
            Self::Made => "made",
            Self::Adopted => "adopted",
            Self::Kept => "kept",
        }
    }

    fn from_key(key: &str) -> Option<Self> {
        [Self::Made, Self::Adopted, Self::Kept]
            .into_iter()
            .find(|how| how.key() == key)
    }
}

impl Store {
    /// Notes whose a thing is. What was noted first stands: what was there before stays kept.
    pub async fn hold(
        &self,
        workspace: &str,
        holding: &Holding,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO holdings (workspace, kind, identifier, how, since) VALUES (?, ?, ?, ?, ?)
             ON CONFLICT (workspace, kind, identifier) DO NOTHING",
        )
        .bind(workspace)
        .bind(holding.kind.key())
        .bind(&holding.identifier)
        .bind(holding.how.key())
        .bind(now.0)
        .execute(&self.writer)
        .await
        .doing("noting whose a resource is")?;
        Ok(())
    }

    /// All that was noted for a workspace.
    pub async fn holdings(&self, workspace: &str) -> Result<Vec<Holding>, StoreError> {
        let rows = sqlx::query(
            "SELECT kind, identifier, how FROM holdings WHERE workspace = ? ORDER BY since",
        )
        .bind(workspace)
        .fetch_all(&self.reader)
        .await
        .doing("listing whose the resources are")?;
        let read = |row: &sqlx::sqlite::SqliteRow| {
            Some(Holding {
                kind: Kind::from_key(row.get("kind"))?,
                identifier: row.get("identifier"),
                how: How::from_key(row.get("how"))?,
            })
        };
        // A kind of a newer version is none of this one's business.
        Ok(rows.iter().filter_map(read).collect())
    }
}
