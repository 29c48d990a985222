//! One watch channel a workspace: it says *that* something changed; what, whoever is told reads
//! from the store, which has it in memory.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex};

use tokio::sync::watch;

/// The watch channels, and who came by without one.
#[derive(Debug, Clone, Default)]
pub struct Hub {
    channels: Arc<Mutex<HashMap<String, watch::Sender<u64>>>>,
    visits: Arc<Mutex<BTreeSet<String>>>,
}

impl Hub {
    /// Tells everyone who looks at `workspace` that something changed.
    pub fn changed(&self, workspace: &str) {
        if let Ok(channels) = self.channels.lock()
            && let Some(channel) = channels.get(workspace)
        {
            channel.send_modify(|version| *version += 1);
        }
    }

    /// Is told of changes from now on.
    pub fn watch(&self, workspace: &str) -> watch::Receiver<u64> {
        match self.channels.lock() {
            Ok(mut channels) => channels
                .entry(workspace.to_owned())
                .or_insert_with(|| watch::Sender::new(0))
                .subscribe(),
            Err(_) => watch::Sender::new(0).subscribe(),
        }
    }

    /// Notes that somebody opened a page of `workspace` that waits for something.
    pub fn visit(&self, workspace: &str) {
        if let Ok(mut visits) = self.visits.lock() {
            visits.insert(workspace.to_owned());
        }
    }

    /// The workspaces that were visited since this was asked last.
    pub fn visited(&self) -> BTreeSet<String> {
        self.visits
            .lock()
            .map(|mut visits| std::mem::take(&mut *visits))
            .unwrap_or_default()
    }

    /// The workspaces that somebody looks at.
    pub fn watched(&self) -> Vec<String> {
        let Ok(mut channels) = self.channels.lock() else {
            return Vec::new();
        };
        channels.retain(|_, channel| channel.receiver_count() > 0);
        channels.keys().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_workspaces_watchers_are_told() {
        let hub = Hub::default();
        let (mut ada, ben) = (hub.watch("ada"), hub.watch("ben"));
        hub.changed("ada");
        assert!(ada.has_changed().unwrap());
        assert!(!ben.has_changed().unwrap());
        ada.mark_unchanged();
        drop(ben);
        assert_eq!(hub.watched(), ["ada"]);
    }
}
