//! Faults of step 6: the balancer, its doors, and who may pass.

mod doors;
mod listeners;
mod target_groups;

use super::fault::{Fault, try_all};

pub(super) fn faults() -> Vec<Fault> {
    let lists = [
        doors::faults(),
        target_groups::faults(),
        listeners::faults(),
    ];
    lists.into_iter().flatten().collect()
}

#[tokio::test]
async fn each_fault_is_named() {
    try_all(faults()).await;
}
