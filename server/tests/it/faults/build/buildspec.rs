//! Faults of `buildspec.yml`.

use workshop::blueprint::Kind::{Buildspec, Pipeline, SourceRepository};

use crate::faults::account::Hand;
use crate::faults::fault::{Fault, warned, wrong};

const FILE: &str = "buildspec.yml";
const COMMIT: &str = "commit it as buildspec.yml and push";

/// The buildspec of the workshop's text.
pub(in crate::faults) const LATEST_ALONE: &str = r"version: 0.2
phases:
  pre_build:
    commands:
      - aws ecr get-login-password --region $AWS_DEFAULT_REGION | docker login --username AWS --password-stdin $AWS_ACCOUNT_ID.dkr.ecr.$AWS_DEFAULT_REGION.amazonaws.com
  build:
    commands:
      - docker build -t $IMAGE_REPO_NAME:$IMAGE_TAG .
      - docker tag $IMAGE_REPO_NAME:$IMAGE_TAG $AWS_ACCOUNT_ID.dkr.ecr.$AWS_DEFAULT_REGION.amazonaws.com/$IMAGE_REPO_NAME:$IMAGE_TAG
  post_build:
    commands:
      - docker push $AWS_ACCOUNT_ID.dkr.ecr.$AWS_DEFAULT_REGION.amazonaws.com/$IMAGE_REPO_NAME:$IMAGE_TAG
artifacts:
  files:
    - taskdef.json
    - appspec.yaml
";

pub(super) fn faults() -> Vec<Fault> {
    vec![
        wrong(
            Buildspec,
            "exists",
            "the file ends in yaml",
            [
                "none, but buildspec.yaml is there",
                "The name is a slip away",
                "again as buildspec.yml, and delete buildspec.yaml:",
            ],
            |hand| {
                Box::pin(async move {
                    hand.push(|tree| {
                        let renamed = tree.join("buildspec.yaml");
                        std::fs::rename(tree.join(FILE), renamed).expect("another name");
                    });
                })
            },
        )
        .also(&[(SourceRepository, "files")]),
        wrong(
            Buildspec,
            "version",
            "a colon and a space stand in a command",
            [
                "0.2, but a command is no text",
                "a colon with a space",
                COMMIT,
            ],
            |hand| {
                Box::pin(
                    async move { hand.replace("- REGISTRY=", "- echo a: b\n      - REGISTRY=") },
                )
            },
        ),
        wrong(
            Buildspec,
            "phases",
            "a phase is misspelt",
            ["prebuild, build, post_build", "misspelt", COMMIT],
            |hand| Box::pin(async move { hand.replace("pre_build:", "prebuild:") }),
        ),
        wrong(
            Buildspec,
            "login",
            "it logs in as the older AWS CLI did",
            ["aws ecr get-login", "no basic auth credentials", COMMIT],
            |hand| Box::pin(async move { hand.replace("get-login-password", "get-login") }),
        ),
        wrong(
            Buildspec,
            "image",
            "no image is built",
            ["not set", "No command builds an image", COMMIT],
            |hand| Box::pin(async move { hand.replace("docker build", "docker biuld") }),
        ),
        wrong(
            Buildspec,
            "push",
            "no image is pushed",
            ["none", "never gets the new version", COMMIT],
            |hand| Box::pin(async move { hand.replace("docker push", "docker save") }),
        )
        .also(&[(Buildspec, "again")]),
        warned(
            Buildspec,
            "push",
            "only latest is pushed, as in the workshop's text",
            ["latest", "the design of the workshop's text"],
            |hand| {
                Box::pin(async move {
                    hand.push(|tree| {
                        std::fs::write(tree.join(FILE), LATEST_ALONE).expect("the file");
                    });
                })
            },
        )
        .also(&[(Pipeline, "image_design")]),
        warned(
            Buildspec,
            "again",
            "a push of a tag that is taken fails the build",
            ["fails at the push", "A retry in the pipeline fails"],
            |hand| Box::pin(async move { hand.replace(" || docker pull \"$IMAGE:$COMMIT\"", "") }),
        ),
        wrong(
            Buildspec,
            "detail",
            "imageDetail.json has another name",
            ["not written", "which image was built", COMMIT],
            |hand| Box::pin(async move { hand.replace("> imageDetail.json", "> image.json") }),
        ),
        wrong(
            Buildspec,
            "artifacts",
            "imageDetail.json is not among the artifacts",
            [
                "taskdef.json, appspec.yaml",
                "gone when the build ends",
                COMMIT,
            ],
            |hand| Box::pin(async move { hand.replace("    - imageDetail.json\n", "") }),
        ),
    ]
}

impl Hand {
    /// Pushes the buildspec with one text in place of another.
    fn replace(&self, from: &str, to: &str) {
        self.replace_in(FILE, from, to);
    }
}
