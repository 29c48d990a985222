//! Faults of step 5: the instances, the cluster, and what a task is.

mod capacity;
mod group;
mod launch_template;
mod task_definition;

use super::fault::{Fault, try_all};

pub(super) fn faults() -> Vec<Fault> {
    let lists = [
        group::faults(),
        launch_template::faults(),
        capacity::faults(),
        task_definition::faults(),
    ];
    lists.into_iter().flatten().collect()
}

#[tokio::test]
async fn each_fault_is_named() {
    try_all(faults()).await;
}
