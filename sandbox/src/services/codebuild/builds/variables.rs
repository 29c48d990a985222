//! The environment variables of a build.

use std::collections::BTreeMap;

use super::log::session;
use super::state::Build;
use crate::context::Cx;
use crate::release::buildspec::Buildspec;
use crate::release::shell::Machine;
use crate::services::codebuild::settings::VariableKind;
use crate::services::{iam, ssm};

/// All of them: AWS's own (User Guide, "Environment variables in build environments"), then those of
/// the buildspec, over which go those of the project.
pub(super) fn of(
    cx: &mut Cx,
    build: &Build,
    buildspec: &Buildspec,
    home: &str,
) -> Result<BTreeMap<String, String>, (String, String)> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let own = [
        ("AWS_DEFAULT_REGION", cx.region.to_owned()),
        ("AWS_REGION", cx.region.to_owned()),
        ("CODEBUILD_BUILD_ARN", build.arn.clone()),
        ("CODEBUILD_BUILD_ID", build.id.clone()),
        (
            "CODEBUILD_BUILD_IMAGE",
            build.settings.environment.image.clone(),
        ),
        ("CODEBUILD_BUILD_NUMBER", build.number.to_string()),
        ("CODEBUILD_BUILD_SUCCEEDING", "1".to_owned()),
        ("CODEBUILD_CI", "true".to_owned()),
        ("CODEBUILD_INITIATOR", build.initiator.clone()),
        (
            "CODEBUILD_KMS_KEY_ID",
            build.settings.encryption_key.clone(),
        ),
        ("CODEBUILD_LOG_PATH", build.uuid().to_owned()),
        (
            "CODEBUILD_PROJECT_ARN",
            cx.arn("codebuild", &format!("project/{}", build.project)),
        ),
        (
            "CODEBUILD_RESOLVED_SOURCE_VERSION",
            text(&build.resolved_version),
        ),
        (
            "CODEBUILD_SOURCE_REPO_URL",
            text(&build.settings.source.location),
        ),
        ("CODEBUILD_SOURCE_VERSION", text(&build.source_version)),
        ("CODEBUILD_SRC_DIR", home.to_owned()),
        ("CODEBUILD_START_TIME", build.started.to_string()),
        ("HOME", "/root".to_owned()),
        (
            "PATH",
            "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin".to_owned(),
        ),
        ("PWD", home.to_owned()),
    ];
    let mut variables = own
        .map(|(name, value)| (name.to_owned(), value))
        .into_iter()
        .collect::<BTreeMap<_, _>>();
    variables.extend(buildspec.variables.iter().cloned());
    for (name, parameter) in &buildspec.parameters {
        let value = self::parameter(cx, build, parameter)?;
        variables.insert(name.clone(), value);
    }
    for variable in &build.settings.environment.variables {
        let value = match variable.kind {
            VariableKind::ParameterStore => parameter(cx, build, &variable.value)?,
            _ => variable.value.clone(),
        };
        variables.insert(variable.name.clone(), value);
    }
    Ok(variables)
}

/// A parameter's value, read with the rights of the build's role.
fn parameter(cx: &mut Cx, build: &Build, name: &str) -> Result<String, (String, String)> {
    let failed = |words: String| ("Decrypted Variables Error".to_owned(), words);
    let resource = cx.arn(
        "ssm",
        &format!("parameter/{}", name.trim_start_matches('/')),
    );
    let role = &build.settings.service_role;
    iam::authorize(
        cx,
        role,
        &session(build),
        "ssm:GetParameters",
        &resource,
        &[],
    )
    .map_err(|why| failed(format!("AccessDeniedException: {why}")))?;
    ssm::plain(cx, name).ok_or_else(|| failed(format!("parameter does not exist: {name}")))
}

/// What the buildspec lets others see of them.
pub(super) fn exported(buildspec: &Buildspec, machine: &Machine) -> Vec<(String, String)> {
    let value = |name: &String| machine.variables.get(name).cloned().unwrap_or_default();
    let exported = buildspec.exported.iter();
    exported.map(|name| (name.clone(), value(name))).collect()
}
