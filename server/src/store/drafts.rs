//! What was entered into a step's form: kept, so that nothing has to be typed twice.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use workshop::blueprint::Step;

use super::error::{Doing, write};
use super::{Store, StoreError};

/// A form's answers and what was wrong with them. Never a password.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// By `<kind>.<key>`.
    pub answers: BTreeMap<String, String>,
    /// By `<kind>.<key>`, in a sentence.
    pub errors: BTreeMap<String, String>,
    /// What went wrong with the last action as a whole.
    pub problem: Option<String>,
}

impl Store {
    /// Keeps the draft of a step.
    pub async fn save_draft(
        &self,
        workspace: &str,
        step: Step,
        draft: &Draft,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO drafts (workspace, step, answers, errors, problem) VALUES (?, ?, ?, ?, ?)
             ON CONFLICT (workspace, step) DO UPDATE SET
                answers = excluded.answers, errors = excluded.errors, problem = excluded.problem",
        )
        .bind(workspace)
        .bind(step.key())
        .bind(write(&draft.answers))
        .bind(write(&draft.errors))
        .bind(&draft.problem)
        .execute(&self.writer)
        .await
        .doing("keeping a draft")?;
        self.forget_progress(workspace);
        Ok(())
    }
}
