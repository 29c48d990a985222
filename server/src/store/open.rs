//! Opening the database.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, RwLock};
use std::time::Duration;

use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

use super::error::Doing;
use super::progress::Cache;
use super::{StoreError, Workspace};

/// The database.
#[derive(Debug, Clone)]
pub struct Store {
    pub(super) writer: SqlitePool,
    pub(super) reader: SqlitePool,
    pub(super) progress: Arc<Cache>,
    pub(super) workspaces: Arc<RwLock<HashMap<String, Arc<Workspace>>>>,
}

impl Store {
    /// Opens the database, makes it where there is none, and brings it up to date.
    pub async fn open(path: &Path) -> Result<Self, StoreError> {
        if let Some(folder) = path.parent() {
            let failed = |source| StoreError::File {
                path: path.display().to_string(),
                source,
            };
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // An answered call must survive a power cut, not only a killed process.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5));
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .connect_with(options.clone())
            .await
            .doing("being opened")?;
        sqlx::migrate!("../migrations")
            .run(&writer)
            .await
            .map_err(StoreError::Migrate)?;
        let reader = SqlitePoolOptions::new()
            .max_connections(4)
            .connect_lazy_with(options.read_only(true).create_if_missing(false));
        Ok(Self {
            writer,
            reader,
            progress: Arc::default(),
            workspaces: Arc::default(),
        })
    }

    /// The pool that writes, for the session store, which brings its own SQL.
    pub fn session_pool(&self) -> SqlitePool {
        self.writer.clone()
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT 1")
            .execute(&self.reader)
            .await
            .doing("being asked for a sign of life")?;
        Ok(())
    }

    /// Writes what is in the log into the file and closes it.
    pub async fn close(&self) {
        self.reader.close().await;
        self.writer.close().await;
    }
}
