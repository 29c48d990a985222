//! Puts the parts together: what `main` serves, and what the tests take apart.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use leptos::config::LeptosOptions;
use tower_sessions_sqlx_store::SqliteStore;

use super::{State, router};
use crate::accounts::{Accounts, LOCAL, SandboxHost, new_workspace};
use crate::chance::Chance;
use crate::clock::Clock;
use crate::config::{AccountSetting, Settings};
use crate::error::Error;
use crate::live::{Goals, Hub, Rechecks};
use crate::panel::{Greenlight, Parts};
use crate::source::{GitLab, SandboxGit, SourceHost};
use crate::store::{Store, StoreError};

/// The server's parts, joined.
#[derive(Clone)]
pub struct Wired {
    /// The use cases.
    pub panel: Greenlight,
    /// The accounts.
    pub accounts: Accounts,
    /// The simulated accounts.
    pub sandbox: SandboxHost,
    /// The database.
    pub store: Store,
    state: State,
    sessions: SqliteStore,
}

/// Joins the parts of a server that is reached at `addr`.
pub async fn wire(
    settings: &Settings,
    addr: SocketAddr,
    store: &Store,
    clock: &Clock,
    chance: &Chance,
) -> Result<Wired, Error> {
    store
        .add_workspace(&new_workspace(LOCAL, chance), clock.now())
        .await?;
    let sessions = SqliteStore::new(store.session_pool());
    let migrated = sessions.migrate().await;
    migrated.map_err(|source| StoreError::Driver {
        doing: "making room for sessions",
        source,
    })?;

    let sandbox = SandboxHost::new(
        store.clone(),
        clock.clone(),
        chance.clone(),
        settings.sandbox_speed,
    );
    let accounts = Accounts::new(settings.account, &settings.region, sandbox.clone());
    let folder = settings.database().with_extension("repositories");
    let repositories =
        Arc::new(SandboxGit::open(folder, format!("http://{addr}/git"), clock.clone()).await?);
    let is_sandbox = settings.account == AccountSetting::Sandbox;
    let source: Arc<dyn SourceHost> = if is_sandbox {
        Arc::<SandboxGit>::clone(&repositories)
    } else {
        Arc::new(GitLab::new(&settings.gitlab)?)
    };
    let hub = Hub::default();
    let panel = Greenlight::new(Parts {
        store: store.clone(),
        accounts: accounts.clone(),
        source,
        repositories: Arc::clone(&repositories),
        gitlab: settings.gitlab.clone(),
        addr,
        hub: hub.clone(),
        clock: clock.clone(),
        chance: chance.clone(),
    });
    let state = State {
        panel: panel.clone(),
        store: store.clone(),
        sandbox: is_sandbox.then(|| sandbox.clone()),
        repositories,
        hub,
        clock: clock.clone(),
        chance: chance.clone(),
        leptos: leptos_options(settings, addr),
    };
    Ok(Wired {
        panel,
        accounts,
        sandbox,
        store: store.clone(),
        state,
        sessions,
    })
}

impl Wired {
    /// The whole server but its listener.
    pub fn router(&self) -> Router {
        router(self.state.clone(), self.sessions.clone())
    }

    /// Starts what goes on by itself: the accounts' time, work that a killed process left, and
    /// looking again.
    pub fn start(&self) {
        let (sandbox, panel) = (self.sandbox.clone(), self.panel.clone());
        tokio::spawn(async move { sandbox.keep_time().await });
        tokio::spawn(async move {
            panel.open_local().await;
            panel.deliver_all().await;
            panel.recover().await;
        });
        let rechecks = Rechecks {
            panel: self.panel.clone(),
            store: self.store.clone(),
            accounts: self.accounts.clone(),
            hub: self.state.hub.clone(),
            clock: self.state.clock.clone(),
        };
        tokio::spawn(rechecks.run());
        let goals = Goals {
            panel: self.panel.clone(),
            store: self.store.clone(),
        };
        tokio::spawn(goals.run());
    }
}

fn leptos_options(settings: &Settings, addr: SocketAddr) -> LeptosOptions {
    let site = settings.site();
    let hashes = site.join("hash.txt");
    LeptosOptions::builder()
        .output_name("greenlight")
        .site_root(site.display().to_string())
        .site_addr(addr)
        .hash_files(hashes.is_file())
        .hash_file(Arc::<str>::from(hashes.display().to_string()))
        .build()
}
