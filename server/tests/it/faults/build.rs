//! Faults of steps 9 and 10: the build's role and project, its buildspec, and the connection.

mod buildspec;
mod connection;
mod environment;
mod project;
mod role;

use super::fault::{Fault, try_all};
pub(super) use buildspec::LATEST_ALONE;
pub(super) use connection::NAME as CONNECTION;

pub(super) fn faults() -> Vec<Fault> {
    let lists = [
        role::faults(),
        project::faults(),
        environment::faults(),
        buildspec::faults(),
        connection::faults(),
    ];
    lists.into_iter().flatten().collect()
}

#[tokio::test]
async fn each_fault_is_named() {
    try_all(faults()).await;
}
