//! The architecture map: where everything sits, coloured by what was seen.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use workshop::{
    blueprint::Kind,
    model::{NodeState, ResourceView},
};

use super::hub;
use crate::words::{state_key, state_words};

/// A map, laid out. Lengths are in the map's own units, which are CSS pixels at full size.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scene {
    /// The width of the whole.
    pub width: u32,
    /// The height of the whole.
    pub height: u32,
    /// What stands inside the account.
    pub region: Option<SceneRegion>,
    /// The boxes.
    pub nodes: Vec<SceneNode>,
    /// The arrows.
    pub edges: Vec<SceneEdge>,
}

/// The outline of the account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SceneRegion {
    /// An SVG path.
    pub path: String,
    /// Whose account it is.
    pub label: String,
    /// Where the label begins.
    pub at: (u32, u32),
}

/// A box.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SceneNode {
    /// The upper left corner.
    pub at: (u32, u32),
    /// Width and height.
    pub size: (u32, u32),
    /// What it is called.
    pub label: String,
    /// The second line.
    pub note: String,
    /// Where it leads.
    pub address: Option<String>,
    /// Its resource.
    pub kind: Option<Kind>,
    /// The small resources that sit on it, each with what it is.
    pub dots: Vec<(Kind, String)>,
    /// Whether it belongs to something else than what the map is about.
    pub aside: bool,
}

/// An arrow.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SceneEdge {
    /// An SVG path.
    pub path: String,
    /// What travels.
    pub label: String,
    /// Where the label's middle stands, if there is room for it.
    pub label_at: Option<(u32, u32)>,
    /// The resources at its ends.
    pub ends: (Option<Kind>, Option<Kind>),
}

/// The map, live.
#[island]
pub fn LiveMap(
    /// Where everything sits.
    scene: Scene,
    /// The state of every resource, as the page was made.
    resources: Vec<ResourceView>,
) -> impl IntoView {
    let (resources, set_resources) = signal(resources);
    // Only what changes before one's eyes pulses, not what was so from the start.
    let (is_live, set_live) = signal(false);
    hub::listen("resources", move |seen: Vec<ResourceView>| {
        set_live.set(true);
        set_resources.set(seen);
    });
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
        .map(|it| edge(it, states))
        .collect_view();
    let nodes = scene
        .nodes
        .into_iter()
        .map(|it| node(it, states))
        .collect_view();
    view! {
        <svg
            class="map"
            class:live=is_live
            viewBox=format!("0 0 {} {}", scene.width, scene.height)
            width=scene.width
            height=scene.height
            role="group"
            aria-label="Architecture map"
        >
            <defs>
                <marker
                    id="arrow"
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
struct States(ReadSignal<Vec<ResourceView>>);

impl States {
    fn of(self, kind: Kind) -> NodeState {
        self.0
            .read()
            .iter()
            .find(|resource| resource.kind == kind)
            .map_or(NodeState::Absent, |resource| resource.state)
    }

    /// What stands for no resource, the people and the outside, is always there.
    fn of_node(self, kind: Option<Kind>) -> NodeState {
        kind.map_or(NodeState::Right, |kind| self.of(kind))
    }
}

fn edge(edge: SceneEdge, states: States) -> impl IntoView {
    let (from, to) = edge.ends;
    let state = move || {
        let stands = [from, to]
            .into_iter()
            .all(|end| states.of_node(end) == NodeState::Right);
        if stands { "right" } else { "absent" }
    };
    let label = edge.label_at.map(|(x, y)| {
        view! {
            <text class="map-edge-label" x=x y=y>
                {edge.label}
            </text>
        }
    });
    view! {
        <g class="map-edge" data-state=state>
            <path d=edge.path marker-end="url(#arrow)" />
            {label}
        </g>
    }
}

fn node(node: SceneNode, states: States) -> impl IntoView {
    let SceneNode {
        at: (x, y),
        size: (width, height),
        label,
        note,
        ..
    } = node;
    let kind = node.kind;
    let state = move || states.of_node(kind);
    // Three lines of text, or two where nothing sits on the node.
    let base = y + height / 2 - if node.dots.is_empty() { 3 } else { 13 };
    let middle = x + width / 2;
    // People are round.
    let corner = if kind.is_some() { 12 } else { height / 2 };
    // What is not there is dashed and has no sign.
    let sign = kind.map(|_| {
        let (x, y) = (x + width - 6, y + 3);
        view! {
            <g class="map-sign">
                <circle cx=x cy=y r="9" />
                <text x=x y=y + 4>
                    {move || state_words(state()).0}
                </text>
            </g>
        }
    });
    let dots = dots(&node.dots, middle, y + height - 19, states);
    let name = format!("{label}, {note}");
    let described = move || format!("{name}: {}", state_words(state()).1);
    let inside = view! {
        <rect x=x y=y width=width height=height rx=corner />
        <text class="map-label" x=middle y=base>
            {label}
        </text>
        <text class="map-note" x=middle y=base + 19>
            {note}
        </text>
        {dots}
        {sign}
    };
    let class = if node.aside {
        "map-node aside"
    } else {
        "map-node"
    };
    match node.address {
        Some(address) => view! {
            <a
                class=class
                href=address
                aria-label=described
                data-state=move || state_key(state())
            >
                {inside}
            </a>
        }
        .into_any(),
        None => view! {
            <g class=class data-state="outside">
                {inside}
            </g>
        }
        .into_any(),
    }
}

fn dots(dots: &[(Kind, String)], middle: u32, y: u32, states: States) -> impl IntoView + use<> {
    const PITCH: u32 = 16;
    let count = u32::try_from(dots.len()).unwrap_or_default();
    let first = middle - count.saturating_sub(1) * PITCH / 2;
    dots.iter()
        .zip(0..)
        .map(|((kind, what), at)| {
            let (kind, what) = (*kind, what.clone());
            view! {
                <circle
                    class="map-dot"
                    cx=first + at * PITCH
                    cy=y
                    r="4.5"
                    data-state=move || state_key(states.of(kind))
                >
                    <title>{move || format!("{what}: {}", state_words(states.of(kind)).1)}</title>
                </circle>
            }
        })
        .collect_view()
}
