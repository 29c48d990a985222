//! Whose the things in an account are, and that a password is written nowhere.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{Arc, Mutex};

use server::store::{How, Workspace};
use sqlx::Row;
use tracing_subscriber::fmt::MakeWriter;
use workshop::blueprint::{Kind, Step};
use workshop::model::{Outcome, Provisioned, Who};
use workshop::panel::Panel;

use crate::support::TestServer;

const ROLE: &str = "ecsTaskExecutionRole";
const TRUST: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ecs-tasks.amazonaws.com"},"Action":"sts:AssumeRole"}]}"#;
const READ: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ssm:GetParameters","Resource":"*"}]}"#;

#[tokio::test]
async fn a_shared_role_that_was_there_before_is_kept() {
    let server = TestServer::start().await;
    let workspace = server.workspace("ada").await;
    make_role(&server, &workspace).await;
    server
        .wired
        .panel
        .open_workspace("ada")
        .await
        .expect("an open workspace");
    assert_eq!(
        how(&server, "ada", Kind::ExecutionRole).await,
        Some(How::Kept)
    );
    // It stays kept, whatever passes and whatever is pressed.
    server
        .wired
        .panel
        .check_step("ada", Step::Roles)
        .await
        .expect("a check");
    provision(&server, "ada", Step::Roles, &[]).await;
    assert_eq!(
        how(&server, "ada", Kind::ExecutionRole).await,
        Some(How::Kept)
    );
    assert_eq!(
        how(&server, "ada", Kind::InstanceRole).await,
        Some(How::Made)
    );
}

#[tokio::test]
async fn what_the_panel_makes_is_made() {
    let server = TestServer::start().await;
    for step in Step::ALL {
        provision(&server, "local", step, &[("db_reader.wanted", "yes")]).await;
    }
    let holdings = server
        .wired
        .store
        .holdings("local")
        .await
        .expect("the holdings");
    assert_eq!(holdings.len(), Kind::ALL.len(), "{holdings:#?}");
    for kind in Kind::ALL {
        // The instances register by themselves, ECS starts the tasks, and the sample brings files.
        let expected = match kind {
            Kind::ContainerInstances | Kind::RunningTasks | Kind::Buildspec | Kind::DeployFiles => {
                How::Adopted
            }
            _ => How::Made,
        };
        let found = how(&server, "local", kind).await;
        assert_eq!(found, Some(expected), "{kind:?}");
    }
}

#[tokio::test]
async fn what_somebody_makes_by_the_cli_is_adopted_when_a_check_passes_on_it() {
    let server = TestServer::start().await;
    let workspace = server.workspace("ada").await;
    server
        .wired
        .panel
        .open_workspace("ada")
        .await
        .expect("an open workspace");
    let iam = iam(&server, &workspace);
    iam.create_role()
        .role_name(ROLE)
        .assume_role_policy_document(TRUST)
        .send()
        .await
        .expect("a role");
    server
        .wired
        .panel
        .check_step("ada", Step::Roles)
        .await
        .expect("a check");
    assert_eq!(
        how(&server, "ada", Kind::ExecutionRole).await,
        None,
        "no check passed on it"
    );
    complete_role(&server, &workspace).await;
    server
        .wired
        .panel
        .check_step("ada", Step::Roles)
        .await
        .expect("a check");
    assert_eq!(
        how(&server, "ada", Kind::ExecutionRole).await,
        Some(How::Adopted)
    );
    // What is put right or added by the panel later does not change who made the role.
    provision(&server, "ada", Step::Roles, &[]).await;
    assert_eq!(
        how(&server, "ada", Kind::ExecutionRole).await,
        Some(How::Adopted)
    );
    assert_eq!(
        how(&server, "ada", Kind::CodeDeployRole).await,
        Some(How::Made)
    );
}

