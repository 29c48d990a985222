//! The document around every page, and the list of routes.

use leptos::{nonce::use_nonce, prelude::*};
use leptos_meta::{HashedStylesheet, MetaTags, Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{Route, Router, Routes},
    path,
};

use crate::{
    Theme,
    address::here,
    islands,
    pages::{NotFound, OverviewPage, PreFlightPage, StartPage, StepPage},
};

/// What makes a page without islands pleasant: copy buttons, and forms that are sent once.
const COMFORTS: &str = include_str!("comforts.js");

/// The document: `<html>` with its head, around [`App`].
///
/// Its type is erased, so that the server does not compile every page once more.
pub fn shell(options: LeptosOptions) -> AnyView {
    let theme = use_context::<Theme>().unwrap_or_default();
    let data_theme = (theme != Theme::Auto).then(|| theme.key());
    let scripts = islands::stand_on(&here())
        .then(|| view! { <HydrationScripts options=options.clone() islands=true /> });
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=data_theme>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <HashedStylesheet options=options.clone() id="style" />
                <AutoReload options=options />
                {scripts}
                <script nonce=use_nonce() inner_html=COMFORTS></script>
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
    .into_any()
}

/// The routes. `/` is the server's: it leads to where the person left off.
#[component]
pub fn App() -> AnyView {
    provide_meta_context();
    view! {
        <Title formatter=|title: String| format!("{title} · Greenlight") />
        <Router>
            <Routes fallback=|| view! { <NotFound /> }>
                <Route path=path!("/start") view=StartPage ssr=SsrMode::Async />
                <Route path=path!("/overview") view=OverviewPage ssr=SsrMode::Async />
                <Route path=path!("/pre-flight") view=PreFlightPage ssr=SsrMode::Async />
                <Route path=path!("/steps/:number") view=StepPage ssr=SsrMode::Async />
            </Routes>
        </Router>
    }
    .into_any()
}
