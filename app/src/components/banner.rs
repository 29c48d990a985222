//! A sentence that must not be missed.

use leptos::prelude::*;

/// A banner across the column.
#[component]
pub fn Banner(
    /// What happened, in a few words.
    #[prop(into)]
    title: String,
    /// What it means and what to do.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! {
        <div class="banner" role="alert">
            <p>
                <span class="sign" aria-hidden="true">
                    "✕"
                </span>
                <strong>{title}</strong>
                " "
                {text}
            </p>
        </div>
    }
}
