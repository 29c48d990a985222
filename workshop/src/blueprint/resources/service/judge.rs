//! The verdicts on what was found of the service.

use crate::blueprint::{Variables, Verdict};

/// Added by the observation to a target group that a deployment put there.
const BY_A_DEPLOYMENT: &str = ", by a deployment";

/// Observed as `launch type EC2` or `capacity provider NAME`.
pub(super) fn launch(found: &[String], variables: &Variables) -> Verdict {
    let provider = variables.get("capacity_provider").unwrap_or_default();
    match found {
        [only] if only == "launch type EC2" => Verdict::Right,
        [only] if only.strip_prefix("capacity provider ") == Some(provider) => Verdict::RightBut(
            "Name the same strategy in appspec.yaml, or switch the provider's managed scaling off: else it does not count the tasks of a deployment.",
        ),
        _ => Verdict::Wrong,
    }
}

/// Observed as `family:revision`.
pub(super) fn definition(found: &[String], variables: &Variables) -> Verdict {
    let [only] = found else {
        return Verdict::Wrong;
    };
    let family = only.rsplit_once(':').map(|(family, _)| family);
    if family.is_none() || family != variables.get("task_family") {
        return Verdict::Wrong;
    }
    let latest = variables
        .get("task_definition_arn")
        .and_then(|arn| arn.rsplit('/').next());
    match latest {
        Some(latest) if latest != only => Verdict::RightBut(
            "There is a later revision. The next deployment brings it; a service under CodeDeploy cannot be updated to it otherwise.",
        ),
        _ => Verdict::Right,
    }
}

/// Observed as the groups' names. Each deployment swaps the two; a service that was made with the
/// test's group is behind the wrong listener.
pub(super) fn groups(found: &[String], variables: &Variables) -> Verdict {
    let is = |name: &str, variable: &str| variables.get(variable) == Some(name);
    match found {
        [only] if is(only, "prod_target_group") => Verdict::Right,
        [only] => match only.strip_suffix(BY_A_DEPLOYMENT) {
            Some(name) if is(name, "prod_target_group") || is(name, "test_target_group") => {
                Verdict::Right
            }
            _ => Verdict::Wrong,
        },
        _ => Verdict::Wrong,
    }
}

/// Observed as `120 seconds`.
pub(super) fn grace(found: &[String], _: &Variables) -> Verdict {
    let seconds = match found {
        [only] => only
            .split(' ')
            .next()
            .and_then(|number| number.parse::<u32>().ok()),
        _ => None,
    };
    match seconds {
        Some(60..=600) => Verdict::Right,
        Some(..60) => Verdict::RightBut(
            "The application may need longer than this to start. ECS would replace its tasks before they are up, again and again.",
        ),
        _ => Verdict::Wrong,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blueprint::Names;

    fn variables() -> Variables {
        let names = Names {
            workspace: "local".into(),
            suffix: None,
        };
        names.variables()
    }

    fn found(values: &[&str]) -> Vec<String> {
        values.iter().map(|&value| value.to_owned()).collect()
    }

    #[test]
    fn the_service_has_one_target_group() {
        let judge = |values: &[&str]| groups(&found(values), &variables());
        assert_eq!(judge(&["tripmgmt-prod-tg"]), Verdict::Right);
        assert_eq!(judge(&["tripmgmt-test-tg"]), Verdict::Wrong);
        assert_eq!(
            judge(&["tripmgmt-test-tg, by a deployment"]),
            Verdict::Right
        );
        assert_eq!(
            judge(&["tripmgmt-prod-tg", "tripmgmt-test-tg"]),
            Verdict::Wrong
        );
        assert_eq!(judge(&[]), Verdict::Wrong);
    }

    #[test]
    fn an_older_revision_passes_with_a_warning() {
        let mut variables = variables();
        let judge = |value: &str, variables: &Variables| definition(&found(&[value]), variables);
        assert_eq!(
            judge("tripmgmt-demo-taskdef:1", &variables),
            Verdict::Right,
            "no later one is known"
        );
        let arn = "arn:aws:ecs:eu-west-1:123456789012:task-definition/tripmgmt-demo-taskdef:2";
        variables.set("task_definition_arn", arn);
        assert!(matches!(
            judge("tripmgmt-demo-taskdef:1", &variables),
            Verdict::RightBut(_)
        ));
        assert_eq!(judge("tripmgmt-demo-taskdef:2", &variables), Verdict::Right);
        assert_eq!(judge("other:2", &variables), Verdict::Wrong);
    }

    #[test]
    fn a_strategy_of_the_own_provider_passes_with_a_warning() {
        let judge = |value: &str| launch(&found(&[value]), &variables());
        assert_eq!(judge("launch type EC2"), Verdict::Right);
        assert!(matches!(
            judge("capacity provider tripmgmt-demo-provider"),
            Verdict::RightBut(_)
        ));
        assert_eq!(judge("capacity provider FARGATE"), Verdict::Wrong);
        assert_eq!(judge("launch type FARGATE"), Verdict::Wrong);
    }

    #[test]
    fn the_grace_period_leaves_time_to_start() {
        let judge = |value: &str| grace(&found(&[value]), &variables());
        assert_eq!(judge("120 seconds"), Verdict::Right);
        assert!(matches!(judge("0 seconds"), Verdict::RightBut(_)));
        assert_eq!(judge("1800 seconds"), Verdict::Wrong);
    }
}
