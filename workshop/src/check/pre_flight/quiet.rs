//! Whether something is being released already: a group has one deployment at a time.

use super::super::judge::Row;
use super::Sights;
use crate::blueprint::{Kind, Variables, find};
use crate::model::{Finding, Outcome, Timestamp, Traffic, UnderWay};

/// How long a deployment or an execution may be in progress before somebody has to look: `CodeDeploy`
/// gives a replacement an hour to become healthy.
const PATIENCE_MS: i64 = 60 * 60 * 1000;

/// The deployments, the executions, and the doors between the stages.
pub(super) fn rows(sights: &Sights, variables: &Variables, now: Timestamp) -> Vec<Finding> {
    let of = |kind| Row {
        resource: find(kind),
        variables,
    };
    let (group, pipeline) = (of(Kind::DeploymentGroup), of(Kind::Pipeline));
    let deployment = match &sights.surroundings.deployments {
        Ok(deployments) => deployment(&group, deployments, now),
        Err(trouble) => group.unknown("active", "Deployments under way", none(), trouble),
    };
    let mut rows = vec![deployment];
    match &sights.surroundings.pipeline {
        Ok(traffic) => {
            rows.push(execution(&pipeline, traffic, now));
            rows.push(transitions(&pipeline, traffic));
        }
        Err(trouble) => {
            rows.push(pipeline.unknown("executions", "Executions under way", none(), trouble));
        }
    }
    rows
}

fn none() -> String {
    "none".to_owned()
}

fn deployment(row: &Row<'_>, deployments: &[UnderWay], now: Timestamp) -> Finding {
    let finding = |outcome| {
        let found = told(deployments, &[], now);
        row.row("active", "Deployments under way", none(), &found, outcome)
    };
    let Some(first) = deployments.first() else {
        return finding(Outcome::Passed);
    };
    let id = &first.id;
    let stop = format!("`aws deploy stop-deployment --deployment-id {id} --auto-rollback-enabled`");
    if deployments.iter().any(|one| one.status == "Ready") {
        return Finding {
            cause: Some("It waits for somebody to reroute the traffic. Until then a new deployment of the group fails with DeploymentLimitExceededException.".to_owned()),
            remedy: Some(format!(
                "Reroute the traffic: `aws deploy continue-deployment --deployment-id {id} --deployment-wait-type READY_WAIT`. Or stop it and roll back: {stop}."
            )),
            ..finding(Outcome::Wrong)
        };
    }
    if deployments.iter().any(|one| is_stuck(one, now)) {
        return Finding {
            cause: Some("It has been in progress for more than an hour: its tasks do not start or do not become healthy. A new deployment of the group fails with DeploymentLimitExceededException.".to_owned()),
            remedy: Some(format!(
                "Look at its events and at step 8, then stop it and roll back: {stop}."
            )),
            ..finding(Outcome::Wrong)
        };
    }
    Finding {
        cause: Some("A group has one deployment at a time.".to_owned()),
        remedy: Some("Wait until it is over; it is looked at again by itself.".to_owned()),
        ..finding(Outcome::NotYet)
    }
}

fn execution(row: &Row<'_>, traffic: &Traffic, now: Timestamp) -> Finding {
    let finding = |outcome| {
        let found = told(&traffic.executions, &traffic.at, now);
        row.row(
            "executions",
            "Executions under way",
            none(),
            &found,
            outcome,
        )
    };
    let Some(first) = traffic.executions.first() else {
        return finding(Outcome::Passed);
    };
    if let Some(approval) = traffic.approvals.first() {
        return Finding {
            cause: Some(format!(
                "It waits at {approval} until somebody approves or rejects, for up to seven days; the next push waits behind it."
            )),
            remedy: Some("Open the pipeline, choose Review, and approve or reject.".to_owned()),
            ..finding(Outcome::Wrong)
        };
    }
    if traffic.executions.iter().any(|one| is_stuck(one, now)) {
        return Finding {
            cause: Some(
                "It has been in progress for more than an hour, and the next push waits behind it."
                    .to_owned(),
            ),
            remedy: Some(format!(
                "Look at the action that does not end, then stop the execution: `aws codepipeline stop-pipeline-execution --pipeline-name {} --pipeline-execution-id {} --abandon`.",
                row.variables.fill_loosely(row.resource.name),
                first.id
            )),
            ..finding(Outcome::Wrong)
        };
    }
    Finding {
        cause: Some("A push that comes now waits behind it, or overtakes it.".to_owned()),
        remedy: Some("Wait until it is over; it is looked at again by itself.".to_owned()),
        ..finding(Outcome::NotYet)
    }
}

fn transitions(row: &Row<'_>, traffic: &Traffic) -> Finding {
    let finding = |found: &str, outcome| {
        row.row(
            "transitions",
            "Transitions between the stages",
            "all open".to_owned(),
            found,
            outcome,
        )
    };
    let Some(stage) = traffic.closed.first() else {
        return finding("all open", Outcome::Passed);
    };
    let found = format!("closed into {}", traffic.closed.join(", "));
    let shut = finding(&found, Outcome::Wrong);
    Finding {
        cause: Some(format!(
            "Somebody disabled the transition: every push would stop before {stage}."
        )),
        remedy: Some(format!(
            "Enable it: `aws codepipeline enable-stage-transition --pipeline-name {} --stage-name {stage} --transition-type Inbound`.",
            shut.name
        )),
        ..shut
    }
}

fn is_stuck(one: &UnderWay, now: Timestamp) -> bool {
    one.begun.is_some_and(|begun| now.0 - begun.0 > PATIENCE_MS)
}

/// `d-0123 InProgress, begun 4 min ago`.
fn told(all: &[UnderWay], at: &[String], now: Timestamp) -> String {
    if all.is_empty() {
        return none();
    }
    let one = |one: &UnderWay| {
        let begun = one.begun.map(|begun| format!(", begun {}", begun.ago(now)));
        format!("{} {}{}", one.id, one.status, begun.unwrap_or_default())
    };
    let mut words = all.iter().map(one).collect::<Vec<_>>().join("; ");
    if !at.is_empty() {
        words.push_str(", at ");
        words.push_str(&at.join(", "));
    }
    words
}
