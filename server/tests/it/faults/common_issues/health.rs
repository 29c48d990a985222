//! “Load Balancer Health Checks Failing”.

use aws_sdk_ecs::types::KeyValuePair;
use workshop::blueprint::Kind::{InstanceIngress, ProdTargetGroup};

use super::tasks_stop;
use crate::faults::account::{Finished, Hand};
use crate::faults::service::make::PROD;

#[tokio::test]
async fn the_instances_do_not_admit_the_balancer() {
    let finished = Finished::make().await;
    let hand = finished.copy("no-way").await;
    hand.forget_the_balancer().await;
    let seen = hand.start_in_vain().await;
    hand.was_replaced_as_unhealthy().await;
    tasks_stop(
        &seen,
        "The load balancer gets no answer from the tasks, and ECS replaces them: the instances' security group does not admit the balancer on the ports that Docker chooses.",
        &[(InstanceIngress, "exists")],
    );
}

#[tokio::test]
async fn the_application_listens_on_another_port() {
    let finished = Finished::make().await;
    let hand = finished.copy("no-ear").await;
    hand.make_service_of(
        |containers| {
            let variables = containers[0].environment.get_or_insert_default();
            let port = KeyValuePair::builder().name("SERVER_PORT").value("9090");
            variables.push(port.build());
        },
        |service| service,
    )
    .await;
    let seen = hand.see().await;
    hand.was_replaced_as_unhealthy().await;
    tasks_stop(
        &seen,
        "The load balancer asks a port on which the application does not listen, and ECS replaces the tasks. The application's is 8080.",
        &[],
    );
}

#[tokio::test]
async fn the_health_checks_ask_for_a_page_that_is_not_there() {
    let finished = Finished::make().await;
    let hand = finished.copy("no-page").await;
    hand.group_changed(PROD, |group| group.health_check_path("/nothing"))
        .await;
    let seen = hand.start_in_vain().await;
    hand.was_replaced_as_unhealthy().await;
    tasks_stop(
        &seen,
        "The load balancer's health checks get another answer than the one that counts, and ECS replaces the tasks: Health checks failed with these codes: [404]. The workshop's path is /, its success code 200.",
        &[(ProdTargetGroup, "path")],
    );
}

impl Hand {
    async fn was_replaced_as_unhealthy(&self) {
        let task = self.stopped_task().await;
        let reason = task.stopped_reason().unwrap_or_default();
        assert!(reason.contains("failed ELB health checks"), "{task:#?}");
    }
}
