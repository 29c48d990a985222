//! A finished account, made once, and copies of it to spoil.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use server::accounts::{LOCAL, new_workspace};
use server::chance::Chance;
use server::store::Workspace;
use server::web::Wired;
use workshop::blueprint::{Kind, Step};
use workshop::model::{Finding, Provisioned, Timestamp};
use workshop::panel::Panel;

use crate::support::TestServer;

/// Longer than anything takes in an account of this speed.
const WHILE_MS: i64 = 5_000;

/// A server whose lone workspace is through with steps 1 to 4, the optional reader included.
pub(super) struct Finished {
    pub(super) server: TestServer,
    workspace: Arc<Workspace>,
    state: String,
}

impl Finished {
    pub(super) async fn make() -> Self {
        let server = TestServer::start_by_hand().await;
        let who = server.who();
        for step in Step::ALL {
            let wanted = ("db_reader.wanted".to_owned(), "yes".to_owned());
            let answers = BTreeMap::from_iter((step == Step::Database).then_some(wanted));
            let made = server.wired.panel.provision(&who, step, answers).await;
            assert!(
                matches!(made, Ok(Provisioned::Made { .. })),
                "{step:?}: {made:?}"
            );
        }
        let workspace = server
            .wired
            .store
            .workspace(LOCAL)
            .await
            .expect("a look-up")
            .expect("it");
        server.clock.fetch_add(WHILE_MS, Ordering::SeqCst);
        let account = Hand::of(&server, &workspace);
        account.see().await;
        let state = server
            .wired
            .store
            .sandbox_account(LOCAL)
            .await
            .expect("a look-up")
            .expect("an account");
        Self {
            server,
            workspace,
            state,
        }
    }

    /// A workspace of its own whose account and repository are copies.
    pub(super) async fn copy(&self, name: &str) -> Hand {
        let hand = self.empty(name).await;
        let store = &self.server.wired.store;
        let now = Timestamp(self.server.clock.load(Ordering::SeqCst));
        store
            .save_sandbox_account(name, &self.state, now)
            .await
            .expect("a copy");
        let (from, to) = (repository(&self.server, LOCAL), hand.repository());
        std::fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
        let copied = Command::new("cp")
            .arg("-r")
            .arg(from)
            .arg(to)
            .status()
            .expect("cp");
        assert!(copied.success());
        hand
    }

    /// A workspace of its own with nothing in it. The account's number is the same, so that ARNs
    /// of the copy are right.
    pub(super) async fn empty(&self, name: &str) -> Hand {
        let account_id = self.workspace.account_id.clone();
        let workspace = Workspace {
            account_id,
            ..new_workspace(name, &Chance::system())
        };
        let store = &self.server.wired.store;
        store
            .add_workspace(&workspace, Timestamp(0))
            .await
            .expect("a workspace");
        let workspace = store
            .workspace(name)
            .await
            .expect("a look-up")
            .expect("the workspace");
        Hand::of(&self.server, &workspace)
    }
}

/// Somebody's hand in an account, with the unmodified SDK.
#[derive(Clone)]
pub(super) struct Hand {
    pub(super) wired: Wired,
    pub(super) workspace: Arc<Workspace>,
    pub(super) iam: aws_sdk_iam::Client,
    pub(super) ec2: aws_sdk_ec2::Client,
    pub(super) rds: aws_sdk_rds::Client,
    pub(super) ssm: aws_sdk_ssm::Client,
    pub(super) ecr: aws_sdk_ecr::Client,
    pub(super) logs: aws_sdk_cloudwatchlogs::Client,
    pub(super) ecs: aws_sdk_ecs::Client,
    pub(super) autoscaling: aws_sdk_autoscaling::Client,
    pub(super) elbv2: aws_sdk_elasticloadbalancingv2::Client,
    clock: Arc<AtomicI64>,
    repository: PathBuf,
    config: SdkConfig,
}

