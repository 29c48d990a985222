//! The panel's own permissions: the least policy suffices, and each of its permissions that is
//! taken away is named.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use serde_json::{Value, json};
use server::cloud::permissions;
use server::store::Workspace;
use workshop::blueprint::Step;
use workshop::model::{Finding, Outcome};
use workshop::panel::Panel;

use crate::operations::AFTER_A_MISHAP;
use crate::walk::{Deed, Look, Walk};

/// What is read for a hint, to tell whose something is, or only while tasks start: without it every
/// row of a finished account is as it was.
const HINTS: [&str; 21] = [
    "codebuild:ListProjects",
    "codeconnections:ListTagsForResource",
    "codedeploy:ListApplications",
    "codedeploy:ListTagsForResource",
    "codepipeline:ListPipelines",
    "codepipeline:ListTagsForResource",
    "ecr:ListTagsForResource",
    "ecs:DescribeTasks",
    "ecs:ListClusters",
    "ecs:ListServices",
    "ecs:ListTaskDefinitionFamilies",
    "ecs:ListTasks",
    "elasticloadbalancing:DescribeTags",
    "iam:ListAccountAliases",
    "iam:ListInstanceProfiles",
    "iam:ListRoles",
    "logs:ListTagsForResource",
    "s3:ListAllMyBuckets",
    "s3:GetBucketTagging",
    "ssm:DescribeParameters",
    "ssm:ListTagsForResource",
];

fn policy() -> String {
    permissions::policy(permissions::Part::Whole)
}

/// Set to anything, it writes the README's policy anew.
const WRITE: &str = "GREENLIGHT_WRITE_OPERATIONS";

#[test]
fn the_readme_has_the_policy() {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    let text = std::fs::read_to_string(&file).expect("the README");
    let (before, rest) = text.split_once("```json\n").expect("the policy");
    let (shown, after) = rest.split_once("```").expect("its end");
    if std::env::var_os(WRITE).is_some() {
        let anew = format!("{before}```json\n{}```{after}", policy());
        std::fs::write(&file, anew).expect("the README");
    } else {
        assert_eq!(shown, policy(), "Set {WRITE}=1 to write it anew.");
    }
}

#[tokio::test]
async fn the_least_policy_suffices_for_everything() {
    let walk = Walk::whole(Some(&policy())).await;
    let denied = |code: &str| code.contains("AccessDenied") || code == "UnauthorizedOperation";
    for (operation, code) in &walk.refusals {
        assert!(!denied(code), "{operation:?}: {code}");
    }
    walk.pass_time();
    for look in Look::all() {
        for finding in walk.look(look).await {
            assert_eq!(finding.outcome, Outcome::Passed, "{finding:#?}");
        }
    }
}

/// A permission of the policy, and the policy without it.
struct Taken {
    action: String,
    sid: String,
    left: String,
}

impl Taken {
    /// Each permission of each statement.
    fn each() -> Vec<Self> {
        let policy: Value = serde_json::from_str(&policy()).expect("JSON");
        let statements = policy["Statement"].as_array().expect("statements");
        let mut taken = Vec::new();
        for (at, statement) in statements.iter().enumerate() {
            let actions = match &statement["Action"] {
                Value::Array(actions) => actions.clone(),
                only => vec![only.clone()],
            };
            for action in &actions {
                let others: Vec<_> = actions.iter().filter(|other| *other != action).collect();
                let mut left = policy.clone();
                if others.is_empty() {
                    let statements = left["Statement"].as_array_mut();
                    statements.expect("statements").remove(at);
                } else {
                    left["Statement"][at]["Action"] = json!(others);
                }
                taken.push(Self {
                    action: action.as_str().expect("a text").to_owned(),
                    sid: statement["Sid"].as_str().expect("a text").to_owned(),
                    left: left.to_string(),
                });
            }
        }
        taken
    }

    /// Whether an operation of the deed needs it.
    fn is_needed(&self, operations: &BTreeSet<(String, String)>) -> bool {
        let mut operations = operations.iter();
        operations.any(|(service, operation)| {
            permissions::needs(service, operation).contains(&self.action)
        })
    }

    /// The deeds that need it, in order.
    fn deeds(&self, walk: &Walk) -> Vec<Deed> {
        let needs = walk.done.iter();
        needs
            .filter(|(_, operations)| self.is_needed(operations))
            .map(|(deed, _)| *deed)
            .collect()
    }
}

