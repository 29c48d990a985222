//! Mixtures of the two designs: each looks right piece by piece, and none deploys what was pushed.

use aws_sdk_codebuild::types::EnvironmentVariable;
use aws_sdk_ecr::types::ImageTagMutability;
use serde_json::json;
use workshop::blueprint::Kind::Pipeline;
use workshop::blueprint::Step;
use workshop::model::Outcome;

use super::commits::two_commits;
use super::registry::Registry;
use crate::faults::account::{Finished, Hand};
use crate::faults::build::LATEST_ALONE;
use crate::faults::fault::Deed;

/// What somebody mixed, and what becomes of it.
type Mixture = (&'static str, fn(Hand) -> Deed);

const MIXTURES: [Mixture; 9] = [
    (
        "taskdef.json says latest, the build tags by commit",
        |hand| {
            Box::pin(async move {
                hand.image_of_taskdef(":latest").await;
                hand.put_no_image_in().await;
                build_by_commit_alone(&hand);
            })
        },
    ),
    (
        "taskdef.json says latest, and an image is put in that has no place",
        |hand| {
            Box::pin(async move {
                hand.image_of_taskdef(":latest").await;
                build_by_commit_alone(&hand);
            })
        },
    ),
    ("nothing is put in where <IMAGE1_NAME> stands", |hand| {
        Box::pin(async move { hand.put_no_image_in().await })
    }),
    (
        "the build pushes latest alone and says nothing of it",
        |hand| Box::pin(async move { build_latest_alone(&hand) }),
    ),
    ("the image is looked for in the source", |hand| {
        Box::pin(async move {
            hand.configure(2, &[("Image1ArtifactName", "SourceArtifact")])
                .await;
        })
    }),
    ("another placeholder is filled", |hand| {
        Box::pin(async move {
            hand.configure(2, &[("Image1ContainerName", "IMAGE")]).await;
        })
    }),
    ("latest may not move", |hand| {
        Box::pin(async move {
            hand.release_latest().await;
            hand.tags(ImageTagMutability::Immutable, None).await;
        })
    }),
    (
        "latest may not move, and the build pushes nothing else",
        |hand| {
            Box::pin(async move {
                hand.release_latest().await;
                build_latest_alone(&hand);
                let other = Some("release*");
                hand.tags(ImageTagMutability::ImmutableWithExclusion, other)
                    .await;
            })
        },
    ),
    ("IMAGE_TAG is not latest", |hand| {
        Box::pin(async move {
            hand.release_latest().await;
            hand.image_tag("v1").await;
        })
    }),
];

#[tokio::test]
async fn a_mixture_is_wrong_as_a_whole_and_releases_nothing_new() {
    let finished = Finished::make().await;
    for (number, (what, mix)) in MIXTURES.iter().enumerate() {
        let hand = finished.copy(&format!("mixture-{number}")).await;
        hand.see().await;
        mix(hand.clone()).await;
        let (one, other) = two_commits(&hand);
        let registry = Registry::of(&hand).await;
        let first = hand.release(&registry, &one).await;
        let second = hand.release(&registry, &other).await;
        let fails = first.is_err() || second.is_err();
        assert!(fails || first == second, "{what}: {first:?}, {second:?}");

        let seen = hand.see().await;
        let design = seen.of(Pipeline, "image_design");
        assert_eq!(design.outcome, Outcome::Wrong, "{what}: {design:#?}");
        let cause = design.cause.as_deref().unwrap_or_default();
        assert!(cause.starts_with("Two designs are mixed."), "{cause}");
        let step = hand.see_of(&[Step::Pipeline]).await;
        let wrong = step.0.values().filter(|it| it.outcome == Outcome::Wrong);
        assert_eq!(wrong.count(), 1, "{what}: said once, as a whole");
    }
}

/// The buildspec of the workshop's text.
pub(super) fn build_latest_alone(hand: &Hand) {
    hand.push(|tree| {
        std::fs::write(tree.join("buildspec.yml"), LATEST_ALONE).expect("the file");
    });
}

/// The generated buildspec without its push of latest.
fn build_by_commit_alone(hand: &Hand) {
    let push = "docker push \"$IMAGE:$IMAGE_TAG\"";
    hand.replace_in("buildspec.yml", push, "true");
}

impl Hand {
    async fn image_of_taskdef(&self, tag: &str) {
        let image = self.yielded("image_repository_uri").await + tag;
        self.taskdef(|file| file["containerDefinitions"][0]["image"] = json!(image));
    }

    async fn put_no_image_in(&self) {
        self.pipeline_with(|pipeline| {
            let action = &mut pipeline.stages[2].actions[0];
            let given = action.configuration.as_mut().expect("its configuration");
            given.retain(|key, _| !key.starts_with("Image1"));
        })
        .await;
    }

    /// Sets a variable of the build project.
    async fn image_tag(&self, value: &str) {
        let get = self.codebuild.batch_get_projects();
        let found = get.names("codebuild-tripmgmt-demo").send().await;
        let mut project = found.expect("the project").projects.unwrap_or_default();
        let environment = project.pop().and_then(|project| project.environment);
        let mut environment = environment.expect("its environment");
        let variables = environment.environment_variables.get_or_insert_default();
        variables.retain(|variable| variable.name != "IMAGE_TAG");
        let tag = EnvironmentVariable::builder()
            .name("IMAGE_TAG")
            .value(value);
        variables.push(tag.build().expect("a variable"));
        let update = self.codebuild.update_project();
        let update = update
            .name("codebuild-tripmgmt-demo")
            .environment(environment);
        update.send().await.expect("a change");
    }
}
