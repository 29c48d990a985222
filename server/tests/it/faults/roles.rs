//! Faults of step 2.

use serde_json::json;
use workshop::blueprint::Kind::{
    CodeDeployRole, ExecutionRole, InstanceProfile, InstanceRole, LogGroup,
};

use super::account::Hand;
use super::fault::{Fault, try_all, warned, wrong};

const EXECUTION: &str = "ecsTaskExecutionRole";
const INSTANCE: &str = "ecsInstanceRole";
const CODEDEPLOY: &str = "ecsCodeDeployRole";
const AWS: &str = "arn:aws:iam::aws:policy/";
const LOGS: &str = "/ecs/tripmgmt-demo-taskdef";

pub(super) fn faults() -> Vec<Fault> {
    let mut faults = vec![
        wrong(
            ExecutionRole,
            "trust",
            "the use case “Elastic Container Service” was chosen",
            [
                "ecs.amazonaws.com",
                "instead of “Elastic Container Service Task”",
                "principal is ecs-tasks.amazonaws.com",
            ],
            |hand| Box::pin(async move { hand.trust(EXECUTION, "ecs.amazonaws.com").await }),
        ),
        wrong(
            ExecutionRole,
            "trust",
            "only a user may take the role on",
            [
                "none",
                "instead of “Elastic Container Service Task”",
                "principal is ecs-tasks.amazonaws.com",
            ],
            |hand| {
                Box::pin(async move {
                    let principal = json!({ "AWS": hand.workspace.account_id });
                    hand.trust_principal(EXECUTION, &principal).await;
                })
            },
        ),
        wrong(
            ExecutionRole,
            "policies",
            "the policy was not ticked",
            [
                "none",
                "no task can pull its image",
                "Attach AmazonECSTaskExecutionRolePolicy",
            ],
            |hand| {
                Box::pin(async move {
                    hand.detach(EXECUTION, "service-role/AmazonECSTaskExecutionRolePolicy")
                        .await;
                })
            },
        ),
        wrong(
            ExecutionRole,
            "read_password",
            "the inline policy was left out",
            [
                "implicitDeny",
                "unable to pull secrets",
                "allows ssm:GetParameters on /tripmgmt/db-password",
            ],
            |hand| Box::pin(async move { hand.forget_inline(EXECUTION).await }),
        ),
        wrong(
            ExecutionRole,
            "read_password",
            "the policy names another parameter",
            [
                "implicitDeny",
                "unable to pull secrets",
                "allows ssm:GetParameters on /tripmgmt/db-password",
            ],
            |hand| {
                Box::pin(async move {
                    hand.forget_inline(EXECUTION).await;
                    hand.inline(
                        EXECUTION,
                        "Allow",
                        "arn:aws:ssm:eu-west-1:*:parameter/tripmgmt/password",
                    )
                    .await;
                })
            },
        ),
        wrong(
            ExecutionRole,
            "read_password",
            "a policy forbids it",
            [
                "explicitDeny",
                "unable to pull secrets",
                "One that denies it has to go",
            ],
            |hand| Box::pin(async move { hand.inline(EXECUTION, "Deny", "*").await }),
        )
        .by_hand(),
    ];
    faults.extend(instance_faults());
    faults.extend(codedeploy_faults());
    faults.push(warned(
        LogGroup,
        "retention",
        "events are kept for ever",
        ["never expires", "A week is enough here"],
        |hand| {
            Box::pin(async move {
                hand.logs
                    .delete_retention_policy()
                    .log_group_name(LOGS)
                    .send()
                    .await
                    .expect("no retention");
            })
        },
    ));
    faults
}

