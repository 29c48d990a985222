//! Something goes wrong at every call of every step, and the account ends as if nothing had.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use server::store::{How, Workspace};
use tokio::task::JoinSet;
use workshop::blueprint::{Step, of_step};
use workshop::model::{Outcome, Provisioned, Timestamp, Who};
use workshop::panel::{Panel, PanelError};

use crate::detour::{Fate, Passing, detour};
use crate::support::TestServer;

/// The steps whose calls go to the account.
const STEPS: [Step; 3] = [Step::Roles, Step::Database, Step::Registry];

/// What an account went through: its successful changes, without what differs between accounts.
type Deeds = Vec<(String, String)>;

#[tokio::test]
async fn a_failed_job_runs_again_and_makes_nothing_twice() {
    let server = Arc::new(TestServer::start_by_hand().await);
    let fates = [
        Fate::Refuse(500, "InternalFailure"),
        Fate::Unreachable,
        Fate::AnswerLost,
        Fate::AnswerLostOnce,
    ];
    for step in STEPS {
        let (deeds, _) = undisturbed(&server, step).await;
        let mut cases = JoinSet::new();
        for (number, fate) in fates.into_iter().enumerate() {
            for at in 0..deeds.len() {
                let (server, deeds) = (Arc::clone(&server), deeds.clone());
                cases.spawn(async move {
                    let name = format!("{}-{number}-{at}", step.key());
                    fail_once(&server, &name, step, at, fate, &deeds).await;
                });
            }
        }
        while let Some(case) = cases.join_next().await {
            case.expect("a case");
        }
    }
}

/// The job of `step` meets `fate` at its change number `at`; then it is asked for again.
async fn fail_once(
    server: &TestServer,
    name: &str,
    step: Step,
    at: usize,
    fate: Fate,
    deeds: &Deeds,
) {
    let case = format!("{step:?} call {at} {fate:?}");
    let workspace = server.workspace(name).await;
    detour(
        &server.wired,
        &workspace,
        at_change(at, fate, Arc::default()),
    )
    .await;
    let first = provision(server, name, step).await;
    // Where the effect is there after all, the job need not be given up.
    let may_go_on = matches!(fate, Fate::AnswerLost | Fate::AnswerLostOnce);
    match &first {
        Ok(Provisioned::Made { .. }) => assert!(may_go_on, "{case}: {first:?}"),
        Err(PanelError::Refused(told)) => assert!(told.contains("AWS "), "{case}: {told}"),
        _ => panic!("{case}: {first:?}"),
    }
    assert!(
        server
            .wired
            .store
            .open_jobs()
            .await
            .expect("the jobs")
            .iter()
            .all(|job| job.workspace != name),
        "{case}"
    );
    let second = provision(server, name, step).await;
    assert!(
        matches!(second, Ok(Provisioned::Made { .. })),
        "{case}: {second:?}"
    );
    ends_as_undisturbed(server, &workspace, step, deeds, &case).await;
}

#[tokio::test]
async fn a_killed_job_goes_on_at_the_next_start_and_makes_nothing_twice() {
    let server = Arc::new(TestServer::start_by_hand().await);
    let (mut jobs, mut cases) = (JoinSet::new(), Vec::new());
    let hanging = Arc::new(AtomicUsize::default());
    for step in STEPS {
        let (deeds, _) = undisturbed(&server, step).await;
        for (word, fate) in [("before", Fate::HangBefore), ("after", Fate::HangAfter)] {
            for at in 0..deeds.len() {
                let name = format!("{}-{word}-{at}", step.key());
                let workspace = server.workspace(&name).await;
                detour(
                    &server.wired,
                    &workspace,
                    at_change(at, fate, Arc::clone(&hanging)),
                )
                .await;
                let server = Arc::clone(&server);
                jobs.spawn(async move { provision(&server, &name, step).await });
                cases.push((
                    workspace,
                    step,
                    deeds.clone(),
                    format!("{step:?} call {at} {fate:?}"),
                ));
            }
        }
    }
    // Every job has come to the call at which the process dies.
    while hanging.load(Ordering::SeqCst) < cases.len() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    tokio::time::sleep(Duration::from_millis(200)).await;
    jobs.shutdown().await;
    let server = Arc::into_inner(server)
        .expect("nobody else")
        .restart()
        .await;
    assert_eq!(
        server
            .wired
            .store
            .open_jobs()
            .await
            .expect("the jobs")
            .len(),
        cases.len()
    );
    server.wired.panel.recover().await;
    assert_eq!(server.wired.store.open_jobs().await.expect("the jobs"), []);
    for (workspace, step, deeds, case) in cases {
        ends_as_undisturbed(&server, &workspace, step, &deeds, &case).await;
    }
}

#[tokio::test]
async fn an_open_job_of_the_git_host_goes_on() {
    let server = TestServer::start_by_hand().await;
    let who = server.who();
    let nothing = BTreeMap::new();
    let started = server
        .wired
        .store
        .start_job(&who.workspace, Step::SourceCode, &nothing, Timestamp(0))
        .await;
    started.expect("a job");
    let server = server.restart().await;
    server.wired.panel.recover().await;
    let evidence = server
        .wired
        .panel
        .check(&server.who(), Step::SourceCode)
        .await
        .expect("a check");
    assert_eq!(evidence.outcome(), Outcome::Passed, "{evidence:#?}");
    assert_eq!(server.wired.store.open_jobs().await.expect("the jobs"), []);
}

