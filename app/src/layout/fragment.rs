//! One step's part of the map, for the narrow column beside its page.

use workshop::{
    blueprint::{EDGES, NODES, Node, Step, find},
    model::ResourceView,
};

use super::{Scene, SceneEdge, SceneNode, boxed, path::rounded};

const WIDTH: u32 = 296;
/// Of a node that has the row to itself, and of one that shares it.
const NODE_WIDTHS: (u32, u32) = (188, 136);
const NODE_HEIGHT: u32 = 58;
/// More where dots sit on the node.
const DOTTED_HEIGHT: u32 = 76;
const GAP: u32 = 40;
const MARGIN: u32 = 10;

/// The step's nodes and their neighbours, from the top down along the arrows.
pub(crate) fn fragment(step: Step, resources: &[ResourceView]) -> Scene {
    let own = |node: &Node| node.kind.is_some_and(|kind| find(kind).step == step);
    let is_own = |id: &str| NODES.iter().any(|node| node.id == id && own(node));
    // An arrow belongs to the fragment where it begins or ends at a node of the step.
    let edges: Vec<(&'static str, &'static str)> = EDGES
        .iter()
        .filter(|edge| is_own(edge.from) || is_own(edge.to))
        .map(|edge| (edge.from, edge.to))
        .collect();
    let nodes: Vec<&Node> = NODES
        .iter()
        .filter(|node| {
            own(node)
                || edges
                    .iter()
                    .any(|edge| edge.0 == node.id || edge.1 == node.id)
        })
        .collect();

    let mut placed: Vec<(&'static str, SceneNode)> = Vec::new();
    let mut y = MARGIN;
    for rank in 0.. {
        let row: Vec<&Node> = nodes
            .iter()
            .copied()
            .filter(|node| depth(node.id, &edges) == rank)
            .collect();
        if row.is_empty() {
            break;
        }
        let dotted = row.iter().any(|node| !node.dots.is_empty());
        let height = if dotted { DOTTED_HEIGHT } else { NODE_HEIGHT };
        let count = u32::try_from(row.len()).unwrap_or(1);
        let pitch = WIDTH / count;
        let width = if count == 1 {
            NODE_WIDTHS.0
        } else {
            NODE_WIDTHS.1
        };
        for (node, at) in row.into_iter().zip(0..) {
            let x = at * pitch + pitch.saturating_sub(width) / 2;
            let size = (width, height);
            placed.push((node.id, boxed(node, (x, y), size, resources, Some(step))));
        }
        y += height + GAP;
    }
    let arrows = edges
        .iter()
        .filter_map(|(from, to)| {
            let node = |id| {
                placed
                    .iter()
                    .find(|(placed, _)| placed == id)
                    .map(|(_, node)| node)
            };
            Some(arrow(node(from)?, node(to)?))
        })
        .collect();
    Scene {
        width: WIDTH,
        height: y.saturating_sub(GAP) + MARGIN,
        region: None,
        nodes: placed.into_iter().map(|(_, node)| node).collect(),
        edges: arrows,
    }
}

/// How many arrows lead here, at the most. The map has no circles; if it had, the bound would
/// end the search.
fn depth(id: &str, edges: &[(&'static str, &'static str)]) -> usize {
    fn walk(id: &str, edges: &[(&'static str, &'static str)], bound: usize) -> usize {
        if bound == 0 {
            return 0;
        }
        edges
            .iter()
            .filter(|(_, to)| *to == id)
            .map(|(from, _)| walk(from, edges, bound - 1) + 1)
            .max()
            .unwrap_or(0)
    }
    walk(id, edges, edges.len())
}

fn arrow(from: &SceneNode, to: &SceneNode) -> SceneEdge {
    let x = |node: &SceneNode| (node.at.0 + node.size.0 / 2).cast_signed();
    let top = (from.at.1 + from.size.1 + 4).cast_signed();
    let bottom = to.at.1.cast_signed() - 4;
    let points = if x(from) == x(to) {
        vec![(x(from), top), (x(to), bottom)]
    } else {
        let middle = i32::midpoint(top, bottom);
        vec![
            (x(from), top),
            (x(from), middle),
            (x(to), middle),
            (x(to), bottom),
        ]
    };
    SceneEdge {
        path: rounded(&points, 10, false),
        label: String::new(),
        label_at: None,
        ends: (from.kind, to.kind),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_has_a_fragment_with_its_own_nodes() {
        for step in Step::ALL {
            let scene = fragment(step, &[]);
            assert!(scene.nodes.iter().any(|node| !node.aside), "{step:?}");
            for node in &scene.nodes {
                assert!(node.at.0 + node.size.0 <= scene.width, "{}", node.label);
                assert!(node.at.1 + node.size.1 <= scene.height, "{}", node.label);
            }
        }
    }
}
