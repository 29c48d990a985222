//! What is under way: things that come due by themselves.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::clock::Millis;
use crate::context::Cx;
use crate::release::{deployment, pipeline};
use crate::services::{autoscaling, codebuild, ec2, ecr, ecs, elb, iam, rds};

/// What can come due, one variant a service that has something under way.
///
/// A service with time in it defines its own `Due` and `fn due(&mut Cx, Due)`,
/// adds a variant here and a line to [`Due::happen`], and plans it with
/// [`Cx::plan`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Due {
    Autoscaling(autoscaling::Due),
    Ec2(ec2::Due),
    CodeBuild(codebuild::Due),
    Deployment(deployment::Due),
    Ecr(ecr::Due),
    Ecs(ecs::Due),
    Elb(elb::Due),
    Iam(iam::Due),
    Pipeline(pipeline::Due),
    Rds(rds::Due),
}

impl Due {
    /// Lets it happen; `cx.now` is the instant it was due at, not the present.
    pub(crate) fn happen(self, cx: &mut Cx) {
        match self {
            Due::Autoscaling(due) => autoscaling::due(cx, due),
            Due::Ec2(due) => ec2::due(cx, due),
            Due::CodeBuild(due) => codebuild::due(cx, due),
            Due::Deployment(due) => deployment::due(cx, due),
            Due::Ecr(due) => ecr::due(cx, due),
            Due::Ecs(due) => ecs::due(cx, due),
            Due::Elb(due) => elb::due(cx, due),
            Due::Iam(due) => iam::due(cx, due),
            Due::Pipeline(due) => pipeline::due(cx, due),
            Due::Rds(due) => rds::due(cx, due),
        }
    }
}

/// A plan: where it happens and what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Plan {
    pub(crate) region: String,
    pub(crate) due: Due,
}

/// Plans in the order in which they come due; those of one instant in the
/// order in which they were made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Agenda<T = Plan> {
    // A list and not a map in the stored form: JSON has no keys of two numbers.
    #[serde(with = "entries")]
    #[serde(bound(serialize = "T: Serialize", deserialize = "T: Deserialize<'de>"))]
    plans: BTreeMap<(Millis, u64), T>,
    made: u64,
}

impl<T> Default for Agenda<T> {
    fn default() -> Agenda<T> {
        Agenda {
            plans: BTreeMap::new(),
            made: 0,
        }
    }
}

impl<T> Agenda<T> {
    pub(crate) fn add(&mut self, at: Millis, plan: T) {
        self.made += 1;
        self.plans.insert((at, self.made), plan);
    }

    /// When the next one is due.
    pub(crate) fn next(&self) -> Option<Millis> {
        self.plans.first_key_value().map(|((at, _), _)| *at)
    }

    /// Takes the first one that is due at `now` or before.
    pub(crate) fn take(&mut self, now: Millis) -> Option<(Millis, T)> {
        let first = self
            .plans
            .first_entry()
            .filter(|entry| entry.key().0 <= now)?;
        let ((at, _), plan) = first.remove_entry();
        Some((at, plan))
    }
}

mod entries {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::clock::Millis;

    type Plans<T> = BTreeMap<(Millis, u64), T>;

    pub(super) fn serialize<S: Serializer, T: Serialize>(
        plans: &Plans<T>,
        s: S,
    ) -> Result<S::Ok, S::Error> {
        s.collect_seq(plans)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
        d: D,
    ) -> Result<Plans<T>, D::Error> {
        Ok(Vec::deserialize(d)?.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comes_due_in_order_and_not_before() {
        let mut agenda = Agenda::default();
        for (at, what) in [(30, "c"), (10, "a"), (10, "b")] {
            agenda.add(at, what);
        }
        assert_eq!(agenda.next(), Some(10));
        assert_eq!(agenda.take(9), None);
        assert_eq!(agenda.take(99), Some((10, "a")));
        assert_eq!(agenda.take(99), Some((10, "b")));
        assert_eq!(agenda.take(29), None);
        assert_eq!(agenda.take(30), Some((30, "c")));
        assert_eq!(agenda.next(), None);
    }

    #[test]
    fn is_stored_and_read_back() {
        let mut agenda = Agenda::default();
        agenda.add(5, "later".to_owned());
        let stored = serde_json::to_string(&agenda).unwrap();
        assert_eq!(
            serde_json::from_str::<Agenda<String>>(&stored).unwrap(),
            agenda
        );
    }
}
