//! What is expected of the deployment group.

use std::ops::RangeInclusive;

use super::CONFIG;
use crate::blueprint::{Expect, Setting, Variables, Verdict};

const EDIT_BALANCER: &str = "Edit the deployment group, Load balancers: production listener HTTP:80, test listener HTTP:8080, target groups {{prod_target_group}} and {{test_target_group}}.";
const EDIT_SERVICE: &str = "Edit the deployment group, Environment configuration: cluster {{cluster}}, service {{service}}.";

const LONG_WAIT: &str = "Not the workshop's 5 minutes. The deployment, and the pipeline behind it, waits that long for you.";
const ROOM_TAKEN: &str = "The original tasks keep their room that long, and the deployment does not end before. Until then, going back takes seconds.";

/// In the order in which the console's form has them.
pub(super) const SETTINGS: [Setting; 11] = [
    Setting {
        key: "role",
        label: "Service role",
        expect: Expect::Is("{{codedeploy_role_arn}}"),
        cause: "Another role was chosen. CodeDeploy would not be allowed to change the service or the listeners.",
        remedy: "Edit the deployment group and choose the service role {{codedeploy_role}}.",
    },
    Setting {
        key: "style",
        label: "Deployment type",
        expect: Expect::Is("BLUE_GREEN, WITH_TRAFFIC_CONTROL"),
        cause: "An in-place deployment replaces what runs; there would be no test address and nothing to go back to.",
        remedy: "Edit the deployment group: type blue/green, with a load balancer.",
    },
    Setting {
        key: "cluster",
        label: "ECS cluster",
        expect: Expect::Is("{{cluster}}"),
        cause: "The group deploys to another cluster.",
        remedy: EDIT_SERVICE,
    },
    Setting {
        key: "service",
        label: "ECS service",
        expect: Expect::Is("{{service}}"),
        cause: "The group deploys another service.",
        remedy: EDIT_SERVICE,
    },
    Setting {
        key: "prod_listener",
        label: "Production listener",
        expect: Expect::Is("{{prod_listener_arn}}"),
        cause: "CodeDeploy would reroute another listener than the one that visitors use. Perhaps the two were swapped.",
        remedy: EDIT_BALANCER,
    },
    Setting {
        key: "test_listener",
        label: "Test listener",
        expect: Expect::Is("{{test_listener_arn}}"),
        cause: "Without the listener on 8080 nobody can look at the replacement before it has the traffic.",
        remedy: EDIT_BALANCER,
    },
    Setting {
        key: "target_groups",
        label: "Target groups",
        expect: Expect::Rule {
            words: "{{prod_target_group}} and {{test_target_group}}",
            judge: is_pair,
        },
        cause: "Original and replacement each need one of the two groups behind the listeners.",
        remedy: EDIT_BALANCER,
    },
    Setting {
        key: "reroute",
        label: "Traffic rerouting",
        expect: Expect::Rule {
            words: "STOP_DEPLOYMENT after 5 minutes",
            judge: |found, _| after("STOP_DEPLOYMENT", found, 5..=5, 1..=60, LONG_WAIT),
        },
        cause: "“Reroute traffic immediately” (CONTINUE_DEPLOYMENT) changes production without anybody having looked: there is nothing left to reroute. With more than an hour a forgotten deployment blocks the next one.",
        remedy: "Edit the deployment group, Deployment settings: “Specify when to reroute traffic”, 0 days, 0 hours, 5 minutes.",
    },
    Setting {
        key: "config",
        label: "Deployment configuration",
        expect: Expect::Rule {
            words: CONFIG,
            judge: |found, _| match found {
                [only] if only == CONFIG => Verdict::Right,
                [only] if only.starts_with("CodeDeployDefault.ECS") => Verdict::RightBut(
                    "It shifts the traffic in parts, so that for some minutes visitors meet both versions.",
                ),
                _ => Verdict::Wrong,
            },
        },
        cause: "A configuration of somebody's own was chosen, and the workshop does not know how it shifts traffic.",
        remedy: "Edit the deployment group and choose CodeDeployDefault.ECSAllAtOnce.",
    },
    Setting {
        key: "termination",
        label: "Original revision termination",
        expect: Expect::Rule {
            words: "TERMINATE after 0 minutes",
            judge: |found, _| after("TERMINATE", found, 0..=0, 0..=60, ROOM_TAKEN),
        },
        cause: "The original tasks are kept for more than an hour, or for ever (KEEP_ALIVE). So long no other deployment finds room, or may begin.",
        remedy: "Edit the deployment group, Deployment settings, Original revision termination: 0 days, 0 hours, 0 minutes.",
    },
    Setting {
        key: "rollback",
        label: "Automatic rollback",
        expect: Expect::Rule {
            words: "DEPLOYMENT_FAILURE",
            judge: |found, _| {
                if found.iter().any(|event| event == "DEPLOYMENT_FAILURE") {
                    Verdict::Right
                } else {
                    Verdict::RightBut(
                        "A deployment that fails leaves things as they are then; somebody has to roll it back.",
                    )
                }
            },
        },
        cause: "CodeDeploy did not say when it rolls back.",
        remedy: "Edit the deployment group, Rollbacks: roll back when a deployment fails.",
    },
];

