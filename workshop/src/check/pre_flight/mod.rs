//! Whether a push would lead to a deployment that gets through.
//!
//! Most of it the resources' own rows say already; here they are put together by what a deployment
//! needs. To these comes what belongs to no resource: how much room is left, and what is under way.

mod capacity;
mod evidence;
mod growth;
mod image;
mod items;
mod quiet;

use std::collections::BTreeMap;

use super::judge::findings;
use crate::blueprint::{Kind, Variables, find};
use crate::model::{
    Fact, Finding, ItemReport, Observation, PreFlight, PreFlightItem, Surroundings, Timestamp,
};

pub use items::kinds;

/// All that was looked at.
#[derive(Debug, Clone)]
pub struct Sights {
    /// The resources, those of [`kinds`].
    pub resources: BTreeMap<Kind, Observation>,
    /// What is beside them.
    pub surroundings: Surroundings,
}

impl Sights {
    /// The values found for a setting; none where the resource is not there or could not be told.
    fn values(&self, kind: Kind, key: &str) -> &[String] {
        match self.resources.get(&kind) {
            Some(Observation::Present(facts)) => match facts.values.get(key) {
                Some(Fact::Found(values)) => values,
                _ => &[],
            },
            _ => &[],
        }
    }

    /// The first of them.
    fn value(&self, kind: Kind, key: &str) -> Option<&str> {
        self.values(kind, key).first().map(String::as_str)
    }

    fn number(&self, kind: Kind, key: &str) -> Option<u32> {
        self.value(kind, key)?.parse().ok()
    }
}

/// The pre-flight of what was seen. `variables` hold what the resources yielded.
pub fn pre_flight(sights: &Sights, variables: &Variables, now: Timestamp) -> PreFlight {
    let mut rows: BTreeMap<PreFlightItem, Vec<Finding>> = BTreeMap::new();
    for kind in kinds() {
        let Some(seen) = sights.resources.get(&kind) else {
            continue;
        };
        for row in findings(find(kind), seen, variables) {
            if let Some(item) = items::item_of(kind, &row.setting) {
                rows.entry(item).or_default().push(row);
            }
        }
    }
    for (item, own) in [
        (PreFlightItem::Capacity, capacity::rows(sights, variables)),
        (PreFlightItem::Image, image::rows(sights, variables)),
        (PreFlightItem::Quiet, quiet::rows(sights, variables, now)),
    ] {
        rows.entry(item).or_default().extend(own);
    }
    let report = |item: PreFlightItem| {
        let findings = rows.remove(&item).unwrap_or_default();
        ItemReport {
            item,
            evidence: evidence::of(item, sights, variables, &findings),
            findings,
        }
    };
    PreFlight {
        checked_at: now,
        items: PreFlightItem::ALL.into_iter().map(report).collect(),
    }
}

#[cfg(test)]
mod tests;
