//! Whatever an account answers to a question, or does not: nothing is called wrong for it.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use workshop::model::{Finding, Outcome};

use crate::detour::{Fate, detour};
use crate::walk::{Deed, Look, Operation, Walk};

/// What may happen to a question, and what is then to be done, in the words of the remedy.
const FATES: [(Fate, &str); 5] = [
    (
        Fate::Refuse(403, "AccessDenied"),
        "Ask whoever owns the account",
    ),
    (Fate::Refuse(429, "ThrottlingException"), "Wait a minute"),
    (Fate::TimedOut, "Check the network"),
    (Fate::Unreachable, "Check the network"),
    (Fate::Garbled, "Wait a minute"),
];

/// How many workspaces are asked at a time: the SDK waits before it tries again.
const AT_A_TIME: usize = 16;

/// What is asked for a hint alone, or to tell whose something is, or is known from an earlier check:
/// without an answer every row is as it was.
const HINTS: [&str; 10] = [
    "codeconnections ListTagsForResource",
    "codedeploy ListTagsForResource",
    "codepipeline ListTagsForResource",
    "ec2 DescribeSubnets",
    "ec2 DescribeVpcs",
    "ecr ListTagsForResource",
    "elasticloadbalancing DescribeTags",
    "logs ListTagsForResource",
    "s3 GetBucketTagging",
    "ssm ListTagsForResource",
];

/// A question, by which looks it is asked, and what becomes of it.
struct Trial {
    operation: Operation,
    looks: Vec<Look>,
    fate: Fate,
    remedy: &'static str,
}

#[tokio::test]
async fn no_answer_to_any_question_makes_anything_wrong() {
    let walk = Arc::new(Walk::whole(None).await);
    let trials = Arc::new(Mutex::new(trials(&walk)));
    let silent = Arc::new(Mutex::new(BTreeSet::new()));
    let mut at_work = tokio::task::JoinSet::new();
    for worker in 0..AT_A_TIME {
        let (walk, trials, silent) = (walk.clone(), trials.clone(), silent.clone());
        at_work.spawn(async move {
            let name = format!("outage-{worker}");
            let workspace = walk.copy(&name, None).await;
            for look in Look::all() {
                walk.look_in(&name, look).await;
            }
            loop {
                let trial = trials.lock().expect("the trials").pop();
                let Some(trial) = trial else { break };
                let (asked, fate) = (trial.operation.clone(), trial.fate);
                detour(&walk.server.wired, &workspace, move |passing| {
                    if (&passing.service, &passing.operation) == (&asked.0, &asked.1) {
                        fate
                    } else {
                        Fate::Pass
                    }
                })
                .await;
                if !is_told(&walk, &name, &trial).await {
                    let (service, operation) = &trial.operation;
                    let words = format!("{service} {operation}: {fate:?}");
                    silent.lock().expect("a list").insert(words);
                }
            }
        });
    }
    while let Some(done) = at_work.join_next().await {
        done.expect("no panic");
    }
    let silent = silent.lock().expect("a list");
    let is_hint = |words: &&String| HINTS.iter().any(|hint| words.starts_with(hint));
    let silent: Vec<_> = silent.iter().filter(|words| !is_hint(words)).collect();
    assert_eq!(silent, [""; 0]);
}

/// Every question about a finished account, with every fate.
fn trials(walk: &Walk) -> Vec<Trial> {
    let questions = walk.operations(|deed| matches!(deed, Deed::Look(_)));
    assert!(questions.len() > 30, "{questions:?}");
    let asks = |look: Look, operation: &Operation| {
        let asked = walk.operations(|deed| deed == Deed::Look(look));
        asked.contains(operation)
    };
    let trials = questions.iter().flat_map(|operation| {
        let looks: Vec<_> = Look::all().filter(|look| asks(*look, operation)).collect();
        FATES.map(|(fate, remedy)| Trial {
            operation: operation.clone(),
            looks: looks.clone(),
            fate,
            remedy,
        })
    });
    // Whoever asks for the head of a bucket reads no body, which then cannot be garbled.
    trials
        .filter(|trial| trial.operation.1 != "HeadBucket" || !matches!(trial.fate, Fate::Garbled))
        .collect()
}

/// Whether a row says that it could not be told, and what to do. None may say that it is wrong.
async fn is_told(walk: &Walk, workspace: &str, trial: &Trial) -> bool {
    let mut told = false;
    for look in &trial.looks {
        for finding in walk.look_in(workspace, *look).await {
            let words = format!("{:?} {:?}: {finding:#?}", trial.operation, trial.fate);
            match finding.outcome {
                Outcome::Passed | Outcome::NotYet => {}
                Outcome::Wrong => panic!("{words}"),
                Outcome::CouldNotTell => told |= has_remedy(&finding, trial.remedy, &words),
            }
        }
    }
    told
}

fn has_remedy(finding: &Finding, wanted: &str, words: &str) -> bool {
    let cause = finding.cause.as_deref().unwrap_or_default();
    let remedy = finding.remedy.as_deref().unwrap_or_default();
    assert!(!cause.is_empty() && !remedy.is_empty(), "{words}");
    remedy.contains(wanted)
}
