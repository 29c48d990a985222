//! A buildspec as YAML (`CodeBuild` User Guide, "Build specification reference"), as far as a check
//! reads it.

use serde_json::{Map, Value};

/// The buildspec's parts.
pub(super) struct Document {
    version: String,
    /// Name and commands of each phase, in the order in which they run.
    phases: Vec<(String, Vec<String>)>,
    /// `env.variables`.
    pub(super) variables: Vec<(String, String)>,
    /// `artifacts.files`.
    pub(super) artifacts: Vec<String>,
    /// What `CodeBuild` would not take for a command.
    not_text: bool,
}

const ORDER: [&str; 4] = ["install", "pre_build", "build", "post_build"];

impl Document {
    /// Reads `text`, or says in a few words why it is no buildspec.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let value: Value = serde_saphyr::from_str(text).map_err(|error| {
            let error = error.to_string();
            let first = error.lines().next().unwrap_or_default();
            format!("no YAML: {first}")
        })?;
        let Value::Object(document) = value else {
            return Err("YAML, but no buildspec".to_owned());
        };
        let mut not_text = false;
        let mut phases: Vec<(String, Vec<String>)> = object(&document, "phases")
            .into_iter()
            .flatten()
            .map(|(name, phase)| {
                let phase = phase.as_object();
                let mut commands = Vec::new();
                for list in ["commands", "finally"] {
                    for item in phase.map_or(&[][..], |phase| items(phase, list)) {
                        match scalar(item) {
                            Some(text) => commands.push(text),
                            None => not_text = true,
                        }
                    }
                }
                (name.clone(), commands)
            })
            .collect();
        phases.sort_by_key(|(name, _)| ORDER.iter().position(|known| known == name));
        let variables = object(&document, "env").and_then(|env| object(env, "variables"));
        Ok(Self {
            version: document
                .get("version")
                .and_then(scalar)
                .unwrap_or_else(|| "none".to_owned()),
            phases,
            variables: variables
                .into_iter()
                .flatten()
                .filter_map(|(name, value)| Some((name.clone(), scalar(value)?)))
                .collect(),
            artifacts: object(&document, "artifacts")
                .map_or(&[][..], |artifacts| items(artifacts, "files"))
                .iter()
                .filter_map(scalar)
                .collect(),
            not_text,
        })
    }

    /// The version, with what else keeps `CodeBuild` from reading the file.
    pub(super) fn version(&self) -> String {
        if self.not_text {
            format!("{}, but a command is no text", self.version)
        } else {
            self.version.clone()
        }
    }

    /// The phases that have commands.
    pub(super) fn phase_names(&self) -> Vec<String> {
        let phases = self.phases.iter();
        phases
            .filter(|(_, commands)| !commands.is_empty())
            .map(|(name, _)| name.clone())
            .collect()
    }

    /// Every command, in the order in which they run.
    pub(super) fn commands(&self) -> impl Iterator<Item = &str> {
        let phases = self.phases.iter();
        phases.flat_map(|(_, commands)| commands.iter().map(String::as_str))
    }
}

fn object<'a>(from: &'a Map<String, Value>, key: &str) -> Option<&'a Map<String, Value>> {
    from.get(key).and_then(Value::as_object)
}

/// A list; a single value may stand without one.
fn items<'a>(from: &'a Map<String, Value>, key: &str) -> &'a [Value] {
    match from.get(key) {
        Some(Value::Array(items)) => items,
        Some(Value::Null) | None => &[],
        Some(one) => std::slice::from_ref(one),
    }
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(bool) => Some(bool.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
