//! step

use leptos::prelude::*;

#[component]
pub(crate) fn StepPage() -> impl IntoView {
    view! { <h1>"StepPage"</h1> }
}
