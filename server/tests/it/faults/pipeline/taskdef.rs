//! Faults of `taskdef.json`.

use serde_json::{Value, json};
use workshop::blueprint::Kind::{self, DeployFiles, Pipeline, SourceRepository};

use crate::faults::account::Hand;
use crate::faults::fault::{Fault, warned, wrong};

pub(in crate::faults) const TASKDEF: &str = "taskdef.json";
const PUSH: &str = "Put it right in taskdef.json as this page shows the file, commit and push.";

pub(super) fn faults() -> Vec<Fault> {
    let mut faults = of_file();
    faults.extend(of_task());
    faults.extend(of_container());
    faults.extend(of_application());
    faults
}

fn of_file() -> Vec<Fault> {
    vec![
        wrong(
            DeployFiles,
            "exists",
            "both files were left out",
            ["none", "not created yet", "in one of the three ways"],
            |hand| {
                Box::pin(async move {
                    hand.push(|tree| {
                        for file in [TASKDEF, "appspec.yaml"] {
                            std::fs::remove_file(tree.join(file)).expect("one less");
                        }
                    });
                })
            },
        )
        .also(&[
            (SourceRepository, "files"),
            (SourceRepository, "task_password"),
        ]),
        wrong(
            DeployFiles,
            "taskdef",
            "a comma too many stands in it",
            ["not JSON", "a comma or quote in it", PUSH],
            |hand| {
                Box::pin(async move {
                    hand.replace_in(TASKDEF, "\"essential\": true,", "\"essential\": true,,");
                })
            },
        )
        .also(&OF_TASKDEF),
        wrong(
            DeployFiles,
            "taskdef",
            "it was left out",
            ["not in the repository", "The file is not there", PUSH],
            |hand| {
                Box::pin(async move {
                    hand.push(|tree| {
                        std::fs::remove_file(tree.join(TASKDEF)).expect("one less");
                    });
                })
            },
        )
        .also(&OF_NO_TASKDEF),
    ]
}

/// What cannot be told while the file cannot be read.
const OF_TASKDEF: [(Kind, &str); 14] = [
    (SourceRepository, "task_password"),
    (DeployFiles, "family"),
    (DeployFiles, "compatibility"),
    (DeployFiles, "network"),
    (DeployFiles, "memory"),
    (DeployFiles, "cpu"),
    (DeployFiles, "execution_role"),
    (DeployFiles, "container"),
    (DeployFiles, "image"),
    (DeployFiles, "ports"),
    (DeployFiles, "url"),
    (DeployFiles, "user"),
    (DeployFiles, "password"),
    (DeployFiles, "logs"),
];

const OF_NO_TASKDEF: [(Kind, &str); 15] = {
    let mut all = [(SourceRepository, "files"); 15];
    let mut at = 0;
    while at < OF_TASKDEF.len() {
        all[at] = OF_TASKDEF[at];
        at += 1;
    }
    all
};

/// A change of one value is named, and nothing else.
macro_rules! changed {
    ($setting:literal, $what:literal, [$found:expr, $cause:literal], $change:expr) => {
        wrong(
            DeployFiles,
            $setting,
            $what,
            [$found, $cause, PUSH],
            |hand| Box::pin(async move { hand.taskdef($change) }),
        )
    };
}

fn of_task() -> Vec<Fault> {
    vec![
        changed!(
            "family",
            "it makes another family",
            ["tripmgmt-taskdef", "another family than the one of step 5"],
            |file| file["family"] = json!("tripmgmt-taskdef")
        ),
        changed!(
            "compatibility",
            "it is for Fargate",
            ["FARGATE", "made for Fargate only"],
            |file| file["requiresCompatibilities"] = json!(["FARGATE"])
        ),
        changed!(
            "network",
            "its tasks have addresses of their own",
            [
                "awsvpc",
                "which target groups of the type “instance” cannot reach"
            ],
            |file| file["networkMode"] = json!("awsvpc")
        ),
        changed!(
            "memory",
            "a task takes half an instance",
            ["1024", "waits for room that never comes"],
            |file| file["memory"] = json!("1024")
        ),
        warned(
            DeployFiles,
            "memory",
            "a task takes a little more memory",
            ["512", "a deployment still finds room"],
            |hand| Box::pin(async move { hand.taskdef(|file| file["memory"] = json!("512")) }),
        ),
        changed!(
            "cpu",
            "a task takes an instance",
            ["2048", "Twice the tasks have to fit"],
            |file| file["cpu"] = json!("2048")
        ),
        changed!(
            "execution_role",
            "its tasks have another execution role",
            [
                "arn:aws:iam::123456789012:role/tasks",
                "neither pull the image nor read the password"
            ],
            |file| file["executionRoleArn"] = json!("arn:aws:iam::123456789012:role/tasks")
        ),
    ]
}

