//! Wires the parts and serves until it is told to stop.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use leptos::config::LeptosOptions;
use tokio::net::TcpListener;
use tower_sessions_sqlx_store::SqliteStore;

use super::{State, router};
use crate::accounts::{Accounts, LOCAL, SandboxHost, new_workspace};
use crate::chance::Chance;
use crate::clock::Clock;
use crate::config::{AccountSetting, Settings};
use crate::error::chain;
use crate::live::{Hub, Rechecks};
use crate::panel::{Greenlight, Parts};
use crate::source::{GitLab, SandboxGit, SourceHost};
use crate::store::{Lock, Store};

/// Serves until SIGTERM or Ctrl-C. `Err` is a sentence for the person who started it.
pub async fn serve(settings: &Settings, clock: Clock, chance: Chance) -> Result<(), String> {
    if !settings.addr.ip().is_loopback() {
        return Err(format!(
            "{} is not a loopback address, and there is no login yet: whoever reaches it could change the account. \
             Give --addr 127.0.0.1:3000 and forward the port.",
            settings.addr
        ));
    }
    let database = settings.database();
    // Held until the end: one server owns a database.
    let _lock = Lock::take(&database).map_err(|error| {
        format!("{}. Stop that server, or give this one another file with --database.", chain(&error))
    })?;
    let listener = TcpListener::bind(settings.addr).await.map_err(|error| {
        format!("Nothing can listen on {}: {error}. Give another address with --addr, such as --addr 127.0.0.1:3001.", settings.addr)
    })?;
    let addr = listener.local_addr().map_err(|error| format!("The address that is listened on is not known: {error}."))?;
    let store = Store::open(&database).await.map_err(|error| format!("{}. Give another file with --database.", chain(&error)))?;
    let panel = wire(settings, addr, &store, &clock, &chance).await?;
    announce(addr);
    axum::serve(listener, panel)
        .with_graceful_shutdown(told_to_stop())
        .await
        .map_err(|error| format!("The server stopped: {error}."))?;
    store.close().await;
    Ok(())
}

/// The router, with its background tasks started.
async fn wire(
    settings: &Settings,
    addr: SocketAddr,
    store: &Store,
    clock: &Clock,
    chance: &Chance,
) -> Result<axum::Router, String> {
    let failed = |error: &dyn std::error::Error| format!("The server cannot start: {}.", chain(error));
    store.add_workspace(&new_workspace(LOCAL, chance), clock.now()).await.map_err(|error| failed(&error))?;
    let sessions = SqliteStore::new(store.session_pool());
    sessions.migrate().await.map_err(|error| failed(&error))?;

    let sandbox = SandboxHost::new(store.clone(), clock.clone(), chance.clone(), settings.sandbox_speed);
    let accounts = Accounts::new(settings.account, &settings.region, sandbox.clone());
    let repositories = SandboxGit::open(
        settings.database().with_extension("repositories"),
        format!("http://{addr}/git"),
        clock.clone(),
    )
    .await
    .map_err(|error| failed(&error))?;
    let repositories = Arc::new(repositories);
    let is_sandbox = settings.account == AccountSetting::Sandbox;
    let source: Arc<dyn SourceHost> = if is_sandbox {
        Arc::clone(&repositories) as Arc<dyn SourceHost>
    } else {
        Arc::new(GitLab::new(&settings.gitlab).map_err(|error| failed(&error))?)
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
    tokio::spawn({
        let sandbox = sandbox.clone();
        async move { sandbox.keep_time().await }
    });
    tokio::spawn({
        let panel = panel.clone();
        async move {
            panel.open_local().await;
            panel.recover().await;
        }
    });
    let rechecks =
        Rechecks { panel: panel.clone(), store: store.clone(), accounts, hub: hub.clone(), clock: clock.clone() };
    tokio::spawn(rechecks.run());

    let state = State {
        panel,
        store: store.clone(),
        sandbox: is_sandbox.then_some(sandbox),
        repositories,
        hub,
        clock: clock.clone(),
        chance: chance.clone(),
        leptos: leptos_options(settings, addr),
    };
    Ok(router(state, sessions))
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

/// The one line that a person needs.
fn announce(addr: SocketAddr) {
    #[expect(clippy::print_stdout, reason = "the address is what the program is started for")]
    {
        println!("Greenlight is ready: http://{addr}");
    }
}

/// Ends when the process is told to stop. Streams never end by themselves; they get a moment.
async fn told_to_stop() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending::<()>().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! { () = interrupt => {}, () = terminate => {} }
    tokio::spawn(async {
        tokio::time::sleep(Duration::from_secs(2)).await;
        std::process::exit(0);
    });
}