fn instance_faults() -> Vec<Fault> {
    vec![
        wrong(
            InstanceRole,
            "trust",
            "the use case of the other role was chosen",
            [
                "ecs-tasks.amazonaws.com",
                "Another use case than “EC2”",
                "principal is ec2.amazonaws.com",
            ],
            |hand| Box::pin(async move { hand.trust(INSTANCE, "ecs-tasks.amazonaws.com").await }),
        ),
        wrong(
            InstanceRole,
            "policies",
            "the policy was not ticked",
            [
                "none",
                "could not register its instance",
                "Attach AmazonEC2ContainerServiceforEC2Role",
            ],
            |hand| {
                Box::pin(async move {
                    hand.detach(INSTANCE, "service-role/AmazonEC2ContainerServiceforEC2Role")
                        .await;
                })
            },
        ),
        wrong(
            InstanceProfile,
            "roles",
            "the role is not in the profile",
            [
                "not set",
                "made outside the console",
                "Add the role ecsInstanceRole",
            ],
            |hand| Box::pin(async move { hand.take_role_out().await }),
        ),
        wrong(
            InstanceProfile,
            "roles",
            "another role is in the profile",
            [
                CODEDEPLOY,
                "made outside the console",
                "take another one out first",
            ],
            |hand| {
                Box::pin(async move {
                    hand.take_role_out().await;
                    let add = hand.iam.add_role_to_instance_profile();
                    add.instance_profile_name(INSTANCE)
                        .role_name(CODEDEPLOY)
                        .send()
                        .await
                        .expect("a role inside");
                })
            },
        )
        .by_hand(),
    ]
}

fn codedeploy_faults() -> Vec<Fault> {
    vec![
        wrong(
            CodeDeployRole,
            "trust",
            "ECS is trusted in place of CodeDeploy",
            [
                "ecs.amazonaws.com",
                "“CodeDeploy – ECS”",
                "principal is codedeploy.amazonaws.com",
            ],
            |hand| Box::pin(async move { hand.trust(CODEDEPLOY, "ecs.amazonaws.com").await }),
        ),
        wrong(
            CodeDeployRole,
            "policies",
            "“CodeDeploy” was chosen, which is for EC2",
            [
                "AWSCodeDeployRole",
                "which is for EC2",
                "Attach AWSCodeDeployRoleForECS",
            ],
            |hand| {
                Box::pin(async move {
                    hand.detach(CODEDEPLOY, "AWSCodeDeployRoleForECS").await;
                    let policy = format!("{AWS}service-role/AWSCodeDeployRole");
                    let attach = hand.iam.attach_role_policy().role_name(CODEDEPLOY);
                    attach.policy_arn(policy).send().await.expect("a policy");
                })
            },
        ),
    ]
}

impl Hand {
    async fn trust(&self, role: &str, service: &str) {
        self.trust_principal(role, &json!({ "Service": service }))
            .await;
    }

    async fn trust_principal(&self, role: &str, principal: &serde_json::Value) {
        let statement =
            json!({ "Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole" });
        let document = json!({ "Version": "2012-10-17", "Statement": [statement] }).to_string();
        let update = self.iam.update_assume_role_policy().role_name(role);
        update
            .policy_document(document)
            .send()
            .await
            .expect("a trust policy");
    }

    pub(in crate::faults) async fn detach(&self, role: &str, policy: &str) {
        let detach = self.iam.detach_role_policy().role_name(role);
        detach
            .policy_arn(format!("{AWS}{policy}"))
            .send()
            .await
            .expect("a policy less");
    }

    async fn forget_inline(&self, role: &str) {
        let policies = self
            .iam
            .list_role_policies()
            .role_name(role)
            .send()
            .await
            .expect("the policies");
        for name in policies.policy_names {
            let delete = self.iam.delete_role_policy().role_name(role);
            delete
                .policy_name(name)
                .send()
                .await
                .expect("a policy less");
        }
    }

    async fn inline(&self, role: &str, effect: &str, resource: &str) {
        let statement =
            json!({ "Effect": effect, "Action": "ssm:GetParameters", "Resource": resource });
        let document = json!({ "Version": "2012-10-17", "Statement": [statement] }).to_string();
        let put = self
            .iam
            .put_role_policy()
            .role_name(role)
            .policy_name("of-the-test");
        put.policy_document(document)
            .send()
            .await
            .expect("an inline policy");
    }

    async fn take_role_out(&self) {
        let remove = self.iam.remove_role_from_instance_profile();
        remove
            .instance_profile_name(INSTANCE)
            .role_name(INSTANCE)
            .send()
            .await
            .expect("an empty profile");
    }
}

#[tokio::test]
async fn each_fault_is_named() {
    try_all(faults()).await;
}
