//! Log streams.

use std::cmp::Reverse;

use serde::Deserialize;
use serde_json::{Value, json};

use super::state::LogStream;
use super::{CODE, names};
use crate::clock::Millis;
use crate::context::Cx;
use crate::fault::Fault;
use crate::page::page;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct StreamName {
    log_group_name: String,
    log_stream_name: String,
}

/// `CreateLogStream` (`CloudWatch` Logs API Reference).
pub(crate) fn create_log_stream(cx: &mut Cx, input: StreamName) -> Result<Value, Fault> {
    names::stream_form("logStreamName", &input.log_stream_name)?;
    let now = cx.now;
    let group = names::find(cx, &input.log_group_name)?;
    if group.streams.contains_key(&input.log_stream_name) {
        let words = "The specified log stream already exists";
        return Err(Fault::new("ResourceAlreadyExistsException", words));
    }
    group
        .streams
        .insert(input.log_stream_name, LogStream::new(now));
    Ok(Value::Null)
}

/// `DeleteLogStream` (`CloudWatch` Logs API Reference): its events go with it.
pub(crate) fn delete_log_stream(cx: &mut Cx, input: StreamName) -> Result<Value, Fault> {
    names::stream_form("logStreamName", &input.log_stream_name)?;
    let group = names::find(cx, &input.log_group_name)?;
    match group.streams.remove(&input.log_stream_name) {
        Some(_) => Ok(Value::Null),
        None => Err(names::unknown_stream()),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct DescribeLogStreams {
    log_group_name: Option<String>,
    log_group_identifier: Option<String>,
    log_stream_name_prefix: Option<String>,
    #[serde(default)]
    order_by: OrderBy,
    #[serde(default)]
    descending: bool,
    next_token: Option<String>,
    limit: Option<usize>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize)]
enum OrderBy {
    #[default]
    LogStreamName,
    LastEventTime,
}

/// `DescribeLogStreams` (`CloudWatch` Logs API Reference).
pub(crate) fn describe_log_streams(cx: &mut Cx, input: DescribeLogStreams) -> Result<Value, Fault> {
    let limit = names::limit(input.limit, 50)?;
    if let Some(prefix) = &input.log_stream_name_prefix {
        names::stream_form("logStreamNamePrefix", prefix)?;
        if input.order_by == OrderBy::LastEventTime {
            let words = "Cannot order by LastEventTime with a logStreamNamePrefix.";
            return Err(Fault::new(CODE, words));
        }
    }
    let prefix = input.log_stream_name_prefix.unwrap_or_default();
    let name = names::either(cx, input.log_group_name, input.log_group_identifier)?;
    let arn = names::arn(cx, &name);
    let now = cx.now;
    let group = names::find(cx, &name)?;
    let horizon = group.horizon(now);
    let mut streams = group
        .streams
        .iter()
        .filter(|(name, _)| name.starts_with(&prefix))
        .collect::<Vec<_>>();
    if input.order_by == OrderBy::LastEventTime {
        streams.sort_by_key(|(_, stream)| last_event(stream, horizon));
    }
    if input.descending {
        match input.order_by {
            OrderBy::LogStreamName => streams.sort_by_key(|(name, _)| Reverse(*name)),
            OrderBy::LastEventTime => streams.reverse(),
        }
    }
    let streams = streams
        .into_iter()
        .map(|(name, stream)| details(&arn, name, stream, horizon))
        .collect();
    let page = page(streams, input.next_token.as_deref(), limit).ok_or_else(names::bad_token)?;
    Ok(json!({ "logStreams": page.items, "nextToken": page.next }))
}

fn last_event(stream: &LogStream, horizon: Millis) -> Option<Millis> {
    let last = stream.events(horizon).last();
    last.map(|event| event.place.timestamp)
}

fn details(group: &str, name: &str, stream: &LogStream, horizon: Millis) -> Value {
    let first = stream.events(horizon).first();
    json!({
        "logStreamName": name,
        "creationTime": stream.created,
        "firstEventTimestamp": first.map(|event| event.place.timestamp),
        "lastEventTimestamp": last_event(stream, horizon),
        "lastIngestionTime": stream.last_ingestion,
        "uploadSequenceToken": names::sequence_token(stream.last_ingestion.unwrap_or(stream.created)),
        "arn": format!("{group}:log-stream:{name}"),
        // No longer counted a stream (API Reference, `LogStream`).
        "storedBytes": 0,
    })
}
