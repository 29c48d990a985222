//! Every change to an account, written before it is sent.

use sqlx::Row;
use workshop::blueprint::{Call, Kind};
use workshop::model::Timestamp;

use super::error::{Doing, read, write};
use super::{Store, StoreError};

/// A change that is about to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Intent(i64);

/// A change as the journal holds it.
#[derive(Debug, Clone, PartialEq)]
pub struct JournalEntry {
    /// On which resource.
    pub kind: Kind,
    /// The call, its secrets still unresolved.
    pub call: Call,
    /// What came of it; `None` while nobody knows.
    pub outcome: Option<String>,
}

impl JournalEntry {
    /// Whether its effect is there for certain.
    pub fn is_done(&self) -> bool {
        self.outcome
            .as_ref()
            .is_some_and(|outcome| outcome.starts_with("done"))
    }
}

impl Store {
    /// Notes a change before it is sent. It is on the disk when this returns.
    pub async fn intend(
        &self,
        workspace: &str,
        kind: Kind,
        call: &Call,
        now: Timestamp,
    ) -> Result<Intent, StoreError> {
        let done =
            sqlx::query("INSERT INTO journal (workspace, kind, call, sent_at) VALUES (?, ?, ?, ?)")
                .bind(workspace)
                .bind(kind.key())
                .bind(write(call))
                .bind(now.0)
                .execute(&self.writer)
                .await
                .doing("noting a change")?;
        Ok(Intent(done.last_insert_rowid()))
    }

    /// Notes what came of it: `done`, or the error's code.
    pub async fn settle(
        &self,
        intent: Intent,
        outcome: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        sqlx::query("UPDATE journal SET ended_at = ?, outcome = ? WHERE id = ?")
            .bind(now.0)
            .bind(outcome)
            .bind(intent.0)
            .execute(&self.writer)
            .await
            .doing("noting what came of a change")?;
        Ok(())
    }

    /// Whether a call was sent that makes the resource, whatever came of it.
    pub async fn was_made(&self, workspace: &str, kind: Kind) -> Result<bool, StoreError> {
        sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM journal
             WHERE workspace = ? AND kind = ? AND call ->> '$.settles' = '[]')",
        )
        .bind(workspace)
        .bind(kind.key())
        .fetch_one(&self.reader)
        .await
        .doing("looking a change up")
    }

    /// The changes of a workspace, oldest first.
    pub async fn journal(&self, workspace: &str) -> Result<Vec<JournalEntry>, StoreError> {
        let rows =
            sqlx::query("SELECT kind, call, outcome FROM journal WHERE workspace = ? ORDER BY id")
                .bind(workspace)
                .fetch_all(&self.reader)
                .await
                .doing("reading the journal")?;
        let mut entries = Vec::with_capacity(rows.len());
        for row in rows {
            let Some(kind) = Kind::from_key(row.get("kind")) else {
                continue;
            };
            entries.push(JournalEntry {
                kind,
                call: read("call", row.get("call"))?,
                outcome: row.get("outcome"),
            });
        }
        Ok(entries)
    }
}
