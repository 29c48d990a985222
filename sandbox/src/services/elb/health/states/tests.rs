use super::*;

const SECOND: Millis = 1000;

fn check() -> HealthCheck {
    HealthCheck {
        protocol: "HTTP".to_owned(),
        port: "traffic-port".to_owned(),
        path: "/".to_owned(),
        interval: 30,
        timeout: 5,
        healthy_threshold: 5,
        unhealthy_threshold: 2,
        matcher: "200".to_owned(),
    }
}

/// A target's life as it is at `now`, where a check finds `finds`, and its turns up to then are taken.
fn at(life: &mut Life, now: Millis, finds: Check) -> String {
    let after =
        |from: Millis| move |real: Duration| from + Millis::try_from(real.as_millis()).unwrap();
    while let Some(at) = life.ends().filter(|at| *at <= now) {
        *life = life.turned(&check(), after(at)).unwrap();
    }
    if let Some(next) = life.seeing(Outlook::Checked(finds), &check(), after(now)) {
        *life = next;
    }
    let described = life.described();
    let reason = described["Reason"].as_str().unwrap_or_default();
    format!("{} {reason}", described["State"].as_str().unwrap())
        .trim()
        .to_owned()
}

#[test]
fn a_target_that_answers_is_healthy_after_one_check() {
    let mut life = Life::new();
    for (second, state) in [
        (0, "initial Elb.RegistrationInProgress"),
        (5, "initial Elb.InitialHealthChecking"),
        (34, "initial Elb.InitialHealthChecking"),
        (35, "healthy"),
        (9999, "healthy"),
    ] {
        assert_eq!(
            at(&mut life, second * SECOND, Check::Passed),
            state,
            "{second}"
        );
    }
}

#[test]
fn thresholds_count_from_the_first_check_that_finds_another_thing() {
    let mut life = Life::new();
    at(&mut life, 0, Check::TimedOut);
    for (second, finds, state) in [
        (64, Check::TimedOut, "initial Elb.InitialHealthChecking"),
        (65, Check::TimedOut, "unhealthy Target.Timeout"),
        (70, Check::Failed, "unhealthy Target.FailedHealthChecks"),
        (
            80,
            Check::Mismatch(404),
            "unhealthy Target.ResponseCodeMismatch",
        ),
        (100, Check::Passed, "unhealthy Target.FailedHealthChecks"),
        (249, Check::Passed, "unhealthy Target.FailedHealthChecks"),
        (250, Check::Passed, "healthy"),
        (300, Check::Failed, "healthy"),
        (320, Check::Passed, "healthy"),
        (340, Check::Failed, "healthy"),
        (399, Check::TimedOut, "healthy"),
        (400, Check::TimedOut, "unhealthy Target.Timeout"),
    ] {
        assert_eq!(at(&mut life, second * SECOND, finds), state, "{second}");
    }
}

#[test]
fn a_draining_target_sees_nothing_any_more() {
    let life = Life::Draining { until: 7 };
    let seen = life.seeing(Outlook::Idle(Idle::Group), &check(), |_| 0);
    assert_eq!(seen, None);
}
