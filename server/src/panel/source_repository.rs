//! The source repository, asked of the Git host instead of AWS.

use serde_json::Value;
use workshop::blueprint::{Call, Expect, Kind, find};
use workshop::model::{AccountKind, Fact, Facts, Observation, Trouble};

use super::Greenlight;
use super::crew::Crew;
use super::unread::unread;
use crate::error::Error;
use crate::source::{BRANCH, RepositoryRef, SourceError, Visibility};

impl Greenlight {
    /// Which repository is this attendee's: in the sandbox the workspace's own, on a real account
    /// the project that was entered in step 1.
    pub(super) fn repository(&self, crew: &Crew) -> Option<RepositoryRef> {
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
            Err(error) => unknown(&error),
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
            .with_fact(
                "task_password",
                match task_definition.as_deref().and_then(task_password) {
                    Some(place) => Fact::Found(vec![place.to_owned()]),
                    None => unread("taskdef.json"),
                },
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
            "PutFile" => {
                let text = |key: &str| call.params.get(key).and_then(Value::as_str);
                let (Some(path), Some(content)) = (text("Path"), text("Content")) else {
                    return Err(Error::Refused(
                        "A file needs a path and a content.".to_owned(),
                    ));
                };
                let message = text("Message").unwrap_or(path);
                source.put_file(&repository, path, content, message).await?;
            }
            other => {
                return Err(Error::Refused(format!(
                    "The Git host has no operation {other}."
                )));
            }
        }
        self.deliver(&repository, BRANCH).await?;
        Ok(Value::Null)
    }
}

/// What the Git host could not tell.
pub(super) fn unknown(error: &SourceError) -> Observation {
    tracing::warn!(error = %crate::error::chain(error), "the Git host could not be asked");
    Observation::Unknown(Trouble {
        sentence: error.sentence(),
        remedy: "It is not your fault; check again in a moment.".to_owned(),
    })
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

/// Where `taskdef.json` has the database's password from; `None` where the file is no JSON.
fn task_password(text: &str) -> Option<&'static str> {
    const NAME: &str = "SPRING_DATASOURCE_PASSWORD";
    let definition: Value = serde_json::from_str(text).ok()?;
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
    Some(if names_it("environment") {
        "written out"
    } else if names_it("secrets") {
        "secrets.valueFrom"
    } else {
        "none"
    })
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
        let found = |list| task_password(&with(list));
        assert_eq!(found("environment"), Some("written out"));
        assert_eq!(found("secrets"), Some("secrets.valueFrom"));
        assert_eq!(task_password("{}"), Some("none"));
        assert_eq!(task_password("{"), None);
    }

    #[test]
    fn the_files_are_the_blueprints() {
        assert!(super::wanted_files().contains(&"taskdef.json"));
    }
}