/// The change number `at` meets `fate`, on every try of it unless the fate says otherwise.
/// `met` counts how often.
fn at_change(
    at: usize,
    fate: Fate,
    met: Arc<AtomicUsize>,
) -> impl Fn(&Passing) -> Fate + Send + Sync {
    let calls: Mutex<Vec<String>> = Mutex::default();
    move |passing| {
        if !passing.changes() {
            return Fate::Pass;
        }
        let mut calls = calls.lock().expect("the calls");
        let is_first_try = !calls.contains(&passing.invocation);
        if is_first_try {
            calls.push(passing.invocation.clone());
        }
        let suffers = calls.iter().position(|call| *call == passing.invocation) == Some(at);
        let spared = matches!(fate, Fate::AnswerLostOnce) && !is_first_try;
        if suffers && !spared {
            met.fetch_add(1, Ordering::SeqCst);
            return fate;
        }
        Fate::Pass
    }
}

/// What a step does in an account of its own, and what its check finds then.
async fn undisturbed(server: &TestServer, step: Step) -> (Deeds, Vec<String>) {
    let name = format!("{}-undisturbed", step.key());
    let workspace = server.workspace(&name).await;
    let made = provision(server, &name, step).await;
    assert!(matches!(made, Ok(Provisioned::Made { .. })), "{made:?}");
    let deeds = deeds(server, &workspace).await;
    assert!(!deeds.is_empty());
    (deeds, evidence(server, &workspace, step).await)
}

async fn provision(
    server: &TestServer,
    workspace: &str,
    step: Step,
) -> Result<Provisioned, PanelError> {
    let who = Who {
        workspace: workspace.to_owned(),
        origin: server.url(""),
    };
    let wanted = ("db_reader.wanted".to_owned(), "yes".to_owned());
    let answers = BTreeMap::from_iter((step == Step::Database).then_some(wanted));
    server.wired.panel.provision(&who, step, answers).await
}

async fn ends_as_undisturbed(
    server: &TestServer,
    workspace: &Arc<Workspace>,
    step: Step,
    deeds: &Deeds,
    case: &str,
) {
    assert_eq!(self::deeds(server, workspace).await, *deeds, "{case}");
    server.clock.fetch_add(5_000, Ordering::SeqCst);
    let twin = server
        .workspace(&format!("{}-undisturbed", step.key()))
        .await;
    let expected = evidence(server, &twin, step).await;
    assert_eq!(evidence(server, workspace, step).await, expected, "{case}");
    let holdings = server
        .wired
        .store
        .holdings(&workspace.name)
        .await
        .expect("the holdings");
    let made = holdings
        .iter()
        .filter(|holding| holding.how == How::Made)
        .count();
    assert_eq!(
        (made, holdings.len()),
        (of_step(step).count(), made),
        "{case}: {holdings:?}"
    );
}

/// The changes that succeeded, in order. What a repetition does without any effect, such as
/// attaching a policy that is attached, counts once.
async fn deeds(server: &TestServer, workspace: &Arc<Workspace>) -> Deeds {
    let events = server
        .wired
        .sandbox
        .events(workspace)
        .await
        .expect("the events");
    let mut deeds: Deeds = events
        .into_iter()
        .filter(|event| !event.read_only && event.error.is_none())
        .map(|event| {
            (
                event.operation,
                anonymous(&event.parameters.to_string(), workspace),
            )
        })
        .collect();
    let made = deeds
        .iter()
        .filter(|(operation, _)| operation.starts_with("Create"))
        .count();
    deeds.dedup();
    assert_eq!(
        deeds
            .iter()
            .filter(|(operation, _)| operation.starts_with("Create"))
            .count(),
        made,
        "{deeds:#?}"
    );
    deeds
}

/// The rows of a check.
async fn evidence(server: &TestServer, workspace: &Arc<Workspace>, step: Step) -> Vec<String> {
    let checked = server
        .wired
        .panel
        .check_step(&workspace.name, step)
        .await
        .expect("a check");
    let row = |row: &workshop::model::Finding| {
        let text = format!(
            "{:?} {} {} {:?} {:?}",
            row.kind, row.setting, row.found, row.outcome, row.warning
        );
        anonymous(&text, workspace)
    };
    checked.findings.iter().map(row).collect()
}

/// `text` without the workspace's name, its account's number, and ids that are drawn by lot.
fn anonymous(text: &str, workspace: &Workspace) -> String {
    let text = text
        .replace(&workspace.name, "WORKSPACE")
        .replace(&workspace.account_id, "ACCOUNT");
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = ["sg-", "vpc-"]
        .iter()
        .filter_map(|prefix| Some(rest.find(prefix)? + prefix.len()))
        .min()
    {
        out.push_str(&rest[..at]);
        rest = rest[at..].trim_start_matches(|letter: char| letter.is_ascii_hexdigit());
    }
    out + rest
}
