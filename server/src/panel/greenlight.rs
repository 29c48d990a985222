//! The panel: its parts, and the list of what it can do.

use std::collections::BTreeMap;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use tokio::sync::Notify;
use workshop::blueprint::{Kind, Step};
use workshop::model::{Evidence, Overview, PreFlightPage, Provisioned, StartPage, StepPage, Who};
use workshop::panel::{Panel, PanelError};

use crate::accounts::Accounts;
use crate::chance::Chance;
use crate::clock::Clock;
use crate::error::Error;
use crate::live::Hub;
use crate::source::{SandboxGit, SourceHost};
use crate::store::{Store, Workspace};

/// What the panel is made of.
pub struct Parts {
    /// Progress and journal.
    pub store: Store,
    /// The accounts.
    pub accounts: Accounts,
    /// The Git host.
    pub source: Arc<dyn SourceHost>,
    /// The simulated accounts' own repositories.
    pub repositories: Arc<SandboxGit>,
    /// The base address of a real account's Git host.
    pub gitlab: String,
    /// Where this server listens.
    pub addr: SocketAddr,
    /// Who is told when something changes.
    pub hub: Hub,
    /// The time.
    pub clock: Clock,
    /// Randomness.
    pub chance: Chance,
}

/// The panel.
#[derive(Clone)]
pub struct Greenlight(Arc<Inner>);

struct Inner {
    parts: Parts,
    /// One change of a workspace at a time, so that two people pressing at once do not make
    /// the same thing twice.
    turns: Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>,
    /// Tells whoever pursues them that a goal was set.
    goals: Notify,
}

impl Greenlight {
    /// A panel of these parts.
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(Inner {
            parts,
            turns: Mutex::default(),
            goals: Notify::new(),
        }))
    }

    pub(super) fn parts(&self) -> &Parts {
        &self.0.parts
    }

    /// Tells that a goal was set.
    pub fn goals(&self) -> &Notify {
        &self.0.goals
    }

    /// The workspace that asks.
    pub(super) async fn workspace(&self, name: &str) -> Result<Arc<Workspace>, Error> {
        let found = self.parts().store.workspace(name).await?;
        found.ok_or_else(|| Error::NotFound(format!("There is no workspace “{name}” here.")))
    }

    /// Waits for its turn to change the workspace's account.
    pub(super) async fn turn(&self, workspace: &str) -> tokio::sync::OwnedMutexGuard<()> {
        let turn = match self.0.turns.lock() {
            Ok(mut turns) => Arc::clone(turns.entry(workspace.to_owned()).or_default()),
            Err(_) => Arc::default(),
        };
        turn.lock_owned().await
    }

    fn told<T>(&self, result: Result<T, Error>) -> Result<T, PanelError> {
        result.map_err(|error| error.told(&self.parts().chance))
    }
}

#[async_trait]
impl Panel for Greenlight {
    async fn start(&self, who: &Who) -> Result<StartPage, PanelError> {
        self.told(self.start_page(who).await)
    }

    async fn overview(&self, who: &Who) -> Result<Overview, PanelError> {
        self.told(self.overview_page(who).await)
    }

    async fn step(&self, who: &Who, step: Step) -> Result<StepPage, PanelError> {
        self.told(self.step_page(who, step).await)
    }

    async fn check(&self, who: &Who, step: Step) -> Result<Evidence, PanelError> {
        self.told(self.check_step(&who.workspace, step).await)
    }

    async fn provision(
        &self,
        who: &Who,
        step: Step,
        answers: BTreeMap<String, String>,
    ) -> Result<Provisioned, PanelError> {
        self.told(self.provision_step(&who.workspace, step, answers).await)
    }

    async fn provision_up_to(&self, who: &Who, step: Step) -> Result<(), PanelError> {
        self.told(self.begin_up_to(&who.workspace, step).await)
    }

    async fn repair(&self, who: &Who, kind: Kind, setting: &str) -> Result<(), PanelError> {
        self.told(self.repair_setting(&who.workspace, kind, setting).await)
    }

    async fn pre_flight(&self, who: &Who) -> Result<PreFlightPage, PanelError> {
        self.told(self.pre_flight_page(who).await)
    }

    async fn run_pre_flight(&self, who: &Who) -> Result<(), PanelError> {
        self.told(self.look_before_flight(&who.workspace).await.map(|_| ()))
    }

    async fn finish_handshake(&self, who: &Who) -> Result<(), PanelError> {
        self.told(self.shake_hands(&who.workspace).await)
    }

    async fn generated_file(&self, who: &Who, path: &str) -> Result<String, PanelError> {
        self.told(self.generated(&who.workspace, path).await)
    }

    async fn start_over(&self, who: &Who, typed: &str) -> Result<(), PanelError> {
        self.told(self.start_workspace_over(&who.workspace, typed).await)
    }
}
