//! Starting over: a fresh simulated account.

use leptos::prelude::*;

/// The form, folded. What it destroys can be made again, so that typing the name is enough.
#[component]
pub fn StartOver(
    /// The workspace's name, which has to be typed.
    workspace: String,
) -> impl IntoView {
    view! {
        <details class="card start-over">
            <summary>"Start over"</summary>
            <p>
                "You get a fresh simulated account. Everything in this one, the repository and its commits included, is gone at once. You can't undo this."
            </p>
            <form method="post" action="/start-over">
                <label for="typed">"Type " <strong>{workspace}</strong> " to confirm"</label>
                <input
                    id="typed"
                    name="typed"
                    type="text"
                    required
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                />
                <button class="button destructive" data-busy="Starting over">
                    "Delete everything and start over"
                </button>
            </form>
        </details>
    }
}
