//! One watch channel a workspace: it says *that* something changed; what, whoever is told reads
//! from the store, which has it in memory.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use tokio::sync::watch;

/// The watch channels.
#[derive(Debug, Clone, Default)]
pub struct Hub(Arc<Mutex<HashMap<String, watch::Sender<u64>>>>);

impl Hub {
    /// Tells everyone who looks at `workspace` that something changed.
    pub fn changed(&self, workspace: &str) {
        if let Ok(channels) = self.0.lock()
            && let Some(channel) = channels.get(workspace)
        {
            channel.send_modify(|version| *version += 1);
        }
    }

    /// Is told of changes from now on.
    pub fn watch(&self, workspace: &str) -> watch::Receiver<u64> {
        match self.0.lock() {
            Ok(mut channels) => channels
                .entry(workspace.to_owned())
                .or_insert_with(|| watch::Sender::new(0))
                .subscribe(),
            Err(_) => watch::Sender::new(0).subscribe(),
        }
    }

    /// The workspaces that somebody looks at.
    pub fn watched(&self) -> Vec<String> {
        let Ok(mut channels) = self.0.lock() else {
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
