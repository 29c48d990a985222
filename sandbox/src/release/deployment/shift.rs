//! Production traffic, shifted: at once or in parts.

use super::due::{Due, plan};
use super::end::fail;
use super::ready::SWITCH;
use super::state::{Deployment, Phase, get, with};
use super::terminate;
use super::traffic;
use crate::clock::Millis;
use crate::context::Cx;
use crate::services::codedeploy::{Routing, RoutingKind};
use crate::services::ecs;

/// Shifts the next part; with all of it shifted the replacement is the primary one.
pub(super) fn shift(cx: &mut Cx, deployment: &Deployment, shifted: u32) {
    if shifted >= 100 {
        return finish(cx, deployment);
    }
    let id = &deployment.id;
    let share = next(&deployment.routing, shifted);
    traffic::send(
        cx,
        deployment,
        deployment.settings.production_listener(),
        share,
    );
    with(cx, id, |deployment| {
        deployment.phase = Phase::Shifting { shifted: share };
        if let (Some(blue), Some(green)) = (&mut deployment.blue, &mut deployment.green) {
            (blue.weight, green.weight) = (100 - share, share);
        }
    });
    // The last part takes what a listener takes; between parts the intervals are as they were set.
    let at = match interval(&deployment.routing) {
        Some(minutes) if share < 100 => cx.now + Millis::from(minutes) * 60_000,
        _ => cx.after(SWITCH),
    };
    plan(cx, at, Due::Shift(id.clone()));
}

/// How many percent the next part brings it to.
fn next(routing: &Routing, shifted: u32) -> u32 {
    match (
        routing.kind,
        &routing.time_based_canary,
        &routing.time_based_linear,
    ) {
        (RoutingKind::TimeBasedCanary, Some(canary), _) if shifted == 0 => canary.canary_percentage,
        (RoutingKind::TimeBasedLinear, _, Some(linear)) => {
            100.min(shifted + linear.linear_percentage)
        }
        _ => 100,
    }
}

/// The minutes between parts.
fn interval(routing: &Routing) -> Option<u32> {
    let canary = routing.time_based_canary.as_ref();
    let linear = routing.time_based_linear.as_ref();
    canary
        .map(|canary| canary.canary_interval)
        .or(linear.map(|linear| linear.linear_interval))
}

fn finish(cx: &mut Cx, deployment: &Deployment) {
    let (id, now) = (&deployment.id, cx.now);
    let (cluster, service) = deployment.service();
    let green = deployment.green.as_ref().map_or("", |green| &green.id);
    if let Err(fault) = ecs::make_primary(cx, cluster, service, green) {
        let words = format!(
            "The ECS service cannot be updated due to an unexpected error: {}",
            fault.message
        );
        return fail(cx, id, "ECS_UPDATE_ERROR", words);
    }
    with(cx, id, |deployment| {
        deployment.pass("AllowTraffic", now);
        deployment.pass("AfterAllowTraffic", now);
    });
    if let Some(deployment) = get(cx, id) {
        terminate::wait(cx, &deployment);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services::codedeploy::{Canary, Linear};

    fn steps(kind: RoutingKind, canary: Option<u32>, linear: Option<u32>) -> Vec<u32> {
        let routing = Routing {
            kind,
            time_based_canary: canary.map(|percentage| Canary {
                canary_percentage: percentage,
                canary_interval: 5,
            }),
            time_based_linear: linear.map(|percentage| Linear {
                linear_percentage: percentage,
                linear_interval: 1,
            }),
        };
        let mut steps = vec![next(&routing, 0)];
        while let Some(last) = steps.last().filter(|share| **share < 100) {
            steps.push(next(&routing, *last));
        }
        steps
    }

    #[test]
    fn all_at_once_in_two_parts_or_in_many() {
        assert_eq!(steps(RoutingKind::AllAtOnce, None, None), [100]);
        assert_eq!(
            steps(RoutingKind::TimeBasedCanary, Some(10), None),
            [10, 100]
        );
        assert_eq!(
            steps(RoutingKind::TimeBasedLinear, None, Some(40)),
            [40, 80, 100]
        );
    }
}
