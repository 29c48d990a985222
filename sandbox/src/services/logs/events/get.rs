//! `GetLogEvents`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::clock::Millis;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::logs::names;
use crate::services::logs::state::{LogEvent, Place};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct GetLogEvents {
    log_group_name: Option<String>,
    log_group_identifier: Option<String>,
    log_stream_name: String,
    start_time: Option<Millis>,
    end_time: Option<Millis>,
    next_token: Option<String>,
    limit: Option<usize>,
    #[serde(default)]
    start_from_head: bool,
    // Nothing is masked here.
    #[serde(rename = "unmask")]
    _unmask: Option<bool>,
}

/// A token of a page: which way, and from where.
#[derive(Clone, Copy)]
enum Token {
    /// What comes after that place.
    Forward(Place),
    /// What comes before it.
    Backward(Place),
}

/// `GetLogEvents` (`CloudWatch` Logs API Reference): a page with a token for each direction. At
/// either end the token is the one that was given.
pub(crate) fn get_log_events(cx: &mut Cx, input: GetLogEvents) -> Result<Value, Fault> {
    names::stream_form("logStreamName", &input.log_stream_name)?;
    let limit = names::limit(input.limit, 10_000)?;
    let token = input.next_token.as_deref().map(read).transpose()?;
    let name = names::either(cx, input.log_group_name, input.log_group_identifier)?;
    let now = cx.now;
    let group = names::find(cx, &name)?;
    let stream = group
        .streams
        .get(&input.log_stream_name)
        .ok_or_else(names::unknown_stream)?;
    let from = input.start_time.unwrap_or(0).max(group.horizon(now));
    let until = input.end_time.unwrap_or(Millis::MAX);
    let events = stream.events(from);
    let events = &events[..events.partition_point(|event| event.place.timestamp < until)];

    let page = match token {
        Some(Token::Forward(place)) => first(
            &events[events.partition_point(|event| event.place <= place)..],
            limit,
        ),
        Some(Token::Backward(place)) => last(
            &events[..events.partition_point(|event| event.place < place)],
            limit,
        ),
        None if input.start_from_head => first(events, limit),
        None => last(events, limit),
    };
    // Where the page is empty, both tokens stay where the reader is.
    let here = match token {
        Some(Token::Forward(place) | Token::Backward(place)) => place,
        None => Place {
            timestamp: from.max(0),
            number: 0,
        },
    };
    let (begin, end) = match page {
        [] => (here, here),
        [first, .., last] => (first.place, last.place),
        [only] => (only.place, only.place),
    };
    let shown = page.iter().map(|event| {
        json!({
            "timestamp": event.place.timestamp,
            "message": event.message,
            "ingestionTime": event.ingested,
        })
    });
    Ok(json!({
        "events": shown.collect::<Value>(),
        "nextForwardToken": written('f', end),
        "nextBackwardToken": written('b', begin),
    }))
}

fn first(events: &[LogEvent], limit: usize) -> &[LogEvent] {
    &events[..limit.min(events.len())]
}

fn last(events: &[LogEvent], limit: usize) -> &[LogEvent] {
    &events[events.len().saturating_sub(limit)..]
}

/// `f/` or `b/`, 56 digits, `/s`, as on AWS.
fn written(direction: char, place: Place) -> String {
    format!("{direction}/{:020}{:036}/s", place.timestamp, place.number)
}

fn read(token: &str) -> Result<Token, Fault> {
    let digits = |rest: &str| {
        let digits = rest.strip_suffix("/s")?;
        let (timestamp, number) = digits.split_at_checked(20)?;
        Some(Place {
            timestamp: timestamp.parse().ok()?,
            number: number.parse().ok()?,
        })
    };
    let read = match token.split_once('/') {
        Some(("f", rest)) => digits(rest).map(Token::Forward),
        Some(("b", rest)) => digits(rest).map(Token::Backward),
        _ => None,
    };
    read.ok_or_else(names::bad_token)
}
