//! The sample application: filled in, consistent, and as the steps describe it.

use serde_json::Value;

use super::house::variables;
use crate::source::SourceError;
use crate::source::sample::files;
use workshop::blueprint::{RESOURCES, Variables};

fn file(path: &str) -> String {
    let all = files(&variables("local")).unwrap();
    let found = all.into_iter().find(|file| file.path == path);
    found.unwrap_or_else(|| panic!("no {path}")).content
}

#[test]
fn it_has_every_file_that_the_check_wants() {
    let repository = RESOURCES.iter().find(|r| r.name == "{{source_repository}}");
    let files_wanted = repository
        .unwrap()
        .settings
        .iter()
        .find(|s| s.key == "files");
    let workshop::blueprint::Expect::Includes(wanted) = files_wanted.unwrap().expect else {
        panic!("the files are a list");
    };
    assert!(!wanted.is_empty());
    for path in wanted {
        assert!(!file(path).is_empty(), "{path}");
    }
}

#[test]
fn the_task_definition_is_the_workshops_and_holds_no_password() {
    let text = file("taskdef.json");
    let task: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(task["family"], "tripmgmt-demo-taskdef");
    assert_eq!(task["networkMode"], "bridge");
    assert_eq!(
        (&task["cpu"], &task["memory"]),
        (&"256".into(), &"500".into())
    );
    let container = &task["containerDefinitions"][0];
    assert_eq!(container["name"], "tripmgmt-demo-container");
    assert_eq!(container["image"], "<IMAGE1_NAME>");
    assert_eq!(container["portMappings"][0]["containerPort"], 8080);
    assert_eq!(
        container["secrets"][0]["valueFrom"],
        "arn:aws:ssm:eu-west-1:000000000001:parameter/tripmgmt/db-password"
    );
    let options = &container["logConfiguration"]["options"];
    assert_eq!(options["awslogs-group"], "/ecs/tripmgmt-demo-taskdef");
    assert!(!text.contains("postgres123"));
    let environment = container["environment"].as_array().unwrap();
    assert!(
        environment
            .iter()
            .all(|v| v["name"] != "SPRING_DATASOURCE_PASSWORD")
    );
}

#[test]
fn the_home_page_can_be_changed_on_line_seven() {
    let home = file("src/main/webapp/app/home/home.component.html");
    let line = home.lines().nth(6).unwrap();
    assert!(
        line.trim_start().starts_with("<h1") && line.ends_with("</h1>"),
        "{line}"
    );
    assert!(file("src/main/webapp/index.html").contains("<jhi-home></jhi-home>"));
}

#[test]
fn every_variable_is_filled_or_missed() {
    for file in files(&variables("local")).unwrap() {
        assert!(!file.content.contains("{{"), "{}", file.path);
    }
    let error = files(&Variables::default()).unwrap_err();
    assert!(matches!(error, SourceError::Sample(_)), "{error}");
}
