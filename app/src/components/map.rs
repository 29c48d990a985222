//! The architecture map on the pages.

use leptos::prelude::*;
use workshop::{
    blueprint::Step,
    model::{AccountBadge, AccountKind, NodeState, ResourceView},
};

use crate::{
    islands::LiveMap,
    layout,
    words::{state_key, state_words},
};

/// The whole map. On a narrow screen it scrolls in its frame.
#[component]
pub fn WholeMap(
    /// Whose account it is.
    account: AccountBadge,
    /// The state of every resource.
    resources: Vec<ResourceView>,
) -> impl IntoView {
    let kind = match account.kind {
        AccountKind::Sandbox { .. } => "Simulated account",
        AccountKind::Aws => "AWS account",
    };
    let label = format!("{kind} · {}", account.region);
    view! {
        <figure class="map-figure">
        <div class="map-frame" tabindex="0" role="group" aria-label="The map; it scrolls sideways">
            <LiveMap scene=layout::whole(&resources, label) resources=resources />
        </div>
        <Legend />
        </figure>
    }
}

/// What the outlines mean.
#[component]
fn Legend() -> impl IntoView {
    let items = [
        NodeState::Right,
        NodeState::Coming,
        NodeState::Wrong,
        NodeState::Unknown,
        NodeState::Absent,
    ]
    .map(|state| {
        let (sign, words) = state_words(state);
        view! {
            <li data-state=state_key(state)>
                <span class="legend-box" aria-hidden="true">
                    {sign}
                </span>
                {words}
            </li>
        }
    });
    view! { <ul class="legend">{items}</ul> }
}

/// Where one step's resources sit.
#[component]
pub fn MapFragment(
    /// The step.
    step: Step,
    /// The state of every resource.
    resources: Vec<ResourceView>,
) -> impl IntoView {
    view! { <LiveMap scene=layout::fragment(step, &resources) resources=resources /> }
}
