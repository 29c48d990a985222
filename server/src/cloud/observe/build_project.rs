//! The `CodeBuild` project.

use aws_sdk_codebuild::types::{
    EnvironmentVariableType, LogsConfigStatusType, Project, ProjectEnvironment, ProjectSource,
    SourceAuthType, SourceType,
};
use workshop::blueprint::resources::build_project::CONNECTION_GRANT;
use workshop::model::{Fact, Facts, Observation};

use super::grants::of_setting;
use super::near;
use super::permissions::Permissions;
use super::reading::{Looked, only, workspace};
use crate::cloud::CloudError;
use crate::cloud::clients::Clients;

/// Setting by environment variable.
const VARIABLES: [(&str, &str); 5] = [
    ("region", "AWS_DEFAULT_REGION"),
    ("account", "AWS_ACCOUNT_ID"),
    ("repository", "IMAGE_REPO_NAME"),
    ("tag", "IMAGE_TAG"),
    ("datasource", "SPRING_DATASOURCE_URL"),
];

/// `BatchGetProjects`; of a source at GitLab also whether the role may use its connection.
pub(super) async fn look(looked: &Looked<'_>) -> Result<Observation, CloudError> {
    let clients = &looked.here;
    if let Some(project) = find(clients, looked.name).await? {
        let facts = facts(&project);
        return Ok(Observation::Present(
            with_connection(facts, &project, looked).await,
        ));
    }
    let exists = |clients: std::sync::Arc<Clients>, name: String| async move {
        Ok(find(&clients, &name).await?.is_some())
    };
    Ok(near::regional(looked, names(clients).await, exists).await)
}

async fn find(clients: &Clients, name: &str) -> Result<Option<Project>, CloudError> {
    let asked = clients.codebuild.batch_get_projects().names(name).send();
    let answer = clients.ask("codebuild", "BatchGetProjects", asked).await?;
    Ok(answer
        .projects
        .and_then(|projects| projects.into_iter().next()))
}

/// The Region's projects, the first hundred.
async fn names(clients: &Clients) -> Result<Vec<String>, CloudError> {
    let asked = clients.codebuild.list_projects().send();
    let answer = clients.ask("codebuild", "ListProjects", asked).await?;
    Ok(answer.projects.unwrap_or_default())
}

fn facts(project: &Project) -> Facts {
    let artifacts = project
        .artifacts()
        .map(|artifacts| artifacts.r#type().as_str());
    let logs = project
        .logs_config()
        .and_then(|logs| logs.cloud_watch_logs());
    // On unless it was switched off.
    let has_logs = logs.is_none_or(|logs| *logs.status() == LogsConfigStatusType::Enabled);
    let mut facts = Facts::new(project.arn().unwrap_or_default())
        .with_all("artifacts", only(artifacts))
        .with_all("role", only(project.service_role()))
        .with("logs", if has_logs { "on" } else { "off" })
        .tagged(workspace(
            project.tags().iter().map(|tag| (tag.key(), tag.value())),
        ));
    if let Some(source) = project.source() {
        facts = of_source(facts, source);
    }
    if let Some(environment) = project.environment() {
        facts = of_environment(facts, environment);
    }
    facts
}

fn of_source(facts: Facts, source: &ProjectSource) -> Facts {
    let location = source
        .location()
        .filter(|_| *source.r#type() != SourceType::Codepipeline);
    let buildspec = match source.buildspec().unwrap_or_default().trim() {
        "" => "buildspec.yml",
        text if text.contains('\n') || text.starts_with("version:") => {
            "commands of the project's own"
        }
        name => name,
    };
    facts
        .with("source", source.r#type().as_str())
        .with_all("location", only(location))
        .with("buildspec", buildspec)
}

fn of_environment(facts: Facts, environment: &ProjectEnvironment) -> Facts {
    let privileged = environment.privileged_mode() == Some(true);
    let facts = facts
        .with("image", environment.image())
        .with("type", environment.r#type().as_str())
        .with("compute", environment.compute_type().as_str())
        .with("privileged", if privileged { "on" } else { "off" });
    VARIABLES.iter().fold(facts, |facts, (setting, name)| {
        facts.with_all(setting, variable(environment, name).into_iter().collect())
    })
}

/// The value of a variable, or where the build reads it.
fn variable(environment: &ProjectEnvironment, name: &str) -> Option<String> {
    let variable = environment
        .environment_variables()
        .iter()
        .find(|variable| variable.name() == name)?;
    let value = variable.value();
    Some(match variable.r#type() {
        Some(EnvironmentVariableType::ParameterStore) => format!("read from parameter {value}"),
        Some(EnvironmentVariableType::SecretsManager) => format!("read from secret {value}"),
        _ => value.to_owned(),
    })
}

/// By which connection a source at GitLab is read, and whether the project's role may use it.
async fn with_connection(facts: Facts, project: &Project, looked: &Looked<'_>) -> Facts {
    let Some(source) = project.source().filter(|source| is_gitlab(source)) else {
        return facts;
    };
    let own = source.auth().map(|auth| match auth.r#type() {
        SourceAuthType::Codeconnections => auth.resource().unwrap_or_default(),
        other => other.as_str(),
    });
    let facts = facts.with("connection", own.unwrap_or("the account's"));
    let Some(role_arn) = project.service_role() else {
        return facts;
    };
    // The name stands behind the path: `role/service-role/NAME`.
    let name = role_arn.rsplit('/').next().unwrap_or_default();
    let grants = [CONNECTION_GRANT];
    let setting = CONNECTION_GRANT.setting;
    let allowed = match Permissions::of(&looked.here, name, role_arn).await {
        Ok(role) => {
            let mut variables = looked.variables.clone();
            if let Some(arn) = own.filter(|own| own.starts_with("arn:")) {
                variables.set("connection_arn", arn);
            }
            of_setting(&role, setting, &grants, &variables).await
        }
        Err(error) => Fact::Unknown(error.trouble()),
    };
    facts.with_fact(setting, allowed)
}

fn is_gitlab(source: &ProjectSource) -> bool {
    matches!(
        source.r#type(),
        SourceType::Gitlab | SourceType::GitlabSelfManaged
    )
}
