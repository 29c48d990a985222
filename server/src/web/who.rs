//! Who is asking.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use tower_sessions::Session;
use workshop::model::Who;

use super::guard;
use crate::accounts::LOCAL;
use crate::error::chain;

/// Where a session keeps its workspace.
pub(super) const WORKSPACE: &str = "workspace";

/// Puts [`Who`] into the request: the workspace of the session, or `local` for whoever is alone
/// on this laptop.
pub(super) async fn find_out(
    State(state): State<super::State>,
    session: Session,
    mut request: Request,
    next: Next,
) -> Response {
    let chosen = match session.get::<String>(WORKSPACE).await {
        Ok(chosen) => chosen,
        Err(error) => {
            tracing::error!(error = %chain(&error), "a session could not be read");
            let sentence = "Your session could not be read. Nothing was lost; load the page again.";
            return (StatusCode::SERVICE_UNAVAILABLE, sentence).into_response();
        }
    };
    // A workspace that was removed since must not lock its browser out.
    let workspace = match chosen {
        Some(name) if matches!(state.store.workspace(&name).await, Ok(Some(_))) => name,
        _ => LOCAL.to_owned(),
    };
    let host = guard::host(request.headers(), request.uri()).unwrap_or_default();
    request.extensions_mut().insert(Who {
        workspace,
        origin: format!("http://{host}"),
    });
    next.run(request).await
}
