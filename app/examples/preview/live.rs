//! The event stream: step 3 becomes ready, and waits again.

use std::{convert::Infallible, time::Duration};

use axum::response::sse::{Event, Sse};
use tokio_stream::{Stream, wrappers::ReceiverStream};
use workshop::{
    blueprint::{Kind, Step},
    model::{AccountKind, NodeState, Outcome, StepState},
};

use crate::panel::{self, Preview};

const PAUSE: Duration = Duration::from_secs(3);

/// `GET /live`.
pub(crate) fn stream(kind: AccountKind) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    // One moment's events follow each other at once; then it rests.
    let (sender, receiver) = tokio::sync::mpsc::channel(8);
    tokio::spawn(async move {
        for ready in [true, false].into_iter().cycle() {
            tokio::time::sleep(PAUSE).await;
            for event in moment(kind, ready) {
                if sender.send(event).await.is_err() {
                    return;
                }
            }
        }
    });
    Sse::new(ReceiverStream::new(receiver))
}

/// What the stream says when step 3 is ready, or is not.
fn moment(kind: AccountKind, ready: bool) -> Vec<Result<Event, Infallible>> {
    let (outcome, state) = if ready {
        (Outcome::Passed, NodeState::Right)
    } else {
        (Outcome::NotYet, NodeState::Coming)
    };
    let mut frame = Preview { kind }.frame();
    frame.rail[2].state = StepState::Checked {
        outcome,
        warning: false,
    };
    frame.cost_per_hour = if ready { 164_000 } else { 82_000 };
    let mut resources = panel::resources();
    for resource in &mut resources {
        if resource.kind == Kind::DbWriter {
            resource.state = state;
        }
    }
    let evidence = panel::evidence(Step::Database, kind).map(|mut evidence| {
        for finding in &mut evidence.findings {
            if finding.kind == Kind::DbWriter {
                finding.outcome = outcome;
                if ready {
                    finding.found.clone_from(&finding.expected);
                    finding.remedy = None;
                }
            }
        }
        evidence
    });
    let event = |name: &str, data: serde_json::Value| {
        Ok(Event::default().event(name).data(data.to_string()))
    };
    vec![
        event("evidence", serde_json::json!(evidence)),
        event("frame", serde_json::json!(frame)),
        event("resources", serde_json::json!(resources)),
    ]
}
