//! A page about which the server knows nothing.

use leptos::prelude::*;

use crate::components::Mark;

/// The mark above one column.
#[component]
pub fn Plain(
    /// The page.
    children: Children,
) -> impl IntoView {
    view! {
        <header class="bar">
            <Mark />
        </header>
        <main id="main" class="plain">
            {children()}
        </main>
    }
}
