//! `taskdef.json` and `appspec.yaml`, read from the repository at the Git host.
//!
//! The words for what stands in `taskdef.json` are those for a task definition in the account, so
//! that both are judged alike.

use serde_json::Value;
use workshop::blueprint::{Kind, port_mapping};
use workshop::model::{Facts, Observation};

use super::Greenlight;
use super::crew::Crew;
use super::source_repository::unknown;
use super::unread::with_unread;
use crate::source::{BRANCH, SourceError};

impl Greenlight {
    pub(super) async fn look_at_deploy_files(&self, crew: &Crew) -> Observation {
        match self.deploy_files(crew).await {
            Ok(Some(facts)) => Observation::Present(facts),
            Ok(None) => Observation::Absent(None),
            Err(error) => unknown(&error),
        }
    }

    /// What the files say; `None` while there is neither.
    async fn deploy_files(&self, crew: &Crew) -> Result<Option<Facts>, SourceError> {
        let Some(repository) = self.repository(crew) else {
            return Ok(None);
        };
        let source = &self.parts().source;
        let taskdef = source.file(&repository, BRANCH, "taskdef.json").await?;
        let appspec = source.file(&repository, BRANCH, "appspec.yaml").await?;
        if taskdef.is_none() && appspec.is_none() {
            return Ok(None);
        }
        let url = crew.variables.get("repository_url").unwrap_or_default();
        let container = crew.variables.get("container").unwrap_or_default();
        let facts = of_taskdef(Facts::new(url), taskdef.as_deref(), container);
        Ok(Some(of_appspec(facts, appspec.as_deref())))
    }
}

fn of_taskdef(facts: Facts, text: Option<&str>, container: &str) -> Facts {
    let unread = |facts, why| {
        let is_own = |key: &str| !key.starts_with("appspec");
        let facts = with_unread(facts, Kind::DeployFiles, "taskdef.json", is_own);
        facts.with("taskdef", why)
    };
    let Some(text) = text else {
        return unread(facts, "not in the repository");
    };
    let Ok(file) = serde_json::from_str::<Value>(text) else {
        return unread(facts, "not JSON");
    };
    let containers = list(&file["containerDefinitions"]);
    // The one that the workshop means; where none is called so, the first.
    let main = containers
        .iter()
        .find(|found| found["name"] == container)
        .or(containers.first())
        .unwrap_or(&Value::Null);
    let texts = |values: &[Value]| values.iter().flat_map(text_of).collect();
    let names = containers.iter().flat_map(|found| text_of(&found["name"]));
    facts
        .with("taskdef", "JSON")
        .with_all("family", text_of(&file["family"]))
        .with_all(
            "compatibility",
            texts(list(&file["requiresCompatibilities"])),
        )
        .with_all("network", text_of(&file["networkMode"]))
        .with_all("memory", size(&file, main, "memory"))
        .with_all("cpu", size(&file, main, "cpu"))
        .with_all("execution_role", text_of(&file["executionRoleArn"]))
        .with_all("container", names.collect())
        .with_all("image", text_of(&main["image"]))
        .with_all(
            "ports",
            list(&main["portMappings"]).iter().map(port).collect(),
        )
        .with_all("url", variable(main, "SPRING_DATASOURCE_URL"))
        .with_all("user", variable(main, "SPRING_DATASOURCE_USERNAME"))
        .with_all("password", password(main))
        .with_all(
            "logs",
            text_of(&main["logConfiguration"]["options"]["awslogs-group"]),
        )
}

fn of_appspec(facts: Facts, text: Option<&str>) -> Facts {
    let unread = |facts, why| {
        let is_own = |key: &str| key.starts_with("appspec");
        let facts = with_unread(facts, Kind::DeployFiles, "appspec.yaml", is_own);
        facts.with("appspec", why)
    };
    let Some(text) = text else {
        return unread(facts, "not in the repository");
    };
    let Ok(file) = serde_saphyr::from_str::<Value>(text) else {
        return unread(facts, "not YAML");
    };
    let service = &file["Resources"][0]["TargetService"]["Properties"];
    let balancer = &service["LoadBalancerInfo"];
    facts
        .with("appspec", "YAML")
        .with_all("appspec_task", text_of(&service["TaskDefinition"]))
        .with_all("appspec_container", text_of(&balancer["ContainerName"]))
        .with_all("appspec_port", text_of(&balancer["ContainerPort"]))
        .with_all(
            "appspec_provider",
            text_of(&service["CapacityProviderStrategy"][0]["CapacityProvider"]),
        )
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// A text, or a number as one; none where there is neither.
fn text_of(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Number(number) => vec![number.to_string()],
        _ => Vec::new(),
    }
}

/// What the task asks for, or else its container.
fn size(file: &Value, main: &Value, key: &str) -> Vec<String> {
    let of_task = text_of(&file[key]);
    if of_task.is_empty() {
        text_of(&main[key])
    } else {
        of_task
    }
}

