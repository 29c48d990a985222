//! The address leads nowhere.

use leptos::prelude::*;
use leptos_meta::Title;

use super::{answer::set_status, plain::Plain};

/// 404, with ways on.
#[component]
pub fn NotFound() -> impl IntoView {
    set_status(404);
    view! {
        <Title text="Not found" />
        <Plain>
            <p class="eyebrow">"404"</p>
            <h1>"There is no such page"</h1>
            <p class="lede">
                "The address may be from another version of the workshop, or a step that is not built yet."
            </p>
            <p class="onward">
                <a class="button primary" href="/">
                    "Go to where you left off"
                </a>
                <a class="button" href="/overview">
                    "See all steps"
                </a>
            </p>
        </Plain>
    }
}
