//! Faults of steps 7 and 8: the service, what the console makes beside it, its image, its tasks.

mod console;
mod image;
mod late_image;
mod made;
pub(super) mod make;
mod near;
mod tasks;

use super::account::Finished;
use super::fault::{Fault, try_all, try_each};

/// With this speed a test sees what tasks go through between their beginning and their end.
pub(super) const SLOWLY: u32 = 100;

pub(super) fn faults() -> Vec<Fault> {
    let mut faults = seen_at_once();
    faults.extend(tasks::faults());
    faults
}

fn seen_at_once() -> Vec<Fault> {
    let lists = [
        made::faults(),
        near::faults(),
        console::faults(),
        image::faults(),
    ];
    lists.into_iter().flatten().collect()
}

#[tokio::test]
async fn each_fault_is_named() {
    try_all(seen_at_once()).await;
}

#[tokio::test]
async fn each_fault_of_the_tasks_is_named() {
    let finished = Finished::make_at(SLOWLY).await;
    try_each(&finished, tasks::faults()).await;
}
