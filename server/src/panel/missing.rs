//! Which calls of a resource's creation are still to be sent.

use std::collections::BTreeMap;

use workshop::blueprint::{Call, Inputs, Resource};
use workshop::check;
use workshop::model::{Finding, Observation, Outcome};

use super::crew::Crew;
use super::send::filled;
use crate::store::JournalEntry;

/// All calls for what is not there; none for what cannot be seen. For what is there, those that
/// bring about a setting that is wrong, and those that the panel did not come to when it made the
/// resource: a process killed between two calls leaves such a thing.
pub(super) fn missing(
    resource: &Resource,
    seen: &Observation,
    chosen: &BTreeMap<String, String>,
    crew: &Crew,
    journal: &[JournalEntry],
) -> Vec<Call> {
    let calls = (resource.create)(&Inputs::new(resource, chosen, &crew.variables));
    match seen {
        Observation::Absent(_) => calls,
        Observation::Unknown(_) => Vec::new(),
        Observation::Present(_) => {
            let rows = check::findings(resource, seen, &crew.variables);
            let mut calls = calls;
            calls.retain(|call| {
                is_any(call, &rows, |row| row.outcome == Outcome::Wrong)
                    || is_unfinished(resource, call, &rows, crew, journal)
            });
            calls
        }
    }
}

/// Whether one of the settings that `call` brings about is so.
fn is_any(call: &Call, rows: &[Finding], so: impl Fn(&Finding) -> bool) -> bool {
    rows.iter()
        .any(|row| call.settles.contains(&row.setting) && so(row))
}

/// Whether the panel made the resource and did not come to this call. Where the setting is plainly
/// right its effect is there already, unless the call is one of several for the setting; those say
/// by their errors whether they were done.
fn is_unfinished(
    resource: &Resource,
    call: &Call,
    rows: &[Finding],
    crew: &Crew,
    journal: &[JournalEntry],
) -> bool {
    let own = || journal.iter().filter(|entry| entry.kind == resource.kind);
    let was_made = own().any(|entry| entry.call.settles.is_empty());
    let may_be_open = !call.done_if.is_empty() || is_any(call, rows, |row| row.warning.is_some());
    let was_done = || {
        filled(call, &crew.variables)
            .is_ok_and(|call| own().any(|entry| entry.is_done() && entry.call == call))
    };
    !call.settles.is_empty() && was_made && may_be_open && !was_done()
}
