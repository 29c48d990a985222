//! Looking again by itself, for browsers without JavaScript.

use leptos::prelude::*;
use workshop::{blueprint::Step, model::Way};

use crate::words::{step_address, way_key};

/// Has a browser without JavaScript load the page again in a few seconds. With JavaScript the
/// islands do better, and this is not there.
#[component]
pub fn LookAgain(
    /// The step.
    step: Step,
    /// The tab on which the page stands.
    way: Way,
) -> impl IntoView {
    // The address is named because a form leads to `…#evidence`, and to refresh an address with a
    // fragment only scrolls there.
    let address = format!("{}?way={}", step_address(step), way_key(way));
    // Written as it stands: a `<noscript>` built from elements would be read differently by a
    // browser with JavaScript.
    let refresh =
        format!(r#"<noscript><meta http-equiv="refresh" content="5; url={address}"></noscript>"#);
    view! { <div class="look-again" inner_html=refresh></div> }
}
