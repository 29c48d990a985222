//! What `CreateProject` and `UpdateProject` take alike.

use serde::Deserialize;

use crate::services::codebuild::settings::{
    Artifacts, Cache, Environment, LogsConfig, ProjectTag, Source, SourceVersion, VpcConfig,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Given {
    pub(super) name: String,
    pub(super) description: Option<String>,
    pub(super) source: Option<Source>,
    pub(super) secondary_sources: Option<Vec<Source>>,
    pub(super) source_version: Option<String>,
    pub(super) secondary_source_versions: Option<Vec<SourceVersion>>,
    pub(super) artifacts: Option<Artifacts>,
    pub(super) secondary_artifacts: Option<Vec<Artifacts>>,
    pub(super) cache: Option<Cache>,
    pub(super) environment: Option<Environment>,
    pub(super) service_role: Option<String>,
    pub(super) timeout_in_minutes: Option<u32>,
    pub(super) queued_timeout_in_minutes: Option<u32>,
    pub(super) encryption_key: Option<String>,
    pub(super) tags: Option<Vec<ProjectTag>>,
    pub(super) vpc_config: Option<VpcConfig>,
    pub(super) badge_enabled: Option<bool>,
    pub(super) logs_config: Option<LogsConfig>,
    pub(super) concurrent_build_limit: Option<u32>,
    pub(super) auto_retry_limit: Option<u32>,
}
