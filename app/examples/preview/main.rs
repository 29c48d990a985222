//! Every page in every state, without a server behind it:
//! `cargo run -p app --features ssr --example preview`, then <http://127.0.0.1:3100/overview>.
//!
//! Step 1 has passed, step 2 shows all that can be wrong, step 3 is on its way and step 4 was
//! never looked at. On port 3101 the same stands in a real account.
//!
//! With `GREENLIGHT_SITE` naming the site that `make build` left, the islands run too, and every
//! few seconds the event stream lets step 3 become ready and wait again.

mod live;
mod panel;

use std::sync::Arc;

use app::{App, Services, Theme, shell};
use axum::{Router, routing::get};
use leptos::prelude::*;
use leptos_axum::{LeptosRoutes, file_and_error_handler_with_context, generate_route_list};
use panel::Preview;
use tower_http::services::{ServeDir, ServeFile};
use workshop::model::{AccountKind, Who};

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let sandbox = serve(3100, AccountKind::Sandbox { speed: 20 });
    let real = serve(3101, AccountKind::Aws);
    tokio::try_join!(sandbox, real).map(|_| ())
}

async fn serve(port: u16, kind: AccountKind) -> std::io::Result<()> {
    // The built site, or else the style as it stands, without islands.
    let site = match std::env::var("GREENLIGHT_SITE") {
        Ok(site) => Router::new().nest_service("/pkg", ServeDir::new(format!("{site}/pkg"))),
        Err(_) => Router::new()
            .route_service(
                "/pkg/greenlight.css",
                ServeFile::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../style/main.css")),
            )
            .nest_service(
                "/pkg",
                ServeDir::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../style")),
            ),
    };
    let options = options();
    let services: Services = Arc::new(Preview { kind });
    let context = move || {
        provide_context(services.clone());
        provide_context(Who {
            workspace: "local".to_owned(),
            origin: format!("http://127.0.0.1:{port}"),
        });
        provide_context(Theme::Auto);
    };
    let app = Router::new()
        .leptos_routes_with_context(&options, generate_route_list(App), context.clone(), {
            let options = options.clone();
            move || shell(options.clone())
        })
        .route("/live", get(move || async move { live::stream(kind) }))
        .merge(site)
        .fallback(file_and_error_handler_with_context(context, shell))
        .with_state(options);
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    axum::serve(listener, app).await
}

fn options() -> LeptosOptions {
    let public = concat!(env!("CARGO_MANIFEST_DIR"), "/../public");
    let mut options = LeptosOptions::builder()
        .output_name("greenlight")
        .site_root(public)
        .build();
    if let Ok(site) = std::env::var("GREENLIGHT_SITE") {
        options.hash_files = true;
        options.hash_file = format!("{site}/hash.txt").into();
    }
    options
}
