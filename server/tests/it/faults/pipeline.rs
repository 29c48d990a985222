//! Faults of step 12: the artifact bucket, the role, the two files, and the pipeline itself.

mod appspec;
mod artifact_bucket;
mod build;
mod deploy;
mod role;
mod source;
mod taskdef;
mod whole;

use super::fault::{Fault, try_all};

pub(super) fn faults() -> Vec<Fault> {
    let lists = [
        artifact_bucket::faults(),
        role::faults(),
        taskdef::faults(),
        appspec::faults(),
        whole::faults(),
        source::faults(),
        build::faults(),
        deploy::faults(),
    ];
    lists.into_iter().flatten().collect()
}

#[tokio::test]
async fn each_fault_is_named() {
    try_all(faults()).await;
}
