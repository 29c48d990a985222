//! What could not be looked at is never the attendee's fault.

use aws_sdk_ssm::types::ParameterType;
use workshop::blueprint::Kind::{
    ArtifactBucket, AutoScalingGroup, BuildProject, CapacityProvider, CodeDeployRole, Connection,
    ContainerInstances, DbCluster, DbPassword, DbReader, DbSecurityGroup, DbWriter,
    DeployApplication, DeploymentGroup, ExecutionRole, FirstImage, ImageRepository,
    InstanceProfile, InstanceRole, LaunchTemplate, LogGroup, Pipeline, PipelineRole,
    ProdTargetGroup, RunningTasks, Service, TaskDefinition, TestTargetGroup,
};
use workshop::blueprint::{Kind, Step, find};
use workshop::model::{Finding, Outcome};

use super::account::Finished;
use crate::detour::{Fate, detour};

const DENIED: Fate = Fate::Refuse(403, "AccessDenied");
const THROTTLED: Fate = Fate::Refuse(429, "ThrottlingException");

/// One operation gets a fate; the rows that then could not be told, and the words of the first.
async fn suffers(
    finished: &Finished,
    name: &str,
    operation: &'static str,
    fate: Fate,
    rows: &[(Kind, &str)],
    [sentence, remedy]: [&str; 2],
) {
    let hand = finished.copy(name).await;
    let steps: Vec<Step> = rows.iter().map(|(kind, _)| find(*kind).step).collect();
    // Later steps are compared with what earlier ones yielded; the first four with nothing.
    if steps.iter().all(|step| *step > Step::Registry) {
        hand.see().await;
    }
    detour(&hand.wired, &hand.workspace, move |passing| {
        if passing.operation == operation {
            fate
        } else {
            Fate::Pass
        }
    })
    .await;
    let seen = hand.see_of(&steps).await;
    for finding in seen.0.values() {
        let suffers = rows.contains(&(finding.kind, finding.setting.as_str()));
        let expected = if suffers {
            Outcome::CouldNotTell
        } else {
            Outcome::Passed
        };
        assert_eq!(
            finding.outcome, expected,
            "{operation} {fate:?}: {finding:#?}"
        );
    }
    for (kind, setting) in rows {
        told(seen.of(*kind, setting), sentence, remedy);
    }
}

fn told(finding: &Finding, sentence: &str, remedy: &str) {
    assert_eq!(finding.found, "could not be looked at", "{finding:#?}");
    let has =
        |text: &Option<String>, part: &str| text.as_deref().unwrap_or_default().contains(part);
    assert!(has(&finding.cause, sentence), "{sentence}: {finding:#?}");
    assert!(has(&finding.remedy, remedy), "{remedy}: {finding:#?}");
    assert!(!finding.fixable, "{finding:#?}");
}

/// The operation by which each resource is looked at first, as a policy's action names it.
const LOOKS: [(&str, &str, &[Kind]); 23] = [
    (
        "iam",
        "GetRole",
        &[ExecutionRole, InstanceRole, CodeDeployRole],
    ),
    ("iam", "GetInstanceProfile", &[InstanceProfile]),
    ("logs", "DescribeLogGroups", &[LogGroup]),
    ("ssm", "GetParameter", &[DbPassword]),
    ("rds", "DescribeDBClusters", &[DbCluster]),
    ("rds", "DescribeDBInstances", &[DbWriter, DbReader]),
    ("ecr", "DescribeRepositories", &[ImageRepository]),
    ("ec2", "DescribeVpcs", &[DbSecurityGroup]),
    ("ec2", "DescribeLaunchTemplates", &[LaunchTemplate]),
    (
        "autoscaling",
        "DescribeAutoScalingGroups",
        &[AutoScalingGroup],
    ),
    ("ecs", "DescribeCapacityProviders", &[CapacityProvider]),
    ("ecs", "ListContainerInstances", &[ContainerInstances]),
    ("ecs", "DescribeTaskDefinition", &[TaskDefinition]),
    (
        "elasticloadbalancing",
        "DescribeTargetGroups",
        &[ProdTargetGroup, TestTargetGroup],
    ),
    ("ecs", "DescribeServices", &[Service, RunningTasks]),
    ("ecr", "DescribeImages", &[FirstImage]),
    (
        "elasticloadbalancing",
        "DescribeTargetHealth",
        &[RunningTasks],
    ),
    ("codebuild", "BatchGetProjects", &[BuildProject]),
    ("codeconnections", "ListConnections", &[Connection]),
    ("codedeploy", "GetApplication", &[DeployApplication]),
    ("codedeploy", "GetDeploymentGroup", &[DeploymentGroup]),
    ("s3", "HeadBucket", &[ArtifactBucket]),
    ("codepipeline", "GetPipeline", &[Pipeline]),
];

