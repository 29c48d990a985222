//! The appspec of an ECS deployment (CodeDeploy User Guide, "`AppSpec` file
//! structure for Amazon ECS deployments").

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What an appspec says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct AppSpec {
    pub(crate) task_definition: String,
    pub(crate) container_name: String,
    pub(crate) container_port: i64,
    /// Provider, weight and base.
    pub(crate) capacity_providers: Vec<(String, i64, i64)>,
    /// Events and the functions that they call.
    pub(crate) hooks: Vec<(String, String)>,
}

impl AppSpec {
    /// Reads an appspec, YAML or JSON; if it is none, why not.
    pub(crate) fn read(text: &str) -> Result<AppSpec, String> {
        let document: Value = serde_saphyr::from_str(text)
            .map_err(|_| "The AppSpec file is not well-formed YAML or JSON.".to_owned())?;
        let version = document.get("version").map(plain);
        if !matches!(version.as_deref(), Some("0" | "0.0")) {
            return Err(
                "The AppSpec file contains an unsupported version; it must be 0.0.".to_owned(),
            );
        }
        let resources = field(&document, "Resources").and_then(Value::as_array);
        let [resource] = resources.map_or(&[][..], Vec::as_slice) else {
            return Err("The AppSpec file must specify exactly one resource.".to_owned());
        };
        let service = resource.as_object().and_then(|names| names.values().next());
        let service = service.unwrap_or(&Value::Null);
        if field(service, "Type").map(plain).as_deref() != Some("AWS::ECS::Service") {
            return Err("The resource type must be AWS::ECS::Service.".to_owned());
        }
        let properties = field(service, "Properties").unwrap_or(&Value::Null);
        let required = |within: Option<&Value>, name: &str| {
            let found = within.and_then(|within| field(within, name)).map(plain);
            found
                .filter(|text| !text.is_empty())
                .ok_or_else(|| format!("The AppSpec file must specify {name}."))
        };
        let balancer = field(properties, "LoadBalancerInfo");
        let port = required(balancer, "ContainerPort")?;
        Ok(AppSpec {
            task_definition: required(Some(properties), "TaskDefinition")?,
            container_name: required(balancer, "ContainerName")?,
            container_port: port
                .parse()
                .map_err(|_| "ContainerPort must be a number.".to_owned())?,
            capacity_providers: providers(properties),
            hooks: hooks(&document),
        })
    }
}

/// A field by its name, which JSON files often write with a small letter.
fn field<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    let fields = value.as_object()?;
    let mut same = fields
        .iter()
        .filter(|(key, _)| key.eq_ignore_ascii_case(name));
    same.next().map(|(_, value)| value)
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

fn providers(properties: &Value) -> Vec<(String, i64, i64)> {
    let strategy = field(properties, "CapacityProviderStrategy").and_then(Value::as_array);
    let items = strategy.into_iter().flatten();
    items
        .filter_map(|item| {
            let number = |name| field(item, name).and_then(Value::as_i64);
            let provider = field(item, "CapacityProvider").map(plain)?;
            Some((
                provider,
                number("Weight").unwrap_or(0),
                number("Base").unwrap_or(0),
            ))
        })
        .collect()
}

fn hooks(document: &Value) -> Vec<(String, String)> {
    let hooks = field(document, "Hooks").and_then(Value::as_array);
    let named = hooks.into_iter().flatten().filter_map(Value::as_object);
    named
        .flatten()
        .map(|(event, function)| (event.clone(), plain(function)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const YAML: &str = "version: 0.0\nResources:\n  - TargetService:\n      Type: AWS::ECS::Service\n      \
        Properties:\n        TaskDefinition: arn:td\n        LoadBalancerInfo:\n          ContainerName: web\n          \
        ContainerPort: 8080\n        CapacityProviderStrategy:\n          - Base: 1\n            CapacityProvider: cp\n            \
        Weight: 2\nHooks:\n  - AfterInstall: check\n";

    #[test]
    fn yaml_and_json_say_the_same() {
        let json = r#"{"version": 0.0, "Resources": [{"TargetService": {"Type": "AWS::ECS::Service", "Properties": {
            "TaskDefinition": "arn:td", "LoadBalancerInfo": {"ContainerName": "web", "ContainerPort": "8080"},
            "CapacityProviderStrategy": [{"Base": 1, "CapacityProvider": "cp", "Weight": 2}]}}}],
            "Hooks": [{"AfterInstall": "check"}]}"#;
        let read = AppSpec::read(YAML).unwrap();
        assert_eq!(read, AppSpec::read(json).unwrap());
        assert_eq!(
            (read.container_name.as_str(), read.container_port),
            ("web", 8080)
        );
        assert_eq!(read.capacity_providers, [("cp".to_owned(), 2, 1)]);
        assert_eq!(
            read.hooks,
            [("AfterInstall".to_owned(), "check".to_owned())]
        );
    }

    #[test]
    fn what_is_missing_is_said() {
        for (from, to, words) in [
            ("version: 0.0", "version: 1.0", "version"),
            (
                "AWS::ECS::Service",
                "AWS::Lambda::Function",
                "resource type",
            ),
            ("TaskDefinition: arn:td", "Task: arn:td", "TaskDefinition"),
            ("ContainerName: web", "Container: web", "ContainerName"),
            (
                "ContainerPort: 8080",
                "ContainerPort: http",
                "ContainerPort",
            ),
            ("Resources:", "Resource:", "exactly one resource"),
            ("version", "\tversion", "well-formed"),
        ] {
            let problem = AppSpec::read(&YAML.replace(from, to)).unwrap_err();
            assert!(problem.contains(words), "{problem}");
        }
    }
}
