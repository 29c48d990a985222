//! Workspaces and the addresses that open them.

use std::sync::Arc;

use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use workshop::model::Timestamp;

use super::error::Doing;
use super::{Store, StoreError};

/// An attendee's workspace. Its `Debug` shows no secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Workspace {
    /// Its name.
    pub name: String,
    /// The simulated account's twelve digits.
    pub account_id: String,
    /// The id of the simulated account's access key.
    pub access_key_id: String,
    /// Its secret.
    pub secret_access_key: String,
    /// The password for the Git host; the user is the workspace's name.
    pub git_token: String,
    /// When the account was looked round for what was there before.
    pub looked_round_at: Option<Timestamp>,
}

/// An address that opens a workspace once.
#[derive(Debug, Clone)]
pub struct OpenLink {
    /// The SHA-256 of its token, in hexadecimal.
    pub token_hash: String,
    /// The workspace.
    pub workspace: String,
    /// Until when it works.
    pub expires_at: Timestamp,
}

impl std::fmt::Debug for Workspace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Workspace")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

const COLUMNS: &str =
    "name, account_id, access_key_id, secret_access_key, git_token, looked_round_at";

impl Store {
    /// Adds a workspace; `false` where the name is taken.
    pub async fn add_workspace(
        &self,
        workspace: &Workspace,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let done = sqlx::query(
            "INSERT INTO workspaces (name, created_at, account_id, access_key_id, secret_access_key, git_token)
             VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO NOTHING",
        )
        .bind(&workspace.name)
        .bind(now.0)
        .bind(&workspace.account_id)
        .bind(&workspace.access_key_id)
        .bind(&workspace.secret_access_key)
        .bind(&workspace.git_token)
        .execute(&self.writer)
        .await
        .doing("adding a workspace")?;
        Ok(done.rows_affected() == 1)
    }

    /// The workspace of this name.
    pub async fn workspace(&self, name: &str) -> Result<Option<Arc<Workspace>>, StoreError> {
        if let Some(known) = self
            .workspaces
            .read()
            .ok()
            .and_then(|cache| cache.get(name).cloned())
        {
            return Ok(Some(known));
        }
        self.find("name", name).await
    }

    /// The workspace that owns this access key.
    pub async fn workspace_of_key(
        &self,
        access_key_id: &str,
    ) -> Result<Option<Arc<Workspace>>, StoreError> {
        self.find("access_key_id", access_key_id).await
    }

    /// The names of all workspaces, sorted.
    pub async fn workspace_names(&self) -> Result<Vec<String>, StoreError> {
        sqlx::query_scalar("SELECT name FROM workspaces ORDER BY name")
            .fetch_all(&self.reader)
            .await
            .doing("listing the workspaces")
    }

    /// Notes that the account was looked round.
    pub async fn looked_round(&self, name: &str, now: Timestamp) -> Result<(), StoreError> {
        sqlx::query("UPDATE workspaces SET looked_round_at = ? WHERE name = ?")
            .bind(now.0)
            .bind(name)
            .execute(&self.writer)
            .await
            .doing("noting a look round")?;
        self.forget_workspace(name);
        Ok(())
    }

    /// Keeps an address that opens a workspace once.
    pub async fn add_open_link(&self, link: &OpenLink) -> Result<(), StoreError> {
        sqlx::query("INSERT INTO open_links (token_hash, workspace, expires_at) VALUES (?, ?, ?)")
            .bind(&link.token_hash)
            .bind(&link.workspace)
            .bind(link.expires_at.0)
            .execute(&self.writer)
            .await
            .doing("keeping an address")?;
        Ok(())
    }

    /// Uses up an address; its workspace, if it was still good.
    pub async fn use_open_link(
        &self,
        token_hash: &str,
        now: Timestamp,
    ) -> Result<Option<String>, StoreError> {
        let row: Option<(String, i64)> = sqlx::query_as(
            "DELETE FROM open_links WHERE token_hash = ? RETURNING workspace, expires_at",
        )
        .bind(token_hash)
        .fetch_optional(&self.writer)
        .await
        .doing("using an address")?;
        Ok(row
            .filter(|(_, expires_at)| *expires_at > now.0)
            .map(|(workspace, _)| workspace))
    }

    pub(super) fn forget_workspace(&self, name: &str) {
        if let Ok(mut cache) = self.workspaces.write() {
            cache.remove(name);
        }
    }

    async fn find(
        &self,
        column: &'static str,
        value: &str,
    ) -> Result<Option<Arc<Workspace>>, StoreError> {
        let row = sqlx::query(&format!(
            "SELECT {COLUMNS} FROM workspaces WHERE {column} = ?"
        ))
        .bind(value)
        .fetch_optional(&self.reader)
        .await
        .doing("looking up a workspace")?;
        let Some(row) = row else { return Ok(None) };
        let found = Arc::new(read_row(&row).doing("reading a workspace")?);
        if let Ok(mut cache) = self.workspaces.write() {
            cache.insert(found.name.clone(), Arc::clone(&found));
        }
        Ok(Some(found))
    }
}

fn read_row(row: &SqliteRow) -> Result<Workspace, sqlx::Error> {
    Ok(Workspace {
        name: row.try_get("name")?,
        account_id: row.try_get("account_id")?,
        access_key_id: row.try_get("access_key_id")?,
        secret_access_key: row.try_get("secret_access_key")?,
        git_token: row.try_get("git_token")?,
        looked_round_at: row
            .try_get::<Option<i64>, _>("looked_round_at")?
            .map(Timestamp),
    })
}
