//! Faults of the build project's environment, its variables included.

use aws_sdk_codebuild::types::builders::ProjectEnvironmentBuilder;
use aws_sdk_codebuild::types::{
    ComputeType, EnvironmentType, EnvironmentVariable, ProjectEnvironment,
};
use workshop::blueprint::Kind::BuildProject;

use crate::faults::account::Hand;
use crate::faults::fault::{Fault, warned, wrong};

const ENVIRONMENT: &str = "Edit the project's environment";

pub(super) fn faults() -> Vec<Fault> {
    let lists = [of_environment(), of_variables()];
    lists.into_iter().flatten().collect()
}

fn of_environment() -> Vec<Fault> {
    vec![
        wrong(
            BuildProject,
            "image",
            "the image is one for ARM",
            [
                "aws/codebuild/amazonlinux-aarch64-standard:3.0",
                "do not run on t3 instances",
                ENVIRONMENT,
            ],
            |hand| {
                Box::pin(async move {
                    let image = "aws/codebuild/amazonlinux-aarch64-standard:3.0";
                    hand.environment(|it| it.image(image)).await;
                })
            },
        ),
        warned(
            BuildProject,
            "image",
            "the image is Amazon Linux 2, as in the workshop's text",
            [
                "aws/codebuild/amazonlinux-x86_64-standard:4.0",
                "no updates since June 2026",
            ],
            |hand| {
                Box::pin(async move {
                    let image = "aws/codebuild/amazonlinux-x86_64-standard:4.0";
                    hand.environment(|it| it.image(image)).await;
                })
            },
        ),
        warned(
            BuildProject,
            "image",
            "the image is Ubuntu",
            ["aws/codebuild/standard:7.0", "builds the same"],
            |hand| {
                Box::pin(async move {
                    hand.environment(|it| it.image("aws/codebuild/standard:7.0"))
                        .await;
                })
            },
        ),
        wrong(
            BuildProject,
            "type",
            "the environment is ARM",
            ["ARM_CONTAINER", "exec format error", ENVIRONMENT],
            |hand| {
                Box::pin(async move {
                    hand.environment(|it| it.r#type(EnvironmentType::ArmContainer))
                        .await;
                })
            },
        ),
        warned(
            BuildProject,
            "compute",
            "the machine is a medium one",
            ["BUILD_GENERAL1_MEDIUM", "costs twice as much"],
            |hand| {
                Box::pin(async move {
                    hand.environment(|it| it.compute_type(ComputeType::BuildGeneral1Medium))
                        .await;
                })
            },
        ),
        wrong(
            BuildProject,
            "compute",
            "the machine is the largest",
            [
                "BUILD_GENERAL1_2XLARGE",
                "this build is no faster on it",
                ENVIRONMENT,
            ],
            |hand| {
                Box::pin(async move {
                    hand.environment(|it| it.compute_type(ComputeType::BuildGeneral12Xlarge))
                        .await;
                })
            },
        ),
        wrong(
            BuildProject,
            "privileged",
            "it is not privileged",
            [
                "off",
                "Cannot connect to the Docker daemon",
                "Additional configuration, Privileged",
            ],
            |hand| Box::pin(async move { hand.environment(|it| it.privileged_mode(false)).await }),
        ),
    ]
}

fn of_variables() -> Vec<Fault> {
    vec![
        wrong(
            BuildProject,
            "region",
            "AWS_DEFAULT_REGION is another Region",
            [
                "us-east-1",
                "a registry in another Region",
                "Environment variables",
            ],
            |hand| Box::pin(async move { hand.variable("AWS_DEFAULT_REGION", "us-east-1").await }),
        ),
        wrong(
            BuildProject,
            "account",
            "AWS_ACCOUNT_ID is another account",
            [
                "210987654321",
                "another account's registry",
                "Environment variables",
            ],
            |hand| Box::pin(async move { hand.variable("AWS_ACCOUNT_ID", "210987654321").await }),
        ),
        wrong(
            BuildProject,
            "repository",
            "IMAGE_REPO_NAME is the Git repository's name",
            ["tripmgmt", "“name unknown”", "Environment variables"],
            |hand| Box::pin(async move { hand.variable("IMAGE_REPO_NAME", "tripmgmt").await }),
        ),
        wrong(
            BuildProject,
            "tag",
            "IMAGE_TAG is not set",
            [
                "none",
                "a name that ends in a colon",
                "Environment variables",
            ],
            |hand| {
                Box::pin(async move {
                    let without = environment(&hand, |it| {
                        let kept = it.get_environment_variables().clone().unwrap_or_default();
                        let kept = kept.into_iter().filter(|it| it.name() != "IMAGE_TAG");
                        it.set_environment_variables(Some(kept.collect()))
                    });
                    hand.update(|project| project.environment(without)).await;
                })
            },
        ),
        warned(
            BuildProject,
            "tag",
            "IMAGE_TAG is a version",
            ["v1", "The service of step 7 starts from latest"],
            |hand| Box::pin(async move { hand.variable("IMAGE_TAG", "v1").await }),
        ),
        warned(
            BuildProject,
            "datasource",
            "SPRING_DATASOURCE_URL leads to another database",
            [
                "jdbc:postgresql://elsewhere:5432/tripmgmt",
                "names another database",
            ],
            |hand| {
                Box::pin(async move {
                    let url = "jdbc:postgresql://elsewhere:5432/tripmgmt";
                    hand.variable("SPRING_DATASOURCE_URL", url).await;
                })
            },
        ),
    ]
}

fn variable(name: &str, value: &str) -> EnvironmentVariable {
    let variable = EnvironmentVariable::builder().name(name).value(value);
    variable.build().expect("a variable")
}

/// The workshop's environment with a change.
pub(super) fn environment(
    hand: &Hand,
    change: impl FnOnce(ProjectEnvironmentBuilder) -> ProjectEnvironmentBuilder,
) -> ProjectEnvironment {
    let variables = vec![
        variable("AWS_DEFAULT_REGION", "eu-west-1"),
        variable("AWS_ACCOUNT_ID", &hand.workspace.account_id),
        variable("IMAGE_REPO_NAME", "tripmgmt-demo"),
        variable("IMAGE_TAG", "latest"),
    ];
    let environment = ProjectEnvironment::builder()
        .r#type(EnvironmentType::LinuxContainer)
        .image("aws/codebuild/amazonlinux-x86_64-standard:5.0")
        .compute_type(ComputeType::BuildGeneral1Small)
        .privileged_mode(true)
        .set_environment_variables(Some(variables));
    change(environment).build().expect("an environment")
}

impl Hand {
    pub(in crate::faults) async fn environment(
        &self,
        change: impl FnOnce(ProjectEnvironmentBuilder) -> ProjectEnvironmentBuilder,
    ) {
        let changed = environment(self, change);
        self.update(|project| project.environment(changed)).await;
    }

    async fn variable(&self, name: &str, value: &str) {
        let changed = environment(self, |it| {
            let given = it.get_environment_variables().clone().unwrap_or_default();
            let mut given: Vec<_> = given.into_iter().filter(|it| it.name() != name).collect();
            given.push(variable(name, value));
            it.set_environment_variables(Some(given))
        });
        self.update(|project| project.environment(changed)).await;
    }
}
