//! Does everything up to and with a step: what is missing of each step before it, in order.
//!
//! The goal is kept, and each move follows from what the checks found, so that a killed process
//! goes on where it was.

use std::time::Duration;

use workshop::blueprint::Step;
use workshop::model::{AccountKind, Evidence, Outcome, Provisioned, StepState};

use super::Greenlight;
use crate::error::{Error, chain};
use crate::store::Progress;

/// How long something that is on its way is left alone between two looks.
const PAUSE_SANDBOX: Duration = Duration::from_millis(300);
const PAUSE_AWS: Duration = Duration::from_secs(5);

/// What is left after a move.
enum Left {
    /// The next move can be made.
    Go,
    /// Something is on its way.
    Wait,
    /// The goal is reached, or given up.
    Nothing,
}

impl Greenlight {
    /// Sets the goal; whoever waits for one begins.
    pub(super) async fn begin_up_to(&self, workspace: &str, step: Step) -> Result<(), Error> {
        let progress = self.parts().store.progress(workspace).await?;
        if let Some(goal) = progress.goal.as_ref().filter(|goal| goal.is_open()) {
            return Err(Error::Refused(format!(
                "Everything up to step {} is being made already. Wait for it.",
                goal.step.number()
            )));
        }
        let now = self.parts().clock.now();
        self.parts().store.set_goal(workspace, step, now).await?;
        self.parts().hub.changed(workspace);
        self.goals().notify_one();
        Ok(())
    }

    /// Goes on until the goal of a workspace is reached or given up.
    pub async fn pursue(&self, workspace: &str) {
        let pause = match self.parts().accounts.kind() {
            AccountKind::Sandbox { .. } => PAUSE_SANDBOX,
            AccountKind::Aws => PAUSE_AWS,
        };
        loop {
            match self.make_a_move(workspace).await {
                Ok(Left::Go) => {}
                Ok(Left::Wait) => tokio::time::sleep(pause).await,
                Ok(Left::Nothing) => break,
                Err(error) => {
                    tracing::warn!(%workspace, error = %chain(&error), "the goal of {workspace} was given up");
                    let told = error.told(&self.parts().chance).to_string();
                    if let Err(error) = self.give_up(workspace, &told).await {
                        tracing::error!(%workspace, error = %chain(&error), "it could not be noted");
                    }
                    break;
                }
            }
        }
        self.parts().hub.changed(workspace);
    }

    async fn make_a_move(&self, workspace: &str) -> Result<Left, Error> {
        let store = &self.parts().store;
        let progress = store.progress(workspace).await?;
        let Some(goal) = progress.goal.as_ref().filter(|goal| goal.is_open()) else {
            return Ok(Left::Nothing);
        };
        let Some(step) = next(&progress, goal.step) else {
            store.end_goal(workspace, None).await?;
            return Ok(Left::Nothing);
        };
        if let StepState::Checked {
            outcome: Outcome::NotYet,
            ..
        } = progress.state(step)
        {
            // What a person does in AWS's console, the panel does in a simulated account.
            if step == Step::Connection && self.parts().accounts.kind() != AccountKind::Aws {
                self.shake_hands(workspace).await?;
            }
            let evidence = self.check_step(workspace, step).await?;
            return self.after(workspace, step, &evidence).await;
        }
        let answers = progress.drafts.get(&step).cloned().unwrap_or_default();
        match self
            .provision_step(workspace, step, answers.answers)
            .await?
        {
            Provisioned::Refused => {
                let told = format!(
                    "An answer in the form of step {} cannot be sent as it is.",
                    step.number()
                );
                self.give_up(workspace, &told).await
            }
            Provisioned::Made { .. } => {
                let progress = store.progress(workspace).await?;
                match progress.steps.get(&step) {
                    Some(record) => self.after(workspace, step, &record.evidence).await,
                    None => Ok(Left::Go),
                }
            }
        }
    }

    /// What a step's evidence means for the goal.
    async fn after(&self, workspace: &str, step: Step, evidence: &Evidence) -> Result<Left, Error> {
        match evidence.outcome() {
            Outcome::Passed => Ok(Left::Go),
            Outcome::NotYet => Ok(Left::Wait),
            Outcome::Wrong | Outcome::CouldNotTell => {
                let told = format!(
                    "Step {} needs you: look at what its check found.",
                    step.number()
                );
                self.give_up(workspace, &told).await
            }
        }
    }

    async fn give_up(&self, workspace: &str, why: &str) -> Result<Left, Error> {
        self.parts().store.end_goal(workspace, Some(why)).await?;
        Ok(Left::Nothing)
    }
}

/// The first step that is not done, up to and with `last`.
fn next(progress: &Progress, last: Step) -> Option<Step> {
    Step::ALL
        .into_iter()
        .filter(|step| *step <= last)
        .find(|step| !progress.state(*step).is_done())
}
