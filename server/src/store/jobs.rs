//! Work that outlives a request.

use std::collections::BTreeMap;

use sqlx::Row;
use workshop::blueprint::Step;
use workshop::model::Timestamp;

use super::error::{Doing, read, write};
use super::{Store, StoreError};

/// "Make what of this step is missing", until it is done or given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its number.
    pub id: i64,
    /// Whose.
    pub workspace: String,
    /// Of which step.
    pub step: Step,
    /// The form's answers, without secrets.
    pub answers: BTreeMap<String, String>,
}

impl Store {
    /// Notes what is about to be done.
    pub async fn start_job(
        &self,
        workspace: &str,
        step: Step,
        answers: &BTreeMap<String, String>,
        now: Timestamp,
    ) -> Result<i64, StoreError> {
        let done = sqlx::query(
            "INSERT INTO jobs (workspace, step, answers, started_at) VALUES (?, ?, ?, ?)",
        )
        .bind(workspace)
        .bind(step.key())
        .bind(write(answers))
        .bind(now.0)
        .execute(&self.writer)
        .await
        .doing("starting a job")?;
        Ok(done.last_insert_rowid())
    }

    /// Notes that it is done, or why it was given up.
    pub async fn end_job(
        &self,
        id: i64,
        problem: Option<&str>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        sqlx::query("UPDATE jobs SET ended_at = ?, problem = ? WHERE id = ?")
            .bind(now.0)
            .bind(problem)
            .bind(id)
            .execute(&self.writer)
            .await
            .doing("ending a job")?;
        Ok(())
    }

    /// What a killed process left undone, oldest first.
    pub async fn open_jobs(&self) -> Result<Vec<Job>, StoreError> {
        let rows = sqlx::query(
            "SELECT id, workspace, step, answers FROM jobs WHERE ended_at IS NULL ORDER BY id",
        )
        .fetch_all(&self.reader)
        .await
        .doing("listing open jobs")?;
        let mut jobs = Vec::with_capacity(rows.len());
        for row in rows {
            let Some(step) = Step::from_key(row.get("step")) else {
                continue;
            };
            let answers = read("job's answers", row.get("answers"))?;
            jobs.push(Job {
                id: row.get("id"),
                workspace: row.get("workspace"),
                step,
                answers,
            });
        }
        Ok(jobs)
    }
}
