//! What `CloudWatch` Logs keeps in a Region.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::clock::Millis;
use crate::tags::Tags;

/// How many events a stream keeps. The account is stored as a whole, so the
/// oldest go when there are more.
const KEPT: usize = 2000;

const DAY: Millis = 24 * 60 * 60 * 1000;

/// Log groups by name.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Logs {
    pub(crate) groups: BTreeMap<String, LogGroup>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct LogGroup {
    pub(crate) created: Millis,
    /// `None` keeps for ever.
    pub(crate) retention_days: Option<u32>,
    pub(crate) class: String,
    pub(crate) kms_key: Option<String>,
    pub(crate) tags: Tags,
    /// By name.
    #[serde(default)]
    pub(super) streams: BTreeMap<String, LogStream>,
}

impl LogGroup {
    /// A group as it is made when nothing in particular is asked for.
    pub(super) fn new(created: Millis) -> LogGroup {
        LogGroup {
            created,
            retention_days: None,
            class: "STANDARD".to_owned(),
            kms_key: None,
            tags: Tags::new(),
            streams: BTreeMap::new(),
        }
    }

    /// Events from before this instant are no longer there.
    pub(super) fn horizon(&self, now: Millis) -> Millis {
        self.retention_days
            .map_or(Millis::MIN, |days| now - Millis::from(days) * DAY)
    }
}

/// A stream: what one source wrote.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct LogStream {
    pub(super) created: Millis,
    pub(super) last_ingestion: Option<Millis>,
    /// In the order of [`Place`].
    events: Vec<LogEvent>,
    /// How many were ever written.
    written: u64,
}

/// A line of a log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct LogEvent {
    pub(super) place: Place,
    pub(super) ingested: Millis,
    pub(super) message: String,
}

/// Where an event stands in its stream: by its own time, then by its arrival.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Place {
    pub(super) timestamp: Millis,
    pub(super) number: u64,
}

impl LogStream {
    pub(super) fn new(created: Millis) -> LogStream {
        LogStream {
            created,
            last_ingestion: None,
            events: Vec::new(),
            written: 0,
        }
    }

    /// Adds an event where its time puts it.
    pub(super) fn add(&mut self, timestamp: Millis, message: String, now: Millis) {
        self.written += 1;
        self.last_ingestion = Some(now);
        let place = Place {
            timestamp,
            number: self.written,
        };
        let at = self.events.partition_point(|event| event.place < place);
        let event = LogEvent {
            place,
            ingested: now,
            message,
        };
        self.events.insert(at, event);
        if self.events.len() > KEPT {
            self.events.remove(0);
        }
    }

    /// The events from `horizon` on, in order.
    pub(super) fn events(&self, horizon: Millis) -> &[LogEvent] {
        let from = self
            .events
            .partition_point(|event| event.place.timestamp < horizon);
        &self.events[from..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_stand_in_the_order_of_their_times_and_the_oldest_go() {
        let mut stream = LogStream::new(0);
        for (timestamp, message) in [(5, "b"), (1, "a"), (5, "c")] {
            stream.add(timestamp, message.to_owned(), 9);
        }
        let messages = |stream: &LogStream, horizon| {
            let events = stream.events(horizon).iter();
            events
                .map(|event| event.message.clone())
                .collect::<String>()
        };
        assert_eq!(messages(&stream, 0), "abc");
        assert_eq!(messages(&stream, 2), "bc");
        for _ in 0..KEPT {
            stream.add(7, "d".to_owned(), 9);
        }
        assert_eq!(stream.events(0).len(), KEPT);
        assert!(!messages(&stream, 0).contains('a'));
    }
}
