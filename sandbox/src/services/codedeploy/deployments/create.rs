//! A deployment, begun.

use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::context::Cx;
use crate::fault::Fault;
use crate::release::deployment::{self, AppSpec, Creator, Deployment, Phase, Status};
use crate::services::codedeploy::groups::{Alarms, Rollback, check_alarms};
use crate::services::codedeploy::state::{Platform, Routing, RoutingKind};
use crate::services::codedeploy::{applications, configs, faults, names};
use crate::services::s3;

/// How many deployments are remembered: the account is stored as a whole.
const KEPT: usize = 100;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct CreateDeployment {
    application_name: String,
    deployment_group_name: Option<String>,
    revision: Option<Revision>,
    deployment_config_name: Option<String>,
    description: Option<String>,
    auto_rollback_configuration: Option<Rollback>,
    override_alarm_configuration: Option<Alarms>,
    // Of servers alone; clients send them as they are by default.
    #[serde(rename = "ignoreApplicationStopFailures")]
    _ignore_application_stop_failures: Option<bool>,
    #[serde(rename = "updateOutdatedInstancesOnly")]
    _update_outdated_instances_only: Option<bool>,
    #[serde(rename = "fileExistsBehavior")]
    _file_exists_behavior: Option<String>,
    #[serde(rename = "deploymentMode")]
    _deployment_mode: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Revision {
    #[serde(rename = "revisionType")]
    kind: Option<String>,
    s3_location: Option<S3Location>,
    string: Option<Content>,
    app_spec_content: Option<Content>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct S3Location {
    bucket: Option<String>,
    key: Option<String>,
    #[serde(rename = "bundleType")]
    _bundle_type: Option<String>,
    #[serde(rename = "version")]
    _version: Option<String>,
    #[serde(rename = "eTag")]
    _e_tag: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Content {
    content: Option<String>,
    sha256: Option<String>,
}

/// `CreateDeployment` (CodeDeploy API Reference), of an ECS service: one at a time a group.
pub(crate) fn create_deployment(cx: &mut Cx, input: CreateDeployment) -> Result<Value, Fault> {
    applications::found(cx, &input.application_name)?;
    let group = input.deployment_group_name.ok_or_else(|| {
        Fault::new(
            "DeploymentGroupNameRequiredException",
            "The parameter deploymentGroupName is required.",
        )
    })?;
    let content = content(cx, input.revision)?;
    let new = New {
        application: input.application_name,
        group,
        content,
        config: input.deployment_config_name,
        description: input.description,
        rollback: input.auto_rollback_configuration,
        alarms: input.override_alarm_configuration,
    };
    let id = create(cx, new)?;
    Ok(json!({ "deploymentId": id }))
}

/// Deploys what the appspec says, for a pipeline; gives the deployment's id.
/// Whether the pipeline's role may is for the caller to ask.
pub(crate) fn create_for_pipeline(
    cx: &mut Cx,
    application: &str,
    group: &str,
    content: String,
) -> Result<String, Fault> {
    let new = New {
        application: application.to_owned(),
        group: group.to_owned(),
        content,
        config: None,
        description: None,
        rollback: None,
        alarms: None,
    };
    create(cx, new)
}

struct New {
    application: String,
    group: String,
    content: String,
    config: Option<String>,
    description: Option<String>,
    rollback: Option<Rollback>,
    alarms: Option<Alarms>,
}

fn create(cx: &mut Cx, new: New) -> Result<String, Fault> {
    names::group(&new.group)?;
    let application = applications::found(cx, &new.application)?;
    let platform = application.platform;
    let group = application.groups.get(&new.group);
    let mut settings = group
        .ok_or_else(|| faults::no_such_group(&new.group))?
        .settings
        .clone();
    if platform != Platform::Ecs {
        return Err(Fault::new(
            "InvalidComputePlatformException",
            "Only deployments of the compute platform ECS are made in this account.",
        ));
    }
    let name = new
        .config
        .unwrap_or_else(|| settings.deployment_config_name.clone());
    let config = configs::found(cx, &name)?;
    if config.platform != platform {
        return Err(Fault::new(
            "InvalidDeploymentConfigNameException",
            "The deployment configuration is not compatible with the compute platform of the \
             deployment group.",
        ));
    }
    settings.deployment_config_name = name;
    settings.rollback = new.rollback.or(settings.rollback);
    settings.alarms = new.alarms.or(settings.alarms);
    check_alarms(&settings)?;
    let appspec = AppSpec::read(&new.content).map_err(invalid_revision)?;
    let deployments = &cx.region().codedeploy.deployments;
    let active = deployments.iter().find(|deployment| {
        !deployment.status.is_over()
            && (&deployment.application, &deployment.group) == (&new.application, &new.group)
    });
    if let Some(active) = active {
        return Err(Fault::new(
            "DeploymentLimitExceededException",
            format!(
                "The Deployment Group '{}' already has an active Deployment '{}'",
                new.group, active.id
            ),
        ));
    }
    let at_once = Routing {
        kind: RoutingKind::AllAtOnce,
        time_based_canary: None,
        time_based_linear: None,
    };
    let made = Deployment {
        id: deployment::new_id(cx),
        application: new.application,
        group: new.group,
        routing: config.routing.unwrap_or(at_once),
        description: new.description,
        creator: Creator::User,
        content: new.content,
        appspec,
        created: cx.now,
        started: None,
        completed: None,
        updated: cx.now,
        status: Status::Created,
        phase: Phase::Created,
        error: None,
        events: deployment::lifecycle(&settings),
        settings,
        blue: None,
        green: None,
        rolled_back_by: None,
        rolls_back: None,
    };
    let id = made.id.clone();
    made.plan_beginning(cx);
    let deployments = &mut cx.region().codedeploy.deployments;
    deployments.push(made);
    if deployments.len() > KEPT
        && let Some(oldest) = deployments.iter().position(|it| it.status.is_over())
    {
        deployments.remove(oldest);
    }
    Ok(id)
}

fn invalid_revision(words: impl Into<String>) -> Fault {
    Fault::new("InvalidRevisionException", words)
}

/// The appspec's text: given, or kept in a bucket.
fn content(cx: &mut Cx, revision: Option<Revision>) -> Result<String, Fault> {
    let required = || {
        Fault::new(
            "RevisionRequiredException",
            "The revision ID was not specified.",
        )
    };
    let revision = revision.ok_or_else(required)?;
    let given = match revision.kind.as_deref() {
        Some("AppSpecContent") | None => revision.app_spec_content,
        Some("String") => revision.string,
        Some("S3") => return stored(cx, revision.s3_location.ok_or_else(required)?),
        Some(other) => {
            return Err(invalid_revision(format!(
                "The revision type {other} is not supported for the compute platform ECS."
            )));
        }
    };
    let given = given.ok_or_else(required)?;
    let content = given
        .content
        .filter(|text| !text.is_empty())
        .ok_or_else(required)?;
    let digest = hex::encode(Sha256::digest(&content));
    if given.sha256.is_some_and(|sha256| sha256 != digest) {
        return Err(invalid_revision(
            "The SHA-256 hash does not match the content.",
        ));
    }
    Ok(content)
}

fn stored(cx: &mut Cx, location: S3Location) -> Result<String, Fault> {
    let (bucket, key) = (
        location.bucket.unwrap_or_default(),
        location.key.unwrap_or_default(),
    );
    let bytes = s3::fetch(cx, &bucket, &key).map_err(|fault| {
        let words = format!(
            "The revision s3://{bucket}/{key} does not exist: {}",
            fault.message
        );
        Fault::new("RevisionDoesNotExistException", words)
    })?;
    String::from_utf8(bytes.to_vec())
        .map_err(|_| invalid_revision("The AppSpec file is not well-formed YAML or JSON."))
}