/// The two groups, in any order: a deployment swaps what they hold, not what they are.
fn is_pair(found: &[String], variables: &Variables) -> Verdict {
    let has = |name: &str| {
        variables
            .get(name)
            .is_some_and(|name| found.iter().any(|found| found == name))
    };
    if found.len() == 2 && has("prod_target_group") && has("test_target_group") {
        Verdict::Right
    } else {
        Verdict::Wrong
    }
}

/// Observed as `<action> after <minutes> minutes`; AWS's other actions wait for nothing.
fn after(
    action: &str,
    found: &[String],
    wise: RangeInclusive<u32>,
    allowed: RangeInclusive<u32>,
    warning: &'static str,
) -> Verdict {
    let minutes = match found {
        [only] => only
            .strip_prefix(action)
            .and_then(|rest| rest.strip_prefix(" after "))
            .and_then(|rest| rest.strip_suffix(" minutes"))
            .and_then(|minutes| minutes.parse().ok()),
        _ => None,
    };
    match minutes {
        Some(minutes) if wise.contains(&minutes) => Verdict::Right,
        Some(minutes) if allowed.contains(&minutes) => Verdict::RightBut(warning),
        _ => Verdict::Wrong,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pair_may_stand_in_either_order() {
        let mut variables = Variables::default();
        variables.set("prod_target_group", "prod");
        variables.set("test_target_group", "test");
        let judge = |names: &[&str]| {
            let names: Vec<_> = names.iter().map(|&name| name.to_owned()).collect();
            is_pair(&names, &variables)
        };
        assert_eq!(judge(&["test", "prod"]), Verdict::Right);
        assert_eq!(judge(&["prod", "other"]), Verdict::Wrong);
        assert_eq!(judge(&["prod", "prod"]), Verdict::Wrong);
    }

    #[test]
    fn up_to_an_hour_passes_with_a_warning() {
        let judge = |found: &str| {
            let found = [found.to_owned()];
            after("STOP_DEPLOYMENT", &found, 5..=5, 1..=60, "")
        };
        assert_eq!(judge("STOP_DEPLOYMENT after 5 minutes"), Verdict::Right);
        assert_eq!(
            judge("STOP_DEPLOYMENT after 60 minutes"),
            Verdict::RightBut("")
        );
        assert_eq!(judge("STOP_DEPLOYMENT after 61 minutes"), Verdict::Wrong);
        assert_eq!(judge("CONTINUE_DEPLOYMENT"), Verdict::Wrong);
        assert_eq!(judge("CONTINUE_DEPLOYMENT after 5 minutes"), Verdict::Wrong);
    }
}
