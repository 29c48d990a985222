//! A server for one test.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use clap::Parser;
use server::accounts::{LOCAL, new_workspace};
use server::chance::Chance;
use server::clock::Clock;
use server::config::{Cli, Settings};
use server::store::{Store, Workspace};
use server::web::{Wired, wire};
use tokio::net::TcpListener;
use workshop::blueprint::Step;
use workshop::model::{Evidence, Outcome, Timestamp, Who};
use workshop::panel::Panel;

/// The speed at which machines are done at once.
const AT_ONCE: u32 = 100_000;

/// A served panel with a database of its own, gone when it is dropped.
pub(crate) struct TestServer {
    /// Its parts.
    pub(crate) wired: Wired,
    /// Where it listens, on loopback.
    pub(crate) addr: SocketAddr,
    /// Its time; it stands still unless it is moved, where the test asked for that.
    pub(crate) clock: Arc<AtomicI64>,
    folder: Folder,
}

impl TestServer {
    /// A server on the machine's clock, with machines that are done at once.
    pub(crate) async fn start() -> Self {
        Self::start_in(Folder::new(), Clock::system(), Arc::default(), AT_ONCE).await
    }

    /// A server whose clock the test moves.
    pub(crate) async fn start_by_hand() -> Self {
        Self::start_by_hand_at(AT_ONCE).await
    }

    /// The same, with machines that are only so many times faster than AWS's.
    pub(crate) async fn start_by_hand_at(speed: u32) -> Self {
        let time = Arc::new(AtomicI64::new(1_795_500_000_000));
        let read = Arc::clone(&time);
        let clock = Clock::from_fn(move || Timestamp(read.load(Ordering::SeqCst)));
        Self::start_in(Folder::new(), clock, time, speed).await
    }

    /// Another server on the same database, as after a crash: nothing is handed over but files.
    pub(crate) async fn restart(self) -> Self {
        let speed = self.wired.sandbox.speed();
        let (folder, time) = (self.folder, self.clock);
        self.wired.store.close().await;
        let clock = if time.load(Ordering::SeqCst) == 0 {
            Clock::system()
        } else {
            let read = Arc::clone(&time);
            Clock::from_fn(move || Timestamp(read.load(Ordering::SeqCst)))
        };
        Self::start_in(folder, clock, time, speed).await
    }

    async fn start_in(folder: Folder, clock: Clock, time: Arc<AtomicI64>, speed: u32) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let addr = listener.local_addr().expect("its address");
        let settings = settings(folder.path(), speed);
        let store = Store::open(&settings.database()).await.expect("a database");
        let wired = wire(&settings, addr, &store, &clock, &Chance::system())
            .await
            .expect("a server");
        wired.panel.open_local().await;
        let router = wired.router();
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self {
            wired,
            addr,
            clock: time,
            folder,
        }
    }

    /// The address of `path`.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.addr)
    }

    /// The lone laptop's person.
    pub(crate) fn who(&self) -> Who {
        Who {
            workspace: LOCAL.to_owned(),
            origin: self.url(""),
        }
    }

    /// The workspace of this name, made if need be.
    pub(crate) async fn workspace(&self, name: &str) -> Arc<Workspace> {
        let store = &self.wired.store;
        store
            .add_workspace(&new_workspace(name, &Chance::system()), Timestamp(0))
            .await
            .expect("a workspace");
        store
            .workspace(name)
            .await
            .expect("a look-up")
            .expect("the workspace")
    }

    /// The check of a step, again until nothing of it is on its way any more. What a person has to
    /// do meanwhile is done.
    pub(crate) async fn settled(&self, who: &Who, step: Step) -> Evidence {
        for _ in 0..100 {
            let evidence = self.wired.panel.check(who, step).await.expect("a check");
            if evidence.outcome() != Outcome::NotYet {
                return evidence;
            }
            if step == Step::Connection {
                let done = self.wired.panel.finish_handshake(who).await;
                done.expect("a handshake");
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("step {} does not settle", step.number());
    }

    /// A folder that is gone after the test.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }
}

/// The settings of a test: its own files, a sandbox of this speed, whatever the environment says.
fn settings(folder: &Path, speed: u32) -> Settings {
    let database = folder.join("greenlight.db");
    let speed = speed.to_string();
    let arguments = [
        "greenlight",
        "--sandbox-speed",
        &speed,
        "--account",
        "sandbox",
        "--region",
        "eu-west-1",
    ];
    let mut cli = Cli::parse_from(arguments);
    cli.settings.database = Some(database);
    // The pages are the same without their styles and islands, which the browser's tests have.
    cli.settings.site = Some(folder.join("site"));
    cli.settings
}

/// A temporary folder.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder =
            std::env::temp_dir().join(format!("greenlight-test-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a temporary folder");
        Self(folder)
    }

    fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be deleted is the temporary folder's business.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