/// The permission for an operation; S3 calls some of them otherwise.
fn action(service: &str, operation: &str) -> String {
    let name = match operation {
        "HeadBucket" => "ListBucket",
        other => other,
    };
    format!("{service}:{name}")
}

#[tokio::test]
async fn a_missing_permission_is_named() {
    let finished = Finished::make().await;
    for (service, operation, kinds) in LOOKS {
        let rows: Vec<_> = kinds.iter().map(|kind| (*kind, "exists")).collect();
        let words = [
            &*format!("{} was denied", action(service, operation)),
            "Ask whoever owns the account for",
        ];
        suffers(
            &finished,
            &format!("denied-{operation}").to_lowercase(),
            operation,
            DENIED,
            &rows,
            words,
        )
        .await;
    }
}

#[tokio::test]
async fn no_answer_is_told_from_a_refusal() {
    let finished = Finished::make().await;
    for (service, operation, kinds) in LOOKS {
        let rows: Vec<_> = kinds.iter().map(|kind| (*kind, "exists")).collect();
        let words = [
            &*format!("AWS did not answer {}", action(service, operation)),
            "Check the network",
        ];
        let name = format!("away-{operation}").to_lowercase();
        suffers(&finished, &name, operation, Fate::Unreachable, &rows, words).await;
    }
}

#[tokio::test]
async fn throttling_is_told_and_so_is_a_failure_of_aws() {
    let finished = Finished::make().await;
    let rows = [(ImageRepository, "exists")];
    let words = ["ecr:DescribeRepositories was throttled", "Wait a minute"];
    suffers(
        &finished,
        "throttled",
        "DescribeRepositories",
        THROTTLED,
        &rows,
        words,
    )
    .await;
    let failed = Fate::Refuse(500, "ServerException");
    let words = [
        "AWS failed to do ecr:DescribeRepositories",
        "The fault is not yours",
    ];
    suffers(
        &finished,
        "failed",
        "DescribeRepositories",
        failed,
        &rows,
        words,
    )
    .await;
}

#[tokio::test]
async fn a_part_that_may_not_be_looked_at_leaves_the_rest() {
    let finished = Finished::make().await;
    let rows = [
        (ExecutionRole, "policies"),
        (InstanceRole, "policies"),
        (CodeDeployRole, "policies"),
    ];
    let words = [
        "iam:ListAttachedRolePolicies was denied",
        "for iam:ListAttachedRolePolicies",
    ];
    suffers(
        &finished,
        "policies",
        "ListAttachedRolePolicies",
        DENIED,
        &rows,
        words,
    )
    .await;
    let rows = [(Service, "console_group")];
    let words = [
        "codedeploy:ListDeploymentGroups was denied",
        "for codedeploy:ListDeploymentGroups",
    ];
    suffers(
        &finished,
        "console",
        "ListDeploymentGroups",
        DENIED,
        &rows,
        words,
    )
    .await;
    let rows = [(ExecutionRole, "read_password")];
    let words = ["iam:GetRolePolicy was denied", "for iam:GetRolePolicy"];
    suffers(&finished, "inline", "GetRolePolicy", DENIED, &rows, words).await;
    let rows = [(DbSecurityGroup, "exists"), (DbCluster, "security_groups")];
    let words = [
        "ec2:DescribeSecurityGroups was denied",
        "for ec2:DescribeSecurityGroups",
    ];
    suffers(
        &finished,
        "groups",
        "DescribeSecurityGroups",
        DENIED,
        &rows,
        words,
    )
    .await;
}

