//! What can go wrong with the database.

/// The database did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite or the file system refused.
    #[error("the database failed while {doing}")]
    Driver {
        /// What it was to do.
        doing: &'static str,
        /// Why it failed.
        #[source]
        source: sqlx::Error,
    },
    /// The migrations do not fit the file.
    #[error("the database cannot be brought up to date")]
    Migrate(#[source] sqlx::migrate::MigrateError),
    /// A row holds what this version cannot read.
    #[error("the database holds a {what} that cannot be read")]
    Unreadable {
        /// What it was to be.
        what: &'static str,
        /// Why it is none.
        #[source]
        source: serde_json::Error,
    },
    /// Another process serves this database.
    #[error("another server uses the database {0}")]
    Locked(String),
    /// The file or its folder cannot be used.
    #[error("the database {path} cannot be opened")]
    File {
        /// The file.
        path: String,
        /// Why.
        #[source]
        source: std::io::Error,
    },
}

/// Says what was being done when SQLite failed.
pub(super) trait Doing<T> {
    /// Adds it.
    fn doing(self, doing: &'static str) -> Result<T, StoreError>;
}

impl<T> Doing<T> for Result<T, sqlx::Error> {
    fn doing(self, doing: &'static str) -> Result<T, StoreError> {
        self.map_err(|source| StoreError::Driver { doing, source })
    }
}

/// Reads a JSON column.
pub(super) fn read<T: serde::de::DeserializeOwned>(
    what: &'static str,
    text: &str,
) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|source| StoreError::Unreadable { what, source })
}

/// Writes a JSON column. The types here have no maps with keys other than strings, so that
/// writing cannot fail.
pub(super) fn write<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
