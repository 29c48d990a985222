//! The pipeline's service role: with just what its three stages need.
//!
//! `CodePipeline` User Guide, "Add permissions to the `CodePipeline` service role".

use serde_json::json;

use super::role;
use crate::blueprint::grant::{Grant, policy};
use crate::blueprint::{
    Call, Expect, Field, FieldKind, Kind, Need, Price, Resource, Setting, Step, Variables, Verdict,
    Yield,
};

const SERVICE: &str = "codepipeline.amazonaws.com";
const INLINE: &str = "run-pipeline";
const PUT_POLICY: &str =
    "Give the role the inline policy of this page. A policy that denies it has to go.";

/// What the role may do. The check asks IAM about each.
pub const GRANTS: [Grant; 10] = [
    Grant {
        setting: "connection",
        // The old name of the service still stands in the ARNs of older connections.
        actions: &[
            "codeconnections:UseConnection",
            "codestar-connections:UseConnection",
        ],
        resources: &["{{connection_arn}}"],
        passed_to: None,
    },
    Grant {
        setting: "build",
        actions: &["codebuild:StartBuild", "codebuild:BatchGetBuilds"],
        resources: &["arn:aws:codebuild:{{region}}:{{account}}:project/{{build_project}}"],
        passed_to: None,
    },
    Grant {
        setting: "deploy",
        actions: &["codedeploy:CreateDeployment", "codedeploy:GetDeployment"],
        resources: &[
            "arn:aws:codedeploy:{{region}}:{{account}}:deploymentgroup:{{deploy_application}}/{{deployment_group}}",
        ],
        passed_to: None,
    },
    Grant {
        setting: "deploy",
        actions: &[
            "codedeploy:GetApplication",
            "codedeploy:GetApplicationRevision",
            "codedeploy:RegisterApplicationRevision",
        ],
        resources: &[
            "arn:aws:codedeploy:{{region}}:{{account}}:application:{{deploy_application}}",
        ],
        passed_to: None,
    },
    Grant {
        setting: "deploy",
        actions: &["codedeploy:GetDeploymentConfig"],
        resources: &["arn:aws:codedeploy:{{region}}:{{account}}:deploymentconfig:*"],
        passed_to: None,
    },
    Grant {
        setting: "register",
        // ECS asks for this one on everything.
        actions: &["ecs:RegisterTaskDefinition"],
        resources: &["*"],
        passed_to: None,
    },
    Grant {
        setting: "register",
        actions: &["ecs:TagResource"],
        resources: &["arn:aws:ecs:{{region}}:{{account}}:task-definition/{{task_family}}:*"],
        passed_to: None,
    },
    Grant {
        setting: "pass_role",
        actions: &["iam:PassRole"],
        resources: &["{{execution_role_arn}}"],
        passed_to: Some("ecs-tasks.amazonaws.com"),
    },
    Grant {
        setting: "artifacts",
        actions: &["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"],
        resources: &["arn:aws:s3:::{{artifact_bucket}}/*"],
        passed_to: None,
    },
    Grant {
        setting: "artifacts",
        actions: &["s3:GetBucketLocation", "s3:GetBucketVersioning"],
        resources: &["arn:aws:s3:::{{artifact_bucket}}"],
        passed_to: None,
    },
];

