//! `StartBuild` and `RetryBuild`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::begin::{Beginning, begin};
use super::show::shown;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::codebuild::checks;
use crate::services::codebuild::faults::{invalid, no_such_build, no_such_project};
use crate::services::codebuild::settings::{
    Artifacts, BuildStatus, Cache, GitSubmodules, LogsConfig, RegistryCredential, Settings,
    SourceAuth, Variable,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct StartBuild {
    project_name: String,
    source_version: Option<String>,
    artifacts_override: Option<Artifacts>,
    #[serde(default)]
    environment_variables_override: Vec<Variable>,
    source_type_override: Option<String>,
    source_location_override: Option<String>,
    source_auth_override: Option<SourceAuth>,
    git_clone_depth_override: Option<u32>,
    git_submodules_config_override: Option<GitSubmodules>,
    buildspec_override: Option<String>,
    insecure_ssl_override: Option<bool>,
    report_build_status_override: Option<bool>,
    build_status_config_override: Option<BuildStatus>,
    environment_type_override: Option<String>,
    image_override: Option<String>,
    compute_type_override: Option<String>,
    certificate_override: Option<String>,
    cache_override: Option<Cache>,
    service_role_override: Option<String>,
    privileged_mode_override: Option<bool>,
    timeout_in_minutes_override: Option<u32>,
    queued_timeout_in_minutes_override: Option<u32>,
    encryption_key_override: Option<String>,
    // A call is answered once, so there is nothing to be told apart.
    #[serde(rename = "idempotencyToken")]
    _idempotency_token: Option<String>,
    logs_config_override: Option<LogsConfig>,
    registry_credential_override: Option<RegistryCredential>,
    image_pull_credentials_type_override: Option<String>,
    host_kernel_override: Option<String>,
    auto_retry_limit_override: Option<u32>,
}

/// `StartBuild` (`CodeBuild` API Reference).
pub(crate) fn start_build(cx: &mut Cx, input: StartBuild) -> Result<Value, Fault> {
    let prefix = cx.arn("codebuild", "project/");
    let name = input
        .project_name
        .strip_prefix(&prefix)
        .unwrap_or(&input.project_name)
        .to_owned();
    let there = cx.region().codebuild.projects.get(&name);
    let Some(settings) = there.map(|project| project.settings.clone()) else {
        return Err(no_such_project(cx, &name));
    };
    if settings.artifacts.kind == "CODEPIPELINE" && input.artifacts_override.is_none() {
        return Err(invalid(
            "ArtifactsOverride must be set when using artifacts type CodePipelines",
        ));
    }
    let source_version = input.source_version.clone();
    let settings = overridden(settings, input);
    checks::settings(cx, &name, &settings)?;
    start(cx, name, settings, source_version)
}

fn overridden(mut it: Settings, input: StartBuild) -> Settings {
    fn set<T>(there: &mut T, given: Option<T>) {
        if let Some(given) = given {
            *there = given;
        }
    }
    fn put<T>(there: &mut Option<T>, given: Option<T>) {
        if given.is_some() {
            *there = given;
        }
    }
    set(&mut it.artifacts, input.artifacts_override);
    set(&mut it.source.kind, input.source_type_override);
    put(&mut it.source.location, input.source_location_override);
    put(&mut it.source.auth, input.source_auth_override);
    put(
        &mut it.source.git_clone_depth,
        input.git_clone_depth_override,
    );
    put(
        &mut it.source.git_submodules_config,
        input.git_submodules_config_override,
    );
    put(&mut it.source.buildspec, input.buildspec_override);
    put(&mut it.source.insecure_ssl, input.insecure_ssl_override);
    put(
        &mut it.source.report_build_status,
        input.report_build_status_override,
    );
    put(
        &mut it.source.build_status_config,
        input.build_status_config_override,
    );
    set(&mut it.environment.kind, input.environment_type_override);
    set(&mut it.environment.image, input.image_override);
    set(
        &mut it.environment.compute_type,
        input.compute_type_override,
    );
    put(&mut it.environment.certificate, input.certificate_override);
    set(
        &mut it.environment.privileged_mode,
        input.privileged_mode_override,
    );
    put(
        &mut it.environment.registry_credential,
        input.registry_credential_override,
    );
    put(
        &mut it.environment.image_pull_credentials_type,
        input.image_pull_credentials_type_override,
    );
    put(&mut it.environment.host_kernel, input.host_kernel_override);
    set(&mut it.cache, input.cache_override);
    set(&mut it.service_role, input.service_role_override);
    set(&mut it.timeout, input.timeout_in_minutes_override);
    set(
        &mut it.queued_timeout,
        input.queued_timeout_in_minutes_override,
    );
    set(&mut it.encryption_key, input.encryption_key_override);
    set(&mut it.logs, input.logs_config_override);
    put(&mut it.auto_retries, input.auto_retry_limit_override);
    for variable in input.environment_variables_override {
        let own = &mut it.environment.variables;
        own.retain(|there| there.name != variable.name);
        own.push(variable);
    }
    it
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct RetryBuild {
    id: Option<String>,
    // As in `StartBuild`.
    #[serde(rename = "idempotencyToken")]
    _idempotency_token: Option<String>,
}

/// `RetryBuild` (`CodeBuild` API Reference): another build with what that one had.
pub(crate) fn retry_build(cx: &mut Cx, input: RetryBuild) -> Result<Value, Fault> {
    let id = super::list::id(cx, &input.id.unwrap_or_default())?;
    let Some(build) = cx.region().codebuild.builds.get(&id).cloned() else {
        return Err(no_such_build(cx, &id));
    };
    if !build.is_complete() {
        return Err(invalid(format!(
            "Cannot retry build {}: it is in progress",
            build.arn
        )));
    }
    if build.handed.is_some() {
        return Err(invalid(
            "Cannot retry a build that was started by CodePipeline",
        ));
    }
    start(cx, build.project, build.settings, build.source_version)
}

fn start(
    cx: &mut Cx,
    project: String,
    settings: Settings,
    source_version: Option<String>,
) -> Result<Value, Fault> {
    let beginning = Beginning {
        project,
        settings,
        source_version,
        handed: None,
        initiator: cx.account.iam.user.name.clone(),
    };
    let id = begin(cx, beginning)?;
    let region = cx.region.to_owned();
    let build = cx.region().codebuild.builds.get(&id);
    Ok(json!({ "build": build.map(|build| shown(&region, build)) }))
}
