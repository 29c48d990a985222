//! What exists now costs this much an hour.

use leptos::prelude::*;
use workshop::{blueprint::Micros, model::Frame};

use super::hub;
use crate::words::dollars;

/// The cost in the top bar.
#[island]
pub fn LiveCost(
    /// As the page was made, per hour.
    cost: Micros,
) -> impl IntoView {
    let (cost, set_cost) = signal(cost);
    hub::listen("frame", move |frame: Frame| {
        set_cost.set(frame.cost_per_hour);
    });
    view! { <strong class="figure">{move || dollars(cost.get())}</strong> }
}
