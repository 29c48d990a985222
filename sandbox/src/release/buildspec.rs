//! A buildspec, read (`CodeBuild` User Guide, "Build specification reference").

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What a buildspec says of a build; what it says of reports, caches and batches is passed over.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Buildspec {
    /// Of `INSTALL`, `PRE_BUILD`, `BUILD` and `POST_BUILD`, in this order.
    pub(crate) phases: [Steps; 4],
    pub(crate) variables: Vec<(String, String)>,
    /// Variables and the parameters that they are read from.
    pub(crate) parameters: Vec<(String, String)>,
    pub(crate) exported: Vec<String>,
    pub(crate) artifacts: Option<Files>,
}

/// The commands of a phase.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Steps {
    pub(crate) commands: Vec<String>,
    /// What runs afterwards, whatever came before.
    pub(crate) finally: Vec<String>,
    /// Whether the build goes on after a failure.
    pub(crate) goes_on: bool,
    /// Whether the buildspec has the phase at all.
    pub(crate) is_there: bool,
}

/// The files of an artifact.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Files {
    /// Patterns.
    pub(crate) include: Vec<String>,
    pub(crate) exclude: Vec<String>,
    pub(crate) base: Option<String>,
    pub(crate) discards_paths: bool,
}

const PHASES: [&str; 4] = ["install", "pre_build", "build", "post_build"];

const TOP: [&str; 9] = [
    "version",
    "run-as",
    "env",
    "proxy",
    "batch",
    "phases",
    "reports",
    "artifacts",
    "cache",
];

/// Reads a buildspec; if it is none, why not, as `YAML_FILE_ERROR` has it.
pub(crate) fn read(text: &str) -> Result<Buildspec, String> {
    let document: Value = serde_saphyr::from_str(text)
        .map_err(|error| format!("YAML file is not valid: {}", first_line(&error.to_string())))?;
    let Value::Object(document) = document else {
        return Err("YAML file is not valid: a buildspec is a mapping".to_owned());
    };
    known(&document, "", &TOP)?;
    match document.get("version").map(text_of) {
        Some(Some(version)) if version == "0.2" || version == "0.1" => {}
        Some(Some(version)) => return Err(format!("Unsupported buildspec version: {version}")),
        _ => return Err("Invalid buildspec: version is missing".to_owned()),
    }
    let mut buildspec = Buildspec::default();
    if let Some(env) = mapping(&document, "env")? {
        known(
            env,
            "env",
            &[
                "shell",
                "variables",
                "parameter-store",
                "exported-variables",
                "secrets-manager",
                "git-credential-helper",
            ],
        )?;
        if env.contains_key("secrets-manager") {
            return Err("env/secrets-manager: there are no secrets in this account".to_owned());
        }
        buildspec.variables = pairs(env, "variables")?;
        buildspec.parameters = pairs(env, "parameter-store")?;
        buildspec.exported = list(env, "exported-variables")?;
    }
    let Some(phases) = mapping(&document, "phases")? else {
        return Err("Invalid buildspec: phases is missing".to_owned());
    };
    known(phases, "phases", &PHASES)?;
    for (name, steps) in PHASES.iter().zip(&mut buildspec.phases) {
        if let Some(phase) = mapping(phases, name)? {
            known(
                phase,
                name,
                &[
                    "run-as",
                    "on-failure",
                    "runtime-versions",
                    "commands",
                    "finally",
                    "steps",
                ],
            )?;
            *steps = Steps {
                commands: list(phase, "commands")?,
                finally: list(phase, "finally")?,
                goes_on: phase.get("on-failure").and_then(text_of).as_deref() == Some("CONTINUE"),
                is_there: true,
            };
        }
    }
    if let Some(artifacts) = mapping(&document, "artifacts")? {
        known(
            artifacts,
            "artifacts",
            &[
                "files",
                "name",
                "discard-paths",
                "base-directory",
                "exclude-paths",
                "enable-symlinks",
                "s3-prefix",
                "secondary-artifacts",
            ],
        )?;
        buildspec.artifacts = Some(Files {
            include: list(artifacts, "files")?,
            exclude: list(artifacts, "exclude-paths")?,
            base: artifacts.get("base-directory").and_then(text_of),
            discards_paths: artifacts
                .get("discard-paths")
                .and_then(text_of)
                .is_some_and(|text| text == "yes" || text == "true"),
        });
    }
    Ok(buildspec)
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

/// What is said must be something that there is.
fn known(given: &Map<String, Value>, at: &str, names: &[&str]) -> Result<(), String> {
    match given.keys().find(|name| !names.contains(&name.as_str())) {
        None => Ok(()),
        Some(name) if at.is_empty() => Err(format!("Unknown key {name} in the buildspec")),
        Some(name) => Err(format!("Unknown key {name} in {at} of the buildspec")),
    }
}

fn mapping<'a>(
    from: &'a Map<String, Value>,
    name: &str,
) -> Result<Option<&'a Map<String, Value>>, String> {
    match from.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Object(mapping)) => Ok(Some(mapping)),
        Some(_) => Err(format!("Expected {name} to be a mapping")),
    }
}

