//! The whole map for a phone.

use workshop::{
    blueprint::{NODES, Node},
    model::ResourceView,
};

use super::{
    Scene,
    column::{arrows, column},
};

/// Every node, from the top down along the arrows.
pub(crate) fn tall(resources: &[ResourceView]) -> Scene {
    let nodes: Vec<&Node> = NODES.iter().collect();
    let edges: Vec<_> = arrows().collect();
    column(&nodes, &edges, resources, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_node_stands_once_and_none_on_another() {
        let scene = tall(&[]);
        assert_eq!(scene.nodes.len(), NODES.len());
        for (at, node) in scene.nodes.iter().enumerate() {
            for other in &scene.nodes[at + 1..] {
                assert_ne!(node.at, other.at, "{} and {}", node.label, other.label);
            }
        }
    }
}
