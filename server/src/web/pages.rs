//! The pages, and what they load beside themselves.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::{HeaderValue, StatusCode, header};
use leptos::nonce::use_nonce;
use leptos::prelude::{provide_context, use_context};
use leptos_axum::ResponseOptions;
use workshop::model::Who;
use workshop::panel::Panel;

use super::State as App;
use super::{actions, guard, theme};
use crate::live;

/// Leads to where the person left off: the first page, or the first open step.
pub(super) async fn home(State(state): State<App>, Extension(who): Extension<Who>) -> Redirect {
    let address = match state.panel.overview(&who).await {
        Ok(page)
            if page
                .frame
                .rail
                .iter()
                .all(|item| item.state == workshop::model::StepState::NotBegun) =>
        {
            "/start".to_owned()
        }
        Ok(page) => page
            .frame
            .first_open()
            .map_or("/overview".to_owned(), |step| {
                format!("/steps/{}", step.number())
            }),
        Err(_) => "/start".to_owned(),
    };
    Redirect::to(&address)
}

/// A page, rendered with everything it needs in its context.
pub(super) async fn page(
    State(state): State<App>,
    Extension(who): Extension<Who>,
    request: Request,
) -> Response {
    let theme = theme::chosen(request.headers());
    let options = state.leptos.clone();
    let handler = leptos_axum::render_app_async_with_context(
        move || {
            let panel: app::Services = Arc::new(state.panel.clone());
            provide_context(panel);
            provide_context(who.clone());
            provide_context(theme);
            set_policy();
        },
        move || app::shell(options.clone()),
    );
    handler(request).await.into_response()
}

/// The page that says that there is none.
pub(super) async fn not_found(
    state: State<App>,
    who: Extension<Who>,
    request: Request,
) -> Response {
    let mut response = page(state, who, request).await;
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

/// A file that the workshop writes for the repository, as a download.
pub(super) async fn generated_file(
    State(state): State<App>,
    Extension(who): Extension<Who>,
    Path(name): Path<String>,
) -> Response {
    match state.panel.generated_file(&who, &name).await {
        Ok(text) => (
            [
                (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
                (header::CONTENT_DISPOSITION, "attachment"),
            ],
            text,
        )
            .into_response(),
        Err(error) => actions::sentence(&error),
    }
}

/// The event stream of a tab.
pub(super) async fn live(State(state): State<App>, Extension(who): Extension<Who>) -> Response {
    let changes = state.hub.watch(&who.workspace);
    live::stream(state.panel, who, changes).into_response()
}

/// Whether the server can serve.
pub(super) async fn health(State(state): State<App>) -> Response {
    match state.store.ping().await {
        Ok(()) => "ok\n".into_response(),
        Err(error) => {
            tracing::error!(error = %crate::error::chain(&error), "not healthy");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                "The database does not answer.\n",
            )
                .into_response()
        }
    }
}

/// Allows the page's own scripts and its one inline script, by nonce.
fn set_policy() {
    let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>()) else {
        return;
    };
    let policy = format!(
        "{}; script-src 'self' 'wasm-unsafe-eval' 'nonce-{nonce}'",
        guard::BASE_POLICY
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
}
