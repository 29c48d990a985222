//! The whole map.

use workshop::{
    blueprint::{EDGES, Edge, Kind, NODES, Node},
    model::ResourceView,
};

use super::{
    Scene, SceneEdge, SceneRegion, boxed,
    path::{Point, rounded},
    region::{Rect, outline},
};

const NODE: (u32, u32) = (200, 92);
const GAP: (u32, u32) = (112, 64);
const MARGIN: (u32, u32) = (36, 44);
const RADIUS: i32 = 16;

/// Every node where the blueprint puts it. `account` is written on the account's outline.
pub(crate) fn whole(resources: &[ResourceView], account: String) -> Scene {
    let columns = NODES.iter().map(|node| node.column).max().unwrap_or(0) + 1;
    let rows = NODES.iter().map(|node| node.row).max().unwrap_or(0) + 1;
    Scene {
        width: columns * NODE.0 + (columns - 1) * GAP.0 + 2 * MARGIN.0,
        height: rows * NODE.1 + (rows - 1) * GAP.1 + 2 * MARGIN.1,
        region: region(account),
        nodes: NODES
            .iter()
            .map(|node| boxed(node, corner(node), NODE, resources, None))
            .collect(),
        edges: EDGES.iter().filter_map(edge).collect(),
    }
}

fn corner(node: &Node) -> (u32, u32) {
    (
        MARGIN.0 + node.column * (NODE.0 + GAP.0),
        MARGIN.1 + node.row * (NODE.1 + GAP.1),
    )
}

fn rect(node: &Node) -> Rect {
    let (x, y) = corner(node);
    (
        x.cast_signed(),
        y.cast_signed(),
        (x + NODE.0).cast_signed(),
        (y + NODE.1).cast_signed(),
    )
}

/// The repository is kept by the Git host; all other resources stand in the account.
fn region(account: String) -> Option<SceneRegion> {
    let inside = |node: &&Node| node.kind.is_some_and(|kind| kind != Kind::SourceRepository);
    let mut rows: Vec<(u32, Rect)> = Vec::new();
    let mut nodes: Vec<&Node> = NODES.iter().filter(inside).collect();
    nodes.sort_by_key(|node| node.row);
    for node in nodes {
        let next = rect(node);
        match rows.last_mut() {
            Some((row, rect)) if *row == node.row => {
                *rect = (rect.0.min(next.0), rect.1, rect.2.max(next.2), rect.3);
            }
            _ => rows.push((node.row, next)),
        }
    }
    let rows: Vec<Rect> = rows.into_iter().map(|(_, rect)| rect).collect();
    let first = rows.first()?;
    let at = (
        (first.0 - 14).cast_unsigned(),
        (first.1 - 10).cast_unsigned(),
    );
    Some(SceneRegion {
        path: outline(&rows)?,
        label: account,
        at,
    })
}

fn edge(edge: &Edge) -> Option<SceneEdge> {
    let find = |id| NODES.iter().find(|node| node.id == id);
    let (from, to) = (find(edge.from)?, find(edge.to)?);
    let (points, label_at) = route(rect(from), rect(to));
    Some(SceneEdge {
        path: rounded(&points, RADIUS, false),
        label: edge.label.to_owned(),
        label_at: Some((label_at.0.cast_unsigned(), label_at.1.cast_unsigned())),
        ends: (from.kind, to.kind),
    })
}

/// Straight where the boxes share a row or a column; else out at the side, then up or down. The
/// second value is where the label's middle stands.
fn route(from: Rect, to: Rect) -> (Vec<Point>, Point) {
    const CLEAR: i32 = 5;
    let middle = |rect: Rect| (i32::midpoint(rect.0, rect.2), i32::midpoint(rect.1, rect.3));
    let (start, end) = (middle(from), middle(to));
    let rightwards = end.0 > start.0;
    let downwards = end.1 > start.1;
    let side = if rightwards {
        from.2 + CLEAR
    } else {
        from.0 - CLEAR
    };
    let into = if rightwards {
        to.0 - CLEAR
    } else {
        to.2 + CLEAR
    };
    let (below, above) = if downwards {
        (from.3 + CLEAR, to.1 - CLEAR)
    } else {
        (from.1 - CLEAR, to.3 + CLEAR)
    };
    if start.1 == end.1 {
        let y = start.1;
        (
            vec![(side, y), (into, y)],
            (i32::midpoint(side, into), y - 10),
        )
    } else if start.0 == end.0 {
        let x = start.0;
        (
            vec![(x, below), (x, above)],
            (x + 30, i32::midpoint(below, above) + 4),
        )
    } else {
        let y = start.1;
        (
            vec![(side, y), (end.0, y), (end.0, above)],
            (i32::midpoint(side, end.0), y - 10),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_stand_inside_and_apart() {
        let scene = whole(&[], "account".into());
        for (at, node) in scene.nodes.iter().enumerate() {
            assert!(node.at.0 + node.size.0 <= scene.width);
            assert!(node.at.1 + node.size.1 <= scene.height);
            for other in &scene.nodes[at + 1..] {
                assert_ne!(node.at, other.at, "{} and {}", node.label, other.label);
            }
        }
        assert_eq!(scene.edges.len(), EDGES.len());
        assert!(scene.region.is_some());
    }

    #[test]
    fn arrows_run_straight_or_turn_once() {
        let at = |column: i32, row: i32| {
            let (x, y) = (column * 300, row * 200);
            (x, y, x + 200, y + 100)
        };
        assert_eq!(route(at(0, 0), at(1, 0)).0, [(205, 50), (295, 50)]);
        assert_eq!(route(at(0, 1), at(0, 0)).0, [(100, 195), (100, 105)]);
        assert_eq!(
            route(at(1, 0), at(0, 1)).0,
            [(295, 50), (100, 50), (100, 195)]
        );
    }
}
