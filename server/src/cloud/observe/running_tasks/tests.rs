use super::*;
use crate::cloud::observe::service_tasks::Failure;
use aws_sdk_elasticloadbalancingv2::types::TargetHealthReasonEnum;

const NOW: i64 = 10_000_000;
const CLOCK: Clock = Clock { now: NOW, speed: 1 };
const NONE: Count = Count {
    desired: 2,
    running: 0,
    healthy: 0,
};

fn ago(seconds: i64) -> i64 {
    NOW - 1000 * seconds
}

/// Tasks that were begun, and others that failed, so many seconds ago.
fn tasks(live: &[i64], failed: &[i64]) -> Tasks {
    Tasks {
        live: live.iter().map(|&seconds| ago(seconds)).collect(),
        stopped: failed.iter().map(|&seconds| ago(seconds)).collect(),
        failures: failed
            .iter()
            .map(|&seconds| Failure::at(ago(seconds)))
            .collect(),
    }
}

#[test]
fn tasks_come_by_themselves_once_the_image_is_there() {
    let come = |pushed: Option<i64>, tasks: Tasks| {
        CLOCK.may_come(NONE, ago(3600), pushed.map(ago), &tasks)
    };
    assert!(!come(None, tasks(&[20], &[])), "without an image");
    assert!(come(Some(10), tasks(&[], &[])), "it was pushed just now");
    assert!(!come(Some(120), tasks(&[], &[])), "ECS holds back");
    assert!(come(Some(120), tasks(&[30, 30], &[])), "they are young");
    assert!(!come(Some(900), tasks(&[400], &[])), "this one is stuck");
    assert!(
        !come(Some(900), tasks(&[5, 5], &[200, 200, 60, 60])),
        "they fail again and again"
    );
    let none = Count { desired: 0, ..NONE };
    assert!(!CLOCK.may_come(none, ago(10), Some(ago(20)), &tasks(&[], &[])));
}

#[test]
fn an_image_that_came_late_is_told_from_one_that_was_tried() {
    let was =
        |pushed: Option<i64>, tasks: Tasks| image_was(NONE, ago(3600), pushed.map(ago), &tasks);
    assert_eq!(was(None, tasks(&[], &[])), "not there");
    assert!(was(Some(100), tasks(&[], &[300, 200])).starts_with("pushed since"));
    assert_eq!(was(Some(100), tasks(&[50], &[300])), "there");
    assert_eq!(was(Some(100), tasks(&[], &[50])), "there");
    assert_eq!(
        was(Some(7200), tasks(&[], &[])),
        "there",
        "before the service"
    );
}

#[test]
fn the_balancer_s_reasons_have_words() {
    let target = |reason| {
        TargetHealth::builder()
            .state(TargetHealthStateEnum::Unhealthy)
            .reason(reason)
            .build()
    };
    let timeout = target(TargetHealthReasonEnum::Timeout);
    let found = unhealthy(&[timeout.clone(), timeout]);
    assert_eq!(
        found,
        [
            "no answer, as a rule since the instances' security group does not admit the balancer (Target.Timeout)"
        ]
    );
    let mismatch = TargetHealth::builder()
        .state(TargetHealthStateEnum::Unhealthy)
        .reason(TargetHealthReasonEnum::ResponseCodeMismatch)
        .description("Health checks failed with these codes: [404]")
        .build();
    let found = unhealthy(&[mismatch]).join(", ");
    assert!(
        found.ends_with(
            "(Target.ResponseCodeMismatch, Health checks failed with these codes: [404])"
        ),
        "{found}"
    );
    let initial = target(TargetHealthReasonEnum::InitialHealthChecking);
    assert!(unhealthy(&[initial]).is_empty());
}
