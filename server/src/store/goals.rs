//! What a workspace is to be brought to: everything up to and with a step.

use sqlx::Row;
use workshop::blueprint::Step;
use workshop::model::{Goal, Timestamp};

use super::error::Doing;
use super::{Store, StoreError};

impl Store {
    /// Sets the goal of a workspace, in place of one that was given up.
    pub async fn set_goal(
        &self,
        workspace: &str,
        step: Step,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO goals (workspace, step, begun_at) VALUES (?, ?, ?)
             ON CONFLICT (workspace) DO UPDATE SET
                step = excluded.step, begun_at = excluded.begun_at, problem = NULL",
        )
        .bind(workspace)
        .bind(step.key())
        .bind(now.0)
        .execute(&self.writer)
        .await
        .doing("keeping a goal")?;
        self.forget_progress(workspace);
        Ok(())
    }

    /// Ends a goal: it is reached, or given up with a sentence that says why.
    pub async fn end_goal(&self, workspace: &str, problem: Option<&str>) -> Result<(), StoreError> {
        let end = match problem {
            None => sqlx::query("DELETE FROM goals WHERE workspace = ?").bind(workspace),
            Some(problem) => sqlx::query("UPDATE goals SET problem = ? WHERE workspace = ?")
                .bind(problem)
                .bind(workspace),
        };
        end.execute(&self.writer).await.doing("ending a goal")?;
        self.forget_progress(workspace);
        Ok(())
    }

    /// The workspaces whose goals are under way.
    pub async fn open_goals(&self) -> Result<Vec<String>, StoreError> {
        let rows = sqlx::query("SELECT workspace FROM goals WHERE problem IS NULL")
            .fetch_all(&self.reader)
            .await
            .doing("reading the goals")?;
        Ok(rows.iter().map(|row| row.get("workspace")).collect())
    }

    pub(super) async fn load_goal(&self, workspace: &str) -> Result<Option<Goal>, StoreError> {
        let row = sqlx::query("SELECT step, problem FROM goals WHERE workspace = ?")
            .bind(workspace)
            .fetch_optional(&self.reader)
            .await
            .doing("reading a goal")?;
        Ok(row.and_then(|row| {
            Some(Goal {
                step: Step::from_key(row.get("step"))?,
                problem: row.get("problem"),
            })
        }))
    }
}
