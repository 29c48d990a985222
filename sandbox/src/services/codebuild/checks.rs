//! What a project's settings must be (`CodeBuild` API Reference, `CreateProject`).

use super::faults::{invalid, not_in};
use super::settings::{Artifacts, Cache, Environment, ProjectTag, Settings, Source, VariableKind};
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::connections::Status;
use crate::services::iam;
use crate::tags::Tags;

/// The service that assumes a project's role.
pub(super) const PRINCIPAL: &str = "codebuild.amazonaws.com";

const SOURCES: [&str; 9] = [
    "CODECOMMIT",
    "CODEPIPELINE",
    "GITHUB",
    "GITLAB",
    "GITLAB_SELF_MANAGED",
    "S3",
    "BITBUCKET",
    "GITHUB_ENTERPRISE",
    "NO_SOURCE",
];

const ARTIFACTS: [&str; 3] = ["CODEPIPELINE", "S3", "NO_ARTIFACTS"];

/// Environment types with the compute types that each has (User Guide, "Build environment compute
/// types"). Lambda, reserved fleets and macOS are not simulated.
const ENVIRONMENTS: [(&str, &[&str]); 5] = [
    ("LINUX_CONTAINER", &GENERAL),
    ("ARM_CONTAINER", &GENERAL),
    (
        "LINUX_GPU_CONTAINER",
        &["BUILD_GENERAL1_SMALL", "BUILD_GENERAL1_LARGE"],
    ),
    (
        "WINDOWS_SERVER_2019_CONTAINER",
        &["BUILD_GENERAL1_MEDIUM", "BUILD_GENERAL1_LARGE"],
    ),
    (
        "WINDOWS_SERVER_2022_CONTAINER",
        &["BUILD_GENERAL1_MEDIUM", "BUILD_GENERAL1_LARGE"],
    ),
];

const GENERAL: [&str; 5] = [
    "BUILD_GENERAL1_SMALL",
    "BUILD_GENERAL1_MEDIUM",
    "BUILD_GENERAL1_LARGE",
    "BUILD_GENERAL1_XLARGE",
    "BUILD_GENERAL1_2XLARGE",
];

/// `[A-Za-z0-9][A-Za-z0-9\-_]{1,149}`
pub(super) fn name(name: &str) -> Result<(), Fault> {
    let letter = |letter: char| letter.is_ascii_alphanumeric();
    let fits = name.starts_with(letter)
        && name.chars().all(|it| letter(it) || it == '-' || it == '_')
        && (2..=150).contains(&name.len());
    if fits {
        return Ok(());
    }
    Err(invalid(format!(
        "Invalid project name: {name}. A name has 2 to 150 letters, digits, hyphens and underscores, and \
         begins with a letter or a digit"
    )))
}

/// Everything that a project as a whole has to be, before it is made or changed.
pub(super) fn settings(cx: &mut Cx, name: &str, settings: &Settings) -> Result<(), Fault> {
    let description = settings.description.as_deref().unwrap_or_default();
    if description.chars().count() > 255 {
        return Err(invalid(
            "Invalid project description: maximum length is 255",
        ));
    }
    for source in [&settings.source]
        .into_iter()
        .chain(&settings.secondary_sources)
    {
        self::source(cx, source)?;
    }
    for artifacts in [&settings.artifacts]
        .into_iter()
        .chain(&settings.secondary_artifacts)
    {
        self::artifacts(artifacts)?;
    }
    let from_pipeline = settings.source.kind == "CODEPIPELINE";
    if from_pipeline != (settings.artifacts.kind == "CODEPIPELINE") {
        return Err(invalid(
            "Invalid artifacts: source type CODEPIPELINE and artifact type CODEPIPELINE go together",
        ));
    }
    environment(&settings.environment)?;
    cache(&settings.cache)?;
    minutes("timeoutInMinutes", settings.timeout, 5..=2160)?;
    minutes("queuedTimeoutInMinutes", settings.queued_timeout, 5..=480)?;
    if let Some(vpc) = &settings.vpc {
        let given = [
            vpc.vpc_id.is_some(),
            !vpc.subnets.is_empty(),
            !vpc.security_group_ids.is_empty(),
        ];
        if given.contains(&true) && given.contains(&false) {
            return Err(invalid(
                "Invalid vpc config: vpcId, subnets and securityGroupIds must be given together",
            ));
        }
    }
    role(cx, name, &settings.service_role)
}

