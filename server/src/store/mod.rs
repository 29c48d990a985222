//! SQLite: nothing outside this folder holds SQL.
//!
//! One process owns a database, so what was read may be kept in memory; see
//! [`progress`](Store::progress). Writes go through a pool of one connection, reads through
//! a read-only pool beside it.

mod drafts;
mod error;
mod goals;
mod holdings;
mod jobs;
mod journal;
mod lock;
mod open;
mod pre_flight;
mod progress;
mod sandbox_accounts;
mod workspaces;

pub use drafts::Draft;
pub use error::StoreError;
pub use holdings::{Holding, How};
pub use jobs::Job;
pub use journal::{Intent, JournalEntry};
pub use lock::Lock;
pub use open::Store;
pub use progress::{Progress, ResourceRecord, StepRecord};
pub use workspaces::{OpenLink, Workspace};
