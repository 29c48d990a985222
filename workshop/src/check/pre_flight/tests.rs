use super::*;
use crate::blueprint::Names;
use crate::model::{
    Facts, Instance, Outcome, Resources, Surroundings, TaskCount, Traffic, Trouble, UnderWay,
};

const NOW: Timestamp = Timestamp(10_000_000);

/// Two machines of the workshop's size with a task each, and nothing under way.
fn surroundings() -> Surroundings {
    let instance = |id: &str| Instance {
        id: id.to_owned(),
        whole: Resources {
            cpu: 2048,
            memory: 1913,
        },
        left: Resources {
            cpu: 1792,
            memory: 1413,
        },
        ports_taken: vec![22, 32768],
    };
    Surroundings {
        instances: Ok(vec![instance("i-1"), instance("i-2")]),
        tasks: Ok(Some(TaskCount {
            desired: 2,
            placed: 2,
        })),
        deployments: Ok(Vec::new()),
        pipeline: Ok(Traffic::default()),
    }
}

fn sights(surroundings: Surroundings) -> Sights {
    let files = Facts::new("")
        .with("cpu", "256")
        .with("memory", "500")
        .with("ports", "tcp 8080, any host port");
    let group = Facts::new("").with("desired", "2").with("max", "4");
    let provider = Facts::new("")
        .with("group", "asg")
        .with("scaling", "DISABLED");
    Sights {
        resources: BTreeMap::from([
            (Kind::DeployFiles, Observation::Present(files)),
            (Kind::AutoScalingGroup, Observation::Present(group)),
            (Kind::CapacityProvider, Observation::Present(provider)),
        ]),
        surroundings,
    }
}

fn set(sights: &mut Sights, kind: Kind, key: &str, value: &str) {
    if let Some(Observation::Present(facts)) = sights.resources.get_mut(&kind) {
        *facts = facts.clone().with(key, value);
    }
}

fn variables() -> Variables {
    Names {
        workspace: "local".to_owned(),
        suffix: None,
    }
    .variables()
}

fn row(sights: &Sights, item: PreFlightItem, setting: &str) -> Finding {
    let found = pre_flight(sights, &variables(), NOW);
    let report = found.items.into_iter().find(|report| report.item == item);
    let mut rows = report.unwrap().findings.into_iter();
    rows.find(|row| row.setting == setting).unwrap()
}

fn room(sights: &Sights) -> Finding {
    row(sights, PreFlightItem::Capacity, "room")
}

#[test]
fn every_item_is_told_of_once_and_has_evidence() {
    let found = pre_flight(&sights(surroundings()), &variables(), NOW);
    let items: Vec<_> = found.items.iter().map(|report| report.item).collect();
    assert_eq!(items, PreFlightItem::ALL);
    for report in &found.items {
        assert!(report.evidence.ends_with('.'), "{report:#?}");
        assert!(!report.evidence.contains("{{"), "{report:#?}");
    }
    assert_eq!(
        found.items[0].evidence,
        "2 × 2 tasks of 256 CPU units and 500 MiB; 2 placed, 2 missing, room for 4 on 2 instances. The group may grow from 2 to 4; managed scaling is off."
    );
}

#[test]
fn room_is_counted_by_cpu_and_by_memory_on_each_instance() {
    let mut seen = sights(surroundings());
    assert_eq!(room(&seen).outcome, Outcome::Passed);
    assert_eq!(room(&seen).found, "room for 4 more (i-1 2, i-2 2)");

    // 990 MiB in all would do for one task, but not on either of the two.
    set(&mut seen, Kind::DeployFiles, "memory", "900");
    assert_eq!(room(&seen).found, "room for 2 more (i-1 1, i-2 1)");
    set(&mut seen, Kind::DeployFiles, "cpu", "1793");
    let short = room(&seen);
    assert_eq!(short.outcome, Outcome::Wrong);
    assert_eq!(short.found, "room for 0 more (i-1 0, i-2 0)");
}

