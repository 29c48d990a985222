//! not_found

use leptos::prelude::*;

#[component]
pub(crate) fn NotFound() -> impl IntoView {
    view! { <h1>"NotFound"</h1> }
}