/// A copy of the account with a caller who lacks the permission.
async fn without(walk: &Walk, taken: &Taken, name: &str, before: Option<Step>) -> Arc<Workspace> {
    let workspace = walk.copy(name, before).await;
    let limited = walk
        .server
        .wired
        .sandbox
        .limit(&workspace, Some(&taken.left));
    limited.await.expect("a policy");
    workspace
}

fn is_told(finding: &Finding, action: &str) -> bool {
    let has = |text: &Option<String>| text.as_deref().unwrap_or_default().contains(action);
    finding.outcome == Outcome::CouldNotTell && has(&finding.cause) && has(&finding.remedy)
}

#[tokio::test]
async fn a_permission_to_read_that_is_missing_is_named_by_a_check() {
    let walk = Walk::whole(None).await;
    let (mut silent, mut wrong) = (Vec::new(), Vec::new());
    for (number, taken) in Taken::each().iter().enumerate() {
        let deeds = taken.deeds(&walk);
        let is_asked = |deed: &Deed| matches!(deed, Deed::Look(_));
        let is_asked_before = |deed: &Deed| matches!(deed, Deed::CheckNothing(_) | Deed::Open);
        let name = format!("reads-{number}");
        let told = if deeds.iter().any(is_asked) {
            without(&walk, taken, &name, None).await;
            let mut told = false;
            // Nothing was checked here before: what is missing of one step is missing of the next.
            for look in Look::all() {
                for finding in walk.look_in(&name, look).await {
                    if finding.outcome == Outcome::Wrong {
                        wrong.push(format!("{}: {finding:?}", taken.action));
                    }
                    told |= is_told(&finding, &taken.action);
                }
            }
            told
        } else if deeds.iter().any(is_asked_before) {
            without(&walk, taken, &name, Some(Step::ALL[0])).await;
            let mut found = Vec::new();
            for look in Look::all() {
                found.extend(walk.look_in(&name, look).await);
            }
            found.iter().any(|finding| is_told(finding, &taken.action))
        } else {
            continue;
        };
        if !told {
            silent.push(taken.action.clone());
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(silent, HINTS);
}

#[tokio::test]
async fn a_permission_to_change_that_is_missing_is_named_by_the_refusal() {
    let walk = Walk::whole(None).await;
    let (mut silent, mut idle) = (Vec::new(), Vec::new());
    for (number, taken) in Taken::each().iter().enumerate() {
        let deeds = taken.deeds(&walk);
        let reads = |deed: &Deed| !matches!(deed, Deed::Create(_) | Deed::Repair(..));
        if deeds.iter().any(reads) {
            continue;
        }
        if deeds.is_empty() {
            idle.push(taken.action.clone());
        }
        let mut said = Vec::new();
        for (attempt, deed) in deeds.into_iter().enumerate() {
            let name = format!("changes-{number}-{attempt}");
            let problem = problem(&walk, taken, &name, deed).await;
            let is_told = problem.contains(&taken.action);
            said.push(format!("{deed:?}: {problem}"));
            if is_told {
                said.clear();
                break;
            }
        }
        if !said.is_empty() {
            silent.push(format!("{} of {}: {said:?}", taken.action, taken.sid));
        }
    }
    let mishaps = AFTER_A_MISHAP.map(|(service, operation)| format!("{service}:{operation}"));
    assert_eq!(idle, mishaps);
    assert!(silent.is_empty(), "{silent:#?}");
}

/// The sentence in which doing it without the permission ends; empty where it succeeds.
async fn problem(walk: &Walk, taken: &Taken, name: &str, deed: Deed) -> String {
    let problem = match deed {
        Deed::Create(step) => {
            without(walk, taken, name, Some(step)).await;
            for earlier in Step::ALL.into_iter().filter(|earlier| *earlier < step) {
                walk.look_in(name, Look::Step(earlier)).await;
            }
            walk.create(name, step).await.err()
        }
        Deed::Repair(kind, setting) => {
            without(walk, taken, name, None).await;
            for step in Step::ALL {
                walk.look_in(name, Look::Step(step)).await;
            }
            let panel = &walk.server.wired.panel;
            panel.repair(&walk.who(name), kind, setting).await.err()
        }
        _ => None,
    };
    problem.map_or(String::new(), |problem| problem.to_string())
}
