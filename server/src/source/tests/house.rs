//! A Git host of its own for every test: a folder that goes away, a listener on the loopback
//! address, three people.

use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use axum::Router;
use tokio::net::TcpListener;
use tokio::process::Command;
use workshop::blueprint::{Names, Variables};
use workshop::model::Timestamp;

use crate::clock::Clock;
use crate::source::{
    Access, Admission, Credentials, Gate, GitService, OnPush, Pushed, SandboxGit, routes,
};

/// A folder under the system's temporary one, removed at the end.
pub(super) struct Folder(pub PathBuf);

impl Folder {
    pub(super) fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("greenlight-source-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Ada and Ben have a workspace each, and a key each; the third is nobody.
struct KeyPerWorkspace;

#[async_trait]
impl Gate for KeyPerWorkspace {
    async fn admit(
        &self,
        workspace: &str,
        _access: Access,
        credentials: Option<&Credentials>,
    ) -> Admission {
        match credentials {
            None => Admission::Ask,
            Some(given) if given.password == format!("key-of-{workspace}") => Admission::Allow,
            Some(_) => Admission::Deny,
        }
    }
}

/// Writes down what it hears.
#[derive(Default)]
struct Ear(Mutex<Vec<Pushed>>);

#[async_trait]
impl OnPush for Ear {
    async fn pushed(&self, pushed: Pushed) {
        self.0.lock().unwrap().push(pushed);
    }
}

/// The Git host, served.
pub(super) struct House {
    pub host: Arc<SandboxGit>,
    pub folder: Folder,
    address: String,
    ear: Arc<Ear>,
}

pub(super) fn clock() -> Clock {
    Clock::from_fn(|| Timestamp(1_900_000_000_000))
}

pub(super) fn variables(workspace: &str) -> Variables {
    let names = Names {
        workspace: workspace.to_owned(),
        suffix: None,
    };
    let mut variables = names.variables();
    variables.set("account", "000000000001");
    variables.set("region", "eu-west-1");
    variables
}

/// Serves `router` on a free port until the test ends.
pub(super) async fn serve(router: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

impl House {
    pub(super) async fn new() -> Self {
        let folder = Folder::new();
        let host = SandboxGit::open(folder.0.join("git"), "http://here/git/", clock()).await;
        let (host, ear) = (Arc::new(host.unwrap()), Arc::new(Ear::default()));
        let router = routes::<()>(GitService {
            host: Arc::clone(&host),
            gate: Arc::new(KeyPerWorkspace),
            on_push: Arc::clone(&ear) as Arc<dyn OnPush>,
        });
        let address = serve(router).await;
        Self {
            host,
            folder,
            address,
            ear,
        }
    }

    /// `path` below `/git`, with the key of `who` in it.
    pub(super) fn url(&self, who: &str, path: &str) -> String {
        format!("http://{who}:key-of-{who}@{}/git/{path}", self.address)
    }

    /// The same without a key.
    pub(super) fn bare_url(&self, path: &str) -> String {
        format!("http://{}/git/{path}", self.address)
    }

    /// What was heard since the last time.
    pub(super) fn heard(&self) -> Vec<Pushed> {
        std::mem::take(&mut self.ear.0.lock().unwrap())
    }

    /// Runs `git` as a person would, in `dir` below the test's folder.
    pub(super) async fn git(&self, dir: &str, args: &[&str]) -> Ran {
        let dir = self.folder.0.join(dir);
        std::fs::create_dir_all(&dir).unwrap();
        Ran(git(&dir, args).output().await.unwrap())
    }

    /// The same, which must work, with what it says on the wire.
    pub(super) async fn traced(&self, dir: &str, args: &[&str]) -> String {
        let mut command = git(&self.folder.0.join(dir), args);
        let ran = Ran(command.env("GIT_TRACE_CURL", "1").output().await.unwrap());
        let said = ran.said();
        ran.worked();
        said
    }

    /// A work tree with one file and one commit on `branch`.
    pub(super) async fn project(&self, dir: &str, branch: &str) {
        let path = self.folder.0.join(dir);
        std::fs::create_dir_all(&path).unwrap();
        std::fs::write(path.join("a.txt"), "one\n").unwrap();
        self.git(dir, &["init", "-q", "-b", branch]).await.worked();
        self.git(dir, &["add", "."]).await.worked();
        self.git(dir, &["commit", "-q", "-m", "One"]).await.worked();
    }
}

/// How a program ended.
pub(super) struct Ran(Output);

impl Ran {
    /// What it printed, if it worked.
    #[track_caller]
    pub(super) fn worked(self) -> String {
        assert!(self.0.status.success(), "{}", self.said());
        String::from_utf8_lossy(&self.0.stdout).trim().to_owned()
    }

    /// What it complained of, if it failed.
    #[track_caller]
    pub(super) fn failed(self) -> String {
        assert!(!self.0.status.success(), "it worked");
        self.said()
    }

    fn said(&self) -> String {
        String::from_utf8_lossy(&self.0.stderr).into_owned()
    }
}

fn git(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new("git");
    command
        .args(args)
        .current_dir(dir)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("GIT_AUTHOR_NAME", "Ada")
        .env("GIT_AUTHOR_EMAIL", "ada@example.com")
        .env("GIT_COMMITTER_NAME", "Ada")
        .env("GIT_COMMITTER_EMAIL", "ada@example.com")
        .env("NO_PROXY", "127.0.0.1")
        .stdin(Stdio::null());
    command
}
