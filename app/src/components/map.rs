//! The architecture map on the pages: where everything sits, coloured by what was seen.

use leptos::prelude::*;
use workshop::{
    blueprint::{Kind, Step},
    model::{AccountBadge, AccountKind, NodeState, ResourceView},
};

use crate::{
    layout::{self, Scene, SceneEdge, SceneNode},
    words::{state_key, state_words},
};

/// The whole map: wide, or tall where the screen is narrow.
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
            <div class="map-frame wide">
                {map(layout::whole(&resources, label), &resources, "arrow")}
            </div>
            <div class="map-frame tall">{map(layout::tall(&resources), &resources, "arrow-tall")}</div>
            <Legend />
        </figure>
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
    map(layout::fragment(step, &resources), &resources, "arrow")
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

/// `arrow` names the arrow's head; two maps on a page need two names, since one may be hidden.
fn map(scene: Scene, resources: &[ResourceView], arrow: &'static str) -> impl IntoView + use<> {
    let states = States(resources);
    let region = scene.region.map(|region| {
        view! {
            <path class="map-region" d=region.path />
            <text class="map-region-label" x=region.at.0 y=region.at.1>
                {region.label}
            </text>
        }
    });
    let edges = scene
        .edges
        .into_iter()
        .map(|it| edge(it, states, arrow))
        .collect_view();
    let nodes = scene
        .nodes
        .into_iter()
        .map(|it| node(it, states))
        .collect_view();
    view! {
        <svg
            class="map"
            viewBox=format!("0 0 {} {}", scene.width, scene.height)
            width=scene.width
            height=scene.height
            role="group"
            aria-label="Architecture map"
        >
            <defs>
                <marker
                    id=arrow
                    viewBox="0 0 8 8"
                    refX="7"
                    refY="4"
                    markerWidth="7"
                    markerHeight="7"
                    orient="auto"
                >
                    <path class="map-arrow" d="M0.5 0.5 7.5 4 0.5 7.5" />
                </marker>
            </defs>
            {region}
            {edges}
            {nodes}
        </svg>
    }
}

/// What is known of every resource.
#[derive(Clone, Copy)]
struct States<'a>(&'a [ResourceView]);

impl States<'_> {
    fn of(self, kind: Kind) -> NodeState {
        self.0
            .iter()
            .find(|resource| resource.kind == kind)
            .map_or(NodeState::Absent, |resource| resource.state)
    }

    /// People and the outside stand for no resource and are always there.
    fn is_right(self, kind: Option<Kind>) -> bool {
        kind.is_none_or(|kind| self.of(kind) == NodeState::Right)
    }
}

fn edge(edge: SceneEdge, states: States<'_>, arrow: &str) -> impl IntoView + use<> {
    let (from, to) = edge.ends;
    let state = if states.is_right(from) && states.is_right(to) {
        NodeState::Right
    } else {
        NodeState::Absent
    };
    let label = edge.label_at.map(|(x, y)| {
        view! {
            <text class="map-edge-label" x=x y=y>
                {edge.label}
            </text>
        }
    });
    view! {
        <g
            class="map-edge"
            data-state=state_key(state)
            data-arrow=""
            data-from=from.map(Kind::key)
            data-to=to.map(Kind::key)
        >
            <path d=edge.path marker-end=format!("url(#{arrow})") />
            {label}
        </g>
    }
}

fn node(node: SceneNode, states: States<'_>) -> impl IntoView + use<> {
    let SceneNode {
        at: (x, y),
        size: (width, height),
        ..
    } = node;
    let middle = x + width / 2;
    // Three lines of text, or two where nothing sits on the node.
    let base = y + height / 2 - if node.dots.is_empty() { 3 } else { 13 };
    let name = format!("{}, {}", node.label, node.note);
    let state = node.kind.map(|kind| states.of(kind));
    let sign = state.map(|state| {
        let (x, y) = (x + width - 6, y + 3);
        // What is not there is dashed, and its sign is not shown.
        view! {
            <g class="map-sign">
                <circle cx=x cy=y r="9" />
                <text class="sign" x=x y=y + 4>
                    {state_words(state).0}
                </text>
            </g>
        }
    });
    // People are round.
    let corner = if node.kind.is_some() { 12 } else { height / 2 };
    let inside = view! {
        <rect x=x y=y width=width height=height rx=corner />
        <text class="map-label" x=middle y=base>
            {node.label}
        </text>
        <text class="map-note" x=middle y=base + 19>
            {node.note}
        </text>
        {dots(&node.dots, middle, y + height - 19, states)}
        {sign}
    };
    let class = if node.aside {
        "map-node aside"
    } else {
        "map-node"
    };
    match (node.address, node.kind, state) {
        (Some(address), Some(kind), Some(state)) => view! {
            <a
                class=class
                href=address
                aria-label=format!("{name}: {}", state_words(state).1)
                data-kind=kind.key()
                data-name=name
                data-state=state_key(state)
            >
                {inside}
            </a>
        }
        .into_any(),
        _ => view! { <g class=format!("{class} outside")>{inside}</g> }.into_any(),
    }
}

/// The small resources that sit on a node.
fn dots(dots: &[(Kind, String)], middle: u32, y: u32, states: States<'_>) -> impl IntoView + use<> {
    const PITCH: u32 = 16;
    let count = u32::try_from(dots.len()).unwrap_or_default();
    let first = middle - count.saturating_sub(1) * PITCH / 2;
    dots.iter()
        .zip(0..)
        .map(|((kind, name), at)| {
            let state = states.of(*kind);
            view! {
                <circle
                    class="map-dot"
                    cx=first + at * PITCH
                    cy=y
                    r="4.5"
                    data-kind=kind.key()
                    data-name=name.clone()
                    data-state=state_key(state)
                >
                    <title>{format!("{name}: {}", state_words(state).1)}</title>
                </circle>
            }
        })
        .collect_view()
}
