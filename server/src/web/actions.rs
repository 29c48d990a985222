//! The forms. Each does one thing and leads back to the page, which shows what came of it.

use std::collections::BTreeMap;

use axum::Extension;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use serde::Deserialize;
use workshop::blueprint::{Kind, Step, find};
use workshop::model::{Provisioned, Who};
use workshop::panel::{Panel, PanelError};

use super::State as App;
use super::asked::{Fields, Of, refuse};

/// The tab from which a form was sent, and to which it leads back.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Tab {
    #[serde(default)]
    way: String,
}

/// `POST /steps/{number}/check`
pub(super) async fn check(
    State(state): State<App>,
    Extension(who): Extension<Who>,
    Of(step): Of,
    Query(tab): Query<Tab>,
) -> Response {
    let done = state.panel.check(&who, step).await.map(|_| ());
    back(&state, &who, step, &tab, done).await
}

/// `POST /steps/{number}/create`, with the form's fields.
pub(super) async fn create(
    State(state): State<App>,
    Extension(who): Extension<Who>,
    Of(step): Of,
    Fields(answers): Fields<BTreeMap<String, String>>,
) -> Response {
    match state.panel.provision(&who, step, answers).await {
        Ok(Provisioned::Refused) => {
            Redirect::to(&format!("/steps/{}#form", step.number())).into_response()
        }
        Ok(Provisioned::Made { .. }) => back(&state, &who, step, &Tab::default(), Ok(())).await,
        Err(error) => back(&state, &who, step, &Tab::default(), Err(error)).await,
    }
}

/// Which setting is to be put right.
#[derive(Debug, Deserialize)]
pub(super) struct Repair {
    pub(super) kind: String,
    pub(super) setting: String,
}

/// `POST /steps/{number}/repair`
pub(super) async fn repair(
    State(state): State<App>,
    Extension(who): Extension<Who>,
    Of(step): Of,
    Query(tab): Query<Tab>,
    Fields(form): Fields<Repair>,
) -> Response {
    let Some(kind) = Kind::from_key(&form.kind).filter(|kind| find(*kind).step == step) else {
        return refuse(StatusCode::NOT_FOUND, "The step has no such resource.");
    };
    let done = state.panel.repair(&who, kind, &form.setting).await;
    back(&state, &who, step, &tab, done).await
}

/// `POST /steps/{number}/up-to-here`
pub(super) async fn up_to_here(
    State(state): State<App>,
    Extension(who): Extension<Who>,
    Of(step): Of,
) -> Response {
    match state.panel.provision_up_to(&who, step).await {
        Ok(()) => Redirect::to("/overview").into_response(),
        Err(error) => back(&state, &who, step, &Tab::default(), Err(error)).await,
    }
}

/// `POST /steps/10/handshake`: the stand-in for the dialog of AWS's console.
pub(super) async fn handshake(
    State(state): State<App>,
    Extension(who): Extension<Who>,
    Of(step): Of,
    Query(tab): Query<Tab>,
) -> Response {
    if step != Step::Connection {
        return refuse(StatusCode::NOT_FOUND, "The step has no connection.");
    }
    let done = state.panel.finish_handshake(&who).await;
    back(&state, &who, step, &tab, done).await
}

/// The workspace's name, typed to confirm.
#[derive(Debug, Deserialize)]
pub(super) struct StartOver {
    typed: String,
}

/// `POST /start-over`
pub(super) async fn start_over(
    State(state): State<App>,
    Extension(who): Extension<Who>,
    Fields(form): Fields<StartOver>,
) -> Response {
    match state.panel.start_over(&who, &form.typed).await {
        Ok(()) => Redirect::to("/start").into_response(),
        Err(PanelError::Refused(_)) => {
            Redirect::to("/overview?refused=start-over#start-over").into_response()
        }
        Err(error) => sentence(&error),
    }
}

/// Back to the step's page. What went wrong is kept for it, so that it is read there.
async fn back(
    state: &App,
    who: &Who,
    step: Step,
    tab: &Tab,
    done: Result<(), PanelError>,
) -> Response {
    let problem = done.err().map(|error| error.to_string());
    if let Err(error) = state
        .panel
        .keep_problem(&who.workspace, step, problem)
        .await
    {
        return sentence(&error.told(&state.chance));
    }
    let way = match tab.way.as_str() {
        "cli" => "?way=cli",
        "console" => "?way=console",
        _ => "",
    };
    Redirect::to(&format!("/steps/{}{way}#evidence", step.number())).into_response()
}

/// What went wrong, where there is no page to say it.
pub(super) fn sentence(error: &PanelError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, error.to_string()).into_response()
}
