//! The three ways to do a step, as links.

use leptos::prelude::*;
use workshop::{blueprint::Step, model::Way};

use crate::words::{step_address, way_key};

/// The ways with what they are called.
const WAYS: [(Way, &str); 3] = [
    (Way::Form, "Create it here"),
    (Way::Cli, "AWS CLI"),
    (Way::Console, "AWS console"),
];

/// The tabs. Each is a link to the same page on another way, so that each has an address.
#[component]
pub fn Tabs(
    /// The step.
    step: Step,
    /// The way that the page shows.
    way: Way,
) -> impl IntoView {
    let links = WAYS
        .iter()
        .map(|&(other, words)| {
            let address = format!("{}?way={}#ways", step_address(step), way_key(other));
            view! {
                <a href=address aria-current=(other == way).then_some("page")>
                    {words}
                </a>
            }
        })
        .collect_view();
    view! {
        <nav class="tabs" id="ways" aria-label="Ways to do it">
            {links}
        </nav>
    }
}
