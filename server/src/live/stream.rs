//! The one event stream of a tab: a snapshot first, then what changed.
//!
//! Events: `frame` (a [`Frame`](workshop::model::Frame)), `evidence` (an
//! [`Evidence`](workshop::model::Evidence)), `resources` (a list of
//! [`ResourceView`](workshop::model::ResourceView)), `yields` (a list of
//! [`YieldView`](workshop::model::YieldView)), each as JSON.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::time::Duration;

use axum::response::sse::{Event, KeepAlive, Sse};
use serde::Serialize;
use tokio::sync::{mpsc, watch};
use tokio_stream::Stream;
use tokio_stream::wrappers::ReceiverStream;
use workshop::blueprint::Step;
use workshop::model::{Timestamp, Who};
use workshop::panel::Panel;

/// The stream for `who`, who is told by `changes`.
pub fn stream<P: Panel + 'static>(
    panel: P,
    who: Who,
    changes: watch::Receiver<u64>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let (events, received) = mpsc::channel(16);
    tokio::spawn(feed(panel, who, changes, events));
    Sse::new(ReceiverStream::new(received))
        .keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}

/// Sends what is new until nobody listens.
async fn feed<P: Panel>(
    panel: P,
    who: Who,
    mut changes: watch::Receiver<u64>,
    events: mpsc::Sender<Result<Event, Infallible>>,
) {
    let mut sent = Sent::default();
    loop {
        changes.mark_unchanged();
        for event in news(&panel, &who, &mut sent).await {
            if events.send(Ok(event)).await.is_err() {
                return;
            }
        }
        tokio::select! {
            told = changes.changed() => if told.is_err() { return },
            () = events.closed() => return,
        }
    }
}

/// What this listener has seen.
#[derive(Default)]
struct Sent {
    frame: String,
    resources: String,
    yields: String,
    evidence: BTreeMap<Step, Timestamp>,
}

async fn news<P: Panel>(panel: &P, who: &Who, sent: &mut Sent) -> Vec<Event> {
    let mut events = Vec::new();
    let Ok(overview) = panel.overview(who).await else {
        return events;
    };
    let mut frame = overview.frame;
    // The time alone is no news.
    let now = std::mem::take(&mut frame.now);
    let text = json(&frame);
    if sent.frame != text {
        sent.frame = text;
        frame.now = now;
        events.push(Event::default().event("frame").data(json(&frame)));
    }
    let text = json(&overview.resources);
    if sent.resources != text {
        events.push(Event::default().event("resources").data(text.as_str()));
        sent.resources = text;
    }
    let text = json(&overview.yields);
    if sent.yields != text {
        events.push(Event::default().event("yields").data(text.as_str()));
        sent.yields = text;
    }
    for item in &frame.rail {
        let Ok(page) = panel.step(who, item.step).await else {
            continue;
        };
        let Some(evidence) = page.evidence else {
            continue;
        };
        let at = evidence.checked_at;
        if sent.evidence.insert(item.step, at) != Some(at) {
            events.push(Event::default().event("evidence").data(json(&evidence)));
        }
    }
    events
}

/// The model's types have string keys only, so that writing them cannot fail.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