fn variable(main: &Value, name: &str) -> Vec<String> {
    list(&main["environment"])
        .iter()
        .find(|pair| pair["name"] == name)
        .map_or_else(Vec::new, |pair| text_of(&pair["value"]))
}

fn port(mapping: &Value) -> String {
    let number = |key: &str| mapping[key].as_i64().unwrap_or_default();
    let (container, host) = (number("containerPort"), number("hostPort"));
    port_mapping(mapping["protocol"].as_str(), container, host)
}

/// Where the password comes from, never what it is.
fn password(main: &Value) -> Vec<String> {
    const NAME: &str = "SPRING_DATASOURCE_PASSWORD";
    let named = |key: &str| list(&main[key]).iter().find(|entry| entry["name"] == NAME);
    if named("environment").is_some() {
        return vec!["written out".to_owned()];
    }
    named("secrets").map_or_else(Vec::new, |secret| {
        let parameters = text_of(&secret["valueFrom"]).into_iter();
        parameters.map(|name| format!("parameter {name}")).collect()
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use workshop::blueprint::{Inputs, Names, Variables, find};
    use workshop::check;
    use workshop::model::Outcome;

    use super::*;

    fn variables() -> Variables {
        let mut variables = Names {
            workspace: "local".to_owned(),
            suffix: None,
        }
        .variables();
        for (name, value) in [
            ("region", "eu-west-1"),
            ("account", "123456789012"),
            ("writer_endpoint", "writer.example"),
            (
                "execution_role_arn",
                "arn:aws:iam::123456789012:role/ecsTaskExecutionRole",
            ),
            (
                "db_password_parameter_arn",
                "arn:aws:ssm:eu-west-1:123456789012:parameter/tripmgmt/db-password",
            ),
            ("image_repository_uri", "registry.example/tripmgmt-demo"),
        ] {
            variables.set(name, value);
        }
        variables
    }

    /// The files as the form commits them.
    fn generated(variables: &Variables) -> BTreeMap<String, String> {
        let (resource, chosen) = (find(Kind::DeployFiles), BTreeMap::new());
        let calls = (resource.create)(&Inputs::new(resource, &chosen, variables));
        let text = |value: &Value| variables.fill(value.as_str().unwrap()).unwrap();
        calls
            .iter()
            .map(|call| (text(&call.params["Path"]), text(&call.params["Content"])))
            .collect()
    }

    #[test]
    fn the_generated_files_pass_their_own_check() {
        let variables = variables();
        let files = generated(&variables);
        let container = variables.get("container").unwrap();
        let facts = of_taskdef(Facts::new(""), Some(&files["taskdef.json"]), container);
        let facts = of_appspec(facts, Some(&files["appspec.yaml"]));
        let seen = Observation::Present(facts);
        for row in check::findings(find(Kind::DeployFiles), &seen, &variables) {
            assert_eq!(row.outcome, Outcome::Passed, "{row:#?}");
            assert_eq!(row.warning, None, "{row:#?}");
        }
    }

    #[test]
    fn the_sample_becomes_the_generated_files_once_the_endpoint_is_in() {
        let variables = variables();
        let sample = |text: &str| {
            let filled = variables.fill(text).unwrap();
            filled.replace("<rds-endpoint>", "writer.example")
        };
        let files = generated(&variables);
        let taskdef = include_str!("../../sample/tripmgmt/taskdef.json");
        assert_eq!(files["taskdef.json"], sample(taskdef));
        let appspec = include_str!("../../sample/tripmgmt/appspec.yaml");
        assert_eq!(files["appspec.yaml"], sample(appspec));
    }

    #[test]
    fn what_cannot_be_read_is_said_to_be_so() {
        let facts = of_taskdef(Facts::new(""), Some("{,}"), "");
        let facts = of_appspec(facts, None);
        assert_eq!(facts.value("taskdef"), Some("not JSON"));
        assert_eq!(facts.value("appspec"), Some("not in the repository"));
        let facts = of_appspec(Facts::new(""), Some("a: [1"));
        assert_eq!(facts.value("appspec"), Some("not YAML"));
        let seen = Observation::Present(of_taskdef(facts, Some("{,}"), ""));
        for row in check::findings(find(Kind::DeployFiles), &seen, &variables()) {
            let expected = match row.setting.as_str() {
                "exists" => Outcome::Passed,
                "taskdef" | "appspec" => Outcome::Wrong,
                _ => Outcome::CouldNotTell,
            };
            assert_eq!(row.outcome, expected, "{row:#?}");
        }
    }

    #[test]
    fn a_password_is_told_by_its_place_alone() {
        let with = |list: &str| {
            let entry = r#"{"name":"SPRING_DATASOURCE_PASSWORD","value":"x","valueFrom":"/a"}"#;
            let text = format!(r#"{{"containerDefinitions":[{{"{list}":[{entry}]}}]}}"#);
            of_taskdef(Facts::new(""), Some(&text), "")
        };
        assert_eq!(with("environment").value("password"), Some("written out"));
        assert_eq!(with("secrets").value("password"), Some("parameter /a"));
        assert_eq!(with("other").value("password"), None);
    }
}
