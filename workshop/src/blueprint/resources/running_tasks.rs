//! The service's tasks. Nobody makes them: ECS starts them once the image is there, and what keeps
//! them from running or from being healthy shows here.

use serde_json::json;

use crate::blueprint::{
    Call, Expect, Kind, Need, Price, Resource, Setting, Step, Variables, Verdict,
};

/// How many the workshop wants.
const WANTED: u32 = 2;

/// The tasks, as ECS and the load balancer see them.
pub(super) const RESOURCE: Resource = Resource {
    kind: Kind::RunningTasks,
    step: Step::FirstImage,
    noun: "Tasks",
    name: "{{service}}",
    needs: &[
        Need {
            kind: Kind::Service,
            why: "it starts them",
        },
        Need {
            kind: Kind::FirstImage,
            why: "they run it",
        },
        Need {
            kind: Kind::ContainerInstances,
            why: "they run on these",
        },
        Need {
            kind: Kind::InstanceIngress,
            why: "the health checks come in by this rule",
        },
        Need {
            kind: Kind::DbWriter,
            why: "the application ends when it finds no database",
        },
    ],
    optional: None,
    shared_name: false,
    minutes: 2,
    price: Price::Free,
    console: "https://{{region}}.console.aws.amazon.com/ecs/v2/clusters/{{cluster}}/services/{{service}}/tasks?region={{region}}",
    fields: &[],
    settings: &[
        Setting {
            key: "desired",
            label: "Desired tasks",
            expect: Expect::Rule {
                words: "2",
                judge: judge_desired,
            },
            cause: "The service was told to keep another number of tasks. With 0 nothing runs; with more than 3 a deployment finds no room for twice as many.",
            remedy: "Update the service and set the number of desired tasks to 2.",
        },
        Setting {
            key: "image",
            label: "Image when the tasks were started",
            expect: Expect::Is("there"),
            cause: "The service was made before its image, as in the workshop's text. Its first tasks could not start, and ECS waits longer after each failure.",
            remedy: "Push the image. Then set the number of desired tasks to 0 and back to 2, so that ECS tries at once.",
        },
        Setting {
            key: "running",
            label: "Running tasks",
            expect: Expect::Rule {
                words: "all",
                judge: all_of_them,
            },
            cause: "ECS starts a task anew whenever one stops; these do not get as far as running.",
            remedy: "Put right what the row about stopped tasks names. There ECS tells why.",
        },
        Setting {
            key: "healthy",
            label: "Healthy in the target group",
            expect: Expect::Rule {
                words: "all",
                judge: all_of_them,
            },
            cause: "The balancer's health checks do not reach the tasks, or get another answer than 200. Where no task runs, there is none to check.",
            remedy: "For a time-out, open {{ecs_security_group}} to {{alb_security_group}} as in step 6. For another answer, set the health check's path to /. Unhealthy tasks are replaced by themselves.",
        },
        Setting {
            key: "stopped",
            label: "Why tasks stop or do not start",
            expect: Expect::Rule {
                words: "no reason",
                judge: |found, _| match found {
                    [] => Verdict::Right,
                    _ => Verdict::Wrong,
                },
            },
            cause: "This is what ECS tells of the last task, in plain words.",
            remedy: "Put right what the sentence names, at its step. Then set the number of desired tasks to 0 and back to 2, so that ECS tries at once.",
        },
    ],
    create: |_| Vec::new(),
    repair: |setting, _| match setting {
        "desired" => vec![desire(WANTED).settles(&["desired"])],
        "image" | "stopped" => start_anew()
            .map(|call| call.settles(&["image", "stopped"]))
            .to_vec(),
        _ => Vec::new(),
    },
    delete: Vec::new,
    yields: &[],
};

/// Ends the pause that ECS makes after failures: a new number of tasks is a new try. Under
/// CodeDeploy's controller `forceNewDeployment` is refused.
pub(super) fn start_anew() -> [Call; 2] {
    [desire(0), desire(WANTED)]
}

/// `UpdateService`.
fn desire(count: u32) -> Call {
    let params =
        json!({ "cluster": "{{cluster}}", "service": "{{service}}", "desiredCount": count });
    Call::new("ecs", "UpdateService", params)
}

fn judge_desired(found: &[String], _: &Variables) -> Verdict {
    let count = match found {
        [only] => only.parse::<u32>().ok(),
        _ => None,
    };
    match count {
        Some(WANTED) => Verdict::Right,
        Some(1) => Verdict::RightBut("One task: nobody is served while it is replaced."),
        Some(3) => Verdict::RightBut(
            "Not the workshop's number. Two instances just hold the six tasks of a deployment.",
        ),
        _ => Verdict::Wrong,
    }
}

/// Observed as `1 of 2`, and perhaps why.
fn all_of_them(found: &[String], _: &Variables) -> Verdict {
    let counts = found.first().and_then(|counts| counts.split_once(" of "));
    let counts = counts.and_then(|(some, all)| {
        let all: u32 = all.parse().ok().filter(|all| *all > 0)?;
        Some((some.parse::<u32>().ok()?, all))
    });
    match counts {
        Some((some, all)) if some >= all => Verdict::Right,
        _ => Verdict::Wrong,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_tasks_count_and_none_is_not_all() {
        let judge = |found: &[&str]| {
            let found: Vec<_> = found.iter().map(|&text| text.to_owned()).collect();
            all_of_them(&found, &Variables::default())
        };
        assert_eq!(judge(&["2 of 2"]), Verdict::Right);
        assert_eq!(judge(&["3 of 2"]), Verdict::Right, "during a deployment");
        assert_eq!(judge(&["1 of 2", "timed out"]), Verdict::Wrong);
        assert_eq!(judge(&["0 of 0"]), Verdict::Wrong);
        assert_eq!(judge(&[]), Verdict::Wrong);
    }

    #[test]
    fn the_pause_ends_at_a_new_number() {
        let counts = start_anew().map(|call| call.params["desiredCount"].clone());
        assert_eq!(counts, [0, 2]);
    }
}
