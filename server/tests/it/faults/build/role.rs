//! Faults of the role that builds work under.

use workshop::blueprint::Kind::BuildRole;
use workshop::blueprint::resources::build_role::GRANTS;

use crate::faults::account::Hand;
use crate::faults::fault::{Fault, warned, wrong};

pub(super) const ROLE: &str = "codebuild-tripmgmt-demo-service-role";
const ADD: &str = "Add the inline policy that this page shows";

pub(super) fn faults() -> Vec<Fault> {
    vec![
        wrong(
            BuildRole,
            "exists",
            "its name is a slip away",
            [
                "none, but codebuild-tripmgmt-demo-service-rol is there",
                "The name is a slip away",
                "again as codebuild-tripmgmt-demo-service-role",
            ],
            |hand| {
                Box::pin(async move {
                    hand.build_role("codebuild-tripmgmt-demo-service-rol").await;
                })
            },
        )
        .starting_with_nothing(),
        wrong(
            BuildRole,
            "trust",
            "the use case “CodeDeploy” was chosen",
            [
                "codedeploy.amazonaws.com",
                "Another use case than “CodeBuild”",
                "principal is codebuild.amazonaws.com",
            ],
            |hand| {
                Box::pin(async move {
                    hand.trust_service(ROLE, "codedeploy.amazonaws.com").await;
                })
            },
        ),
        wrong(
            BuildRole,
            "login",
            "the policy does not let it log in",
            [
                "ecr:GetAuthorizationToken denied",
                "fail in PRE_BUILD, at docker login",
                ADD,
            ],
            |hand| Box::pin(async move { hand.forbid("login").await }),
        ),
        wrong(
            BuildRole,
            "push",
            "the policy does not let it push",
            [
                "ecr:BatchCheckLayerAvailability denied*",
                "fail in POST_BUILD, at docker push",
                ADD,
            ],
            |hand| Box::pin(async move { hand.forbid("push").await }),
        ),
        warned(
            BuildRole,
            "pull",
            "the policy does not let it pull",
            ["ecr:BatchGetImage denied*", "can be built once only"],
            |hand| Box::pin(async move { hand.forbid("pull").await }),
        ),
        wrong(
            BuildRole,
            "logs",
            "the policy does not let it write a log",
            [
                "logs:CreateLogGroup denied*",
                "fail before its first command",
                ADD,
            ],
            |hand| Box::pin(async move { hand.forbid("logs").await }),
        ),
        wrong(
            BuildRole,
            "artifacts",
            "the policy does not name the pipeline's bucket",
            ["s3:GetObject denied*", "fail in DOWNLOAD_SOURCE", ADD],
            |hand| Box::pin(async move { hand.forbid("artifacts").await }),
        ),
    ]
}

impl Hand {
    /// A role that a build may work under, and that may do nothing. Its ARN.
    pub(super) async fn build_role(&self, name: &str) -> String {
        self.role_for(name, "codebuild.amazonaws.com").await
    }

    /// Gives the role the workshop's policy, but for the grants of one setting.
    pub(in crate::faults) async fn forbid(&self, setting: &str) {
        self.grant_all_but(ROLE, "build", &GRANTS, setting).await;
    }
}
