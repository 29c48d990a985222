//! What was called: a bounded history in the manner of `CloudTrail`.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::clock::Millis;

/// How many calls an account remembers. They are stored with it at every
/// change, so there are not too many of them.
const KEPT: usize = 500;

/// How long the parameters of a call may be, as JSON, to be remembered.
const LONGEST: usize = 16 * 1024;

/// What stands for longer ones.
const OMITTED: &str = "requestParameters omitted: too large";

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
    /// Whether the operation leaves the account as it is.
    pub read_only: bool,
    /// The decoded parameters, secrets masked; a sentence where they were too long.
    pub parameters: Value,
    /// AWS's error code, if it was refused.
    pub error: Option<String>,
    /// The request id that the answer bore.
    pub request_id: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct History(VecDeque<Event>);

impl History {
    /// Remembers a call. When there is no room, the oldest look goes first:
    /// who only watches does not wipe out what was done.
    pub(crate) fn record(&mut self, event: Event) {
        if self.0.len() >= KEPT {
            let look = self.0.iter().position(|event| event.read_only);
            self.0.remove(look.unwrap_or(0));
        }
        self.0.push_back(event);
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &Event> {
        self.0.iter()
    }
}

/// The parameters as they are remembered: the named ones hidden.
pub(crate) fn masked(parameters: &Value, secrets: &[&str]) -> Value {
    if parameters.to_string().len() > LONGEST {
        return Value::from(OMITTED);
    }
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
    fn leaves_out_what_is_too_long() {
        let long = json!({"layerPartBlob": "x".repeat(LONGEST)});
        assert_eq!(masked(&long, &[]), json!(OMITTED));
    }

    fn event(time: Millis, read_only: bool) -> Event {
        Event {
            time,
            region: String::new(),
            service: String::new(),
            operation: String::new(),
            read_only,
            parameters: Value::Null,
            error: None,
            request_id: String::new(),
        }
    }

    #[test]
    fn forgets_the_oldest_look_and_then_the_oldest_deed() {
        let mut history = History::default();
        let times = |history: &History| history.iter().map(|event| event.time).collect::<Vec<_>>();
        let kept = i64::try_from(KEPT).unwrap();
        for time in 0..kept {
            history.record(event(time, time == 3));
        }
        history.record(event(kept, false));
        assert_eq!(history.iter().count(), KEPT);
        assert_eq!(times(&history)[..4], [0, 1, 2, 4]);
        history.record(event(kept + 1, false));
        assert_eq!(times(&history)[..4], [1, 2, 4, 5]);
    }
}
