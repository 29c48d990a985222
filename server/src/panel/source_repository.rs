//! The source repository, asked of the Git host instead of AWS.

use serde_json::Value;
use workshop::blueprint::{Call, Expect, Kind, find};
use workshop::model::{AccountKind, Facts, Observation, Trouble};

use super::Greenlight;
use super::crew::Crew;
use crate::error::Error;
use crate::source::{BRANCH, RepositoryRef, SourceError, Visibility};

impl Greenlight {
    /// Which repository is this attendee's: in the sandbox the workspace's own, on a real account
    /// the project that was entered in step 1.
    fn repository(&self, crew: &Crew) -> Option<RepositoryRef> {
        let name = crew.variables.get("source_repository")?;
        match self.parts().accounts.kind() {
            AccountKind::Sandbox { .. } => {
                Some(RepositoryRef::new(crew.workspace.name.as_str(), name))
            }
            AccountKind::Aws => {
                let (owner, name) = crew.variables.get("project_path")?.rsplit_once('/')?;
                Some(RepositoryRef::new(owner, name))
            }
        }
    }

    pub(super) async fn look_at_source(&self, crew: &Crew) -> Observation {
        let Some(repository) = self.repository(crew) else {
            return Observation::Absent(None);
        };
        match self.source_facts(&repository).await {
            Ok(Some(facts)) => Observation::Present(facts),
            Ok(None) => Observation::Absent(None),
            Err(error) => {
                tracing::warn!(error = %crate::error::chain(&error), "the Git host could not be asked");
                Observation::Unknown(Trouble {
                    sentence: error.sentence(),
                    remedy: "It is not your fault; check again in a moment.".to_owned(),
                })
            }
        }
    }

    async fn source_facts(&self, repository: &RepositoryRef) -> Result<Option<Facts>, SourceError> {
        let source = &self.parts().source;
        let Some(seen) = source.look(repository, wanted_files()).await? else {
            return Ok(None);
        };
        let task_definition = source.file(repository, BRANCH, "taskdef.json").await?;
        let facts = Facts::new(&seen.url)
            .with("url", &seen.url)
            .with("visibility", if seen.public { "public" } else { "private" })
            .with_all("branches", seen.branches)
            .with_all("files", seen.files)
            .with(
                "task_password",
                task_definition
                    .as_deref()
                    .map_or("no taskdef.json", task_password),
            );
        Ok(Some(facts))
    }

    /// Sends a call of the Git host.
    pub(super) async fn send_to_source(&self, crew: &Crew, call: &Call) -> Result<Value, Error> {
        let repository = self.repository(crew).ok_or_else(|| {
            Error::Refused("Enter your GitLab project first, as group/name, then check.".to_owned())
        })?;
        let visibility = match call.params.get("Visibility").and_then(Value::as_str) {
            Some("private") => Visibility::Private,
            _ => Visibility::Public,
        };
        let source = &self.parts().source;
        match call.operation.as_str() {
            "CreateRepository" => {
                source
                    .create(&repository, visibility, &crew.variables)
                    .await?;
            }
            "UpdateRepository" => source.set_visibility(&repository, visibility).await?,
            "DeleteRepository" => source.delete(&repository).await?,
            other => {
                return Err(Error::Refused(format!(
                    "The Git host has no operation {other}."
                )));
            }
        }
        Ok(Value::Null)
    }
}

/// The files that the blueprint expects on the branch.
fn wanted_files() -> &'static [&'static str] {
    let files = find(Kind::SourceRepository)
        .settings
        .iter()
        .find(|setting| setting.key == "files");
    match files.map(|setting| setting.expect) {
        Some(Expect::Includes(files)) => files,
        _ => &[],
    }
}

/// Where `taskdef.json` has the database's password from.
fn task_password(text: &str) -> &'static str {
    const NAME: &str = "SPRING_DATASOURCE_PASSWORD";
    let Ok(definition) = serde_json::from_str::<Value>(text) else {
        return "taskdef.json is not JSON";
    };
    let containers = definition
        .get("containerDefinitions")
        .and_then(Value::as_array);
    let names_it = |list: &str| {
        containers
            .into_iter()
            .flatten()
            .filter_map(|container| container.get(list)?.as_array())
            .flatten()
            .any(|entry| entry.get("name").and_then(Value::as_str) == Some(NAME))
    };
    if names_it("environment") {
        "written out"
    } else if names_it("secrets") {
        "secrets.valueFrom"
    } else {
        "none"
    }
}

#[cfg(test)]
mod tests {
    use super::task_password;

    #[test]
    fn a_password_that_is_written_out_is_seen() {
        let with = |list: &str| {
            format!(
                r#"{{"containerDefinitions":[{{"{list}":[{{"name":"SPRING_DATASOURCE_PASSWORD","value":"x"}}]}}]}}"#
            )
        };
        assert_eq!(task_password(&with("environment")), "written out");
        assert_eq!(task_password(&with("secrets")), "secrets.valueFrom");
        assert_eq!(task_password("{}"), "none");
        assert_eq!(task_password("{"), "taskdef.json is not JSON");
    }

    #[test]
    fn the_files_are_the_blueprints() {
        assert!(super::wanted_files().contains(&"taskdef.json"));
    }
}
