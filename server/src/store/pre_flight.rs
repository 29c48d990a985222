//! The last pre-flight of a workspace.

use sqlx::Row;
use workshop::model::PreFlight;

use super::error::{Doing, read, write};
use super::{Store, StoreError};

impl Store {
    /// Keeps what a pre-flight found.
    pub async fn save_pre_flight(
        &self,
        workspace: &str,
        found: &PreFlight,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO pre_flights (workspace, found, checked_at) VALUES (?, ?, ?)
             ON CONFLICT (workspace) DO UPDATE SET
                found = excluded.found, checked_at = excluded.checked_at",
        )
        .bind(workspace)
        .bind(write(found))
        .bind(found.checked_at.0)
        .execute(&self.writer)
        .await
        .doing("keeping a pre-flight")?;
        self.forget_progress(workspace);
        Ok(())
    }

    /// Keeps what went wrong with the last action on it.
    pub async fn save_pre_flight_problem(
        &self,
        workspace: &str,
        problem: Option<&str>,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO pre_flights (workspace, problem) VALUES (?, ?)
             ON CONFLICT (workspace) DO UPDATE SET problem = excluded.problem",
        )
        .bind(workspace)
        .bind(problem)
        .execute(&self.writer)
        .await
        .doing("keeping a pre-flight's problem")?;
        self.forget_progress(workspace);
        Ok(())
    }

    /// The last one, and what went wrong with the last action on it.
    pub(super) async fn load_pre_flight(
        &self,
        workspace: &str,
    ) -> Result<(Option<PreFlight>, Option<String>), StoreError> {
        let row = sqlx::query("SELECT found, problem FROM pre_flights WHERE workspace = ?")
            .bind(workspace)
            .fetch_optional(&self.reader)
            .await
            .doing("reading a pre-flight")?;
        let Some(row) = row else {
            return Ok((None, None));
        };
        let found: Option<String> = row.get("found");
        let found = found.map(|text| read("pre-flight", &text)).transpose()?;
        Ok((found, row.get("problem")))
    }
}
