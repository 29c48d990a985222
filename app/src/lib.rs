//! The pages of Greenlight.
//!
//! Everything is rendered on the server; only what stands in [`islands`] is sent to the browser
//! as WebAssembly. A page asks the server through [`Services`] and nothing else.

#![expect(
    unreachable_pub,
    reason = "the component macro makes `pub` items of components that only this crate uses"
)]
// The type of a view is as deep as its markup.
#![recursion_limit = "512"]

#[cfg(feature = "ssr")]
mod address;
#[cfg(feature = "ssr")]
mod app;
#[cfg(feature = "ssr")]
mod components;
#[cfg(feature = "ssr")]
pub mod content;
pub mod islands;
#[cfg(feature = "ssr")]
mod layout;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
mod services;
#[cfg(feature = "ssr")]
mod theme;
mod words;

#[cfg(feature = "ssr")]
pub use app::{App, shell};
#[cfg(feature = "ssr")]
pub use components::pre_flight_address;
#[cfg(feature = "ssr")]
pub use services::Services;
#[cfg(feature = "ssr")]
pub use theme::Theme;

/// Wakes the islands of the page that the browser shows.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    #[cfg(debug_assertions)]
    std::panic::set_hook(Box::new(|panic| leptos::logging::error!("{panic}")));
    leptos::mount::hydrate_islands();
}
