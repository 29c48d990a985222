//! What a form asks for: the step that its address names, and its fields. What cannot be read is
//! refused in a sentence, before anything is done.

use axum::Form;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::request::Parts;
use serde::de::DeserializeOwned;
use workshop::blueprint::Step;

/// The step of `/steps/{number}/…`.
pub(super) struct Of(pub(super) Step);

/// The form's fields.
pub(super) struct Fields<T>(pub(super) T);

impl<S: Send + Sync> FromRequestParts<S> for Of {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let number = Path::<u8>::from_request_parts(parts, state).await;
        let step = number
            .ok()
            .and_then(|Path(number)| Step::from_number(number));
        step.map(Self)
            .ok_or_else(|| refuse(StatusCode::NOT_FOUND, "There is no such step."))
    }
}

impl<S: Send + Sync, T: DeserializeOwned + 'static> FromRequest<S> for Fields<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let form = Form::<T>::from_request(request, state).await;
        form.map(|Form(fields)| Self(fields)).map_err(|rejection| {
            let sentence = match rejection.status() {
                StatusCode::PAYLOAD_TOO_LARGE => "The form is larger than any that is sent here.",
                _ => "The form could not be read. Load its page again and send it from there.",
            };
            refuse(rejection.status(), sentence)
        })
    }
}

/// A refusal by which nothing was changed.
pub(super) fn refuse(status: StatusCode, sentence: &str) -> Response {
    (status, format!("{sentence} Nothing was changed.\n")).into_response()
}

/// `GET` where a form is awaited, and the like.
pub(super) async fn wrong_method() -> Response {
    refuse(
        StatusCode::METHOD_NOT_ALLOWED,
        "This address takes something else: pages are opened, forms are sent.",
    )
}