#[tokio::test]
async fn a_part_of_the_release_that_may_not_be_looked_at_leaves_the_rest() {
    let finished = Finished::make().await;
    for (operation, kind, setting, action) in [
        (
            "GetPublicAccessBlock",
            ArtifactBucket,
            "public_access",
            "s3:GetBucketPublicAccessBlock",
        ),
        (
            "GetBucketVersioning",
            ArtifactBucket,
            "versioning",
            "s3:GetBucketVersioning",
        ),
        (
            "ListPipelineExecutions",
            Pipeline,
            "first_execution",
            "codepipeline:ListPipelineExecutions",
        ),
    ] {
        let words = [&*format!("{action} was denied"), &*format!("for {action}")];
        let name = format!("part-{operation}").to_lowercase();
        let rows = [(kind, setting)];
        suffers(&finished, &name, operation, DENIED, &rows, words).await;
    }
    let grants = [
        "connection",
        "build",
        "deploy",
        "register",
        "pass_role",
        "artifacts",
    ];
    let rows = grants.map(|setting| (PipelineRole, setting));
    let words = [
        "iam:ListRolePolicies was denied",
        "for iam:ListRolePolicies",
    ];
    suffers(
        &finished,
        "part-grants",
        "ListRolePolicies",
        DENIED,
        &rows,
        words,
    )
    .await;
}

#[tokio::test]
async fn why_tasks_do_not_run_cannot_be_told_without_looking_at_them() {
    let finished = Finished::make().await;
    for (service, operation) in [
        ("ecs", "ListTasks"),
        ("ecs", "DescribeTasks"),
        ("ecr", "DescribeImages"),
    ] {
        let name = format!("why-{operation}").to_lowercase();
        let hand = finished.copy(&name).await;
        hand.start_anew().await;
        detour(&hand.wired, &hand.workspace, move |passing| {
            if passing.operation == operation {
                DENIED
            } else {
                Fate::Pass
            }
        })
        .await;
        let seen = hand.see_of(&[Step::FirstImage]).await;
        let sentence = format!("{service}:{operation} was denied");
        told(seen.of(RunningTasks, "exists"), &sentence, operation);
        for finding in seen.0.values() {
            assert_ne!(finding.outcome, Outcome::Wrong, "{finding:#?}");
        }
    }
}

#[tokio::test]
async fn a_log_that_may_not_be_read_is_not_told_to_be_empty() {
    let finished = Finished::make().await;
    let hand = finished.copy("no-log").await;
    let other = "another-password";
    hand.password(ParameterType::SecureString, other).await;
    hand.start_anew().await;
    hand.wait();
    detour(&hand.wired, &hand.workspace, |passing| {
        match passing.operation.as_str() {
            "GetLogEvents" => DENIED,
            _ => Fate::Pass,
        }
    })
    .await;
    let seen = hand.see_of(&[Step::FirstImage]).await;
    let stopped = &seen.of(RunningTasks, "stopped").found;
    assert_eq!(
        stopped,
        "The application ended by itself with exit code 1, and why could not be read in its log: logs:GetLogEvents was denied."
    );
}

#[tokio::test]
async fn a_step_that_had_passed_is_not_broken_by_what_could_not_be_told() {
    let finished = Finished::make().await;
    let hand = finished.copy("stands").await;
    hand.see().await;
    detour(&hand.wired, &hand.workspace, |_| Fate::Unreachable).await;
    let seen = hand.see().await;
    for finding in seen.0.values() {
        // What the Git host has, AWS need not answer for.
        let expected = match finding.kind {
            Kind::SourceRepository | Kind::Buildspec | Kind::DeployFiles => Outcome::Passed,
            _ => Outcome::CouldNotTell,
        };
        assert_eq!(finding.outcome, expected, "{finding:#?}");
    }
    let progress = hand
        .wired
        .store
        .progress("stands")
        .await
        .expect("the progress");
    for step in Step::ALL {
        assert_eq!(progress.steps[&step].broken_since, None, "{step:?}");
        assert!(progress.steps[&step].passed_at.is_some(), "{step:?}");
    }
}
