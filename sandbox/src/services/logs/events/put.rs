//! `PutLogEvents`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::clock::Millis;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::logs::{CODE, names};

const HOUR: Millis = 60 * 60 * 1000;

/// The bounds of a batch (`CloudWatch` Logs API Reference, `PutLogEvents`).
const MOST: usize = 10_000;
const LARGEST: usize = 1_048_576;
const OVERHEAD: usize = 26;
const AHEAD: Millis = 2 * HOUR;
const BEHIND: Millis = 14 * 24 * HOUR;
const SPAN: Millis = 24 * HOUR;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct PutLogEvents {
    log_group_name: String,
    log_stream_name: String,
    log_events: Vec<InputEvent>,
    // Accepted and ignored, as on AWS since 2023.
    #[serde(rename = "sequenceToken")]
    _sequence_token: Option<String>,
    // Telemetry's own: nothing here shows it.
    #[serde(rename = "entity")]
    _entity: Option<BTreeMap<String, Value>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct InputEvent {
    timestamp: Millis,
    message: String,
}

/// `PutLogEvents` (`CloudWatch` Logs API Reference): what is too old or too new is left out, and
/// the answer says which.
pub(crate) fn put_log_events(cx: &mut Cx, input: PutLogEvents) -> Result<Value, Fault> {
    names::stream_form("logStreamName", &input.log_stream_name)?;
    check(&input.log_events)?;
    let now = cx.now;
    let group = names::find(cx, &input.log_group_name)?;
    let horizon = group.horizon(now);
    let stream = group
        .streams
        .get_mut(&input.log_stream_name)
        .ok_or_else(names::unknown_stream)?;

    // They are in order, so each kind of refusal is one end of the list.
    let before = |instant: Millis| {
        let end = input
            .log_events
            .partition_point(|event| event.timestamp < instant);
        (end > 0).then_some(end)
    };
    let too_old = before(now - BEHIND);
    let expired = before(horizon);
    let new = input
        .log_events
        .partition_point(|event| event.timestamp <= now + AHEAD);
    let too_new = (new < input.log_events.len()).then_some(new);
    let kept = too_old.max(expired).unwrap_or(0)..new;
    let rejected = (kept.len() < input.log_events.len()).then(|| {
        json!({
            "tooNewLogEventStartIndex": too_new,
            "tooOldLogEventEndIndex": too_old,
            "expiredLogEventEndIndex": expired,
        })
    });
    for event in input.log_events.into_iter().take(kept.end).skip(kept.start) {
        stream.add(event.timestamp, event.message, now);
    }
    Ok(json!({
        "nextSequenceToken": names::sequence_token(now),
        "rejectedLogEventsInfo": rejected,
    }))
}

fn check(events: &[InputEvent]) -> Result<(), Fault> {
    if !(1..=MOST).contains(&events.len()) {
        let rule = "Member must have length between 1 and 10000";
        let given = events.len().to_string();
        return Err(Fault::constraint(CODE, "logEvents", &given, rule));
    }
    for (event, at) in events.iter().zip(1..) {
        let (member, rule) = if event.timestamp < 0 {
            (
                "timestamp",
                "Member must have value greater than or equal to 0",
            )
        } else if event.message.is_empty() {
            (
                "message",
                "Member must have length greater than or equal to 1",
            )
        } else {
            continue;
        };
        let member = format!("logEvents.{at}.member.{member}");
        return Err(Fault::constraint(CODE, &member, "", rule));
    }
    let words = if !events.is_sorted_by_key(|event| event.timestamp) {
        "Log events in a single PutLogEvents request must be in chronological order.".to_owned()
    } else if span(events) > SPAN {
        "The batch of log events in a single PutLogEvents request cannot span more than 24 hours."
            .to_owned()
    } else if size(events) > LARGEST {
        format!(
            "Upload too large: {} bytes exceeds limit of {LARGEST}",
            size(events)
        )
    } else {
        return Ok(());
    };
    Err(Fault::new(CODE, words))
}

fn span(events: &[InputEvent]) -> Millis {
    match (events.first(), events.last()) {
        (Some(first), Some(last)) => last.timestamp.saturating_sub(first.timestamp),
        _ => 0,
    }
}

fn size(events: &[InputEvent]) -> usize {
    events
        .iter()
        .map(|event| event.message.len() + OVERHEAD)
        .sum()
}