fn of_container() -> Vec<Fault> {
    vec![
        changed!(
            "container",
            "the container is called otherwise",
            ["tripmgmt-container", "this one is called differently"],
            |file| container(file)["name"] = json!("tripmgmt-container")
        ),
        changed!(
            "ports",
            "the host port is a fixed one",
            [
                "tcp 8080, host port 8080",
                "an instance holds one task only"
            ],
            |file| container(file)["portMappings"][0]["hostPort"] = json!(8080)
        ),
        changed!(
            "ports",
            "the container's port is 80",
            ["tcp 80, any host port", "The application listens on 8080"],
            |file| container(file)["portMappings"][0]["containerPort"] = json!(80)
        ),
        changed!(
            "logs",
            "the output goes to another log group",
            ["/ecs/tripmgmt", "nobody can say why"],
            |file| container(file)["logConfiguration"]["options"]["awslogs-group"] =
                json!("/ecs/tripmgmt")
        ),
        changed!(
            "image",
            "it names one image for good",
            ["tripmgmt-demo:v1", "the same code, whatever was pushed"],
            |file| container(file)["image"] = json!("tripmgmt-demo:v1")
        )
        .also(&[(Pipeline, "image_design")]),
    ]
}

fn of_application() -> Vec<Fault> {
    vec![
        changed!(
            "url",
            "the gap for the endpoint is still there",
            [
                "jdbc:postgresql://<rds-endpoint>:5432/tripmgmt",
                "would not find its database"
            ],
            |file| container(file)["environment"][0]["value"] =
                json!("jdbc:postgresql://<rds-endpoint>:5432/tripmgmt")
        ),
        changed!(
            "user",
            "it logs in as somebody else",
            ["admin", "knows no user of this name"],
            |file| container(file)["environment"][1]["value"] = json!("admin")
        ),
        wrong(
            DeployFiles,
            "password",
            "the password is written out",
            [
                "written out",
                "whoever reads the repository has it",
                "change it too",
            ],
            |hand| {
                Box::pin(async move {
                    hand.taskdef(|file| {
                        let pair = json!({
                            "name": "SPRING_DATASOURCE_PASSWORD", "value": "correct horse",
                        });
                        let variables = container(file)["environment"].as_array_mut();
                        variables.expect("the variables").push(pair);
                        container(file)["secrets"] = json!([]);
                    });
                })
            },
        )
        .also(&[(SourceRepository, "task_password")]),
        wrong(
            DeployFiles,
            "password",
            "it reads another parameter",
            [
                "parameter /tripmgmt/password",
                "would start without the password",
                "Name arn:aws:ssm:eu-west-1:",
            ],
            |hand| {
                Box::pin(async move {
                    hand.taskdef(|file| {
                        container(file)["secrets"][0]["valueFrom"] = json!("/tripmgmt/password");
                    });
                })
            },
        ),
    ]
}

fn container(file: &mut Value) -> &mut Value {
    &mut file["containerDefinitions"][0]
}

impl Hand {
    /// Pushes `taskdef.json` with a change.
    pub(in crate::faults) fn taskdef(&self, change: impl FnOnce(&mut Value)) {
        self.push(|tree| {
            let path = tree.join(TASKDEF);
            let text = std::fs::read_to_string(&path).expect("the file");
            let mut file = serde_json::from_str(&text).expect("JSON");
            change(&mut file);
            std::fs::write(path, format!("{file:#}\n")).expect("the file");
        });
    }
}
