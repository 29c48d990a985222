//! “ECS Tasks Not Starting”.

use aws_sdk_ecs::types::KeyValuePair;
use aws_sdk_ssm::types::ParameterType;
use workshop::blueprint::Kind::{
    DbSecurityGroup, ExecutionRole, FirstImage, RunningTasks, Service,
};

use super::{NOTHING_RUNS, tasks_stop, wrong_are};
use crate::faults::account::{Finished, Hand, Seen};

#[tokio::test]
async fn the_execution_role_lacks_a_permission() {
    let finished = Finished::make().await;
    let hand = finished.copy("no-permission").await;
    let policy = "service-role/AmazonECSTaskExecutionRolePolicy";
    hand.detach("ecsTaskExecutionRole", policy).await;
    let seen = hand.start_in_vain().await;
    assert!(hand.stopped_reason().await.contains("AccessDenied"));
    tasks_stop(
        &seen,
        "The task execution role may not pull the image: it lacks ecr:GetAuthorizationToken.",
        &[(ExecutionRole, "policies")],
    );
}

#[tokio::test]
async fn the_image_is_not_there() {
    let finished = Finished::make().await;
    let hand = finished.copy("no-image").await;
    hand.delete_image().await;
    let seen = hand.start_in_vain().await;
    assert!(hand.stopped_reason().await.contains("manifest unknown"));
    tasks_stop(
        &seen,
        "The image is not in the repository: nothing was pushed under the tag that the task definition names.",
        &[(FirstImage, "exists"), (RunningTasks, "image")],
    );
}

#[tokio::test]
async fn the_page_says_which_of_url_password_and_route_keeps_the_database_away() {
    let finished = Finished::make().await;

    let hand = finished.copy("no-host").await;
    hand.make_with_url(|url| url.replace(".cluster-", ".cluster-ro-of-another-"))
        .await;
    let found = stops_because(&hand).await;
    assert!(found.starts_with("SPRING_DATASOURCE_URL is wrong: there is no database at tripmgmt-dbcluster.cluster-ro-of-another-"), "{found}");

    let hand = finished.copy("no-database").await;
    hand.make_with_url(|url| url.replace(":5432/tripmgmt", ":5432/trips"))
        .await;
    let found = stops_because(&hand).await;
    let sentence = "SPRING_DATASOURCE_URL is wrong: the cluster has no database trips.";
    assert_eq!(found, sentence);

    let hand = finished.copy("no-port").await;
    hand.make_with_url(|url| url.replace(":5432/", ":5433/"))
        .await;
    let found = stops_because(&hand).await;
    let sentence = "SPRING_DATASOURCE_URL is wrong: it names port 5433, and the cluster's is 5432.";
    assert_eq!(found, sentence);

    let hand = finished.copy("no-driver").await;
    hand.make_with_url(|url| url.replace("jdbc:postgresql:", "postgresql:"))
        .await;
    let found = stops_because(&hand).await;
    let sentence =
        "SPRING_DATASOURCE_URL is wrong: it has to read jdbc:postgresql://endpoint:5432/database.";
    assert_eq!(found, sentence);

    let hand = finished.copy("no-password").await;
    let other = "another-password";
    hand.password(ParameterType::SecureString, other).await;
    let seen = hand.start_in_vain().await;
    hand.ended_by_itself().await;
    tasks_stop(
        &seen,
        "The database refuses SPRING_DATASOURCE_PASSWORD: it is not the password of postgres.",
        &[],
    );

    let hand = finished.copy("no-route").await;
    hand.close().await;
    let seen = hand.start_in_vain().await;
    hand.ended_by_itself().await;
    tasks_stop(
        &seen,
        "The database does not answer: its security group does not admit the instances on port 5432.",
        &[(DbSecurityGroup, "ingress")],
    );
}

/// What the page says of tasks that were made from a revision with a wrong URL.
async fn stops_because(hand: &Hand) -> String {
    let seen: Seen = hand.see().await;
    hand.ended_by_itself().await;
    wrong_are(
        &seen,
        &[&[(RunningTasks, "stopped")], &NOTHING_RUNS[..]].concat(),
    );
    let warning = &seen.of(Service, "task_definition").warning;
    assert!(warning.is_some(), "the right revision came later");
    seen.of(RunningTasks, "stopped").found.clone()
}

impl Hand {
    async fn make_with_url(&self, change: impl FnOnce(&str) -> String) {
        self.make_service_of(
            |containers| {
                let variables = containers[0].environment.get_or_insert_default();
                let name = "SPRING_DATASOURCE_URL";
                let url = variables.iter_mut().find(|it| it.name() == Some(name));
                let url = url.expect("the URL");
                let changed = change(url.value().unwrap_or_default());
                assert_ne!(url.value(), Some(&*changed));
                *url = KeyValuePair::builder().name(name).value(changed).build();
            },
            |service| service,
        )
        .await;
    }

    /// What ECS says of a task that stopped.
    async fn stopped_reason(&self) -> String {
        self.stopped_task().await.stopped_reason.unwrap_or_default()
    }

    /// The application came up, and ended by itself.
    async fn ended_by_itself(&self) {
        let task = self.stopped_task().await;
        let reason = task.stopped_reason().unwrap_or_default();
        assert_eq!(reason, "Essential container in task exited", "{task:#?}");
        assert_eq!(task.containers()[0].exit_code(), Some(1), "{task:#?}");
    }
}
