//! What a project is made of, as it is given and as it is shown. Builds have most of it too.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::tags::Tags;

/// A project's settings, complete.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Settings {
    pub(super) description: Option<String>,
    pub(super) source: Source,
    pub(super) source_version: Option<String>,
    pub(super) secondary_sources: Vec<Source>,
    pub(super) secondary_source_versions: Vec<SourceVersion>,
    pub(super) artifacts: Artifacts,
    pub(super) secondary_artifacts: Vec<Artifacts>,
    pub(super) cache: Cache,
    pub(super) environment: Environment,
    pub(super) service_role: String,
    /// In minutes.
    pub(super) timeout: u32,
    /// In minutes.
    pub(super) queued_timeout: u32,
    pub(super) encryption_key: String,
    pub(super) tags: Tags,
    pub(super) vpc: Option<VpcConfig>,
    pub(super) badge: bool,
    pub(super) logs: LogsConfig,
    pub(super) concurrent_builds: Option<u32>,
    pub(super) auto_retries: Option<u32>,
}

/// A tag as `CodeBuild` writes it: in small letters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProjectTag {
    pub(super) key: String,
    #[serde(default)]
    pub(super) value: String,
}

/// `ProjectSource`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Source {
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) location: Option<String>,
    pub(super) git_clone_depth: Option<u32>,
    pub(super) git_submodules_config: Option<GitSubmodules>,
    pub(super) buildspec: Option<String>,
    pub(super) auth: Option<SourceAuth>,
    pub(super) report_build_status: Option<bool>,
    pub(super) build_status_config: Option<BuildStatus>,
    pub(super) insecure_ssl: Option<bool>,
    #[serde(rename = "sourceIdentifier")]
    pub(super) identifier: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct GitSubmodules {
    fetch_submodules: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct SourceAuth {
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) resource: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct BuildStatus {
    context: Option<String>,
    target_url: Option<String>,
}

/// `ProjectSourceVersion`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct SourceVersion {
    #[serde(rename = "sourceIdentifier")]
    identifier: String,
    #[serde(rename = "sourceVersion")]
    version: String,
}

/// `ProjectArtifacts`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Artifacts {
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) location: Option<String>,
    pub(super) path: Option<String>,
    pub(super) namespace_type: Option<String>,
    pub(super) name: Option<String>,
    pub(super) packaging: Option<String>,
    pub(super) override_artifact_name: Option<bool>,
    pub(super) encryption_disabled: Option<bool>,
    pub(super) artifact_identifier: Option<String>,
    pub(super) bucket_owner_access: Option<String>,
}

/// `ProjectCache`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Cache {
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) location: Option<String>,
    pub(super) modes: Option<Vec<String>>,
    #[serde(rename = "cacheNamespace")]
    pub(super) namespace: Option<String>,
}

/// `ProjectEnvironment`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Environment {
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) image: String,
    pub(super) compute_type: String,
    // Kept as given: reserved machines are not simulated.
    pub(super) compute_configuration: Option<Value>,
    #[serde(rename = "environmentVariables", default)]
    pub(super) variables: Vec<Variable>,
    #[serde(default)]
    pub(super) privileged_mode: bool,
    pub(super) certificate: Option<String>,
    pub(super) registry_credential: Option<RegistryCredential>,
    pub(super) image_pull_credentials_type: Option<String>,
    pub(super) host_kernel: Option<String>,
}

/// `EnvironmentVariable`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Variable {
    pub(super) name: String,
    pub(super) value: String,
    #[serde(rename = "type", default)]
    pub(super) kind: VariableKind,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum VariableKind {
    #[default]
    Plaintext,
    ParameterStore,
    SecretsManager,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct RegistryCredential {
    credential: String,
    credential_provider: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct VpcConfig {
    pub(super) vpc_id: Option<String>,
    #[serde(default)]
    pub(super) subnets: Vec<String>,
    #[serde(default)]
    pub(super) security_group_ids: Vec<String>,
}

/// `LogsConfig`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct LogsConfig {
    pub(super) cloud_watch_logs: Option<CloudWatchLogs>,
    pub(super) s3_logs: Option<S3Logs>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct CloudWatchLogs {
    pub(super) status: Switch,
    pub(super) group_name: Option<String>,
    pub(super) stream_name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct S3Logs {
    status: Switch,
    location: Option<String>,
    encryption_disabled: Option<bool>,
    bucket_owner_access: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(super) enum Switch {
    Enabled,
    Disabled,
}

impl LogsConfig {
    /// What a project has that says nothing of logs.
    pub(super) fn usual() -> LogsConfig {
        LogsConfig {
            cloud_watch_logs: Some(CloudWatchLogs::usual()),
            s3_logs: Some(S3Logs {
                status: Switch::Disabled,
                location: None,
                encryption_disabled: Some(false),
                bucket_owner_access: None,
            }),
        }
    }
}

impl CloudWatchLogs {
    /// On, in the group that has the project's name.
    pub(super) fn usual() -> CloudWatchLogs {
        CloudWatchLogs {
            status: Switch::Enabled,
            group_name: None,
            stream_name: None,
        }
    }
}

impl Cache {
    pub(super) fn none() -> Cache {
        Cache {
            kind: "NO_CACHE".to_owned(),
            location: None,
            modes: None,
            namespace: None,
        }
    }
}
