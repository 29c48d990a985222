//! A build's log.

use super::state::{Build, Log};
use crate::clock;
use crate::context::Cx;
use crate::services::codebuild::settings::Switch;
use crate::services::{iam, logs};

/// The group and the stream that a build's log goes to; `None` where it has none.
pub(super) fn place(
    project: &str,
    uuid: &str,
    settings: &super::super::settings::LogsConfig,
) -> Option<Log> {
    let given = settings.cloud_watch_logs.as_ref();
    if given.is_some_and(|given| given.status == Switch::Disabled) {
        return None;
    }
    let group = given.and_then(|given| given.group_name.clone());
    let prefix = given.and_then(|given| given.stream_name.as_deref());
    Some(Log {
        group: group.unwrap_or_else(|| format!("/aws/codebuild/{project}")),
        stream: prefix.map_or_else(|| uuid.to_owned(), |prefix| format!("{prefix}/{uuid}")),
    })
}

/// Opens the log with the rights of the build's role; if it has not got them, what `CodeBuild` says.
pub(super) fn open(cx: &mut Cx, build: &Build) -> Result<(), String> {
    let Some(log) = &build.log else {
        return Ok(());
    };
    let group = cx.arn("logs", &format!("log-group:{}", log.group));
    let stream = format!("{group}:log-stream:{}", log.stream);
    let is_there = logs::exists(cx, &log.group);
    let create = ("logs:CreateLogGroup", format!("{group}:*"));
    let rest = ["logs:CreateLogStream", "logs:PutLogEvents"].map(|action| (action, stream.clone()));
    let role = &build.settings.service_role;
    let session = session(build);
    let wanted = [create].into_iter().filter(|_| !is_there).chain(rest);
    for (action, resource) in wanted {
        if let Err(why) = iam::authorize(cx, role, &session, action, &resource, &[]) {
            return Err(format!(
                "Service role {role} does not allow AWS CodeBuild to create Amazon CloudWatch Logs log streams for \
                 build {}. Error message: {why}",
                build.arn
            ));
        }
    }
    logs::open(cx, &log.group);
    Ok(())
}

/// The name of the session in which the role is used.
pub(super) fn session(build: &Build) -> String {
    format!("AWSCodeBuild-{}", build.uuid())
}

/// Writes what the build's container says, with its stamp.
pub(super) fn say(cx: &mut Cx, build: &Build, words: &str) {
    let now = clock::iso8601(cx.now - cx.now.rem_euclid(1000));
    let stamp = now
        .trim_end_matches('Z')
        .replace('-', "/")
        .replace('T', " ");
    let millis = cx.now.rem_euclid(1000);
    write(
        cx,
        build,
        [format!("[Container] {stamp}.{millis:03}000 {words}\n")],
    );
}

/// Writes what a command wrote, a line an event.
pub(super) fn output(cx: &mut Cx, build: &Build, output: &str) {
    let lines = output.split_inclusive('\n').filter(|line| !line.is_empty());
    write(cx, build, lines.map(str::to_owned));
}

fn write(cx: &mut Cx, build: &Build, lines: impl IntoIterator<Item = String>) {
    if let Some(log) = &build.log {
        // A group that was deleted meanwhile takes the rest of the log with it.
        drop(logs::write(cx, &log.group, &log.stream, lines));
    }
}