/// The role.
pub(super) const RESOURCE: Resource = Resource {
    kind: Kind::PipelineRole,
    step: Step::Pipeline,
    noun: "IAM role",
    name: "{{pipeline_role}}",
    needs: &[
        Need {
            kind: Kind::Connection,
            why: "it may use this connection, and no other",
        },
        Need {
            kind: Kind::ExecutionRole,
            why: "it may pass this role on to the tasks, and no other",
        },
        Need {
            kind: Kind::DeploymentGroup,
            why: "it may deploy with this group, and no other",
        },
    ],
    optional: None,
    shared_name: false,
    minutes: 0,
    price: Price::Free,
    console: "https://us-east-1.console.aws.amazon.com/iam/home#/roles/details/{{pipeline_role}}",
    fields: &[Field {
        key: "name",
        label: "Role name (pipeline)",
        help: "The pipeline works under it, from the source to the deployment.",
        kind: FieldKind::Fixed,
        default: "{{pipeline_role}}",
    }],
    settings: &[
        Setting {
            key: "trust",
            label: "Trusted service",
            expect: Expect::Includes(&[SERVICE]),
            cause: "The role was made for another service, so that CodePipeline may not take it on.",
            remedy: "Edit the role's trust policy so that its principal is codepipeline.amazonaws.com.",
        },
        Setting {
            key: "connection",
            label: "May use the connection",
            expect: allowed("UseConnection on {{connection_arn}}"),
            cause: "The source stage would fail with “Unable to use Connection”. The action's prefix has to be the one in the connection's ARN: codeconnections, or codestar-connections.",
            remedy: PUT_POLICY,
        },
        Setting {
            key: "build",
            label: "May start builds",
            expect: allowed("StartBuild and BatchGetBuilds on {{build_project}}"),
            cause: "The build stage would fail: the role may not start a build of the project, or not ask how it went.",
            remedy: PUT_POLICY,
        },
        Setting {
            key: "deploy",
            label: "May deploy",
            expect: allowed("deployments of {{deploy_application}}"),
            cause: "The deploy stage would fail: the role may not create a deployment in the group, or not follow it.",
            remedy: PUT_POLICY,
        },
        Setting {
            key: "register",
            label: "May register task definitions",
            expect: allowed("ecs:RegisterTaskDefinition"),
            cause: "The deploy stage makes a revision of {{task_family}} out of taskdef.json, and would fail before any deployment begins.",
            remedy: PUT_POLICY,
        },
        Setting {
            key: "pass_role",
            label: "May pass the task execution role",
            expect: allowed("iam:PassRole on {{execution_role}}"),
            cause: "taskdef.json names the role, and whoever registers it has to be allowed to hand that role on. The error calls the role by its ARN, and means this permission.",
            remedy: PUT_POLICY,
        },
        Setting {
            key: "artifacts",
            label: "May use the artifact bucket",
            expect: allowed("reading and writing in {{artifact_bucket}}"),
            cause: "Each stage takes its input from the bucket and leaves its output there.",
            remedy: PUT_POLICY,
        },
    ],
    create: |_| {
        let settles: Vec<_> = GRANTS.iter().map(|grant| grant.setting).collect();
        vec![
            role::bare("{{pipeline_role}}", SERVICE),
            put_policy(&settles),
        ]
    },
    repair: |setting, _| match setting {
        "trust" => role::repair(setting, "{{pipeline_role}}", SERVICE, ""),
        other => vec![put_policy(&[other])],
    },
    delete: || {
        let role = json!({ "RoleName": "{{pipeline_role}}" });
        let policy = json!({ "RoleName": "{{pipeline_role}}", "PolicyName": INLINE });
        vec![
            Call::new("iam", "DeleteRolePolicy", policy).done_if(&["NoSuchEntity"]),
            Call::new("iam", "DeleteRole", role).done_if(&["NoSuchEntity"]),
        ]
    },
    yields: &[Yield {
        variable: "pipeline_role_arn",
        label: "Pipeline role ARN",
        fact: "arn",
    }],
};

/// Observed as `allowed`, or as the actions that are not.
const fn allowed(words: &'static str) -> Expect {
    Expect::Rule {
        words,
        judge: |found: &[String], _: &Variables| match found {
            [only] if only == "allowed" => Verdict::Right,
            _ => Verdict::Wrong,
        },
    }
}

fn put_policy(settles: &[&str]) -> Call {
    let params = json!({
        "RoleName": "{{pipeline_role}}",
        "PolicyName": INLINE,
        "PolicyDocument": policy(&GRANTS),
    });
    Call::new("iam", "PutRolePolicy", params).settles(settles)
}
