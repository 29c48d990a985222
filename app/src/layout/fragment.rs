//! One step's part of the map, for the narrow column beside its page.

use workshop::{
    blueprint::{NODES, Node, Step},
    model::ResourceView,
};

use super::{
    Scene,
    column::{arrows, column},
    is_of,
};

/// The step's nodes and their neighbours, from the top down along the arrows.
pub(crate) fn fragment(step: Step, resources: &[ResourceView]) -> Scene {
    let own = |node: &Node| is_of(node, step);
    let is_own = |id: &str| NODES.iter().any(|node| node.id == id && own(node));
    // An arrow belongs to the fragment where it begins or ends at a node of the step.
    let edges: Vec<_> = arrows()
        .filter(|(from, to)| is_own(from) || is_own(to))
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
    column(&nodes, &edges, resources, Some(step))
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
