//! Faults of the launch template.

use aws_sdk_ec2::types::builders::RequestLaunchTemplateDataBuilder;
use aws_sdk_ec2::types::{
    InstanceType, LaunchTemplateIamInstanceProfileSpecificationRequest, RequestLaunchTemplateData,
};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use workshop::blueprint::Kind::LaunchTemplate;

use crate::faults::account::Hand;
use crate::faults::fault::{Fault, warned, wrong};

const NAME: &str = "tripmgmt-demo-template";

pub(super) fn faults() -> Vec<Fault> {
    let mut faults = image();
    faults.extend(machine());
    faults
}

fn image() -> Vec<Fault> {
    vec![
        wrong(
            LaunchTemplate,
            "image",
            "an image without the agent was chosen",
            [
                "al2023-ami-*",
                "without the ECS agent",
                "with an ECS-optimized image",
            ],
            |hand| {
                Box::pin(async move {
                    let plain = "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64";
                    let id = hand.parameter_of_aws(plain).await;
                    hand.version(|data| data.image_id(id)).await;
                })
            },
        ),
        wrong(
            LaunchTemplate,
            "image",
            "the image is for ARM",
            [
                "/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id",
                "never register with a cluster",
                "make it the default version",
            ],
            |hand| {
                Box::pin(async move {
                    hand.version(|data| data.image_id("resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id")).await;
                })
            },
        ),
        warned(
            LaunchTemplate,
            "image",
            "Amazon Linux 2, as in the workshop's text",
            ["Amazon Linux 2, ECS-optimized", "ended in June 2026"],
            |hand| {
                Box::pin(async move {
                    hand.version(|data| data.image_id("resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2/recommended/image_id")).await;
                })
            },
        ),
    ]
}

fn machine() -> Vec<Fault> {
    vec![
        wrong(
            LaunchTemplate,
            "type",
            "the instances are too small",
            ["t3.micro", "holds too few tasks", "a version with t3.small"],
            |hand| {
                Box::pin(async move {
                    hand.version(|data| data.instance_type(InstanceType::T3Micro))
                        .await;
                })
            },
        ),
        warned(
            LaunchTemplate,
            "type",
            "the instances are larger than needed",
            ["t3.medium", "twice the price"],
            |hand| {
                Box::pin(async move {
                    hand.version(|data| data.instance_type(InstanceType::T3Medium))
                        .await;
                })
            },
        ),
        wrong(
            LaunchTemplate,
            "profile",
            "no instance profile was chosen",
            [
                "not set",
                "may not register its instance",
                "with the instance profile ecsInstanceRole",
            ],
            |hand| {
                Box::pin(async move {
                    hand.version(|data| data.set_iam_instance_profile(None))
                        .await;
                })
            },
        ),
        wrong(
            LaunchTemplate,
            "security_groups",
            "the instances are in the database's group",
            ["sg-*", "will not open", "with the security group sg-"],
            |hand| {
                Box::pin(async move {
                    let group = hand.group_id("tripmgmt-dbcluster-sg").await;
                    hand.version(|data| data.set_security_group_ids(Some(vec![group])))
                        .await;
                })
            },
        ),
        warned(
            LaunchTemplate,
            "security_groups",
            "the instances are in the default group",
            ["sg-*", "the VPC's default group"],
            |hand| {
                Box::pin(async move {
                    let group = hand.group_id("default").await;
                    hand.version(|data| data.set_security_group_ids(Some(vec![group])))
                        .await;
                })
            },
        ),
        wrong(
            LaunchTemplate,
            "cluster",
            "the user data was left out",
            [
                "not set",
                "ECS_CLUSTER=tripmgmt-demo-cluster",
                "the user data as shown",
            ],
            |hand| Box::pin(async move { hand.version(|data| data.set_user_data(None)).await }),
        ),
        wrong(
            LaunchTemplate,
            "cluster",
            "the user data names another cluster",
            [
                "tripmgmt-cluster",
                "ECS_CLUSTER=tripmgmt-demo-cluster",
                "the user data as shown",
            ],
            |hand| {
                Box::pin(async move {
                    hand.version(|data| data.user_data(script("tripmgmt-cluster")))
                        .await;
                })
            },
        ),
    ]
}

fn script(cluster: &str) -> String {
    BASE64_STANDARD.encode(format!(
        "#!/bin/bash\necho ECS_CLUSTER={cluster} >> /etc/ecs/ecs.config\n"
    ))
}

impl Hand {
    /// Makes a version that is right but for `spoil`, and makes it the default.
    async fn version(
        &self,
        spoil: impl FnOnce(RequestLaunchTemplateDataBuilder) -> RequestLaunchTemplateDataBuilder,
    ) {
        let profile = LaunchTemplateIamInstanceProfileSpecificationRequest::builder()
            .name("ecsInstanceRole")
            .build();
        let right = RequestLaunchTemplateData::builder()
            .image_id(
                "resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id",
            )
            .instance_type(InstanceType::T3Small)
            .iam_instance_profile(profile)
            .security_group_ids(self.group_id("tripmgmt-ecs-sg").await)
            .user_data(script("tripmgmt-demo-cluster"));
        let create = self
            .ec2
            .create_launch_template_version()
            .launch_template_name(NAME)
            .launch_template_data(spoil(right).build());
        let made = create.send().await.expect("a version");
        let number = made
            .launch_template_version
            .and_then(|version| version.version_number)
            .expect("its number");
        let modify = self
            .ec2
            .modify_launch_template()
            .launch_template_name(NAME)
            .default_version(number.to_string());
        modify.send().await.expect("the default version");
    }

    async fn parameter_of_aws(&self, resolved: &str) -> String {
        let name = resolved.trim_start_matches("resolve:ssm:");
        let found = self.ssm.get_parameter().name(name).send().await;
        let found = found.expect("a parameter").parameter.expect("it");
        found.value.expect("its value")
    }
}
