//! The log driver `awslogs`: a stream of `CloudWatch` Logs for each container.

use super::Agent;
use crate::context::Cx;
use crate::services::ecs::shapes::{ContainerDefinition, LogConfiguration};
use crate::services::ecs::state::Task;
use crate::services::{iam, logs};

/// Opens a container's log, if it is one of `CloudWatch` Logs; or why Docker cannot.
pub(super) fn open(
    cx: &mut Cx,
    agent: &Agent,
    container: &ContainerDefinition,
) -> Result<(), String> {
    let Some((log, group)) = awslogs(container) else {
        return Ok(());
    };
    let region = log.option("awslogs-region").unwrap_or(cx.region).to_owned();
    let arn = format!("arn:aws:logs:{region}:{}:log-group:{group}", cx.account.id);
    let Agent { role, session } = agent;
    let is_there = |cx: &Cx| {
        let region = cx.account.regions.get(&region);
        region.is_some_and(|region| region.logs.groups.contains_key(group))
    };
    let creates = log.option("awslogs-create-group") == Some("true");
    if creates && !is_there(cx) {
        iam::authorize(cx, role, session, "logs:CreateLogGroup", &arn, &[])
            .map_err(|words| refused(cx, "group", "CreateLogGroup", &denied(&words)))?;
        logs::open(
            &mut Cx {
                account: cx.account,
                region: &region,
                now: cx.now,
            },
            group,
        );
    }
    let stream = format!("{arn}:log-stream:*");
    iam::authorize(cx, role, session, "logs:CreateLogStream", &stream, &[])
        .map_err(|words| refused(cx, "stream", "CreateLogStream", &denied(&words)))?;
    if is_there(cx) {
        return Ok(());
    }
    let words = "ResourceNotFoundException: The specified log group does not exist.";
    Err(refused(cx, "stream", "CreateLogStream", words))
}

fn denied(words: &str) -> String {
    format!("AccessDeniedException: {words}")
}

fn refused(cx: &mut Cx, what: &str, operation: &str, words: &str) -> String {
    let request = cx.account.ids.uuid();
    format!(
        "CannotStartContainerError: Error response from daemon: failed to create task for container: failed \
         to initialize logging driver: failed to create Cloudwatch log {what}: operation error CloudWatch \
         Logs: {operation}, https response error StatusCode: 400, RequestID: {request}, {words}"
    )
}

fn awslogs(container: &ContainerDefinition) -> Option<(&LogConfiguration, &str)> {
    let log = container.log_configuration.as_ref();
    let log = log.filter(|log| log.log_driver == "awslogs")?;
    Some((log, log.option("awslogs-group")?))
}

/// Writes lines to a container's log, if it has one of `CloudWatch` Logs.
pub(super) fn write(
    cx: &mut Cx,
    task: &Task,
    container: &ContainerDefinition,
    lines: impl IntoIterator<Item = String>,
) {
    let Some((log, group)) = awslogs(container) else {
        return;
    };
    let (name, id) = (&container.name, &task.id);
    let stream = match log.option("awslogs-stream-prefix") {
        Some(prefix) => format!("{prefix}/{name}/{id}"),
        None => super::runtime_id(id, name),
    };
    let region = log.option("awslogs-region").unwrap_or(cx.region).to_owned();
    let mut cx = Cx {
        account: cx.account,
        region: &region,
        now: cx.now,
    };
    // A group that was deleted meanwhile loses what is written: the driver does not tell.
    if cx.account.regions.contains_key(&region) {
        drop(logs::write(&mut cx, group, &stream, lines));
    }
}
