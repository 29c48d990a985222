//! Faults of step 1.

use workshop::blueprint::Kind::{Buildspec, DeployFiles, SourceRepository};

use super::fault::{Fault, try_all, wrong};

pub(super) fn faults() -> Vec<Fault> {
    vec![
        wrong(
            SourceRepository,
            "exists",
            "the project was deleted",
            ["none", "not created yet", "named exactly tripmgmt"],
            |hand| {
                Box::pin(async move {
                    std::fs::remove_dir_all(hand.repository()).expect("the repository");
                })
            },
        )
        .also(&[(Buildspec, "exists"), (DeployFiles, "exists")]),
        wrong(
            SourceRepository,
            "visibility",
            "the project is private",
            [
                "private",
                "private unless “Public” is chosen",
                "Set the project's visibility to public",
            ],
            |hand| {
                Box::pin(async move { hand.git(&["config", "greenlight.visibility", "private"]) })
            },
        ),
        wrong(
            SourceRepository,
            "branches",
            "git named the first branch master",
            [
                "master",
                "git named the first branch “master”",
                "git branch -M main",
            ],
            |hand| Box::pin(async move { hand.git(&["branch", "-m", "main", "master"]) }),
        )
        .also(&[
            (SourceRepository, "files"),
            (SourceRepository, "task_password"),
            (Buildspec, "exists"),
            (DeployFiles, "exists"),
        ]),
        wrong(
            SourceRepository,
            "files",
            "appspec.yaml ends in yml",
            [
                "Dockerfile, buildspec.yml, taskdef.json, src/main/webapp/app/home/home.component.html",
                "`appspec.yaml` ends in yaml",
                "Add the missing file with exactly this name",
            ],
            |hand| {
                Box::pin(async move {
                    hand.push(|tree| {
                        std::fs::rename(tree.join("appspec.yaml"), tree.join("appspec.yml"))
                            .expect("the file");
                    });
                })
            },
        )
        .also(&[
            (DeployFiles, "appspec"),
            (DeployFiles, "appspec_task"),
            (DeployFiles, "appspec_container"),
            (DeployFiles, "appspec_port"),
        ]),
        wrong(
            SourceRepository,
            "task_password",
            "the password stands in taskdef.json",
            [
                "written out",
                "whoever reads `taskdef.json` has the database's password",
                "valueFrom /tripmgmt/db-password",
            ],
            |hand| {
                Box::pin(
                    async move { hand.push(|tree| write_password_out(&tree.join("taskdef.json"))) },
                )
            },
        )
        .also(&[(DeployFiles, "password")]),
    ]
}

fn write_password_out(file: &std::path::Path) {
    let text = std::fs::read_to_string(file).expect("taskdef.json");
    let mut definition: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let container = &mut definition["containerDefinitions"][0];
    container["secrets"] = serde_json::json!([]);
    let password =
        serde_json::json!({ "name": "SPRING_DATASOURCE_PASSWORD", "value": "postgres123" });
    container["environment"]
        .as_array_mut()
        .expect("the environment")
        .push(password);
    std::fs::write(file, definition.to_string()).expect("taskdef.json");
}

#[tokio::test]
async fn each_fault_is_named() {
    try_all(faults()).await;
}
