//! `UpdateProject`.

use serde_json::{Value, json};

use super::given::Given;
use super::show::shown;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::codebuild::checks;
use crate::services::codebuild::faults::no_such_project;

/// `UpdateProject` (`CodeBuild` API Reference): what is not given stays as it is.
pub(crate) fn update_project(cx: &mut Cx, given: Given) -> Result<Value, Fault> {
    checks::name(&given.name)?;
    let name = given.name;
    let there = cx.region().codebuild.projects.get(&name);
    let Some(mut project) = there.cloned() else {
        return Err(no_such_project(cx, &name));
    };
    let settings = &mut project.settings;
    replace(&mut settings.source, given.source);
    replace(&mut settings.secondary_sources, given.secondary_sources);
    replace(
        &mut settings.secondary_source_versions,
        given.secondary_source_versions,
    );
    replace(&mut settings.artifacts, given.artifacts);
    replace(&mut settings.secondary_artifacts, given.secondary_artifacts);
    replace(&mut settings.cache, given.cache);
    replace(&mut settings.environment, given.environment);
    replace(&mut settings.service_role, given.service_role);
    replace(&mut settings.timeout, given.timeout_in_minutes);
    replace(
        &mut settings.queued_timeout,
        given.queued_timeout_in_minutes,
    );
    replace(&mut settings.encryption_key, given.encryption_key);
    replace(&mut settings.badge, given.badge_enabled);
    replace(&mut settings.logs, given.logs_config);
    replace(
        &mut settings.tags,
        given.tags.map(checks::tags).transpose()?,
    );
    // An empty text or structure takes away what was there.
    if let Some(text) = given.description {
        settings.description = Some(text).filter(|text| !text.is_empty());
    }
    if let Some(version) = given.source_version {
        settings.source_version = Some(version).filter(|version| !version.is_empty());
    }
    if let Some(vpc) = given.vpc_config {
        settings.vpc = Some(vpc).filter(|vpc| vpc.vpc_id.is_some());
    }
    settings.concurrent_builds = given.concurrent_build_limit.or(settings.concurrent_builds);
    settings.auto_retries = given.auto_retry_limit.or(settings.auto_retries);
    checks::settings(cx, &name, &project.settings)?;
    project.modified = cx.now;
    let answer = json!({ "project": shown(&project) });
    cx.region().codebuild.projects.insert(name, project);
    Ok(answer)
}

fn replace<T>(there: &mut T, given: Option<T>) {
    if let Some(given) = given {
        *there = given;
    }
}
