//! What the UI may ask of the server.

use std::collections::BTreeMap;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::blueprint::{Kind, Step};
use crate::model::{Evidence, Overview, PreFlightPage, Provisioned, StartPage, StepPage, Who};

/// The server, as the pages see it. One method is one thing that a person does or looks at.
#[async_trait]
pub trait Panel: Send + Sync {
    /// The first page.
    async fn start(&self, who: &Who) -> Result<StartPage, PanelError>;
    /// The overview with the map.
    async fn overview(&self, who: &Who) -> Result<Overview, PanelError>;
    /// A step's page. Opening it changes nothing in the account.
    async fn step(&self, who: &Who, step: Step) -> Result<StepPage, PanelError>;
    /// Looks at the account and keeps what was found.
    async fn check(&self, who: &Who, step: Step) -> Result<Evidence, PanelError>;
    /// Makes what of the step is missing, with these answers by `<kind>.<key>`, then checks.
    async fn provision(
        &self,
        who: &Who,
        step: Step,
        answers: BTreeMap<String, String>,
    ) -> Result<Provisioned, PanelError>;
    /// Begins to make what is missing of every step up to and with this one; it goes on by itself.
    async fn provision_up_to(&self, who: &Who, step: Step) -> Result<(), PanelError>;
    /// Puts one setting right, then checks.
    async fn repair(&self, who: &Who, kind: Kind, setting: &str) -> Result<(), PanelError>;
    /// The page of the pre-flight. Opening it asks the account nothing.
    async fn pre_flight(&self, who: &Who) -> Result<PreFlightPage, PanelError>;
    /// Looks at all that a deployment needs and keeps what was found.
    async fn run_pre_flight(&self, who: &Who) -> Result<(), PanelError>;
    /// Finishes the handshake of the connection in a simulated account, then checks.
    async fn finish_handshake(&self, who: &Who) -> Result<(), PanelError>;
    /// A file that the workshop writes for the repository, with this attendee's values.
    async fn generated_file(&self, who: &Who, path: &str) -> Result<String, PanelError>;
    /// Gives the workspace a fresh simulated account. `typed` must be the workspace's name.
    async fn start_over(&self, who: &Who, typed: &str) -> Result<(), PanelError>;
}

/// Why the server did not do what was asked, in words for the person who asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum PanelError {
    /// What was asked for is not there.
    #[error("{0}")]
    NotFound(String),
    /// It cannot be done like this; the sentence says what would do.
    #[error("{0}")]
    Refused(String),
    /// The account said no or did not answer; the sentence says what and what to do.
    #[error("{0}")]
    Account(String),
    /// Something broke on the server; the log has the details under this request id.
    #[error("Something went wrong on the server (request {0}). Nothing was lost; try again.")]
    Internal(String),
}

impl PanelError {
    /// The HTTP status that goes with it.
    pub const fn status(&self) -> u16 {
        match self {
            Self::NotFound(_) => 404,
            Self::Refused(_) => 409,
            Self::Account(_) => 502,
            Self::Internal(_) => 500,
        }
    }
}
