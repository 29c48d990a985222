//! The simulated accounts' snapshots.

use workshop::model::Timestamp;

use super::error::Doing;
use super::{Store, StoreError};

impl Store {
    /// The account of a workspace as it was last saved, serialised.
    pub async fn sandbox_account(&self, workspace: &str) -> Result<Option<String>, StoreError> {
        sqlx::query_scalar("SELECT state FROM sandbox_accounts WHERE workspace = ?")
            .bind(workspace)
            .fetch_optional(&self.reader)
            .await
            .doing("loading a simulated account")
    }

    /// Saves it. It is on the disk when this returns.
    pub async fn save_sandbox_account(
        &self,
        workspace: &str,
        state: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO sandbox_accounts (workspace, state, saved_at) VALUES (?, ?, ?)
             ON CONFLICT (workspace) DO UPDATE SET state = excluded.state, saved_at = excluded.saved_at",
        )
        .bind(workspace)
        .bind(state)
        .bind(now.0)
        .execute(&self.writer)
        .await
        .doing("saving a simulated account")?;
        Ok(())
    }

    /// Forgets all that a workspace did, its simulated account included; the workspace stays.
    pub async fn start_over(&self, workspace: &str) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin().await.doing("starting over")?;
        for table in [
            "sandbox_accounts",
            "steps",
            "resources",
            "yields",
            "drafts",
            "holdings",
            "jobs",
            "journal",
            "goals",
            "pre_flights",
        ] {
            sqlx::query(&format!("DELETE FROM {table} WHERE workspace = ?"))
                .bind(workspace)
                .execute(&mut *transaction)
                .await
                .doing("starting over")?;
        }
        sqlx::query("UPDATE workspaces SET looked_round_at = NULL WHERE name = ?")
            .bind(workspace)
            .execute(&mut *transaction)
            .await
            .doing("starting over")?;
        transaction.commit().await.doing("starting over")?;
        self.forget_workspace(workspace);
        self.forget_progress(workspace);
        Ok(())
    }
}
