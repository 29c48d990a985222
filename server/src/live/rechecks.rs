//! Looks again by itself: at what is not yet there, until it is settled; and at what was done,
//! so that a step which breaks later is noticed.

use std::collections::HashMap;
use std::time::Duration;

use workshop::blueprint::Step;
use workshop::model::{AccountKind, Outcome, StepState};

use super::Hub;
use crate::accounts::Accounts;
use crate::clock::Clock;
use crate::error::chain;
use crate::panel::Greenlight;
use crate::store::Store;

/// How often the real account is asked about something that is on its way.
const COMING_MS: i64 = 5_000;
/// How often it is asked about something that was done, while somebody looks at the pages.
const DONE_MS: i64 = 60_000;
/// How long the simulated account, which costs nothing to ask, is left alone after a change.
const SANDBOX_MS: i64 = 500;

/// The background task.
pub struct Rechecks {
    /// Does the checks.
    pub panel: Greenlight,
    /// Knows the progress.
    pub store: Store,
    /// Knows the account's kind, and what changed in the simulated ones.
    pub accounts: Accounts,
    /// Knows who is looked at.
    pub hub: Hub,
    /// The time.
    pub clock: Clock,
}

impl Rechecks {
    /// Looks again, for ever.
    pub async fn run(self) {
        let mut seen: HashMap<String, u64> = HashMap::new();
        let changes = self.accounts.sandbox().changes();
        loop {
            tokio::time::sleep(Duration::from_millis(250)).await;
            let change = changes.borrow().clone();
            let mut workspaces = self.hub.watched();
            workspaces.extend(
                change
                    .latest
                    .keys()
                    .filter(|name| seen.get(*name) != change.latest.get(*name))
                    .cloned(),
            );
            workspaces.sort();
            workspaces.dedup();
            for workspace in workspaces {
                let is_changed = seen.get(&workspace) != change.latest.get(&workspace);
                if let Err(error) = self.look_again(&workspace, is_changed).await {
                    tracing::warn!(%workspace, error = %chain(&error), "{workspace} could not be checked again");
                }
                // Its own look, which moves the account's time on, is no change to look at.
                if let Some(number) = change.latest.get(&workspace) {
                    seen.insert(workspace, *number);
                }
            }
        }
    }

    async fn look_again(&self, workspace: &str, changed: bool) -> Result<(), crate::error::Error> {
        let progress = self.store.progress(workspace).await?;
        for step in Step::ALL {
            let Some(record) = progress.steps.get(&step) else {
                continue;
            };
            let age = self.clock.now().0 - record.evidence.checked_at.0;
            if self.is_due(progress.state(step), age, changed) {
                self.panel.check_step(workspace, step).await?;
            }
        }
        Ok(())
    }

    fn is_due(&self, state: StepState, age_ms: i64, changed: bool) -> bool {
        let coming = matches!(
            state,
            StepState::Checked {
                outcome: Outcome::NotYet | Outcome::CouldNotTell,
                ..
            }
        );
        match self.accounts.kind() {
            AccountKind::Sandbox { .. } => age_ms >= SANDBOX_MS && (changed || coming),
            AccountKind::Aws => age_ms >= if coming { COMING_MS } else { DONE_MS },
        }
    }
}
