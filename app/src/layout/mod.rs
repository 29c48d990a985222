//! Lays the architecture map out: where every box stands and how every arrow runs.
//!
//! Layouts of the same graph: [`whole`] follows the columns and rows that the blueprint gives;
//! [`tall`] shows it, and [`fragment`] one step's nodes with their neighbours, in a narrow column,
//! top to bottom as things flow.

mod column;
mod fragment;
mod path;
mod region;
mod scene;
mod tall;
mod whole;

pub(crate) use fragment::fragment;
pub(crate) use scene::{Scene, SceneEdge, SceneNode, SceneRegion};
pub(crate) use tall::tall;
pub(crate) use whole::whole;

use workshop::{
    blueprint::{Kind, NODES, Node, Step, find},
    model::ResourceView,
};

use crate::words::step_address;

/// Whether a box is of this step: what it stands for is, or, where the step has no box, a dot on it.
fn is_of(node: &Node, step: Step) -> bool {
    let of = |kind: Kind| find(kind).step == step;
    let has_box = NODES.iter().any(|node| node.kind.is_some_and(of));
    node.kind.is_some_and(of) || (!has_box && node.dots.iter().copied().any(of))
}

/// A box with its corner and size.
fn boxed(
    node: &Node,
    at: (u32, u32),
    size: (u32, u32),
    resources: &[ResourceView],
    about: Option<Step>,
) -> SceneNode {
    let step = node.kind.map(|kind| find(kind).step);
    let dots = node
        .dots
        .iter()
        .map(|&kind| {
            let noun = find(kind).noun;
            let name = resources
                .iter()
                .find(|resource| resource.kind == kind)
                .map(|resource| resource.name.as_str());
            let what = name.map_or_else(|| noun.to_owned(), |name| format!("{noun} {name}"));
            (kind, what)
        })
        .collect();
    SceneNode {
        at,
        size,
        label: node.label.to_owned(),
        note: node.note.to_owned(),
        address: step.map(step_address),
        kind: node.kind,
        dots,
        aside: about.is_some_and(|about| !is_of(node, about)),
    }
}
