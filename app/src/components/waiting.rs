//! Looking again by itself, for browsers without JavaScript.

use leptos::prelude::*;

/// Has a browser without JavaScript load the page again in a few seconds. With JavaScript the
/// islands do better, and this is not there.
#[component]
pub fn LookAgain() -> impl IntoView {
    // Written as it stands: a `<noscript>` built from elements would be read differently by a
    // browser with JavaScript.
    view! { <div class="look-again" inner_html=r#"<noscript><meta http-equiv="refresh" content="5"></noscript>"#></div> }
}