#[test]
fn the_remedy_counts_the_instances_that_are_missing() {
    let mut seen = sights(surroundings());
    set(&mut seen, Kind::DeployFiles, "memory", "1500");
    let remedy = |seen: &Sights| room(seen).remedy.unwrap();
    assert!(
        remedy(&seen).contains("asg from 2 to 4"),
        "{}",
        remedy(&seen)
    );
    set(&mut seen, Kind::AutoScalingGroup, "max", "3");
    assert!(remedy(&seen).contains("--max-size 4"), "{}", remedy(&seen));
    set(&mut seen, Kind::DeployFiles, "memory", "1914");
    assert!(remedy(&seen).contains("Lower cpu and memory"));
}

#[test]
fn a_fixed_host_port_fits_once_on_an_instance() {
    let mut seen = sights(surroundings());
    set(
        &mut seen,
        Kind::DeployFiles,
        "ports",
        "tcp 8080, host port 8080",
    );
    assert_eq!(room(&seen).found, "room for 2 more (i-1 1, i-2 1)");
    if let Ok(instances) = &mut seen.surroundings.instances {
        instances[0].ports_taken.push(8080);
    }
    let short = room(&seen);
    assert_eq!(short.found, "room for 1 more (i-1 0, i-2 1)");
    assert!(short.cause.unwrap().contains("fixed host port"));
}

#[test]
fn managed_scaling_helps_only_tasks_that_name_the_provider() {
    let mut seen = sights(surroundings());
    set(&mut seen, Kind::DeployFiles, "memory", "1500");
    set(&mut seen, Kind::CapacityProvider, "scaling", "ENABLED");
    let passed_by = room(&seen);
    assert_eq!(passed_by.outcome, Outcome::Wrong);
    assert!(
        passed_by
            .cause
            .unwrap()
            .contains("names the capacity provider")
    );
    set(&mut seen, Kind::DeployFiles, "appspec_provider", "tripmgmt");
    let grows = room(&seen);
    assert_eq!(grows.outcome, Outcome::Passed);
    assert!(grows.warning.unwrap().contains("2 instances"));
    set(&mut seen, Kind::AutoScalingGroup, "max", "3");
    assert_eq!(room(&seen).outcome, Outcome::Wrong);
}

#[test]
fn instances_that_are_on_their_way_are_waited_for() {
    let mut seen = sights(surroundings());
    set(&mut seen, Kind::DeployFiles, "memory", "1500");
    set(&mut seen, Kind::AutoScalingGroup, "desired", "4");
    assert_eq!(room(&seen).outcome, Outcome::NotYet);
}

#[test]
fn a_replacement_that_is_placed_already_needs_no_more_room() {
    let mut seen = sights(surroundings());
    set(&mut seen, Kind::DeployFiles, "memory", "1500");
    seen.surroundings.tasks = Ok(Some(TaskCount {
        desired: 2,
        placed: 4,
    }));
    assert_eq!(room(&seen).outcome, Outcome::Passed);
}

#[test]
fn latest_has_to_be_pushed_again() {
    let mut seen = sights(surroundings());
    let repository = Facts::new("").with("mutability", "IMMUTABLE");
    let repository = Observation::Present(repository);
    seen.resources.insert(Kind::ImageRepository, repository);
    let rows = |seen: &Sights| image::rows(seen, &variables());
    set(&mut seen, Kind::DeployFiles, "image", "<IMAGE1_NAME>");
    assert_eq!(rows(&seen), []);
    set(&mut seen, Kind::DeployFiles, "image", "a.example/b:latest");
    let refused = rows(&seen).remove(0);
    assert_eq!(refused.outcome, Outcome::Wrong);
    assert!(refused.fixable, "the tags can be made to move");
    set(&mut seen, Kind::ImageRepository, "mutability", "MUTABLE");
    assert_eq!(rows(&seen)[0].outcome, Outcome::Passed);
}

