//! What was called: a bounded history in the manner of `CloudTrail`.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::clock::Millis;

/// How many calls an account remembers.
const KEPT: usize = 2_000;

/// What `CloudTrail` writes in place of a secret.
const HIDDEN: &str = "HIDDEN_DUE_TO_SECURITY_REASONS";

/// One call, as it arrived and as it ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// When it arrived, in milliseconds since the epoch.
    pub time: Millis,
    /// The Region it was signed for.
    pub region: String,
    /// The signing name of the service: `iam`, `rds` …
    pub service: String,
    /// The operation's name: `CreateRole` …
    pub operation: String,
    /// The decoded parameters, secrets masked.
    pub parameters: Value,
    /// AWS's error code, if it was refused.
    pub error: Option<String>,
    /// The request id that the answer bore.
    pub request_id: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct History(VecDeque<Event>);

impl History {
    pub(crate) fn record(&mut self, event: Event) {
        if self.0.len() == KEPT {
            self.0.pop_front();
        }
        self.0.push_back(event);
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &Event> {
        self.0.iter()
    }
}

/// The parameters with the named ones hidden.
pub(crate) fn masked(parameters: &Value, secrets: &[&str]) -> Value {
    let mut parameters = parameters.clone();
    for name in secrets {
        if let Some(secret) = parameters.get_mut(name) {
            *secret = Value::from(HIDDEN);
        }
    }
    parameters
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn hides_secrets_and_nothing_else() {
        let given =
            json!({"MasterUserPassword": "hunter22", "Tags": [{"Value": "x"}], "Value": "v"});
        let shown = masked(&given, &["MasterUserPassword"]);
        assert_eq!(
            shown,
            json!({"MasterUserPassword": HIDDEN, "Tags": [{"Value": "x"}], "Value": "v"})
        );
    }

    #[test]
    fn forgets_the_oldest() {
        let mut history = History::default();
        for time in 0..=i64::try_from(KEPT).unwrap() {
            history.record(Event {
                time,
                region: String::new(),
                service: String::new(),
                operation: String::new(),
                parameters: Value::Null,
                error: None,
                request_id: String::new(),
            });
        }
        assert_eq!(history.iter().count(), KEPT);
        assert_eq!(history.iter().next().map(|event| event.time), Some(1));
    }
}
