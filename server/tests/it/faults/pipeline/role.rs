//! Faults of the pipeline's service role.

use serde_json::json;
use workshop::blueprint::Kind::{Pipeline, PipelineRole};
use workshop::blueprint::resources::pipeline_role::GRANTS;

use crate::faults::account::Hand;
use crate::faults::build::CONNECTION;
use crate::faults::fault::{Fault, wrong};

const ROLE: &str = "codepipeline-tripmgmt-demo-service-role";
const POLICY: &str = "run-pipeline";
const PUT: &str = "Give the role the inline policy of this page";

pub(super) fn faults() -> Vec<Fault> {
    let mut faults = of_identity();
    faults.extend(of_connection());
    faults.extend(of_deployment());
    faults.extend(of_each_stage());
    faults
}

fn of_identity() -> Vec<Fault> {
    vec![
        wrong(
            PipelineRole,
            "exists",
            "its name is a slip away",
            [
                "none, but codepipeline-tripmgmt-demo-service-rol is there",
                "The name is a slip away",
                "again as codepipeline-tripmgmt-demo-service-role",
            ],
            |hand| {
                Box::pin(async move {
                    let name = "codepipeline-tripmgmt-demo-service-rol";
                    hand.role_for(name, "codepipeline.amazonaws.com").await;
                })
            },
        )
        .starting_with_nothing(),
        wrong(
            PipelineRole,
            "trust",
            "it was made for CodeBuild",
            [
                "codebuild.amazonaws.com",
                "made for another service",
                "principal is codepipeline.amazonaws.com",
            ],
            |hand| {
                Box::pin(async move {
                    hand.trust_service(ROLE, "codebuild.amazonaws.com").await;
                })
            },
        ),
    ]
}

fn of_connection() -> Vec<Fault> {
    const CAUSE: &str = "“Unable to use Connection”";
    vec![
        wrong(
            PipelineRole,
            "connection",
            "the policy leaves the connection out",
            ["codeconnections:UseConnection denied", CAUSE, PUT],
            |hand| Box::pin(async move { hand.pipeline_may_not("connection").await }),
        ),
        wrong(
            PipelineRole,
            "connection",
            "the policy has the old prefix, the connection the new one",
            ["codeconnections:UseConnection denied", CAUSE, PUT],
            |hand| {
                Box::pin(async move {
                    hand.pipeline_may_use("codestar-connections:UseConnection")
                        .await;
                })
            },
        ),
        wrong(
            PipelineRole,
            "connection",
            "the policy has the new prefix, the connection the old one",
            ["codestar-connections:UseConnection denied", CAUSE, PUT],
            |hand| {
                Box::pin(async move {
                    hand.disconnect().await;
                    let older = hand.connect_as_before(CONNECTION).await;
                    hand.shake(&older).await;
                    hand.pipeline_may_use("codeconnections:UseConnection").await;
                })
            },
        )
        .also(&[(Pipeline, "connection")]),
    ]
}

fn of_deployment() -> Vec<Fault> {
    const PASS: [&str; 3] = ["iam:PassRole denied", "allowed to hand that role on", PUT];
    vec![
        wrong(
            PipelineRole,
            "register",
            "the policy does not let it register task definitions",
            [
                "ecs:RegisterTaskDefinition denied, ecs:TagResource denied",
                "before any deployment begins",
                PUT,
            ],
            |hand| Box::pin(async move { hand.pipeline_may_not("register").await }),
        ),
        wrong(
            PipelineRole,
            "register",
            "a policy forbids it",
            [
                "ecs:RegisterTaskDefinition denied",
                "before any deployment begins",
                "A policy that denies it has to go",
            ],
            |hand| {
                Box::pin(async move {
                    let deny = json!({
                        "Effect": "Deny", "Action": "ecs:RegisterTaskDefinition", "Resource": "*",
                    });
                    hand.put_policy(ROLE, "forbid", vec![deny]).await;
                })
            },
        )
        .by_hand(),
        wrong(
            PipelineRole,
            "pass_role",
            "the policy does not let it pass the tasks' role",
            PASS,
            |hand| Box::pin(async move { hand.pipeline_may_not("pass_role").await }),
        ),
        wrong(
            PipelineRole,
            "pass_role",
            "it may pass the role to instances, not to tasks",
            PASS,
            |hand| {
                Box::pin(async move {
                    hand.pipeline_may_not("pass_role").await;
                    let role = hand.variables().await.0["execution_role_arn"].clone();
                    let condition =
                        json!({ "StringEquals": { "iam:PassedToService": "ec2.amazonaws.com" } });
                    let allow = json!({
                        "Effect": "Allow", "Action": "iam:PassRole", "Resource": role,
                        "Condition": condition,
                    });
                    hand.put_policy(ROLE, "pass", vec![allow]).await;
                })
            },
        ),
    ]
}

fn of_each_stage() -> Vec<Fault> {
    vec![
        wrong(
            PipelineRole,
            "build",
            "the policy does not let it build",
            [
                "codebuild:BatchGetBuilds denied, codebuild:StartBuild denied",
                "The build stage would fail",
                PUT,
            ],
            |hand| Box::pin(async move { hand.pipeline_may_not("build").await }),
        ),
        wrong(
            PipelineRole,
            "deploy",
            "the policy does not let it deploy",
            [
                "codedeploy:CreateDeployment denied*",
                "The deploy stage would fail",
                PUT,
            ],
            |hand| Box::pin(async move { hand.pipeline_may_not("deploy").await }),
        ),
        wrong(
            PipelineRole,
            "artifacts",
            "the policy does not name the bucket",
            [
                "s3:GetBucketLocation denied*",
                "takes its input from the bucket",
                PUT,
            ],
            |hand| Box::pin(async move { hand.pipeline_may_not("artifacts").await }),
        ),
    ]
}

impl Hand {
    /// Gives the role the workshop's policy, but for the grants of one setting.
    async fn pipeline_may_not(&self, setting: &str) {
        self.grant_all_but(ROLE, POLICY, &GRANTS, setting).await;
    }

    /// Of the actions on a connection, the role may do this one only.
    async fn pipeline_may_use(&self, action: &str) {
        self.pipeline_may_not("connection").await;
        let allow = json!({ "Effect": "Allow", "Action": action, "Resource": "*" });
        self.put_policy(ROLE, "use-connection", vec![allow]).await;
    }
}
