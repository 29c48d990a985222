//! Wires the parts and serves until it is told to stop.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::TcpListener;

use super::wire;
use crate::chance::Chance;
use crate::clock::Clock;
use crate::config::Settings;
use crate::error::chain;
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
        format!(
            "{}. Stop that server, or give this one another file with --database.",
            chain(&error)
        )
    })?;
    let listener = TcpListener::bind(settings.addr).await.map_err(|error| {
        format!("Nothing can listen on {}: {error}. Give another address with --addr, such as --addr 127.0.0.1:3001.", settings.addr)
    })?;
    let addr = listener
        .local_addr()
        .map_err(|error| format!("The address that is listened on is not known: {error}."))?;
    let store = Store::open(&database)
        .await
        .map_err(|error| format!("{}. Give another file with --database.", chain(&error)))?;
    let wired = wire(settings, addr, &store, &clock, &chance)
        .await
        .map_err(|error| format!("The server cannot start: {}.", chain(&error)))?;
    wired.start();
    announce(addr);
    axum::serve(listener, wired.router())
        .with_graceful_shutdown(told_to_stop())
        .await
        .map_err(|error| format!("The server stopped: {error}."))?;
    store.close().await;
    Ok(())
}

/// The one line that a person needs.
fn announce(addr: SocketAddr) {
    #[expect(
        clippy::print_stdout,
        reason = "the address is what the program is started for"
    )]
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
