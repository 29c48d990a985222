//! The order that the dependencies force.

use std::collections::BTreeSet;

use super::{Kind, RESOURCES, Resource, Step, find};

/// The resources of a step, in the order in which they can be made.
pub fn of_step(step: Step) -> impl Iterator<Item = &'static Resource> {
    creation_order()
        .into_iter()
        .filter(move |resource| resource.step == step)
}

/// Every resource after all that it needs; within that, in the order of the list.
pub fn creation_order() -> Vec<&'static Resource> {
    let mut done: Vec<&Resource> = Vec::with_capacity(RESOURCES.len());
    // The list is short and acyclic (a test says so), so that each pass places at least one.
    while done.len() < RESOURCES.len() {
        let placed = done.len();
        for resource in &RESOURCES {
            let is_done = |kind: Kind| done.iter().any(|other| other.kind == kind);
            if !is_done(resource.kind) && resource.needs.iter().all(|need| is_done(need.kind)) {
                done.push(resource);
            }
        }
        if done.len() == placed {
            break;
        }
    }
    done
}

/// Every resource before all that it needs.
pub fn deletion_order() -> Vec<&'static Resource> {
    creation_order().into_iter().rev().collect()
}

/// What needs `kind`, directly.
pub fn dependents(kind: Kind) -> impl Iterator<Item = &'static Resource> {
    RESOURCES
        .iter()
        .filter(move |resource| resource.needs.iter().any(|need| need.kind == kind))
}

/// Whether `kind` needs one of `others`, directly or by what it needs.
pub fn stands_on(kind: Kind, others: &BTreeSet<Kind>) -> bool {
    find(kind)
        .needs
        .iter()
        .any(|need| others.contains(&need.kind) || stands_on(need.kind, others))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_graph_is_acyclic_and_whole() {
        let order = creation_order();
        assert_eq!(order.len(), Kind::ALL.len());
        for kind in Kind::ALL {
            assert_eq!(
                order
                    .iter()
                    .filter(|resource| resource.kind == kind)
                    .count(),
                1,
                "{kind:?}"
            );
        }
    }

    #[test]
    fn what_stands_on_something_needs_it_or_what_needs_it() {
        let on = |kind| BTreeSet::from([kind]);
        assert!(stands_on(Kind::DbWriter, &on(Kind::DbCluster)));
        assert!(stands_on(Kind::DbWriter, &on(Kind::DbSecurityGroup)));
        assert!(!stands_on(Kind::DbCluster, &on(Kind::DbWriter)));
        assert!(!stands_on(Kind::DbCluster, &on(Kind::DbCluster)));
    }

    #[test]
    fn nothing_needs_a_later_step() {
        for resource in &RESOURCES {
            for need in resource.needs {
                assert!(
                    super::super::find(need.kind).step <= resource.step,
                    "{:?} needs {:?}",
                    resource.kind,
                    need.kind
                );
            }
        }
    }
}