/// The role has to be there and to let `CodeBuild` assume it.
pub(super) fn role(cx: &Cx, project: &str, role: &str) -> Result<(), Fault> {
    if !role.starts_with(&cx.global_arn("iam", "role/")) {
        return Err(invalid("Invalid service role"));
    }
    let project = cx.arn("codebuild", &format!("project/{project}"));
    if iam::trusts(cx, role, PRINCIPAL, &project) {
        return Ok(());
    }
    Err(invalid(format!(
        "CodeBuild is not authorized to perform: sts:AssumeRole on {role}"
    )))
}

pub(super) fn source(cx: &mut Cx, source: &Source) -> Result<(), Fault> {
    let kind = source.kind.as_str();
    if !SOURCES.contains(&kind) {
        return Err(not_in("source.type", kind, &SOURCES));
    }
    let location = source.location.as_deref().unwrap_or_default();
    match kind {
        "NO_SOURCE" if !location.is_empty() => {
            return Err(invalid(
                "Invalid project source: NO_SOURCE cannot have a location",
            ));
        }
        "NO_SOURCE" if source.buildspec.as_ref().is_none_or(String::is_empty) => {
            return Err(invalid(
                "Invalid project source: a buildspec must be given when the source type is NO_SOURCE",
            ));
        }
        "S3" if !location.contains('/') => {
            return Err(invalid(
                "Invalid project source: location must be a bucket and a key",
            ));
        }
        "NO_SOURCE" | "CODEPIPELINE" | "S3" => {}
        _ if !location.starts_with("https://") && !location.starts_with("http://") => {
            return Err(invalid(format!(
                "Invalid project source: location must be a valid {} repository URL",
                host_name(kind)
            )));
        }
        _ => {}
    }
    if matches!(kind, "GITLAB" | "GITLAB_SELF_MANAGED") {
        let connection = connection_of(cx, source)?;
        let status = connection.map(|arn| {
            let found = cx.region().connections.get(&arn);
            (found.map(|found| found.status), arn)
        });
        match status {
            None => {
                return Err(invalid(format!(
                    "No Access token found, please visit AWS CodeBuild console to connect to {}",
                    host_name(kind)
                )));
            }
            Some((None, arn)) => {
                return Err(invalid(format!("Could not find connection {arn}")));
            }
            Some((Some(Status::Pending), arn)) => {
                return Err(invalid(format!(
                    "Connection {arn} is not available: its status is PENDING"
                )));
            }
            Some((Some(Status::Available), _)) => {}
        }
    }
    Ok(())
}

/// The connection by which a source is reached: its own, or the one imported for its host.
pub(super) fn connection_of(cx: &mut Cx, source: &Source) -> Result<Option<String>, Fault> {
    if let Some(auth) = &source.auth {
        let kinds = ["OAUTH", "CODECONNECTIONS", "SECRETS_MANAGER"];
        if !kinds.contains(&auth.kind.as_str()) {
            return Err(not_in("source.auth.type", &auth.kind, &kinds));
        }
        if auth.kind == "CODECONNECTIONS" {
            let words = "Invalid project source: auth of type CODECONNECTIONS needs a connection ARN as resource";
            return auth
                .resource
                .clone()
                .map(Some)
                .ok_or_else(|| invalid(words));
        }
    }
    let imported = cx.region().codebuild.credentials.get(&source.kind);
    Ok(imported.and_then(|imported| imported.resource.clone()))
}

fn host_name(kind: &str) -> &'static str {
    match kind {
        "GITHUB" => "GitHub",
        "GITHUB_ENTERPRISE" => "GitHub Enterprise",
        "GITLAB" => "GitLab",
        "GITLAB_SELF_MANAGED" => "GitLab Self Managed",
        "BITBUCKET" => "Bitbucket",
        _ => "CodeCommit",
    }
}

