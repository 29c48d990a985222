//! `CreateProject`.

use serde_json::{Value, json};

use super::given::Given;
use super::show::shown;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::codebuild::checks;
use crate::services::codebuild::faults::invalid;
use crate::services::codebuild::settings::{Cache, LogsConfig, Settings};
use crate::services::codebuild::state::Project;

/// How many projects a Region may have (User Guide, "Quotas for AWS `CodeBuild`").
const LIMIT: usize = 5000;

/// `CreateProject` (`CodeBuild` API Reference).
pub(crate) fn create_project(cx: &mut Cx, given: Given) -> Result<Value, Fault> {
    checks::name(&given.name)?;
    let arn = cx.arn("codebuild", &format!("project/{}", given.name));
    let settings = Settings {
        description: given.description,
        source: required("source", given.source)?,
        source_version: given.source_version,
        secondary_sources: given.secondary_sources.unwrap_or_default(),
        secondary_source_versions: given.secondary_source_versions.unwrap_or_default(),
        artifacts: required("artifacts", given.artifacts)?,
        secondary_artifacts: given.secondary_artifacts.unwrap_or_default(),
        cache: given.cache.unwrap_or_else(Cache::none),
        environment: required("environment", given.environment)?,
        service_role: required("serviceRole", given.service_role)?,
        timeout: given.timeout_in_minutes.unwrap_or(60),
        queued_timeout: given.queued_timeout_in_minutes.unwrap_or(480),
        encryption_key: given
            .encryption_key
            .unwrap_or_else(|| cx.arn("kms", "alias/aws/s3")),
        tags: checks::tags(given.tags.unwrap_or_default())?,
        vpc: given.vpc_config,
        badge: given.badge_enabled.unwrap_or(false),
        logs: given.logs_config.unwrap_or_else(LogsConfig::usual),
        concurrent_builds: given.concurrent_build_limit,
        auto_retries: given.auto_retry_limit,
    };
    checks::settings(cx, &given.name, &settings)?;
    let now = cx.now;
    let projects = &mut cx.region().codebuild.projects;
    if projects.contains_key(&given.name) {
        let words = format!("Project already exists: {arn}");
        return Err(Fault::new("ResourceAlreadyExistsException", words));
    }
    if projects.len() >= LIMIT {
        let words = format!("Cannot have more than {LIMIT} projects in queue for the account");
        return Err(Fault::new("AccountLimitExceededException", words));
    }
    let project = Project {
        name: given.name.clone(),
        arn,
        created: now,
        modified: now,
        builds: 0,
        settings,
    };
    let answer = json!({ "project": shown(&project) });
    projects.insert(given.name, project);
    Ok(answer)
}

fn required<T>(member: &str, given: Option<T>) -> Result<T, Fault> {
    given.ok_or_else(|| {
        invalid(format!(
            "1 validation error detected: Value null at '{member}' failed to satisfy constraint: Member \
             must not be null"
        ))
    })
}
