//! `FilterLogEvents`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::pattern::Pattern;
use crate::clock::Millis;
use crate::context::Cx;
use crate::fault::Fault;
use crate::page::page;
use crate::services::logs::{CODE, names};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct FilterLogEvents {
    log_group_name: Option<String>,
    log_group_identifier: Option<String>,
    log_stream_names: Option<Vec<String>>,
    log_stream_name_prefix: Option<String>,
    start_time: Option<Millis>,
    end_time: Option<Millis>,
    #[serde(default)]
    filter_pattern: String,
    next_token: Option<String>,
    limit: Option<usize>,
    #[serde(default = "from_head")]
    start_from_head: bool,
    // Always so, since 2019.
    #[serde(rename = "interleaved")]
    _interleaved: Option<bool>,
    // Nothing is masked here.
    #[serde(rename = "unmask")]
    _unmask: Option<bool>,
}

fn from_head() -> bool {
    true
}

/// `FilterLogEvents` (`CloudWatch` Logs API Reference): the events of all the streams, or of those
/// that are named, in the order of their times.
pub(crate) fn filter_log_events(cx: &mut Cx, input: FilterLogEvents) -> Result<Value, Fault> {
    let limit = names::limit(input.limit, 10_000)?;
    let pattern = Pattern::read(&input.filter_pattern)?;
    if input.log_stream_names.is_some() && input.log_stream_name_prefix.is_some() {
        let words = "LogStreamNamePrefix and LogStreamNames are mutually exclusive parameters.";
        return Err(Fault::new(CODE, words));
    }
    for name in input.log_stream_names.iter().flatten() {
        names::stream_form("logStreamNames", name)?;
    }
    let name = names::either(cx, input.log_group_name, input.log_group_identifier)?;
    let now = cx.now;
    let group = names::find(cx, &name)?;
    let named = input.log_stream_names.as_ref();
    if named.is_some_and(|named| named.iter().any(|name| !group.streams.contains_key(name))) {
        return Err(names::unknown_stream());
    }
    let prefix = input.log_stream_name_prefix.as_deref().unwrap_or_default();
    let from = input.start_time.unwrap_or(0).max(group.horizon(now));
    let until = input.end_time.unwrap_or(Millis::MAX);
    let mut found = group
        .streams
        .iter()
        .filter(|(name, _)| named.is_none_or(|named| named.contains(name)))
        .filter(|(name, _)| name.starts_with(prefix))
        .flat_map(|(name, stream)| stream.events(from).iter().map(move |event| (name, event)))
        .filter(|(_, event)| event.place.timestamp <= until && pattern.matches(&event.message))
        .collect::<Vec<_>>();
    found.sort_by_key(|(_, event)| event.place.timestamp);
    if !input.start_from_head {
        found.reverse();
    }
    let page = page(found, input.next_token.as_deref(), limit).ok_or_else(names::bad_token)?;
    let shown = page.items.iter().map(|(stream, event)| {
        json!({
            "logStreamName": stream,
            "timestamp": event.place.timestamp,
            "message": event.message,
            "ingestionTime": event.ingested,
            "eventId": format!("{:020}{:036}", event.place.timestamp, event.place.number),
        })
    });
    Ok(json!({
        "events": shown.collect::<Value>(),
        // Always empty, since 2020.
        "searchedLogStreams": [],
        "nextToken": page.next,
    }))
}
