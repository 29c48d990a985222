//! The simulated account over HTTP, for the unmodified AWS CLI and SDKs.

use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use http::StatusCode;

use super::State as App;
use crate::error::chain;

/// An object of S3 may have 5 MiB here; no other request is as large.
const LIMIT: usize = 6 * 1024 * 1024;

/// `/sandbox` and below: service and Region are those of the signature; S3's buckets and objects
/// are paths.
pub(super) async fn serve(State(state): State<App>, request: Request) -> Response {
    let Some(sandbox) = state.sandbox else {
        return (
            StatusCode::NOT_FOUND,
            "This server works on a real AWS account; there is none simulated here.",
        )
            .into_response();
    };
    let (head, body) = request.into_parts();
    let Ok(body): Result<Bytes, _> = axum::body::to_bytes(body, LIMIT).await else {
        return (
            StatusCode::PAYLOAD_TOO_LARGE,
            "The request is larger than 6 MiB.",
        )
            .into_response();
    };
    match sandbox.serve(&http::Request::from_parts(head, body)).await {
        Ok(response) => response.map(axum::body::Body::from),
        Err(error) => {
            tracing::error!(error = %chain(&error), "the simulated account failed");
            (
                StatusCode::INTERNAL_SERVER_ERROR,
                "The simulated account could not be saved; nothing was changed.",
            )
                .into_response()
        }
    }
}
