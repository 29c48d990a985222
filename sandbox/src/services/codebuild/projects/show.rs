//! A project as `CodeBuild` shows it.

use serde_json::{Value, json};

use crate::protocol::timestamp;
use crate::services::codebuild::settings::{Artifacts, Environment, Source};
use crate::services::codebuild::state::Project;
use crate::tags::Tags;

pub(super) fn shown(project: &Project) -> Value {
    let it = &project.settings;
    let secondary = it.secondary_sources.iter().map(usual_source);
    json!({
        "name": project.name,
        "arn": project.arn,
        "description": it.description,
        "source": usual_source(&it.source),
        "sourceVersion": it.source_version,
        "secondarySources": secondary.collect::<Vec<_>>(),
        "secondarySourceVersions": it.secondary_source_versions,
        "artifacts": usual_artifacts(&project.name, &it.artifacts),
        "secondaryArtifacts": it.secondary_artifacts,
        "cache": it.cache,
        "environment": usual_environment(&it.environment),
        "serviceRole": it.service_role,
        "timeoutInMinutes": it.timeout,
        "queuedTimeoutInMinutes": it.queued_timeout,
        "encryptionKey": it.encryption_key,
        "tags": tags(&it.tags),
        "created": timestamp(project.created),
        "lastModified": timestamp(project.modified),
        "vpcConfig": it.vpc,
        "badge": { "badgeEnabled": it.badge },
        "logsConfig": it.logs,
        "concurrentBuildLimit": it.concurrent_builds,
        "projectVisibility": "PRIVATE",
        "autoRetryLimit": it.auto_retries,
    })
}

/// The source with what it has where nothing was said.
pub(in crate::services::codebuild) fn usual_source(source: &Source) -> Source {
    let mut source = source.clone();
    source.insecure_ssl.get_or_insert(false);
    let hosted = !matches!(source.kind.as_str(), "CODEPIPELINE" | "S3" | "NO_SOURCE");
    if hosted {
        source.git_clone_depth.get_or_insert(1);
        source.report_build_status.get_or_insert(false);
    }
    source
}

fn usual_artifacts(project: &str, artifacts: &Artifacts) -> Artifacts {
    let mut artifacts = artifacts.clone();
    if artifacts.kind != "NO_ARTIFACTS" {
        artifacts.name.get_or_insert_with(|| project.to_owned());
        artifacts.packaging.get_or_insert_with(|| "NONE".to_owned());
        artifacts.override_artifact_name.get_or_insert(false);
        artifacts.encryption_disabled.get_or_insert(false);
    }
    if artifacts.kind == "S3" {
        artifacts
            .namespace_type
            .get_or_insert_with(|| "NONE".to_owned());
        artifacts.path.get_or_insert_default();
    }
    artifacts
}

pub(in crate::services::codebuild) fn usual_environment(environment: &Environment) -> Environment {
    let mut environment = environment.clone();
    environment
        .image_pull_credentials_type
        .get_or_insert_with(|| "CODEBUILD".to_owned());
    environment
}

fn tags(tags: &Tags) -> Value {
    tags.iter()
        .map(|(key, value)| json!({"key": key, "value": value}))
        .collect()
}
