//! The states of a target, how long each lasts, and what follows.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::clock::Millis;
use crate::services::elb::state::HealthCheck;

/// How long the load balancer takes to take note of a target.
const REGISTRATION: Duration = Duration::from_secs(5);

/// How it is with a registered target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::services::elb) enum Life {
    /// Nothing is sent to it.
    Unused(Idle),
    /// Its load balancer is still being provisioned.
    Awaited,
    Watched(Watch),
    /// Deregistered; what it has begun, it may finish until then.
    Draining {
        until: Millis,
    },
}

/// Why a target is not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::services::elb) enum Idle {
    /// No listener and no rule forwards to its target group.
    Group,
    /// It is in a zone that its load balancer is not in.
    Zone,
    /// It is an instance that does not run.
    Stopped,
}

/// What the health checks of a target have come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::services::elb) struct Watch {
    state: State,
    /// What the checks find at present.
    finds: Check,
    /// When the state changes, if they go on to find that.
    turns: Option<Millis>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum State {
    Registering,
    Initial,
    Healthy,
    Unhealthy,
}

/// The outcome of a health check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::services::elb) enum Check {
    Passed,
    TimedOut,
    Failed,
    Mismatch(u16),
}

/// What there is to say of a target at present.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outlook {
    Idle(Idle),
    Awaited,
    Checked(Check),
}

impl Life {
    /// As every target begins; [`observe`] sees to the rest.
    pub(in crate::services::elb) fn new() -> Life {
        Life::Unused(Idle::Group)
    }

    #[cfg(test)]
    pub(in crate::services::elb) fn healthy() -> Life {
        Life::Watched(Watch {
            state: State::Healthy,
            finds: Check::Passed,
            turns: None,
        })
    }

    pub(in crate::services::elb) fn is_healthy(&self) -> bool {
        matches!(self, Life::Watched(watch) if watch.state == State::Healthy)
    }

    pub(in crate::services::elb) fn is_draining(&self) -> bool {
        matches!(self, Life::Draining { .. })
    }

    pub(super) fn ends(&self) -> Option<Millis> {
        match self {
            Life::Draining { until } => Some(*until),
            Life::Watched(watch) => watch.turns,
            Life::Unused(_) | Life::Awaited => None,
        }
    }

    /// What becomes of it where there is this to be seen; `None` if nothing does. `after` is the
    /// instant at which a machine is done that takes so long.
    pub(super) fn seeing(
        &self,
        outlook: Outlook,
        check: &HealthCheck,
        after: impl Fn(Duration) -> Millis,
    ) -> Option<Life> {
        let life = match (self, outlook) {
            (Life::Draining { .. }, _) => return None,
            (_, Outlook::Idle(why)) => Life::Unused(why),
            (_, Outlook::Awaited) => Life::Awaited,
            (Life::Watched(watch), Outlook::Checked(finds)) => {
                let same = watch.finds.passed() == finds.passed();
                if same || watch.state == State::Registering {
                    Life::Watched(Watch {
                        finds,
                        ..watch.clone()
                    })
                } else {
                    Life::Watched(Watch::new(watch.state, finds, check, after))
                }
            }
            (Life::Unused(_) | Life::Awaited, Outlook::Checked(finds)) => {
                Life::Watched(Watch::new(State::Registering, finds, check, after))
            }
        };
        (life != *self).then_some(life)
    }

    /// What follows when its time is over; `None` if it is gone.
    pub(super) fn turned(
        &self,
        check: &HealthCheck,
        after: impl Fn(Duration) -> Millis,
    ) -> Option<Life> {
        match self {
            Life::Draining { .. } => None,
            Life::Watched(watch) => {
                let state = watch.state.next(watch.finds);
                Some(Life::Watched(Watch::new(state, watch.finds, check, after)))
            }
            Life::Unused(_) | Life::Awaited => Some(self.clone()),
        }
    }

    /// State, reason and description, as the service words them.
    pub(in crate::services::elb) fn described(&self) -> Value {
        let (state, reason, description) = match self {
            Life::Unused(Idle::Group) => (
                "unused",
                "Target.NotInUse",
                "Target group is not configured to receive traffic from the load balancer",
            ),
            Life::Unused(Idle::Zone) => (
                "unused",
                "Target.NotInUse",
                "Target is in an Availability Zone that is not enabled for the load balancer",
            ),
            Life::Unused(Idle::Stopped) => (
                "unused",
                "Target.InvalidState",
                "Target is in the stopped state",
            ),
            Life::Draining { .. } => (
                "draining",
                "Target.DeregistrationInProgress",
                "Target deregistration is in progress",
            ),
            Life::Awaited => REGISTERING,
            Life::Watched(watch) => match watch.state {
                State::Registering => REGISTERING,
                State::Initial => (
                    "initial",
                    "Elb.InitialHealthChecking",
                    "Initial health checks in progress",
                ),
                State::Healthy => return json!({ "State": "healthy" }),
                State::Unhealthy => return watch.finds.described(),
            },
        };
        json!({ "State": state, "Reason": reason, "Description": description })
    }
}

const REGISTERING: (&str, &str, &str) = (
    "initial",
    "Elb.RegistrationInProgress",
    "Target registration is in progress",
);

impl Watch {
    fn new(
        state: State,
        finds: Check,
        check: &HealthCheck,
        after: impl Fn(Duration) -> Millis,
    ) -> Watch {
        Watch {
            state,
            finds,
            turns: state.lasts(finds, check).map(after),
        }
    }
}

impl State {
    /// How long it lasts where checks find this; `None` for ever.
    fn lasts(self, finds: Check, check: &HealthCheck) -> Option<Duration> {
        let checks = match (self, finds.passed()) {
            (State::Registering, _) => return Some(REGISTRATION),
            // A new target needs to pass one check only.
            (State::Initial, true) => 1,
            (State::Initial | State::Healthy, false) => check.unhealthy_threshold,
            (State::Unhealthy, true) => check.healthy_threshold,
            (State::Healthy, true) | (State::Unhealthy, false) => return None,
        };
        Some(Duration::from_secs(u64::from(check.interval * checks)))
    }

    fn next(self, finds: Check) -> State {
        match (self, finds.passed()) {
            (State::Registering, _) => State::Initial,
            (_, true) => State::Healthy,
            (_, false) => State::Unhealthy,
        }
    }
}

impl Check {
    fn passed(self) -> bool {
        self == Check::Passed
    }

    fn described(self) -> Value {
        let (reason, description) = match self {
            Check::TimedOut => ("Target.Timeout", "Request timed out".to_owned()),
            Check::Mismatch(status) => (
                "Target.ResponseCodeMismatch",
                format!("Health checks failed with these codes: [{status}]"),
            ),
            Check::Failed | Check::Passed => (
                "Target.FailedHealthChecks",
                "Health checks failed".to_owned(),
            ),
        };
        json!({ "State": "unhealthy", "Reason": reason, "Description": description })
    }
}

#[cfg(test)]
mod tests;
