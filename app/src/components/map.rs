//! The architecture map on the pages.

use leptos::prelude::*;
use workshop::{
    blueprint::Step,
    model::{AccountBadge, AccountKind, ResourceView},
};

use crate::{islands::LiveMap, layout};

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
        <div class="map-frame" tabindex="0" role="group" aria-label="The map; it scrolls sideways">
            <LiveMap scene=layout::whole(&resources, label) resources=resources />
        </div>
    }
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
