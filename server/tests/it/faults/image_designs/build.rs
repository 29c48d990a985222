//! A build: the commands of the commit's buildspec, run as `CodeBuild` runs them.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::process::Command;

use serde_json::Value;

use super::commits::Commit;
use super::registry::Registry;
use crate::faults::account::Hand;

/// The files of the artifact that a build hands on.
pub(super) type Artifact = BTreeMap<String, String>;

impl Hand {
    /// Builds a commit. What it hands on, or where it failed.
    pub(super) async fn build(
        &self,
        registry: &Registry,
        commit: &Commit,
    ) -> Result<Artifact, String> {
        let text = commit.file("buildspec.yml").ok_or("no buildspec.yml")?;
        let buildspec: Value = serde_saphyr::from_str(&text).map_err(|error| error.to_string())?;
        let (environment, folder) = registry.next_build(commit);
        commit.check_out(&folder);
        let run = Command::new("bash")
            .arg("-c")
            .arg(script(&buildspec))
            .current_dir(&folder)
            .envs(environment)
            .envs(self.variables_of_the_project().await)
            .env("CODEBUILD_RESOLVED_SOURCE_VERSION", &commit.sha)
            .output();
        let run = run.expect("bash");
        if !run.status.success() {
            return Err(String::from_utf8_lossy(&run.stderr).into_owned());
        }
        let files = buildspec["artifacts"]["files"].as_array();
        let files = files.into_iter().flatten().filter_map(Value::as_str);
        let kept = files.filter_map(|file| {
            let text = std::fs::read_to_string(folder.join(file)).ok()?;
            Some((file.to_owned(), text))
        });
        Ok(kept.collect())
    }

    async fn variables_of_the_project(&self) -> Vec<(String, String)> {
        let get = self.codebuild.batch_get_projects();
        let found = get.names("codebuild-tripmgmt-demo").send().await;
        let found = found.expect("the project");
        let environment = found.projects()[0].environment().expect("its environment");
        let variables = environment.environment_variables().iter();
        variables
            .map(|variable| (variable.name.clone(), variable.value.clone()))
            .collect()
    }
}

/// The phases in one shell. After a command that fails, the rest of its phase is left out;
/// `post_build` runs even so (`CodeBuild` User Guide, "Build phase transitions").
fn script(buildspec: &Value) -> String {
    let mut script = String::new();
    for phase in ["install", "pre_build", "build", "post_build"] {
        let commands = buildspec["phases"][phase]["commands"].as_array();
        let commands = commands.into_iter().flatten().filter_map(Value::as_str);
        let mut body = String::from(":\n");
        for command in commands {
            body = format!("{body}{{ {command}\n}} || return 1\n");
        }
        writeln!(script, "{phase}() {{\n{body}}}").expect("a text grows");
    }
    script.push_str(
        "install && pre_build || exit 1\n\
         export CODEBUILD_BUILD_SUCCEEDING=1\n\
         build || CODEBUILD_BUILD_SUCCEEDING=0\n\
         post_build && [ $CODEBUILD_BUILD_SUCCEEDING = 1 ]\n",
    );
    script
}
