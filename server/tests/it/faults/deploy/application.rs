//! Faults of the CodeDeploy application.

use aws_sdk_codedeploy::types::ComputePlatform;
use workshop::blueprint::Kind::DeployApplication;

use crate::faults::account::Hand;
use crate::faults::fault::{Fault, wrong};

pub(super) const APPLICATION: &str = "CodeDeploy-Tripmgmt-Demo-App";

pub(super) fn faults() -> Vec<Fault> {
    vec![
        wrong(
            DeployApplication,
            "platform",
            "it was made for servers",
            [
                "Server",
                "has no group for an ECS service",
                "make it again for Amazon ECS",
            ],
            |hand| {
                Box::pin(async move {
                    hand.application(APPLICATION, ComputePlatform::Server).await;
                })
            },
        )
        .starting_with_nothing()
        .also(&[(DeployApplication, "exists")]),
        wrong(
            DeployApplication,
            "exists",
            "its name is a slip away",
            [
                "none, but CodeDeploy-Tripmgmt-Demo-Ap is there",
                "The name is a slip away",
                "again as CodeDeploy-Tripmgmt-Demo-App, and delete CodeDeploy-Tripmgmt-Demo-Ap:",
            ],
            |hand| {
                Box::pin(async move {
                    let name = "CodeDeploy-Tripmgmt-Demo-Ap";
                    hand.application(name, ComputePlatform::Ecs).await;
                })
            },
        )
        .starting_with_nothing(),
        wrong(
            DeployApplication,
            "exists",
            "it was made in another Region",
            [
                "none here, but one in us-east-1",
                "was set to us-east-1",
                "delete the one in us-east-1",
            ],
            |hand| {
                Box::pin(async move {
                    let hand = hand.in_region("us-east-1");
                    hand.application(APPLICATION, ComputePlatform::Ecs).await;
                })
            },
        )
        .starting_with_nothing(),
    ]
}

impl Hand {
    async fn application(&self, name: &str, platform: ComputePlatform) {
        let create = self.codedeploy.create_application().application_name(name);
        let create = create.compute_platform(platform).send().await;
        create.expect("an application");
    }
}
