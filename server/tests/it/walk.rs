//! A walk through the whole workshop, by form and in every corner that asks the account, with what
//! each deed asked of it; and copies of the account at any point of the way.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use server::accounts::LOCAL;
use server::store::Workspace;
use workshop::blueprint::{Inputs, Kind, RESOURCES, Step, Variables};
use workshop::model::{Finding, Provisioned, Who};
use workshop::panel::{Panel, PanelError};

use crate::browser::Browser;
use crate::support::TestServer;

/// Longer than anything takes in an account of this speed.
const WHILE_MS: i64 = 5_000;

/// An operation, with the service's name in a signature.
pub(crate) type Operation = (String, String);

/// A look at the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// The check of a step.
    Step(Step),
    /// The pre-flight of a deployment.
    PreFlight,
}

impl Look {
    /// Every look there is, in order.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        Step::ALL
            .map(Self::Step)
            .into_iter()
            .chain([Self::PreFlight])
    }
}

/// What somebody does with the panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Deed {
    /// Opens the workspace.
    Open,
    /// Checks a step of which there is nothing yet.
    CheckNothing(Step),
    /// Makes a step by its form.
    Create(Step),
    /// Looks after all was made.
    Look(Look),
    /// Puts a setting right.
    Repair(Kind, &'static str),
}

/// A server whose lone workspace is through with all steps.
pub(crate) struct Walk {
    pub(crate) server: TestServer,
    /// The operations of each deed.
    pub(crate) done: Vec<(Deed, BTreeSet<Operation>)>,
    /// The codes with which operations were refused.
    pub(crate) refusals: Vec<(Operation, String)>,
    workspace: Arc<Workspace>,
    /// The account before each step, and at the end.
    before: BTreeMap<Step, String>,
    after: String,
    /// The last event that was seen.
    seen: Option<String>,
}

impl Walk {
    /// The whole way, in an account whose caller may do what `policy` allows.
    pub(crate) async fn whole(policy: Option<&str>) -> Self {
        let server = TestServer::start_by_hand().await;
        let workspace = server.workspace(LOCAL).await;
        let limited = server.wired.sandbox.limit(&workspace, policy).await;
        limited.expect("a policy");
        let browser = Browser::new(&server);
        let mut walk = Self {
            server,
            done: Vec::new(),
            refusals: Vec::new(),
            workspace,
            before: BTreeMap::new(),
            after: String::new(),
            seen: None,
        };
        browser.get("/start").await;
        walk.note(Deed::Open).await;
        for step in Step::ALL {
            walk.make(&browser, step).await;
        }
        for look in Look::all() {
            walk.look(look).await;
            walk.note(Deed::Look(look)).await;
        }
        walk.after = walk.state().await;
        walk.repair_all(&browser).await;
        walk
    }

    async fn make(&mut self, browser: &Browser, step: Step) {
        let address = format!("/steps/{}", step.number());
        browser.get(&address).await;
        self.look(Look::Step(step)).await;
        self.note(Deed::CheckNothing(step)).await;
        self.before.insert(step, self.state().await);
        let reader = [("db_reader.wanted", "yes")];
        let fields: &[_] = if step == Step::Database { &reader } else { &[] };
        let made = browser.post(&format!("{address}/create"), fields).await;
        assert_eq!(made.status, 303, "{step:?}: {}", made.body);
        if step == Step::Connection {
            browser.post(&format!("{address}/handshake"), &[]).await;
        }
        self.pass_time();
        self.look(Look::Step(step)).await;
        browser.get(&address).await;
        self.note(Deed::Create(step)).await;
    }

    /// Puts right whatever can be put right, be it wrong or not: the calls are the same.
    async fn repair_all(&mut self, browser: &Browser) {
        let (nothing, variables) = (BTreeMap::new(), Variables::default());
        for resource in &RESOURCES {
            for setting in resource.settings {
                let inputs = Inputs::new(resource, &nothing, &variables);
                if (resource.repair)(setting.key, &inputs).is_empty() {
                    continue;
                }
                let address = format!("/steps/{}/repair", resource.step.number());
                let fields = [("kind", resource.kind.key()), ("setting", setting.key)];
                browser.post(&address, &fields).await;
                self.note(Deed::Repair(resource.kind, setting.key)).await;
            }
        }
    }

    /// What a look in the lone workspace finds.
    pub(crate) async fn look(&self, look: Look) -> Vec<Finding> {
        self.look_in(LOCAL, look).await
    }

    /// What a look in a workspace finds.
    pub(crate) async fn look_in(&self, workspace: &str, look: Look) -> Vec<Finding> {
        let panel = &self.server.wired.panel;
        match look {
            Look::Step(step) => {
                let checked = panel.check_step(workspace, step).await;
                checked.expect("a check").findings
            }
            Look::PreFlight => {
                let looked = panel.look_before_flight(workspace).await;
                let items = looked.expect("a pre-flight").items.into_iter();
                items.flat_map(|item| item.findings).collect()
            }
        }
    }

    /// Makes a step by its form in a workspace.
    pub(crate) async fn create(
        &self,
        workspace: &str,
        step: Step,
    ) -> Result<Provisioned, PanelError> {
        let wanted = ("db_reader.wanted".to_owned(), "yes".to_owned());
        let answers = BTreeMap::from_iter((step == Step::Database).then_some(wanted));
        let panel = &self.server.wired.panel;
        panel.provision(&self.who(workspace), step, answers).await
    }

    /// Whoever is in a workspace.
    pub(crate) fn who(&self, workspace: &str) -> Who {
        Who {
            workspace: workspace.to_owned(),
            origin: self.server.url(""),
        }
    }

    /// Waits until what is under way is done.
    pub(crate) fn pass_time(&self) {
        self.server.clock.fetch_add(WHILE_MS, Ordering::SeqCst);
    }

    /// The operations of the deeds that `of` names.
    pub(crate) fn operations(&self, of: impl Fn(Deed) -> bool) -> BTreeSet<Operation> {
        let deeds = self.done.iter().filter(|(deed, _)| of(*deed));
        deeds
            .flat_map(|(_, operations)| operations.clone())
            .collect()
    }

    /// A workspace with a copy of the account as it was before `step`, or at the end, and of the
    /// repository.
    pub(crate) async fn copy(&self, name: &str, before: Option<Step>) -> Arc<Workspace> {
        let state = match before {
            Some(step) => &self.before[&step],
            None => &self.after,
        };
        self.server.copy(name, state).await
    }

    /// Takes note of what was asked since the last time.
    async fn note(&mut self, deed: Deed) {
        let events = self.server.wired.sandbox.events(&self.workspace).await;
        let events = events.expect("the events");
        let seen = self.seen.as_ref();
        let from = events
            .iter()
            .rposition(|event| Some(&event.request_id) == seen)
            .map_or(0, |at| at + 1);
        let mut operations = BTreeSet::new();
        for event in &events[from..] {
            let operation = (event.service.clone(), event.operation.clone());
            if let Some(code) = &event.error {
                self.refusals.push((operation.clone(), code.clone()));
            }
            operations.insert(operation);
        }
        self.seen = events.last().map(|event| event.request_id.clone());
        self.done.push((deed, operations));
    }

    async fn state(&self) -> String {
        let state = self.server.wired.store.sandbox_account(LOCAL).await;
        state.expect("a look-up").expect("an account")
    }
}
