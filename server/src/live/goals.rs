//! Pursues the goals that are set, each workspace's by itself.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use crate::error::chain;
use crate::panel::Greenlight;
use crate::store::Store;

/// The background task.
pub struct Goals {
    /// Makes the moves.
    pub panel: Greenlight,
    /// Knows the goals.
    pub store: Store,
}

impl Goals {
    /// Pursues, for ever: at first what a killed process left open, then what is set.
    pub async fn run(self) {
        let busy: Arc<Mutex<BTreeSet<String>>> = Arc::default();
        loop {
            match self.store.open_goals().await {
                Ok(workspaces) => {
                    for workspace in workspaces {
                        self.pursue(workspace, &busy);
                    }
                }
                Err(error) => {
                    tracing::error!(error = %chain(&error), "the goals could not be read");
                }
            }
            self.panel.goals().notified().await;
        }
    }

    fn pursue(&self, workspace: String, busy: &Arc<Mutex<BTreeSet<String>>>) {
        let is_free = busy
            .lock()
            .is_ok_and(|mut busy| busy.insert(workspace.clone()));
        if !is_free {
            return;
        }
        let (panel, busy) = (self.panel.clone(), Arc::clone(busy));
        tokio::spawn(async move {
            panel.pursue(&workspace).await;
            if let Ok(mut busy) = busy.lock() {
                busy.remove(&workspace);
            }
            // It may have been set again at the last moment.
            panel.goals().notify_one();
        });
    }
}
