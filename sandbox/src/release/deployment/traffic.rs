//! Which side is behind which target group, and where listeners send traffic.

use super::state::{Deployment, TaskSet};
use crate::context::Cx;
use crate::services::ecs::TaskSetFacts;
use crate::services::elb::traffic as elb;

/// The original, and the place for the replacement. The original must be
/// behind one of the two groups, and that behind the production listener.
pub(super) fn sides(
    cx: &mut Cx,
    deployment: &Deployment,
    primary: &TaskSetFacts,
) -> Result<(TaskSet, TaskSet), (&'static str, String)> {
    let invalid = |words: String| ("ELASTIC_LOAD_BALANCING_INVALID", words);
    let mut groups = Vec::new();
    for name in deployment.settings.target_groups() {
        let arn = elb::group_named(cx.region(), name)
            .ok_or_else(|| invalid(format!("The target group {name} does not exist.")))?;
        groups.push((name.to_owned(), arn));
    }
    let behind = |arn: &String| primary.target_groups.contains(arn);
    let at = groups.iter().position(|(_, arn)| behind(arn));
    let (Some(at), [_, _]) = (at, &groups[..]) else {
        return Err(invalid(
            "The ECS service's primary task set is not behind one of the two target groups of the \
             deployment group."
                .to_owned(),
        ));
    };
    let listener = deployment
        .settings
        .production_listener()
        .unwrap_or_default();
    let weights = elb::weights(cx.region(), listener)
        .ok_or_else(|| invalid(format!("The listener {listener} does not exist.")))?;
    let (blue, green) = (groups[at].clone(), groups[1 - at].clone());
    if !weights
        .iter()
        .any(|(group, weight)| *group == blue.1 && *weight > 0)
    {
        return Err(invalid(
            "The ELB could not be updated due to the following error: Primary taskset target group must \
             be behind listener."
                .to_owned(),
        ));
    }
    let side = |(group, group_arn): (String, String), weight| TaskSet {
        id: String::new(),
        group,
        group_arn,
        task_definition: String::new(),
        weight,
    };
    let original = TaskSet {
        id: primary.id.clone(),
        task_definition: primary.task_definition.clone(),
        ..side(blue, 100)
    };
    Ok((original, side(green, 0)))
}

/// Sends so many percent of what arrives at the listener to the replacement.
pub(super) fn send(cx: &mut Cx, deployment: &Deployment, listener: Option<&str>, green: u32) {
    if let (Some(listener), Some(blue), Some(to)) = (listener, &deployment.blue, &deployment.green)
    {
        let weights = vec![
            (blue.group_arn.clone(), 100 - green),
            (to.group_arn.clone(), green),
        ];
        elb::set_weights(cx, listener, weights);
    }
}