/// Texts; one alone will do.
fn list(from: &Map<String, Value>, name: &str) -> Result<Vec<String>, String> {
    let items = match from.get(name) {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::Array(items)) => items.as_slice(),
        Some(item) => std::slice::from_ref(item),
    };
    let texts = items.iter().enumerate().map(|(at, item)| {
        // AWS's own words for the colon in a command that was not put in quotation marks.
        text_of(item).ok_or_else(|| {
            let mut letters = name.chars();
            let first = letters.next().map(|it| it.to_ascii_uppercase());
            let name = first.into_iter().chain(letters).collect::<String>();
            format!("Expected {name}[{at}] to be of string type: found subkeys instead")
        })
    });
    texts.collect()
}

fn pairs(from: &Map<String, Value>, name: &str) -> Result<Vec<(String, String)>, String> {
    let Some(mapping) = mapping(from, name)? else {
        return Ok(Vec::new());
    };
    let pair = |(key, value): (&String, &Value)| match text_of(value) {
        Some(text) => Ok((key.clone(), text)),
        None => Err(format!("Expected env/{name}/{key} to be of string type")),
    };
    mapping.iter().map(pair).collect()
}

/// A scalar as it was written, more or less.
fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(bool) => Some(bool.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_buildspec() {
        let read = read(
            "version: 0.2\n\
             env:\n  variables:\n    A: 1\n  parameter-store:\n    P: /app/p\n  exported-variables: [A]\n\
             phases:\n  build:\n    commands:\n      - echo a:b\n      - true\n    finally:\n      - echo over\n\
             artifacts:\n  files: '**/*'\n  discard-paths: yes\n",
        )
        .unwrap();
        assert_eq!(read.phases[2].commands, ["echo a:b", "true"]);
        assert_eq!(read.phases[2].finally, ["echo over"]);
        assert!(!read.phases[0].is_there);
        assert_eq!(read.variables, [("A".to_owned(), "1".to_owned())]);
        assert_eq!(read.parameters, [("P".to_owned(), "/app/p".to_owned())]);
        assert_eq!(read.artifacts.unwrap().include, ["**/*"]);
    }

    #[test]
    fn what_is_none() {
        for (text, words) in [
            ("phases:\n  build:\n    commands: [a]", "version is missing"),
            (
                "version: 0.3\nphases: {}",
                "Unsupported buildspec version: 0.3",
            ),
            ("version: 0.2", "phases is missing"),
            (
                "version: 0.2\nphases:\n  bild:\n    commands: [a]",
                "Unknown key bild in phases",
            ),
            (
                "version: 0.2\nphases:\n  build:\n    commands:\n      - echo a: b",
                "Expected Commands[0] to be of string type",
            ),
            (
                "version: 0.2\nphases:\n  build:\n   commands:\n  - a",
                "not valid",
            ),
            ("- a", "a mapping"),
            ("", "a mapping"),
            (
                "version: 0.2\nenv:\n  secrets-manager:\n    A: b\nphases: {}",
                "secrets",
            ),
        ] {
            let problem = read(text).unwrap_err();
            assert!(problem.contains(words), "{text}: {problem}");
        }
    }
}
