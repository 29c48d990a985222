//! overview

use leptos::prelude::*;

#[component]
pub(crate) fn OverviewPage() -> impl IntoView {
    view! { <h1>"OverviewPage"</h1> }
}
