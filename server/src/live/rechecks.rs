//! Looks again by itself: at what is not yet there, until it is settled; and at what was done,
//! so that a step which breaks later is noticed.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use workshop::blueprint::Step;
use workshop::model::{AccountKind, Outcome};

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

/// What is still to be done about a workspace after a look.
#[derive(Debug, Clone, Copy, Default)]
struct Rest {
    /// A step was looked at a moment ago; what changed since waits for its turn.
    too_soon: bool,
    /// A step is not yet settled.
    coming: bool,
}

impl Rechecks {
    /// Looks again, for ever.
    pub async fn run(self) {
        let accounts = self.accounts.sandbox().changes();
        let mut seen: HashMap<String, u64> = HashMap::new();
        let (mut changed, mut coming) = (BTreeSet::new(), BTreeSet::new());
        loop {
            tokio::time::sleep(Duration::from_millis(250)).await;
            for (workspace, number) in &accounts.borrow().latest {
                if seen.insert(workspace.clone(), *number) != Some(*number) {
                    changed.insert(workspace.clone());
                }
            }
            // Whoever reads without JavaScript holds no stream; the visit says that they look.
            coming.extend(self.hub.visited());
            let mut workspaces: BTreeSet<_> = self.hub.watched().into_iter().collect();
            workspaces.extend(changed.iter().chain(&coming).cloned());
            for workspace in workspaces {
                let is_changed = changed.remove(&workspace);
                let rest = match self.look_again(&workspace, is_changed).await {
                    Ok(rest) => rest,
                    Err(error) => {
                        tracing::warn!(%workspace, error = %chain(&error), "{workspace} could not be checked again");
                        Rest::default()
                    }
                };
                if rest.too_soon {
                    changed.insert(workspace.clone());
                }
                if rest.coming {
                    coming.insert(workspace);
                } else {
                    coming.remove(&workspace);
                }
            }
        }
    }

    async fn look_again(
        &self,
        workspace: &str,
        changed: bool,
    ) -> Result<Rest, crate::error::Error> {
        let progress = self.store.progress(workspace).await?;
        let mut rest = Rest::default();
        for step in Step::ALL {
            let Some(record) = progress.steps.get(&step) else {
                continue;
            };
            let age = self.clock.now().0 - record.evidence.checked_at.0;
            let mut outcome = record.evidence.outcome();
            if self.is_due(outcome, age, changed) {
                outcome = self.panel.check_step(workspace, step).await?.outcome();
            } else if changed {
                rest.too_soon = true;
            }
            rest.coming |= outcome == Outcome::NotYet;
        }
        // What passed or is wrong is looked at again when a person asks for it, before a push.
        if let Some(found) = &progress.pre_flight
            && found.outcome() == Outcome::NotYet
        {
            let age = self.clock.now().0 - found.checked_at.0;
            let mut outcome = Outcome::NotYet;
            if self.is_due(outcome, age, changed) {
                outcome = self.panel.look_before_flight(workspace).await?.outcome();
            }
            rest.coming |= outcome == Outcome::NotYet;
        }
        Ok(rest)
    }

    fn is_due(&self, outcome: Outcome, age_ms: i64, changed: bool) -> bool {
        let coming = matches!(outcome, Outcome::NotYet | Outcome::CouldNotTell);
        match self.accounts.kind() {
            AccountKind::Sandbox { .. } => age_ms >= SANDBOX_MS && (changed || coming),
            AccountKind::Aws => age_ms >= if coming { COMING_MS } else { DONE_MS },
        }
    }
}