fn under_way(status: &str, minutes: i64) -> UnderWay {
    UnderWay {
        id: "d-1".to_owned(),
        status: status.to_owned(),
        begun: Some(Timestamp(NOW.0 - minutes * 60_000)),
    }
}

#[test]
fn a_deployment_is_waited_for_unless_it_waits_for_somebody() {
    let active = |one| {
        let mut seen = sights(surroundings());
        seen.surroundings.deployments = Ok(vec![one]);
        row(&seen, PreFlightItem::Quiet, "active")
    };
    let goes_on = active(under_way("InProgress", 4));
    assert_eq!(goes_on.outcome, Outcome::NotYet);
    assert_eq!(goes_on.found, "d-1 InProgress, begun 4 min ago");
    let ready = active(under_way("Ready", 4));
    assert_eq!(ready.outcome, Outcome::Wrong);
    assert!(
        ready
            .remedy
            .unwrap()
            .contains("continue-deployment --deployment-id d-1")
    );
    let stuck = active(under_way("InProgress", 61));
    assert_eq!(stuck.outcome, Outcome::Wrong);
    assert!(
        stuck
            .remedy
            .unwrap()
            .contains("stop-deployment --deployment-id d-1")
    );
}

#[test]
fn an_approval_and_a_closed_transition_are_named() {
    let mut seen = sights(surroundings());
    let traffic = Traffic {
        executions: vec![under_way("InProgress", 1)],
        at: vec!["Approve/Approve".to_owned()],
        approvals: Vec::new(),
        closed: vec!["Deploy".to_owned()],
    };
    seen.surroundings.pipeline = Ok(traffic.clone());
    let goes_on = row(&seen, PreFlightItem::Quiet, "executions");
    assert_eq!(goes_on.outcome, Outcome::NotYet);
    assert!(goes_on.found.ends_with(", at Approve/Approve"));
    let closed = row(&seen, PreFlightItem::Quiet, "transitions");
    assert_eq!(closed.found, "closed into Deploy");
    assert!(closed.remedy.unwrap().contains("--stage-name Deploy"));
    seen.surroundings.pipeline = Ok(Traffic {
        approvals: traffic.at.clone(),
        ..traffic
    });
    let waits = row(&seen, PreFlightItem::Quiet, "executions");
    assert_eq!(waits.outcome, Outcome::Wrong);
    assert!(waits.cause.unwrap().contains("Approve/Approve"));
}

#[test]
fn what_could_not_be_looked_at_is_never_wrong() {
    let trouble = Trouble {
        sentence: "It was denied.".to_owned(),
        remedy: "Ask for it.".to_owned(),
    };
    let seen = Sights {
        resources: kinds()
            .map(|kind| (kind, Observation::Unknown(trouble.clone())))
            .collect(),
        surroundings: Surroundings {
            instances: Err(trouble.clone()),
            tasks: Err(trouble.clone()),
            deployments: Err(trouble.clone()),
            pipeline: Err(trouble),
        },
    };
    for report in pre_flight(&seen, &variables(), NOW).items {
        assert_eq!(report.outcome(), Outcome::CouldNotTell, "{report:#?}");
        for row in report.findings {
            assert_eq!(row.outcome, Outcome::CouldNotTell, "{row:#?}");
        }
    }
}

#[test]
fn every_row_of_the_pipeline_and_of_what_it_uses_has_its_item() {
    for (kind, setting, item) in [
        (Kind::Pipeline, "connection", PreFlightItem::Connection),
        (Kind::Pipeline, "image_design", PreFlightItem::Files),
        (Kind::Pipeline, "role", PreFlightItem::Roles),
        (Kind::BuildProject, "privileged", PreFlightItem::Files),
        (
            Kind::DeploymentGroup,
            "reroute",
            PreFlightItem::TargetGroups,
        ),
        (Kind::InstanceIngress, "ingress", PreFlightItem::Ports),
    ] {
        assert_eq!(
            items::item_of(kind, setting),
            Some(item),
            "{kind:?} {setting}"
        );
    }
}
