//! The Git host's door: who may read and push, and what follows a push.

use std::sync::Arc;

use async_trait::async_trait;
use axum::Router;
use workshop::blueprint::Step;

use super::State;
use crate::error::chain;
use crate::panel::Greenlight;
use crate::source::{self, Access, Admission, Credentials, Gate, GitService, OnPush, Pushed};
use crate::store::Store;

/// `/git/…`
pub(super) fn routes(state: &State) -> Router<State> {
    source::routes(GitService {
        host: Arc::clone(&state.repositories),
        gate: Arc::new(OwnWorkspaceOnly(state.store.clone())),
        on_push: Arc::new(CheckAgain(state.panel.clone())),
    })
}

/// Whoever has a workspace's token reaches its repositories, and nobody else does. A workspace
/// that does not exist is answered like one that is somebody else's.
struct OwnWorkspaceOnly(Store);

#[async_trait]
impl Gate for OwnWorkspaceOnly {
    async fn admit(
        &self,
        workspace: &str,
        _access: Access,
        credentials: Option<&Credentials>,
    ) -> Admission {
        let Some(credentials) = credentials else {
            return Admission::Ask;
        };
        match self.0.workspace(workspace).await {
            Ok(Some(owner)) if same(&owner.git_token, &credentials.password) => Admission::Allow,
            Ok(_) => Admission::Deny,
            Err(error) => {
                tracing::error!(error = %chain(&error), "the Git host could not look up {workspace}");
                Admission::Deny
            }
        }
    }
}

/// Compares in a time that says nothing about where two texts differ.
fn same(left: &str, right: &str) -> bool {
    left.len() == right.len()
        && left
            .bytes()
            .zip(right.bytes())
            .fold(0, |differ, (a, b)| differ | (a ^ b))
            == 0
}

/// A push is looked at at once: step 1's check follows it.
struct CheckAgain(Greenlight);

#[async_trait]
impl OnPush for CheckAgain {
    async fn pushed(&self, pushed: Pushed) {
        let workspace = &pushed.repository.owner;
        if let Err(error) = self.0.check_step(workspace, Step::SourceCode).await {
            tracing::warn!(%workspace, error = %chain(&error), "the push of {workspace} could not be checked");
        }
    }
}
