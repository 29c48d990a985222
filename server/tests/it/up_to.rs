//! Everything up to a step, made at once.

use std::time::Duration;

use server::web::Wired;
use workshop::blueprint::Step;
use workshop::model::{Goal, Outcome};
use workshop::panel::{Panel, PanelError};

use crate::browser::Browser;
use crate::detour::{Fate, detour};
use crate::support::TestServer;

const LAST: Step = Step::ALL[Step::ALL.len() - 1];

#[tokio::test]
async fn everything_up_to_the_last_step_is_made_and_passes() {
    let server = TestServer::start().await;
    let browser = Browser::new(&server);
    let address = format!("/steps/{}/up-to-here", LAST.number());
    let answer = browser.post(&address, &[]).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    let page = browser.get("/overview").await.body;
    assert!(page.contains("is being made"), "the overview says so");
    assert!(!page.contains("up-to-here"), "and offers it no more");
    let again = server
        .wired
        .panel
        .provision_up_to(&server.who(), LAST)
        .await;
    assert!(matches!(again, Err(PanelError::Refused(_))), "{again:?}");

    pursue(&server.wired).await;
    assert_eq!(goal(&server).await, None);
    for step in Step::ALL {
        let evidence = server.settled(&server.who(), step).await;
        assert_eq!(evidence.outcome(), Outcome::Passed, "{evidence:#?}");
    }
    let page = browser.get("/overview").await.body;
    assert!(!page.contains("is being made"));
}

#[tokio::test]
async fn it_stops_before_the_steps_that_were_not_asked_for() {
    let server = TestServer::start().await;
    let panel = &server.wired.panel;
    let asked = panel.provision_up_to(&server.who(), Step::Roles).await;
    assert_eq!(asked, Ok(()));
    pursue(&server.wired).await;
    let progress = server
        .wired
        .store
        .progress("local")
        .await
        .expect("the progress");
    let done: Vec<_> = progress.steps.keys().copied().collect();
    assert_eq!(done, [Step::SourceCode, Step::Roles]);
}

#[tokio::test]
async fn what_a_person_has_to_settle_stops_it_with_a_sentence() {
    let server = TestServer::start().await;
    let workspace = server.workspace("local").await;
    detour(&server.wired, &workspace, |passing| {
        match passing.operation.as_str() {
            "CreateRole" => Fate::Refuse(403, "AccessDenied"),
            _ => Fate::Pass,
        }
    })
    .await;
    let panel = &server.wired.panel;
    let asked = panel.provision_up_to(&server.who(), Step::Registry).await;
    assert_eq!(asked, Ok(()));
    pursue(&server.wired).await;
    let stopped = goal(&server).await.expect("it is still told of");
    let problem = stopped.problem.expect("a problem");
    assert!(problem.contains("iam:CreateRole"), "{problem}");
    let page = Browser::new(&server).get("/overview").await.body;
    assert!(page.contains("It stopped on the way."));
    let again = panel.provision_up_to(&server.who(), Step::Registry).await;
    assert_eq!(again, Ok(()), "it may be asked for again");
}

#[tokio::test]
async fn a_killed_process_goes_on_with_it() {
    let server = TestServer::start().await;
    let panel = &server.wired.panel;
    let asked = panel.provision_up_to(&server.who(), Step::Registry).await;
    assert_eq!(asked, Ok(()));
    // Somewhere on the way.
    let begun = tokio::time::timeout(Duration::from_millis(120), panel.pursue("local")).await;
    let server = server.restart().await;
    if begun.is_err() {
        assert!(goal(&server).await.is_some_and(|goal| goal.is_open()));
    }
    server.wired.panel.recover().await;
    pursue(&server.wired).await;
    assert_eq!(goal(&server).await, None);
    let evidence = server.settled(&server.who(), Step::Registry).await;
    assert_eq!(evidence.outcome(), Outcome::Passed);
}

async fn pursue(wired: &Wired) {
    let pursued = tokio::time::timeout(Duration::from_mins(1), wired.panel.pursue("local")).await;
    pursued.expect("it comes to an end");
}

async fn goal(server: &TestServer) -> Option<Goal> {
    let progress = server.wired.store.progress("local").await;
    progress.expect("the progress").goal.clone()
}
