//! The Git host's door: who may read and push, and what follows a push.

use std::sync::Arc;

use async_trait::async_trait;
use axum::Router;
use axum::extract::{Path, State as Extract};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode};
use workshop::blueprint::Step;
use workshop::model::Who;
use workshop::panel::Panel;

use super::{State, actions};
use crate::error::chain;
use crate::panel::Greenlight;
use crate::source::{self, Access, Admission, Credentials, Gate, GitService, OnPush, Pushed};
use crate::store::Store;

/// `/git/…`
pub(super) fn routes(state: &State) -> Router<State> {
    source::routes(GitService {
        host: Arc::clone(&state.repositories),
        gate: Arc::new(OwnWorkspaceOnly(state.store.clone())),
        on_push: Arc::new(AfterPush(state.panel.clone())),
    })
}

/// `POST /git/{workspace}/oauth/authorize`, with the workspace's token: what a person does on
/// GitLab's page when a connection asks for access. It finishes the handshake.
pub(super) async fn authorize(
    Extract(state): Extract<State>,
    Path(workspace): Path<String>,
    headers: HeaderMap,
) -> Response {
    let token = headers.get("private-token");
    let credentials = token.and_then(|token| token.to_str().ok()).map(|token| {
        let (user, password) = (String::new(), token.to_owned());
        Credentials { user, password }
    });
    let gate = OwnWorkspaceOnly(state.store.clone());
    let admission = gate
        .admit(&workspace, Access::Write, credentials.as_ref())
        .await;
    if admission != Admission::Allow {
        let sentence = "Send the workspace's token as PRIVATE-TOKEN.";
        return (StatusCode::UNAUTHORIZED, sentence).into_response();
    }
    let who = Who {
        workspace,
        origin: String::new(),
    };
    match state.panel.finish_handshake(&who).await {
        Ok(()) => "Authorized. The connection is available.".into_response(),
        Err(error) => actions::sentence(&error),
    }
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

/// A push reaches the account at once, where it starts the pipelines, and is looked at: the check of
/// step 1 follows it, and those of the steps that read its files, where they were run before.
struct AfterPush(Greenlight);

#[async_trait]
impl OnPush for AfterPush {
    async fn pushed(&self, pushed: Pushed) {
        let workspace = &pushed.repository.owner;
        if let Err(error) = self.0.deliver(&pushed.repository, &pushed.branch).await {
            tracing::error!(%workspace, error = %chain(&error), "the account was not told of a push; it is at the next start");
        }
        for step in [Step::SourceCode, Step::Build, Step::Pipeline] {
            let checked = match self.0.was_checked(workspace, step).await {
                Ok(false) if step != Step::SourceCode => continue,
                Ok(_) => self.0.check_step(workspace, step).await.map(|_| ()),
                Err(error) => Err(error),
            };
            if let Err(error) = checked {
                tracing::warn!(%workspace, error = %chain(&error), "the push of {workspace} could not be checked");
            }
        }
    }
}
