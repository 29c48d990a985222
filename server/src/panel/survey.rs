//! Looks at many resources at once.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::future::join_all;
use workshop::blueprint::{Kind, Yield, find, stands_on};
use workshop::model::Observation;

use super::Greenlight;
use super::crew::Crew;

/// What was seen, and what was learned by it for the steps after.
#[derive(Default)]
pub(super) struct Survey {
    pub(super) seen: BTreeMap<Kind, Observation>,
    pub(super) learned: BTreeMap<String, String>,
}

impl Greenlight {
    /// Looks at all of these at the same time: it takes as long as the slowest of them. Some are
    /// looked for by a value that another yields, an id or an endpoint. Where that turned out to be
    /// another than was known, what stands on it is looked at again; the graph has no circle, so
    /// that this ends.
    pub(super) async fn survey(&self, crew: &mut Crew, kinds: &[Kind]) -> Survey {
        let mut survey = Survey::default();
        let mut open = kinds.to_vec();
        while !open.is_empty() {
            let found = join_all(open.iter().map(|kind| self.look(crew, *kind))).await;
            let mut news = BTreeSet::new();
            for (kind, observation) in open.into_iter().zip(found) {
                if let Observation::Present(facts) = &observation {
                    let is_new = |item: &Yield| {
                        let value = facts.value(item.fact);
                        value.is_some() && value != crew.variables.get(item.variable)
                    };
                    if find(kind).yields.iter().any(is_new) {
                        news.insert(kind);
                    }
                    survey.learned.extend(crew.learn(kind, facts));
                }
                survey.seen.insert(kind, observation);
            }
            open = kinds
                .iter()
                .copied()
                .filter(|kind| stands_on(*kind, &news))
                .collect();
        }
        survey
    }
}
