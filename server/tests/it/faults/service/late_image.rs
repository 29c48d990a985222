//! The service before its image, as the workshop's text has it.

use workshop::blueprint::Kind::{FirstImage, RunningTasks};
use workshop::blueprint::{Kind, Step};
use workshop::model::{Finding, Outcome, Provisioned};
use workshop::panel::Panel;

use super::SLOWLY;
use crate::faults::account::{Finished, Hand};

/// Long enough for ECS to have failed some times, and to be in a pause of a quarter of an hour and
/// more (here ten seconds).
const INTO_A_LONG_PAUSE_MS: i64 = 25_000;
/// What the panel waits for ECS to begin by itself.
const BEGINNING_MS: i64 = 2_100;
/// What ECS needs until it has begun to start tasks.
const NOTICED_MS: i64 = 100;

#[tokio::test]
async fn the_page_says_what_is_missing_and_lets_ecs_try_again() {
    let finished = Finished::make_at(SLOWLY).await;
    let hand = finished.empty("late-image").await;
    for step in Step::ALL
        .into_iter()
        .take_while(|step| *step < Step::FirstImage)
    {
        let made = hand.provision(step).await;
        assert!(matches!(made, Ok(Provisioned::Made { .. })), "{made:?}");
    }
    hand.tick(INTO_A_LONG_PAUSE_MS);

    // Step 7 is done: the service is as it should be. Step 8 says what its tasks wait for.
    let seen = hand.see_of(&[Step::Service]).await;
    for finding in seen.0.values() {
        assert_eq!(finding.outcome, Outcome::Passed, "{finding:#?}");
    }
    let seen = hand.see_of(&[Step::FirstImage]).await;
    let told = |kind: Kind, setting: &str| {
        let Finding { outcome, found, .. } = seen.of(kind, setting);
        (*outcome, found.clone())
    };
    let wrong = |found: &str| (Outcome::Wrong, found.to_owned());
    assert_eq!(told(FirstImage, "exists"), wrong("none"));
    assert_eq!(told(RunningTasks, "image"), wrong("not there"));
    assert_eq!(told(RunningTasks, "running"), wrong("0 of 2"));
    let why = "The image is not in the repository: nothing was pushed under the tag that the task definition names.";
    assert_eq!(told(RunningTasks, "stopped"), wrong(why));

    // Somebody pushes it. ECS might try at any moment …
    hand.push_record("latest").await;
    let seen = hand.see_of(&[Step::FirstImage]).await;
    let status = seen.of(RunningTasks, "status");
    assert_eq!(status.outcome, Outcome::NotYet, "{status:#?}");
    assert_eq!(status.found, "0 of 2 running, 0 healthy");
    assert_eq!(seen.of(FirstImage, "exists").outcome, Outcome::Passed);
    // … and does not, since it makes a pause.
    hand.tick(BEGINNING_MS);
    let seen = hand.see_of(&[Step::FirstImage]).await;
    let image = seen.of(RunningTasks, "image");
    assert_eq!(image.found, "pushed since, and not tried again");
    assert!(image.fixable, "{image:#?}");
    let remedy = image.remedy.as_deref().unwrap_or_default();
    assert!(remedy.contains("to 0 and back to 2"), "{remedy}");

    let panel = &hand.wired.panel;
    let repaired = panel.repair(&hand.who(), RunningTasks, "image").await;
    assert_eq!(repaired, Ok(()));
    assert_eq!(desired(&hand).await, [0, 2], "down, and up again");
    hand.tick(NOTICED_MS);
    let seen = hand.see_of(&[Step::FirstImage]).await;
    assert_eq!(seen.of(RunningTasks, "status").outcome, Outcome::NotYet);
    hand.wait();
    let seen = hand.see_of(&[Step::FirstImage]).await;
    for finding in seen.0.values() {
        assert_eq!(finding.outcome, Outcome::Passed, "{finding:#?}");
    }
}

/// The numbers of tasks that the account was asked for by `UpdateService`.
async fn desired(hand: &Hand) -> Vec<i64> {
    let events = hand.wired.sandbox.events(&hand.workspace).await;
    let updates = events.expect("the events").into_iter();
    let updates = updates.filter(|event| event.operation == "UpdateService");
    updates
        .filter_map(|event| event.parameters["desiredCount"].as_i64())
        .collect()
}
