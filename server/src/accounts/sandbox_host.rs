//! The simulated accounts' host: it loads them, hands requests to them, saves them before it
//! answers, and wakes them when something comes due.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use sandbox::sigv4;
use tokio::sync::watch;

use super::in_process::InProcess;
use crate::chance::Chance;
use crate::clock::Clock;
use crate::error::Error;
use crate::store::{Store, StoreError, Workspace};

/// Where the accounts are served over HTTP.
const MOUNT: &str = "/sandbox";

/// One account, behind the lock that puts its requests in order. `None` until it is loaded.
type Slot = Arc<tokio::sync::Mutex<Option<sandbox::Account>>>;

/// The host of the simulated accounts.
#[derive(Clone)]
pub struct SandboxHost(Arc<Inner>);

struct Inner {
    store: Store,
    clock: Clock,
    chance: Chance,
    speed: u32,
    slots: Mutex<HashMap<String, Slot>>,
    changes: watch::Sender<Change>,
}

/// The workspace whose account changed last, and how many changes there were.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// Counts the changes.
    pub number: u64,
    /// The workspaces that changed since the counter's receiver last looked are those whose
    /// number is above the one it saw.
    pub latest: HashMap<String, u64>,
}

impl SandboxHost {
    /// A host whose machines work `speed` times faster than AWS's.
    pub fn new(store: Store, clock: Clock, chance: Chance, speed: u32) -> Self {
        let changes = watch::Sender::new(Change::default());
        Self(Arc::new(Inner {
            store,
            clock,
            chance,
            speed,
            slots: Mutex::default(),
            changes,
        }))
    }

    /// Tells of changes: after each, the workspace's number is the newest.
    pub fn changes(&self) -> watch::Receiver<Change> {
        self.0.changes.subscribe()
    }

    /// How many times faster than AWS its machines work.
    pub fn speed(&self) -> u32 {
        self.0.speed
    }

    /// Answers a request that came over HTTP: finds the workspace by its key, verifies the
    /// signature, hands the request to the account.
    pub async fn serve(&self, request: &Request<Bytes>) -> Result<Response<Bytes>, Error> {
        let now = self.0.clock.now().0;
        let unknown_key = |error| Ok(sigv4::refuse(request, &error));
        let Some(key) = sigv4::access_key_id(request.headers()) else {
            return unknown_key(sigv4::SignatureError::Missing);
        };
        let Some(workspace) = self.0.store.workspace_of_key(key).await? else {
            return unknown_key(sigv4::SignatureError::UnknownKey);
        };
        if let Err(error) = sigv4::verify(request, &workspace.secret_access_key, now) {
            return Ok(sigv4::refuse(request, &error));
        }
        let seen = sandbox::below(request, MOUNT);
        self.handle(&workspace, seen.as_ref().unwrap_or(request))
            .await
    }

    /// Hands a request to the workspace's account. What it changed is saved before the answer.
    pub async fn handle(
        &self,
        workspace: &Workspace,
        request: &Request<Bytes>,
    ) -> Result<Response<Bytes>, Error> {
        let answer = |account: &mut sandbox::Account, now| {
            let answer = sandbox::handle(account, request, now);
            (answer.response, answer.changed)
        };
        self.with(workspace, answer).await
    }

    /// The requests that the account saw, oldest first: service, operation, parameters, error.
    pub async fn events(&self, workspace: &Workspace) -> Result<Vec<sandbox::Event>, Error> {
        self.with(workspace, |account, _| {
            (account.events().cloned().collect(), false)
        })
        .await
    }

    /// Finishes a connection's handshake, as a person does in the dialog of AWS's console.
    pub async fn complete_handshake(
        &self,
        workspace: &Workspace,
        region: &str,
        arn: &str,
    ) -> Result<(), Error> {
        let shake = |account: &mut sandbox::Account, now| {
            let done = sandbox::complete_handshake(account, region, arn, now);
            (done, true)
        };
        let done = self.with(workspace, shake).await?;
        done.map_err(|error| Error::NotFound(error.to_string()))
    }

    /// The commit that the account was told last of a branch.
    pub async fn tip(
        &self,
        workspace: &Workspace,
        repository: &str,
        branch: &str,
    ) -> Result<Option<String>, Error> {
        self.with(workspace, |account, _| {
            let tip = sandbox::tip(account, repository, branch);
            (tip.map(str::to_owned), false)
        })
        .await
    }

    /// Tells the account of a push, unless it knows the commit already: two may tell at once.
    pub async fn push(&self, workspace: &Workspace, push: sandbox::Push) -> Result<(), Error> {
        self.with(workspace, |account, now| {
            let known = sandbox::tip(account, &push.repository, &push.branch);
            let is_new = known != Some(push.commit.id.as_str());
            if is_new {
                sandbox::push(account, push, now);
            }
            ((), is_new)
        })
        .await
    }

