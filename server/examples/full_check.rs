//! How long a look at every resource takes, beside the slowest of its calls: `make bench` runs it.
//!
//! The account is the simulated one with everything in it, moved as far away as a Region is: each
//! answer comes [`DISTANCE`] later. Prints milliseconds and counts, a line each.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use clap::Parser;
use server::accounts::LOCAL;
use server::chance::Chance;
use server::clock::Clock;
use server::cloud::{Cloud, Connection};
use server::config::Cli;
use server::store::Store;
use server::web::{Wired, wire};
use tokio::time::Instant;
use workshop::blueprint::Step;
use workshop::model::Who;
use workshop::panel::Panel;

/// The way to a Region and back.
const DISTANCE: Duration = Duration::from_millis(40);
const ROUNDS: usize = 5;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args()
        .nth(1)
        .ok_or("name a folder that is empty")?;
    let mut cli = Cli::parse_from(["greenlight", "--sandbox-speed", "100000"]);
    cli.settings.database = Some(format!("{folder}/full-check.db").into());
    let store = Store::open(&cli.settings.database()).await?;
    let address = "127.0.0.1:1".parse()?;
    let wired = wire(
        &cli.settings,
        address,
        &store,
        &Clock::system(),
        &Chance::system(),
    )
    .await?;
    make_everything(&wired).await?;

    let far = Far {
        times: Arc::default(),
        near: near(&wired).await?,
    };
    let times = Arc::clone(&far.times);
    lead_by(&wired, far).await?;
    let mut rounds = BTreeMap::new();
    for _ in 0..ROUNDS {
        lock(&times).clear();
        let begun = Instant::now();
        wired.panel.look_before_flight(LOCAL).await?;
        let (whole, calls) = (begun.elapsed(), std::mem::take(&mut *lock(&times)));
        let slowest = calls.iter().max().copied().unwrap_or_default();
        rounds.insert(whole, (slowest, calls.len()));
    }
    let (whole, (slowest, calls)) = rounds.iter().nth(ROUNDS / 2).ok_or("no round")?;
    let mut out = std::io::stdout();
    writeln!(out, "whole_ms {:.1}", whole.as_secs_f64() * 1000.0)?;
    writeln!(out, "slowest_ms {:.1}", slowest.as_secs_f64() * 1000.0)?;
    writeln!(out, "calls {calls}")?;
    Ok(())
}

async fn make_everything(wired: &Wired) -> Result<(), Box<dyn Error>> {
    wired.panel.open_local().await;
    let who = Who {
        workspace: LOCAL.to_owned(),
        origin: String::new(),
    };
    let last = Step::ALL.last().copied().ok_or("no step")?;
    wired.panel.provision_up_to(&who, last).await?;
    wired.panel.pursue(LOCAL).await;
    Ok(())
}

async fn near(wired: &Wired) -> Result<SharedHttpClient, Box<dyn Error>> {
    let workspace = wired.store.workspace(LOCAL).await?.ok_or("no workspace")?;
    Ok(wired.sandbox.http_client(&workspace))
}

async fn lead_by(wired: &Wired, far: Far) -> Result<(), Box<dyn Error>> {
    let workspace = wired.store.workspace(LOCAL).await?.ok_or("no workspace")?;
    let cloud = Cloud::connect(Connection::Fixed {
        region: wired.accounts.region().to_owned(),
        access_key_id: workspace.access_key_id.clone(),
        secret_access_key: workspace.secret_access_key.clone(),
        http: Some(SharedHttpClient::new(far)),
        endpoint: None,
    });
    wired.accounts.detour(LOCAL, cloud.await);
    Ok(())
}

/// The way to the account, made long; it notes how long each call took.
#[derive(Debug, Clone)]
struct Far {
    near: SharedHttpClient,
    times: Arc<Mutex<Vec<Duration>>>,
}

fn lock(times: &Mutex<Vec<Duration>>) -> std::sync::MutexGuard<'_, Vec<Duration>> {
    times
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

impl HttpClient for Far {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let near = self.near.http_connector(settings, components);
        SharedHttpConnector::new(Road {
            near,
            times: Arc::clone(&self.times),
        })
    }
}

#[derive(Debug)]
struct Road {
    near: SharedHttpConnector,
    times: Arc<Mutex<Vec<Duration>>>,
}

impl HttpConnector for Road {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let (near, times) = (self.near.clone(), Arc::clone(&self.times));
        let begun = Instant::now();
        HttpConnectorFuture::new(async move {
            tokio::time::sleep(DISTANCE).await;
            let answer = near.call(request).await;
            lock(&times).push(begun.elapsed());
            answer
        })
    }
}
