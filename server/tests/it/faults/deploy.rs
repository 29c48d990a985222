//! Faults of step 11: the CodeDeploy application and its deployment group.

mod application;
mod group;
mod traffic;
mod waits;

use super::fault::{Fault, try_all};

pub(super) fn faults() -> Vec<Fault> {
    let lists = [
        application::faults(),
        group::faults(),
        traffic::faults(),
        waits::faults(),
    ];
    lists.into_iter().flatten().collect()
}

#[tokio::test]
async fn each_fault_is_named() {
    try_all(faults()).await;
}
