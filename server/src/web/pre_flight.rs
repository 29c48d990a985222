//! The forms of the pre-flight. Each leads back to the page that it was sent from.

use axum::Extension;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use serde::Deserialize;
use workshop::blueprint::Kind;
use workshop::model::Who;
use workshop::panel::{Panel, PanelError};

use super::State as App;
use super::actions::{Repair, sentence};
use super::asked::{Fields, refuse};

/// The page from which a form was sent.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Origin {
    #[serde(default)]
    from: String,
}

/// `POST /pre-flight`
pub(super) async fn run(
    State(state): State<App>,
    Extension(who): Extension<Who>,
    Query(origin): Query<Origin>,
) -> Response {
    let done = state.panel.run_pre_flight(&who).await;
    back(&state, &who, &origin, done).await
}

/// `POST /pre-flight/repair`: puts one setting right, and looks at everything again.
pub(super) async fn repair(
    State(state): State<App>,
    Extension(who): Extension<Who>,
    Query(origin): Query<Origin>,
    Fields(form): Fields<Repair>,
) -> Response {
    let Some(kind) = Kind::from_key(&form.kind) else {
        return refuse(StatusCode::NOT_FOUND, "The workshop has no such resource.");
    };
    let repaired = state.panel.repair(&who, kind, &form.setting).await;
    let looked = state.panel.run_pre_flight(&who).await;
    back(&state, &who, &origin, repaired.and(looked)).await
}

/// Back to the page. What went wrong is kept for it, so that it is read there.
async fn back(state: &App, who: &Who, origin: &Origin, done: Result<(), PanelError>) -> Response {
    let problem = done.err().map(|error| error.to_string());
    let kept = state.panel.keep_pre_flight_problem(&who.workspace, problem);
    if let Err(error) = kept.await {
        return sentence(&error.told(&state.chance));
    }
    Redirect::to(app::pre_flight_address(&origin.from)).into_response()
}