impl Hand {
    pub(super) fn of(server: &TestServer, workspace: &Arc<Workspace>) -> Self {
        let keys = (&workspace.access_key_id, &workspace.secret_access_key);
        let keys = Credentials::new(keys.0, keys.1, None, None, "test");
        let config = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static("eu-west-1"))
            .credentials_provider(SharedCredentialsProvider::new(keys))
            .http_client(server.wired.sandbox.http_client(workspace))
            .build();
        let repository = repository(server, &workspace.name);
        let (wired, clock) = (server.wired.clone(), Arc::clone(&server.clock));
        Self::with(config, wired, Arc::clone(workspace), clock, repository)
    }

    fn with(
        config: SdkConfig,
        wired: Wired,
        workspace: Arc<Workspace>,
        clock: Arc<AtomicI64>,
        repository: PathBuf,
    ) -> Self {
        Self {
            wired,
            workspace,
            iam: aws_sdk_iam::Client::new(&config),
            ec2: aws_sdk_ec2::Client::new(&config),
            rds: aws_sdk_rds::Client::new(&config),
            ssm: aws_sdk_ssm::Client::new(&config),
            ecr: aws_sdk_ecr::Client::new(&config),
            logs: aws_sdk_cloudwatchlogs::Client::new(&config),
            ecs: aws_sdk_ecs::Client::new(&config),
            autoscaling: aws_sdk_autoscaling::Client::new(&config),
            elbv2: aws_sdk_elasticloadbalancingv2::Client::new(&config),
            clock,
            repository,
            config,
        }
    }

    /// The same hand, with the console set to another Region.
    pub(super) fn in_region(&self, region: &'static str) -> Self {
        let config = self
            .config
            .to_builder()
            .region(Region::from_static(region))
            .build();
        let repository = self.repository.clone();
        Self::with(
            config,
            self.wired.clone(),
            self.workspace.clone(),
            self.clock.clone(),
            repository,
        )
    }

    /// Waits until what is under way is done.
    pub(super) fn wait(&self) {
        self.clock.fetch_add(WHILE_MS, Ordering::SeqCst);
    }

    /// The attendee's bare repository.
    pub(super) fn repository(&self) -> PathBuf {
        self.repository.clone()
    }

    /// `git` on the bare repository.
    pub(super) fn git(&self, arguments: &[&str]) {
        run(Command::new("git")
            .arg("-C")
            .arg(&self.repository)
            .args(arguments));
    }

    /// Commits what `edit` does to a work tree, and pushes it.
    pub(super) fn push(&self, edit: impl FnOnce(&std::path::Path)) {
        let tree = self.repository.with_extension("tree");
        run(Command::new("git")
            .arg("clone")
            .arg("-q")
            .arg(&self.repository)
            .arg(&tree));
        edit(&tree);
        let git = || {
            let mut command = Command::new("git");
            command.arg("-C").arg(&tree).args([
                "-c",
                "user.name=Ada",
                "-c",
                "user.email=ada@example.org",
            ]);
            command
        };
        run(git().args(["add", "--all"]));
        run(git().args(["commit", "-q", "-m", "A change"]));
        run(git().args(["push", "-q", "origin", "main"]));
        std::fs::remove_dir_all(&tree).expect("the work tree");
    }

    /// What the checks of these steps find, by resource and setting.
    pub(super) async fn see(&self) -> Seen {
        self.see_of(&Step::ALL).await
    }

    pub(super) async fn see_of(&self, steps: &[Step]) -> Seen {
        let mut seen = BTreeMap::new();
        for step in steps {
            let evidence = self
                .wired
                .panel
                .check_step(&self.workspace.name, *step)
                .await;
            for finding in evidence.expect("a check").findings {
                seen.insert((finding.kind, finding.setting.clone()), finding);
            }
        }
        Seen(seen)
    }
}

/// Findings by resource and setting.
pub(super) struct Seen(pub(super) BTreeMap<(Kind, String), Finding>);

impl Seen {
    /// The finding of a setting.
    pub(super) fn of(&self, kind: Kind, setting: &str) -> &Finding {
        let finding = self.0.get(&(kind, setting.to_owned()));
        finding.unwrap_or_else(|| panic!("{kind:?} {setting} was not looked at"))
    }
}

fn repository(server: &TestServer, workspace: &str) -> PathBuf {
    server
        .folder()
        .join("greenlight.repositories")
        .join(workspace)
        .join("tripmgmt.git")
}

fn run(command: &mut Command) {
    let output = command.output().expect("git");
    assert!(
        output.status.success(),
        "{command:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}
