//! Faults of `appspec.yaml`.

use workshop::blueprint::Kind::{DeployFiles, SourceRepository};

use crate::faults::fault::{Fault, wrong};

const APPSPEC: &str = "appspec.yaml";
const PUSH: &str = "Put it right in appspec.yaml as this page shows the file, commit and push.";

pub(super) fn faults() -> Vec<Fault> {
    vec![
        wrong(
            DeployFiles,
            "appspec",
            "a bracket is open",
            ["not YAML", "its indentation is not YAML's", PUSH],
            |hand| {
                Box::pin(async move {
                    hand.replace_in(APPSPEC, "ContainerPort: 8080", "ContainerPort: [8080");
                })
            },
        )
        .also(&[
            (DeployFiles, "appspec_task"),
            (DeployFiles, "appspec_container"),
            (DeployFiles, "appspec_port"),
        ]),
        wrong(
            DeployFiles,
            "appspec",
            "the file ends in yml",
            ["not in the repository", "The file is not there", PUSH],
            |hand| {
                Box::pin(async move {
                    hand.push(|tree| {
                        let renamed = tree.join("appspec.yml");
                        std::fs::rename(tree.join(APPSPEC), renamed).expect("another name");
                    });
                })
            },
        )
        .also(&[
            (SourceRepository, "files"),
            (DeployFiles, "appspec_task"),
            (DeployFiles, "appspec_container"),
            (DeployFiles, "appspec_port"),
        ]),
        wrong(
            DeployFiles,
            "appspec_task",
            "a revision is written out",
            [
                "arn:aws:ecs:*",
                "deploys the same revision again and again",
                PUSH,
            ],
            |hand| {
                Box::pin(async move {
                    let revision = hand.yielded("task_definition_arn").await;
                    hand.replace_in(APPSPEC, "<TASK_DEFINITION>", &revision);
                })
            },
        ),
        wrong(
            DeployFiles,
            "appspec_container",
            "it names another container",
            [
                "tripmgmt-container",
                "that the task definition does not have",
                PUSH,
            ],
            |hand| {
                Box::pin(async move {
                    hand.replace_in(APPSPEC, "tripmgmt-demo-container", "tripmgmt-container");
                })
            },
        ),
        wrong(
            DeployFiles,
            "appspec_port",
            "it names another port",
            ["80", "maps no other port", PUSH],
            |hand| {
                Box::pin(async move {
                    hand.replace_in(APPSPEC, "ContainerPort: 8080", "ContainerPort: 80");
                })
            },
        ),
    ]
}
