//! Accounts that are through with all steps, copies of them, and the unmodified SDK in them.

use std::collections::BTreeMap;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use server::accounts::{LOCAL, new_workspace};
use server::chance::Chance;
use server::store::Workspace;
use workshop::blueprint::Step;
use workshop::model::{Provisioned, Timestamp};
use workshop::panel::Panel;

use crate::support::TestServer;

impl TestServer {
    /// The settings of an SDK that somebody points at the workspace's account.
    pub(crate) fn sdk(&self, workspace: &Arc<Workspace>) -> SdkConfig {
        let (key, secret) = (&workspace.access_key_id, &workspace.secret_access_key);
        let keys = Credentials::new(key, secret, None, None, "test");
        SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static("eu-west-1"))
            .credentials_provider(SharedCredentialsProvider::new(keys))
            .http_client(self.wired.sandbox.http_client(workspace))
            .build()
    }

    /// Makes every step of the lone workspace by its form, with the reader or without.
    pub(crate) async fn make_all(&self, reader: bool) {
        let (panel, who) = (&self.wired.panel, self.who());
        for step in Step::ALL {
            let wanted = ("db_reader.wanted".to_owned(), "yes".to_owned());
            let answers = BTreeMap::from_iter((reader && step == Step::Database).then_some(wanted));
            let made = panel.provision(&who, step, answers).await;
            assert!(
                matches!(made, Ok(Provisioned::Made { .. })),
                "{step:?}: {made:?}"
            );
            if step == Step::Connection {
                assert_eq!(panel.finish_handshake(&who).await, Ok(()));
            }
        }
    }

    /// A workspace of its own with nothing in it. The account's number is the lone one's, so that
    /// ARNs of a copy are right.
    pub(crate) async fn another(&self, name: &str) -> Arc<Workspace> {
        let lone = self.workspace(LOCAL).await;
        let workspace = Workspace {
            account_id: lone.account_id.clone(),
            ..new_workspace(name, &Chance::system())
        };
        let store = &self.wired.store;
        let added = store.add_workspace(&workspace, Timestamp(0)).await;
        assert_eq!(added.ok(), Some(true), "{name}");
        Arc::new(workspace)
    }

    /// A workspace of its own whose account is as `state` has it, and whose repositories are copies
    /// of the lone one's.
    pub(crate) async fn copy(&self, name: &str, state: &str) -> Arc<Workspace> {
        let workspace = self.another(name).await;
        // The pipeline names the repository by its full path, in which the workspace stands.
        let path = |workspace: &str| format!("\"{workspace}/tripmgmt\"");
        let state = state.replace(&path(LOCAL), &path(name));
        let now = Timestamp(self.clock.load(Ordering::SeqCst));
        let saved = self
            .wired
            .store
            .save_sandbox_account(name, &state, now)
            .await;
        saved.expect("a copy");
        let repositories = self.folder().join("greenlight.repositories");
        let copied = Command::new("cp")
            .arg("-r")
            .arg(repositories.join(LOCAL))
            .arg(repositories.join(name))
            .status();
        assert!(copied.expect("cp").success());
        workspace
    }
}
