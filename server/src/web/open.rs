//! The one-time address that opens a workspace in a browser.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use tower_sessions::Session;

use super::State as App;
use super::who::WORKSPACE;
use crate::accounts::token_hash;
use crate::error::chain;

/// `GET /open/{token}`
pub(super) async fn open(
    State(state): State<App>,
    session: Session,
    Path(token): Path<String>,
) -> Response {
    let used = state
        .store
        .use_open_link(&token_hash(&token), state.clock.now())
        .await;
    let workspace = match used {
        Ok(Some(workspace)) => workspace,
        Ok(None) => {
            let sentence = "This address was used already, or is older than a day. `greenlight workspace open NAME` prints a fresh one.";
            return (StatusCode::GONE, sentence).into_response();
        }
        Err(error) => return failed(&error),
    };
    if let Err(error) = state.panel.open_workspace(&workspace).await {
        // The pages say what is wrong with the account; the workspace opens all the same.
        tracing::warn!(%workspace, error = %chain(&error), "the account of {workspace} could not be looked at yet");
    }
    // A new session id: whoever knew the old one must not follow into this workspace.
    let opened = match session.cycle_id().await {
        Ok(()) => session.insert(WORKSPACE, &workspace).await,
        Err(error) => Err(error),
    };
    match opened {
        Ok(()) => Redirect::to("/").into_response(),
        Err(error) => failed(&error),
    }
}

fn failed(error: &dyn std::error::Error) -> Response {
    tracing::error!(error = %chain(error), "a workspace could not be opened");
    (
        StatusCode::SERVICE_UNAVAILABLE,
        "The workspace could not be opened; the server's log says why.",
    )
        .into_response()
}
