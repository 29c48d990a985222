//! The blueprint says whether a fault is missing.

use std::collections::BTreeSet;

use workshop::blueprint::{RESOURCES, Step};
use workshop::model::Outcome;

use super::account::Finished;
use super::fault::Fault;
use super::{
    absent, balancer, build, cluster, database, deploy, pipeline, registry, roles, service,
    source_code,
};

fn all() -> Vec<Fault> {
    let lists = [
        source_code::faults(),
        roles::faults(),
        database::faults(),
        registry::faults(),
        cluster::faults(),
        balancer::faults(),
        service::faults(),
        build::faults(),
        deploy::faults(),
        pipeline::faults(),
        absent::faults(),
    ];
    lists.into_iter().flatten().collect()
}

#[test]
fn no_setting_lacks_a_fault() {
    let faults = all();
    let tried: BTreeSet<_> = faults
        .iter()
        .map(|fault| (fault.kind, fault.setting))
        .collect();
    for resource in &RESOURCES {
        let settings = resource.settings.iter().map(|setting| setting.key);
        for setting in settings.chain(["exists"]) {
            assert!(
                tried.contains(&(resource.kind, setting)),
                "{:?} {setting} has no fault",
                resource.kind
            );
        }
    }
    let told: BTreeSet<_> = faults
        .iter()
        .map(|fault| (fault.kind, fault.what))
        .collect();
    assert_eq!(told.len(), faults.len(), "each fault is another");
    assert!(faults.len() >= 45, "{} faults", faults.len());
}

#[tokio::test]
async fn a_finished_account_has_no_fault() {
    let finished = Finished::make().await;
    let copy = finished.copy("copy").await;
    for (key, finding) in copy.see().await.0 {
        assert_eq!(finding.outcome, Outcome::Passed, "{key:?}: {finding:#?}");
        assert_eq!(finding.warning, None, "{key:?}: {finding:#?}");
    }
    for step in Step::ALL {
        let progress = finished
            .server
            .wired
            .store
            .progress("copy")
            .await
            .expect("the progress");
        assert!(progress.steps[&step].passed_at.is_some(), "{step:?}");
    }
}
