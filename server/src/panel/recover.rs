//! After a crash: the work that was under way goes on, or says what is left.

use super::Greenlight;
use super::send::Typed;
use crate::error::chain;

impl Greenlight {
    /// Finishes the jobs that a killed process left open, one after the other. Each looks at the
    /// account first, so that nothing is made twice.
    pub async fn recover(&self) {
        let jobs = match self.parts().store.open_jobs().await {
            Ok(jobs) => jobs,
            Err(error) => {
                tracing::error!(error = %chain(&error), "the open jobs could not be read");
                return;
            }
        };
        for job in jobs {
            let _turn = self.turn(&job.workspace).await;
            tracing::info!(workspace = %job.workspace, job = job.id, "going on with step {} of {}", job.step.number(), job.workspace);
            if let Err(error) = self.run_job(&job, &Typed::default()).await {
                tracing::warn!(workspace = %job.workspace, job = job.id, error = %chain(&error), "job {} was given up", job.id);
            }
        }
    }
}
