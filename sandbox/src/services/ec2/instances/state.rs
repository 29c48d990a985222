//! What an instance is.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::clock::Millis;
use crate::services::ec2::launching::Parameters;

/// A machine, until an hour after its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Instance {
    pub(crate) id: String,
    pub(crate) reservation: String,
    /// Which one of its reservation it is.
    pub(crate) index: usize,
    /// The service that launched it, for example `autoscaling.amazonaws.com`.
    pub(crate) requester: Option<String>,
    pub(crate) client_token: Option<String>,
    /// When it was launched, or started again.
    pub(crate) launched: Millis,
    /// What was asked for, the launch template's part included.
    pub(crate) parameters: Parameters,
    pub(crate) image: String,
    /// The instance type.
    pub(crate) kind: String,
    pub(crate) subnet: String,
    pub(crate) vpc: String,
    pub(crate) zone: String,
    /// Its network interface; a terminated one has none.
    pub(crate) interface: Option<String>,
    pub(crate) volumes: Vec<Volume>,
    pub(crate) profile: Option<Profile>,
    pub(crate) state: State,
    /// When the state ends by itself.
    pub(crate) until: Option<Millis>,
    /// Since when it is in this state.
    pub(crate) since: Millis,
    pub(crate) reason: Option<Reason>,
}

impl Instance {
    pub(crate) fn is(&self, state: State) -> bool {
        self.state == state
    }

    /// Whether it was, or is about to be, terminated.
    pub(crate) fn is_gone(&self) -> bool {
        matches!(self.state, State::ShuttingDown | State::Terminated)
    }
}

/// A disk of an instance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Volume {
    pub(crate) id: String,
    pub(crate) device: String,
    pub(crate) delete_on_termination: bool,
}

/// The instance profile, as it was at the launch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Profile {
    pub(crate) arn: String,
    pub(crate) id: String,
}

/// Why it is in its state: `Client.UserInitiatedShutdown` …
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Reason {
    pub(crate) code: String,
    pub(crate) message: String,
    /// `User initiated (2026-11-24 12:00:00 GMT)`
    pub(crate) transition: String,
}

/// The state of an instance (EC2 API Reference, `InstanceState`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum State {
    Pending,
    Running,
    ShuttingDown,
    Terminated,
    Stopping,
    Stopped,
}

impl State {
    pub(crate) fn name(self) -> &'static str {
        match self {
            State::Pending => "pending",
            State::Running => "running",
            State::ShuttingDown => "shutting-down",
            State::Terminated => "terminated",
            State::Stopping => "stopping",
            State::Stopped => "stopped",
        }
    }

    fn code(self) -> u8 {
        match self {
            State::Pending => 0,
            State::Running => 16,
            State::ShuttingDown => 32,
            State::Terminated => 48,
            State::Stopping => 64,
            State::Stopped => 80,
        }
    }

    pub(super) fn described(self) -> Value {
        json!({ "code": self.code(), "name": self.name() })
    }
}
