//! Which image gets deployed: two designs, each of which deploys another image for another commit,
//! and their mixtures, none of which does.
//!
//! No pipeline runs here. The files of the repository and the pipeline's structure are followed as
//! `CodeBuild` and `CodePipeline` follow them: the buildspec's own commands push to a registry that
//! has the account's tag settings, and what the deploy action makes of it is looked up there.

mod build;
mod commits;
mod deployment;
mod mixtures;
mod registry;
mod roles;

use std::collections::BTreeMap;

use workshop::blueprint::Step;
use workshop::model::{Outcome, Provisioned};
use workshop::panel::Panel;

use super::account::{Finished, Hand};
use commits::{Commit, two_commits};
use registry::Registry;

#[tokio::test]
async fn by_commit_two_commits_are_two_images_and_a_retry_is_the_same() {
    let finished = Finished::make().await;
    let hand = finished.copy("by-commit").await;
    let (one, other) = two_commits(&hand);
    for finding in hand.see().await.0.values() {
        assert_eq!(finding.outcome, Outcome::Passed, "{finding:#?}");
    }
    roles::may_release(&hand).await;

    let registry = Registry::of(&hand).await;
    let first = hand.release(&registry, &one).await;
    let second = hand.release(&registry, &other).await;
    assert_eq!(first, Ok(one.digest()));
    assert_eq!(second, Ok(other.digest()));
    assert_ne!(first, second);
    // Back to the first: its build finds the image, whatever was built since.
    assert_eq!(hand.release(&registry, &one).await, first);
}

#[tokio::test]
async fn by_latest_two_commits_are_two_images() {
    let finished = Finished::make().await;
    let hand = finished.copy("by-latest").await;
    hand.release_latest().await;
    let (one, other) = two_commits(&hand);
    for finding in hand.see().await.0.values() {
        assert_eq!(finding.outcome, Outcome::Passed, "{finding:#?}");
    }
    roles::may_release(&hand).await;

    let registry = Registry::of(&hand).await;
    let first = hand.release(&registry, &one).await;
    let second = hand.release(&registry, &other).await;
    assert_eq!(first, Ok(one.digest()));
    assert_eq!(second, Ok(other.digest()));
    assert_ne!(first, second);
}

#[tokio::test]
async fn the_workshop_s_own_buildspec_does_for_latest() {
    let finished = Finished::make().await;
    let hand = finished.copy("workshop").await;
    hand.release_latest().await;
    mixtures::build_latest_alone(&hand);
    let (one, other) = two_commits(&hand);
    let seen = hand.see().await;
    let design = seen.of(workshop::blueprint::Kind::Pipeline, "image_design");
    assert_eq!(design.outcome, Outcome::Passed, "{design:#?}");
    let registry = Registry::of(&hand).await;
    for commit in [one, other] {
        let released = hand.release(&registry, &commit).await;
        assert_eq!(released, Ok(commit.digest()));
    }
}

impl Hand {
    /// Makes the files and the pipeline again by form, for the design of the workshop's text.
    async fn release_latest(&self) {
        self.see().await;
        self.delete_pipeline().await;
        self.push(|tree| {
            for file in ["taskdef.json", "appspec.yaml"] {
                std::fs::remove_file(tree.join(file)).expect("one less");
            }
        });
        let latest = ("pipeline.design".to_owned(), "latest".to_owned());
        let answers = BTreeMap::from([latest]);
        let (panel, who) = (&self.wired.panel, self.who());
        let made = panel.provision(&who, Step::Pipeline, answers).await;
        assert!(matches!(made, Ok(Provisioned::Made { .. })), "{made:?}");
    }

    /// What a pipeline run with this commit deploys: the digest of the image that the tasks run, or
    /// why it comes to nothing.
    async fn release(&self, registry: &Registry, commit: &Commit) -> Result<String, String> {
        let built = self.build(registry, commit).await?;
        self.deploy(registry, commit, &built).await
    }
}
