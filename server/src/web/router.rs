//! Every route, listed once.

use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, FromRef, Request};
use axum::routing::{any, get, post};
use axum::{Router, middleware};
use leptos::config::LeptosOptions;
use leptos_axum::{LeptosRoutes, generate_route_list};
use tower_http::compression::{CompressionLayer, CompressionLevel};
use tower_http::trace::TraceLayer;
use tower_sessions::cookie::SameSite;
use tower_sessions::{CachingSessionStore, MemoryStore, SessionManagerLayer};
use tower_sessions_sqlx_store::SqliteStore;

use super::{actions, asked, assets, git, guard, open, pages, pre_flight, sandbox, theme, who};
use crate::accounts::SandboxHost;
use crate::chance::Chance;
use crate::clock::Clock;
use crate::live::Hub;
use crate::panel::Greenlight;
use crate::source::SandboxGit;
use crate::store::Store;

/// What the handlers work with.
#[derive(Clone, FromRef)]
pub struct State {
    /// The use cases.
    pub panel: Greenlight,
    /// The database.
    pub store: Store,
    /// The simulated accounts; they are served only where they are the workshop's account.
    pub sandbox: Option<SandboxHost>,
    /// The repositories of the simulated accounts.
    pub repositories: Arc<SandboxGit>,
    /// Who is told of changes.
    pub hub: Hub,
    /// The time.
    pub clock: Clock,
    /// Randomness.
    pub chance: Chance,
    /// Where the islands and styles are.
    pub leptos: LeptosOptions,
}

/// A form or an API request: AWS's own limit is higher, but nothing here sends more.
const BODY_LIMIT: usize = 2 * 1024 * 1024;

/// The whole server but its listener.
pub fn router(state: State, sessions: SqliteStore) -> Router {
    let sessions =
        SessionManagerLayer::new(CachingSessionStore::new(MemoryStore::default(), sessions))
            .with_name("greenlight")
            // The panel is served on loopback, where there is no TLS.
            .with_secure(false)
            .with_same_site(SameSite::Lax);

    // For people.
    let people = Router::new()
        .route("/", get(pages::home))
        .route("/steps/{number}/check", post(actions::check))
        .route("/steps/{number}/create", post(actions::create))
        .route("/steps/{number}/repair", post(actions::repair))
        .route("/steps/{number}/up-to-here", post(actions::up_to_here))
        .route("/steps/{number}/handshake", post(actions::handshake))
        .route("/files/{name}", get(pages::generated_file))
        .route("/pre-flight", post(pre_flight::run))
        .route("/pre-flight/repair", post(pre_flight::repair))
        .route("/start-over", post(actions::start_over))
        .route("/theme", post(theme::choose))
        .route("/live", get(pages::live))
        .leptos_routes_with_handler(generate_route_list(app::App), get(pages::page))
        .fallback(pages::not_found)
        .layer(middleware::from_fn_with_state(state.clone(), who::find_out))
        // An address that opens a workspace sets who is asking.
        .route("/open/{token}", get(open::open))
        .layer(sessions)
        // A page shrinks to a quarter; the event stream is left as it is. Over TLS, what is
        // compressed together with the address can be guessed by its length, and a set-up block
        // has keys in it. Here there is no TLS: whoever sees the length sees the page.
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest));

    // For programs: the AWS CLI and git bring keys of their own.
    let programs = Router::new()
        .route("/sandbox", any(sandbox::serve))
        .route("/sandbox/", any(sandbox::serve))
        .route("/sandbox/{*path}", any(sandbox::serve))
        .route("/git/{workspace}/oauth/authorize", post(git::authorize))
        .merge(git::routes(&state))
        .route("/healthz", get(pages::health));

    Router::new()
        .merge(people)
        .merge(programs)
        .merge(assets::routes(&state.leptos))
        .method_not_allowed_fallback(asked::wrong_method)
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(middleware::from_fn(guard::guard))
        .layer(TraceLayer::new_for_http().make_span_with(span))
        .with_state(state)
}

/// What the log says of a request: never an address's token, nor what a query holds.
fn span(request: &Request) -> tracing::Span {
    let path = request.uri().path();
    let path = if path.starts_with("/open/") {
        "/open/…"
    } else {
        path
    };
    tracing::debug_span!("request", method = %request.method(), path)
}
