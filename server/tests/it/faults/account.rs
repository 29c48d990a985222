//! A finished account, made once, and copies of it to spoil.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use aws_config::{Region, SdkConfig};
use server::accounts::LOCAL;
use server::store::Workspace;
use server::web::Wired;
use workshop::blueprint::{Kind, Names, Step, Variables};
use workshop::model::{Finding, Outcome, Provisioned, Who};
use workshop::panel::{Panel, PanelError};

use crate::support::TestServer;

/// Longer than anything takes in an account of the usual speed.
const WHILE_MS: i64 = 5_000;
/// The same on AWS: what is slower waits as long, by its speed.
const WHILE_ON_AWS_MS: i64 = 3_600_000;

/// A server whose lone workspace is through with all steps, the optional reader included.
pub(super) struct Finished {
    pub(super) server: TestServer,
    state: String,
}

impl Finished {
    pub(super) async fn make() -> Self {
        Self::make_on(TestServer::start_by_hand().await).await
    }

    /// One whose machines are only so many times faster than AWS's: with a task that starts and
    /// stops within a millisecond, nobody sees what is in between.
    pub(super) async fn make_at(speed: u32) -> Self {
        Self::make_on(TestServer::start_by_hand_at(speed).await).await
    }

    async fn make_on(server: TestServer) -> Self {
        server.make_all(true).await;
        let account = Hand::of(&server, &server.workspace(LOCAL).await);
        account.wait();
        account.see().await;
        let state = server
            .wired
            .store
            .sandbox_account(LOCAL)
            .await
            .expect("a look-up")
            .expect("an account");
        Self { server, state }
    }

    /// A workspace of its own whose account and repository are copies.
    pub(super) async fn copy(&self, name: &str) -> Hand {
        Hand::of(&self.server, &self.server.copy(name, &self.state).await)
    }

    /// A workspace of its own with nothing in it. The account's number is the same, so that ARNs
    /// of the copy are right.
    pub(super) async fn empty(&self, name: &str) -> Hand {
        Hand::of(&self.server, &self.server.another(name).await)
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
    pub(super) codebuild: aws_sdk_codebuild::Client,
    pub(super) codeconnections: aws_sdk_codeconnections::Client,
    pub(super) codedeploy: aws_sdk_codedeploy::Client,
    pub(super) codepipeline: aws_sdk_codepipeline::Client,
    pub(super) s3: aws_sdk_s3::Client,
    clock: Arc<AtomicI64>,
    repository: PathBuf,
    config: SdkConfig,
}

impl Hand {
    pub(super) fn of(server: &TestServer, workspace: &Arc<Workspace>) -> Self {
        let config = server.sdk(workspace);
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
            codebuild: aws_sdk_codebuild::Client::new(&config),
            codeconnections: aws_sdk_codeconnections::Client::new(&config),
            codedeploy: aws_sdk_codedeploy::Client::new(&config),
            codepipeline: aws_sdk_codepipeline::Client::new(&config),
            s3: aws_sdk_s3::Client::new(&config),
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
        let speed = i64::from(self.wired.sandbox.speed());
        self.tick(WHILE_MS.max(WHILE_ON_AWS_MS / speed));
    }

    /// Waits for so many milliseconds.
    pub(super) fn tick(&self, millis: i64) {
        self.clock.fetch_add(millis, Ordering::SeqCst);
    }

    /// Who the workspace's person is.
    pub(super) fn who(&self) -> Who {
        Who {
            workspace: self.workspace.name.clone(),
            origin: String::new(),
        }
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

    /// Pushes a file with one text in place of another.
    pub(super) fn replace_in(&self, file: &str, from: &str, to: &str) {
        self.push(|tree| {
            let path = tree.join(file);
            let text = std::fs::read_to_string(&path).expect("the file");
            assert!(text.contains(from), "{from}");
            std::fs::write(path, text.replace(from, to)).expect("the file");
        });
    }

    /// What a check has found for this variable.
    pub(super) async fn yielded(&self, variable: &str) -> String {
        let progress = self.wired.store.progress(&self.workspace.name).await;
        let progress = progress.expect("the progress");
        progress.yields[variable].clone()
    }

    /// The names of this account's resources, and what the checks have found.
    pub(super) async fn variables(&self) -> Variables {
        let names = Names {
            workspace: self.workspace.name.clone(),
            suffix: None,
        };
        let (mut variables, account) = (names.variables(), &self.workspace.account_id);
        variables.set("region", "eu-west-1");
        variables.set("account", account.as_str());
        let bucket = format!("codepipeline-eu-west-1-{account}-tripmgmt");
        variables.set("artifact_bucket", bucket);
        let progress = self.wired.store.progress(&self.workspace.name).await;
        for (variable, value) in &progress.expect("the progress").yields {
            variables.set(variable, value.as_str());
        }
        variables
    }

    /// Makes by form what is missing of a step.
    pub(super) async fn provision(&self, step: Step) -> Result<Provisioned, PanelError> {
        let panel = &self.wired.panel;
        panel.provision(&self.who(), step, BTreeMap::new()).await
    }

    /// After a while nothing is wrong, nor passed with a warning.
    pub(super) async fn all_is_well(&self) {
        self.wait();
        for finding in self.see().await.0.values() {
            assert_eq!(finding.outcome, Outcome::Passed, "{finding:#?}");
            assert_eq!(finding.warning, None, "{finding:#?}");
        }
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