pub(super) fn artifacts(artifacts: &Artifacts) -> Result<(), Fault> {
    if !ARTIFACTS.contains(&artifacts.kind.as_str()) {
        return Err(not_in("artifacts.type", &artifacts.kind, &ARTIFACTS));
    }
    if artifacts.kind == "S3" && artifacts.location.as_ref().is_none_or(String::is_empty) {
        return Err(invalid(
            "Invalid artifacts: location must be a bucket when the type is S3",
        ));
    }
    for (member, value, set) in [
        ("artifacts.packaging", &artifacts.packaging, ["NONE", "ZIP"]),
        (
            "artifacts.namespaceType",
            &artifacts.namespace_type,
            ["NONE", "BUILD_ID"],
        ),
    ] {
        if let Some(value) = value.as_deref().filter(|value| !set.contains(value)) {
            return Err(not_in(member, value, &set));
        }
    }
    Ok(())
}

pub(super) fn environment(environment: &Environment) -> Result<(), Fault> {
    let kind = environment.kind.as_str();
    let computes = ENVIRONMENTS.iter().find(|(name, _)| *name == kind);
    let Some((_, computes)) = computes else {
        return Err(not_in(
            "environment.type",
            kind,
            &ENVIRONMENTS.map(|(name, _)| name),
        ));
    };
    if !computes.contains(&environment.compute_type.as_str()) {
        return Err(not_in(
            "environment.computeType",
            &environment.compute_type,
            computes,
        ));
    }
    if environment.image.is_empty() {
        return Err(invalid(
            "Invalid environment image: image must not be empty",
        ));
    }
    let pulls = ["CODEBUILD", "SERVICE_ROLE"];
    let pull = environment.image_pull_credentials_type.as_deref();
    if let Some(pull) = pull.filter(|pull| !pulls.contains(pull)) {
        return Err(not_in("environment.imagePullCredentialsType", pull, &pulls));
    }
    variables(environment)
}

fn variables(environment: &Environment) -> Result<(), Fault> {
    for variable in &environment.variables {
        let fits = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        let name = &variable.name;
        let begins = name.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_');
        if !begins || !name.chars().all(fits) {
            return Err(invalid(format!(
                "Invalid environment variable name: {name}"
            )));
        }
        if variable.kind == VariableKind::SecretsManager {
            return Err(invalid(format!(
                "Invalid environment variable {name}: there are no secrets in this account"
            )));
        }
    }
    Ok(())
}

fn cache(cache: &Cache) -> Result<(), Fault> {
    let kinds = ["NO_CACHE", "S3", "LOCAL"];
    if !kinds.contains(&cache.kind.as_str()) {
        return Err(not_in("cache.type", &cache.kind, &kinds));
    }
    if cache.kind == "LOCAL" && cache.modes.as_ref().is_none_or(Vec::is_empty) {
        return Err(invalid(
            "Invalid cache: at least one mode must be given when the type is LOCAL",
        ));
    }
    if cache.kind == "S3" && cache.location.as_ref().is_none_or(String::is_empty) {
        return Err(invalid(
            "Invalid cache: location must be given when the type is S3",
        ));
    }
    Ok(())
}

fn minutes(member: &str, given: u32, bounds: std::ops::RangeInclusive<u32>) -> Result<(), Fault> {
    if bounds.contains(&given) {
        return Ok(());
    }
    let (least, most) = (bounds.start(), bounds.end());
    Err(invalid(format!(
        "Invalid {member}: {given}. The value must be between {least} and {most}"
    )))
}

/// The tags that a project is to have.
pub(super) fn tags(given: Vec<ProjectTag>) -> Result<Tags, Fault> {
    let mut tags = Tags::new();
    for ProjectTag { key, value } in given {
        if !(1..=127).contains(&key.chars().count()) || key.starts_with("aws:") {
            return Err(invalid(format!("Invalid tag key: {key}")));
        }
        if value.chars().count() > 255 {
            return Err(invalid(format!("Invalid tag value of the key {key}")));
        }
        tags.insert(key, value);
    }
    if tags.len() > 50 {
        return Err(invalid(
            "Invalid tags: a project can have no more than 50 tags",
        ));
    }
    Ok(tags)
}
