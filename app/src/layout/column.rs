//! Boxes in a narrow column, ranked by how many arrows lead to them.

use std::collections::BTreeMap;

use workshop::{
    blueprint::{EDGES, Node, Step},
    model::ResourceView,
};

use super::{Scene, SceneEdge, SceneNode, boxed, path::rounded};

/// As wide as a phone leaves room for.
const WIDTH: u32 = 296;
/// Of a node that has the row to itself, and of one that shares it.
const NODE_WIDTHS: (u32, u32) = (188, 142);
/// How many share a row at the most.
const ABREAST: usize = 2;
const NODE_HEIGHT: u32 = 58;
/// More where dots sit on the node.
const DOTTED_HEIGHT: u32 = 76;
const GAP: u32 = 40;
const MARGIN: u32 = 10;

/// `nodes` and the arrows among them, from the top down along the arrows. Nodes of other steps
/// than `about` step back.
pub(super) fn column(
    nodes: &[&'static Node],
    edges: &[(&'static str, &'static str)],
    resources: &[ResourceView],
    about: Option<Step>,
) -> Scene {
    let mut placed: Vec<(&'static str, SceneNode)> = Vec::new();
    let mut y = MARGIN;
    for row in rows(nodes, edges) {
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
            placed.push((node.id, boxed(node, (x, y), size, resources, about)));
        }
        y += height + GAP;
    }
    let find = |id| placed.iter().find(|(placed, _)| *placed == id);
    let arrows = edges
        .iter()
        .filter_map(|(from, to)| Some(arrow(&find(*from)?.1, &find(*to)?.1)))
        .collect();
    Scene {
        width: WIDTH,
        height: y.saturating_sub(GAP) + MARGIN,
        region: None,
        nodes: placed.into_iter().map(|(_, node)| node).collect(),
        edges: arrows,
    }
}

/// Every arrow of the map, by its ends.
pub(super) fn arrows() -> impl Iterator<Item = (&'static str, &'static str)> {
    EDGES.iter().map(|edge| (edge.from, edge.to))
}

/// The rows from the top: those to which equally many arrows lead, a few abreast.
fn rows(
    nodes: &[&'static Node],
    edges: &[(&'static str, &'static str)],
) -> Vec<Vec<&'static Node>> {
    let mut ranks: BTreeMap<usize, Vec<&Node>> = BTreeMap::new();
    for &node in nodes {
        ranks.entry(depth(node.id, edges)).or_default().push(node);
    }
    ranks
        .values()
        .flat_map(|rank| rank.chunks(ABREAST).map(<[_]>::to_vec))
        .collect()
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
        // It turns just above its end, so that it passes the rows between beside their boxes.
        let turn = bottom - i32::try_from(GAP / 2).unwrap_or_default() + 4;
        vec![
            (x(from), top),
            (x(from), turn),
            (x(to), turn),
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
