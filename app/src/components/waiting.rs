//! Looking again by itself, for browsers without JavaScript.

use leptos::prelude::*;

/// Has a browser without JavaScript load the page again in a few seconds. With JavaScript the
/// islands do better, and this is not there.
#[component]
pub fn LookAgain(
    /// The page's address. It is named because a form leads to `…#evidence`, and to refresh an
    /// address with a fragment only scrolls there.
    address: String,
) -> impl IntoView {
    // Written as it stands: a `<noscript>` built from elements would be read differently by a
    // browser with JavaScript.
    let refresh =
        format!(r#"<noscript><meta http-equiv="refresh" content="5; url={address}"></noscript>"#);
    view! { <div class="look-again" inner_html=refresh></div> }
}