#[tokio::test]
async fn a_password_is_written_nowhere() {
    const TYPED: &str = "correct-horse-battery";
    const REFUSED: &str = "p@ss";
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter("debug")
        .with_writer(log.clone())
        .finish();
    let _listening = tracing::subscriber::set_default(subscriber);
    let server = TestServer::start().await;
    let who = Who {
        workspace: "local".to_owned(),
        origin: server.url(""),
    };
    let refused = BTreeMap::from([("db_password.password".to_owned(), REFUSED.to_owned())]);
    let answer = server
        .wired
        .panel
        .provision(&who, Step::Database, refused)
        .await;
    assert_eq!(answer, Ok(Provisioned::Refused));
    provision(
        &server,
        "local",
        Step::Database,
        &[("db_password.password", TYPED)],
    )
    .await;
    server.settled(&who, Step::Database).await;
    // The account has it, and another workspace's has one that nobody typed.
    let typed = password(&server, "local").await;
    assert_eq!(typed, TYPED);
    server.workspace("ada").await;
    provision(&server, "ada", Step::Database, &[]).await;
    let generated = password(&server, "ada").await;
    assert!(generated.len() >= 20, "{} letters", generated.len());

    let mut places = vec![("the log".to_owned(), log.text())];
    places.extend(tables(&server).await);
    for name in ["local", "ada"] {
        let workspace = server.workspace(name).await;
        let events = server
            .wired
            .sandbox
            .events(&workspace)
            .await
            .expect("the events");
        places.push((format!("the events of {name}"), format!("{events:?}")));
        let who = Who {
            workspace: name.to_owned(),
            origin: server.url(""),
        };
        let page = server
            .wired
            .panel
            .step(&who, Step::Database)
            .await
            .expect("a page");
        places.push((format!("the page of {name}"), format!("{page:?}")));
    }
    assert!(places[0].1.len() > 1_000, "the log was listened to");
    assert!(
        places
            .iter()
            .any(|(place, text)| place == "journal" && text.contains("PutParameter")),
        "the journal is read"
    );
    for (place, text) in &places {
        for secret in [TYPED, REFUSED, generated.as_str()] {
            assert!(!text.contains(secret), "{place} holds a password");
        }
    }
}

/// Every table of the database but the simulated accounts, which are the accounts themselves.
async fn tables(server: &TestServer) -> Vec<(String, String)> {
    let pool = server.wired.store.session_pool();
    let query =
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'sandbox_accounts'";
    let names: Vec<String> = sqlx::query_scalar(query)
        .fetch_all(&pool)
        .await
        .expect("the tables");
    let mut tables = Vec::new();
    for name in names {
        let columns = sqlx::query(&format!("PRAGMA table_info(\"{name}\")"))
            .fetch_all(&pool)
            .await
            .expect("columns");
        let mut text = String::new();
        for column in columns {
            let column: String = column.get("name");
            let query = format!("SELECT group_concat(quote(\"{column}\")) FROM \"{name}\"");
            let values: Option<String> = sqlx::query_scalar(&query)
                .fetch_one(&pool)
                .await
                .expect("values");
            text.push_str(&values.unwrap_or_default());
        }
        tables.push((name, text));
    }
    tables
}

async fn password(server: &TestServer, workspace: &str) -> String {
    let workspace = server.workspace(workspace).await;
    let ssm = aws_sdk_ssm::Client::new(&server.sdk(&workspace));
    let asked = ssm
        .get_parameter()
        .name("/tripmgmt/db-password")
        .with_decryption(true);
    let answer = asked.send().await.expect("the parameter");
    answer
        .parameter()
        .and_then(|parameter| parameter.value())
        .expect("its value")
        .to_owned()
}

async fn how(server: &TestServer, workspace: &str, kind: Kind) -> Option<How> {
    let holdings = server
        .wired
        .store
        .holdings(workspace)
        .await
        .expect("the holdings");
    holdings
        .into_iter()
        .find(|holding| holding.kind == kind)
        .map(|holding| holding.how)
}

async fn provision(server: &TestServer, workspace: &str, step: Step, answers: &[(&str, &str)]) {
    let who = Who {
        workspace: workspace.to_owned(),
        origin: server.url(""),
    };
    let answers = answers
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect();
    let made = server.wired.panel.provision(&who, step, answers).await;
    assert!(matches!(made, Ok(Provisioned::Made { .. })), "{made:?}");
    let outcome = server.settled(&who, step).await.outcome();
    assert_eq!(outcome, Outcome::Passed, "{step:?}");
}

async fn make_role(server: &TestServer, workspace: &Arc<Workspace>) {
    let iam = iam(server, workspace);
    iam.create_role()
        .role_name(ROLE)
        .assume_role_policy_document(TRUST)
        .send()
        .await
        .expect("a role");
    complete_role(server, workspace).await;
}

async fn complete_role(server: &TestServer, workspace: &Arc<Workspace>) {
    let iam = iam(server, workspace);
    let policy = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy";
    iam.attach_role_policy()
        .role_name(ROLE)
        .policy_arn(policy)
        .send()
        .await
        .expect("a policy");
    let put = iam
        .put_role_policy()
        .role_name(ROLE)
        .policy_name("read-password")
        .policy_document(READ);
    put.send().await.expect("an inline policy");
}

fn iam(server: &TestServer, workspace: &Arc<Workspace>) -> aws_sdk_iam::Client {
    aws_sdk_iam::Client::new(&server.sdk(workspace))
}

/// What was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().expect("the log")).into_owned()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("the log").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}