    /// Lets the workspace's caller do in its account what this IAM policy allows and nothing else;
    /// with `None` everything, as at the beginning.
    pub async fn limit(&self, workspace: &Workspace, policy: Option<&str>) -> Result<(), Error> {
        let limit = |account: &mut sandbox::Account, _| (account.limit_caller(policy), true);
        let done = self.with(workspace, limit).await?;
        done.map_err(|error| Error::Refused(error.to_string()))
    }

    /// Does something with the workspace's account, which takes its turn. `deed` says whether it
    /// changed the account; that is saved before the result is given.
    async fn with<T>(
        &self,
        workspace: &Workspace,
        deed: impl FnOnce(&mut sandbox::Account, sandbox::Millis) -> (T, bool),
    ) -> Result<T, Error> {
        let slot = self.slot(&workspace.name);
        let mut held = slot.lock().await;
        let mut account = self.loaded(&mut held, workspace).await?;
        let (result, changed) = deed(&mut account, self.0.clock.now().0);
        if changed {
            self.save(&workspace.name, &account).await?;
        }
        *held = Some(account);
        Ok(result)
    }

    /// The account as the SDK's HTTP client.
    pub fn http_client(
        &self,
        workspace: &Arc<Workspace>,
    ) -> aws_smithy_runtime_api::client::http::SharedHttpClient {
        InProcess::shared(self.clone(), Arc::clone(workspace))
    }

    /// Forgets a workspace's account and all that was done in it. Requests wait meanwhile, so that
    /// none saves the old account again.
    pub async fn start_over(&self, workspace: &str) -> Result<(), Error> {
        let slot = self.slot(workspace);
        let mut held = slot.lock().await;
        self.0.store.start_over(workspace).await?;
        *held = None;
        self.changed(workspace);
        Ok(())
    }

    /// Moves time on in the accounts that are loaded, and saves what came of it; for ever. An
    /// account that is not loaded catches up when it is.
    pub async fn keep_time(&self) {
        loop {
            tokio::time::sleep(Duration::from_millis(250)).await;
            let slots: Vec<_> = match self.0.slots.lock() {
                Ok(slots) => slots
                    .iter()
                    .map(|(name, slot)| (name.clone(), Arc::clone(slot)))
                    .collect(),
                Err(_) => return,
            };
            for (workspace, slot) in slots {
                if let Err(error) = self.catch_up(&workspace, &slot).await {
                    tracing::error!(%workspace, error = %crate::error::chain(&error), "the account of {workspace} could not be saved");
                }
            }
        }
    }

    async fn catch_up(&self, workspace: &str, slot: &Slot) -> Result<(), Error> {
        let Ok(mut held) = slot.try_lock() else {
            return Ok(());
        };
        let now = self.0.clock.now().0;
        let Some(account) = held
            .as_ref()
            .filter(|account| sandbox::next_due(account).is_some_and(|due| due <= now))
        else {
            return Ok(());
        };
        let mut moved = account.clone();
        sandbox::advance(&mut moved, now);
        self.save(workspace, &moved).await?;
        *held = Some(moved);
        Ok(())
    }

    /// Takes the account out of its slot, loading or making it first. Whoever takes it puts it
    /// back once it is saved: after an error the next request starts from what is saved.
    async fn loaded(
        &self,
        held: &mut Option<sandbox::Account>,
        workspace: &Workspace,
    ) -> Result<sandbox::Account, Error> {
        if let Some(account) = held.take() {
            return Ok(account);
        }
        let mut account = match self.0.store.sandbox_account(&workspace.name).await? {
            Some(state) => {
                serde_json::from_str(&state).map_err(|source| StoreError::Unreadable {
                    what: "simulated account",
                    source,
                })?
            }
            None => sandbox::Account::new(
                &workspace.account_id,
                self.0.chance.seed(),
                self.0.speed,
                self.0.clock.now().0,
            ),
        };
        account.set_speed(self.0.speed);
        Ok(account)
    }

    async fn save(&self, workspace: &str, account: &sandbox::Account) -> Result<(), Error> {
        let state = serde_json::to_string(account).map_err(|source| StoreError::Unreadable {
            what: "simulated account",
            source,
        })?;
        self.0
            .store
            .save_sandbox_account(workspace, &state, self.0.clock.now())
            .await?;
        self.changed(workspace);
        Ok(())
    }

    fn changed(&self, workspace: &str) {
        self.0.changes.send_modify(|change| {
            change.number += 1;
            let number = change.number;
            change.latest.insert(workspace.to_owned(), number);
        });
    }

    fn slot(&self, workspace: &str) -> Slot {
        match self.0.slots.lock() {
            Ok(mut slots) => Arc::clone(slots.entry(workspace.to_owned()).or_default()),
            // Nothing panics while it holds this lock; if something did, a slot of its own keeps
            // the request right, only slower.
            Err(_) => Slot::default(),
        }
    }
}

impl std::fmt::Debug for SandboxHost {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SandboxHost")
    }
}
