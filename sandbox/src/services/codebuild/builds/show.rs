//! A build as `CodeBuild` shows it.

use serde_json::{Value, json};

use super::phases::PhaseType;
use super::state::Build;
use crate::protocol::timestamp;
use crate::services::codebuild::projects::{usual_environment, usual_source};
use crate::services::codebuild::settings::CloudWatchLogs;

pub(super) fn shown(region: &str, build: &Build) -> Value {
    let it = &build.settings;
    let phases = build.phases.iter().map(super::phases::Phase::shown);
    let exported = build.exported.iter();
    let exported = exported.map(|(name, value)| json!({ "name": name, "value": value }));
    json!({
        "id": build.id,
        "arn": build.arn,
        "buildNumber": build.number,
        "startTime": timestamp(build.started),
        "endTime": build.ended.map(timestamp),
        "currentPhase": build.current(),
        "buildStatus": build.status,
        "sourceVersion": build.source_version,
        "resolvedSourceVersion": build.resolved_version,
        "projectName": build.project,
        "phases": phases.collect::<Vec<_>>(),
        "source": usual_source(&it.source),
        "secondarySources": [],
        "secondarySourceVersions": [],
        "artifacts": artifacts(build),
        "cache": it.cache,
        "environment": usual_environment(&it.environment),
        "serviceRole": it.service_role,
        "logs": logs(region, build),
        "timeoutInMinutes": it.timeout,
        "queuedTimeoutInMinutes": it.queued_timeout,
        "buildComplete": build.is_complete(),
        "initiator": build.initiator,
        "vpcConfig": it.vpc,
        "encryptionKey": it.encryption_key,
        "exportedEnvironmentVariables": exported.collect::<Vec<_>>(),
    })
}

fn artifacts(build: &Build) -> Value {
    let of = &build.settings.artifacts;
    let location = super::output::arn(build).unwrap_or_default();
    json!({
        "location": location,
        "overrideArtifactName": of.override_artifact_name,
        "encryptionDisabled": of.encryption_disabled,
    })
}

/// Where the log is; its names are there once it has been opened.
fn logs(region: &str, build: &Build) -> Value {
    let given = &build.settings.logs;
    let log = build.log.as_ref();
    let arn = log.map(|log| {
        let parts = build.arn.split(':').collect::<Vec<_>>();
        let account = parts.get(4).unwrap_or(&"");
        format!(
            "arn:aws:logs:{region}:{account}:log-group:{}:log-stream:{}",
            log.group, log.stream
        )
    });
    let opened = log.filter(|_| {
        build
            .phases
            .iter()
            .any(|phase| phase.kind > PhaseType::Provisioning)
    });
    let link = opened.map(|log| {
        let escaped = |text: &str| text.replace('/', "$252F");
        format!(
            "https://console.aws.amazon.com/cloudwatch/home?region={region}#logsV2:log-groups/log-group/{}/log-events/{}",
            escaped(&log.group),
            escaped(&log.stream)
        )
    });
    let cloud_watch = given
        .cloud_watch_logs
        .clone()
        .unwrap_or_else(CloudWatchLogs::usual);
    json!({
        "groupName": opened.map(|log| &log.group),
        "streamName": opened.map(|log| &log.stream),
        "deepLink": link,
        "cloudWatchLogsArn": arn,
        "cloudWatchLogs": cloud_watch,
        "s3Logs": given.s3_logs,
    })
}
