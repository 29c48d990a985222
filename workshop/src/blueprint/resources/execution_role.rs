//! `ecsTaskExecutionRole`: what ECS itself works under when it starts a task.

use serde_json::json;

use super::role;
use crate::blueprint::{
    Call, Expect, Field, FieldKind, Inputs, Kind, Price, Resource, Setting, Step, Verdict, Yield,
};

const SERVICE: &str = "ecs-tasks.amazonaws.com";
const POLICY: &str = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy";
const INLINE: &str = "read-db-password";

/// The role.
pub(super) const RESOURCE: Resource = Resource {
    kind: Kind::ExecutionRole,
    step: Step::Roles,
    noun: "IAM role",
    name: "{{execution_role}}",
    needs: &[],
    optional: None,
    shared_name: true,
    minutes: 0,
    price: Price::Free,
    console: "https://us-east-1.console.aws.amazon.com/iam/home#/roles/details/{{execution_role}}",
    fields: &[
        Field {
            key: "name",
            label: "Role name (tasks)",
            help: "The task definition names it as task role and as execution role.",
            kind: FieldKind::Fixed,
            default: "{{execution_role}}",
        },
        Field {
            key: "service",
            label: "Trusted service",
            help: "“Elastic Container Service Task”. Plain “Elastic Container Service” is another service, and the commonest slip of this step.",
            kind: FieldKind::Choice(&[
                (
                    "ecs-tasks.amazonaws.com",
                    "Elastic Container Service Task (ecs-tasks.amazonaws.com)",
                ),
                (
                    "ecs.amazonaws.com",
                    "Elastic Container Service (ecs.amazonaws.com)",
                ),
            ]),
            default: SERVICE,
        },
    ],
    settings: &[
        Setting {
            key: "trust",
            label: "Trusted service",
            expect: Expect::Includes(&[SERVICE]),
            cause: "The use case “Elastic Container Service” was chosen instead of “Elastic Container Service Task”.",
            remedy: "Edit the role's trust policy so that its principal is ecs-tasks.amazonaws.com.",
        },
        Setting {
            key: "policies",
            label: "Attached policies",
            expect: Expect::Includes(&["AmazonECSTaskExecutionRolePolicy"]),
            cause: "The policy was not ticked when the role was made. Without it no task can pull its image.",
            remedy: "Attach AmazonECSTaskExecutionRolePolicy to the role.",
        },
        Setting {
            key: "read_password",
            label: "May read the database password",
            expect: Expect::Rule {
                words: "ssm:GetParameters on {{db_password_parameter}}",
                judge: |found, _| match found {
                    [only] if only == "allowed" => Verdict::Right,
                    _ => Verdict::Wrong,
                },
            },
            cause: "AWS's policy does not cover parameters. The task of step 5 would stop with “ResourceInitializationError: unable to pull secrets”.",
            remedy: "Add an inline policy that allows ssm:GetParameters on {{db_password_parameter}}. One that denies it has to go.",
        },
    ],
    create: |inputs| {
        let mut calls = role::create("{{execution_role}}", &inputs.text("service"), POLICY);
        calls.push(read_password());
        calls
    },
    repair: |setting, _: &Inputs<'_>| match setting {
        "read_password" => vec![read_password()],
        other => role::repair(other, "{{execution_role}}", SERVICE, POLICY),
    },
    delete: || {
        let inline = json!({ "RoleName": "{{execution_role}}", "PolicyName": INLINE });
        let mut calls =
            vec![Call::new("iam", "DeleteRolePolicy", inline).done_if(&["NoSuchEntity"])];
        calls.extend(role::delete("{{execution_role}}", POLICY));
        calls
    },
    yields: &[Yield {
        variable: "execution_role_arn",
        label: "Task execution role ARN",
        fact: "arn",
    }],
};

fn read_password() -> Call {
    let document = json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": "Allow",
            "Action": "ssm:GetParameters",
            "Resource": "arn:aws:ssm:{{region}}:{{account}}:parameter{{db_password_parameter}}",
        }],
    });
    Call::new(
        "iam",
        "PutRolePolicy",
        json!({ "RoleName": "{{execution_role}}", "PolicyName": INLINE, "PolicyDocument": document.to_string() }),
    )
    .settles(&["read_password"])
}
