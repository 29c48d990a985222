//! Islands and styles: hashed by content, compressed ahead of time, cached for good.

use axum::Router;
use axum::routing::get_service;
use http::{HeaderValue, header};
use leptos::config::LeptosOptions;
use tower::ServiceBuilder;
use tower_http::services::{ServeDir, ServeFile};
use tower_http::set_header::SetResponseHeaderLayer;

/// `/pkg/…` and the icon.
pub(super) fn routes(options: &LeptosOptions) -> Router<super::State> {
    let root = std::path::Path::new(options.site_root.as_ref());
    let package = ServeDir::new(root.join(options.site_pkg_dir.as_ref()))
        .precompressed_br()
        .precompressed_gzip();
    let for_good = SetResponseHeaderLayer::overriding(
        header::CACHE_CONTROL,
        |response: &http::Response<_>| {
            response
                .status()
                .is_success()
                .then(|| HeaderValue::from_static("public, max-age=31536000, immutable"))
        },
    );
    Router::new()
        .nest_service(
            "/pkg",
            ServiceBuilder::new().layer(for_good).service(package),
        )
        .route(
            "/favicon.svg",
            get_service(ServeFile::new(root.join("favicon.svg"))),
        )
}
