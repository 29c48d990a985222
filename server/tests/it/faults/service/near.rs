//! The service and its image, under another name or elsewhere.

use workshop::blueprint::Kind::{FirstImage, RunningTasks, Service};

use super::make::{CLUSTER, FAMILY, SERVICE};
use crate::faults::account::Hand;
use crate::faults::fault::{Fault, wrong};

pub(super) fn faults() -> Vec<Fault> {
    let mut faults = of_the_service();
    faults.extend(of_the_image());
    faults
}

fn of_the_service() -> Vec<Fault> {
    vec![
        wrong(
            Service,
            "exists",
            "its name is a slip away",
            [
                "none, but tripmgmt-demo-servcie is there",
                "The name is a slip away",
                "again as tripmgmt-demo-service, and delete tripmgmt-demo-servcie:",
            ],
            |hand| {
                Box::pin(async move {
                    hand.delete_service().await;
                    let service = hand.service("tripmgmt-demo-servcie").await;
                    service.send().await.expect("a service");
                    hand.wait();
                })
            },
        )
        .also(&[(RunningTasks, "exists")]),
        wrong(
            Service,
            "exists",
            "it was made in another Region",
            [
                "none here, but one in us-east-1",
                "was set to us-east-1 when it was created",
                "Switch to eu-west-1, create it again there",
            ],
            |hand| Box::pin(async move { hand.in_region("us-east-1").small_service().await }),
        )
        .starting_with_nothing(),
        wrong(
            RunningTasks,
            "exists",
            "the service was deleted",
            [
                "none",
                "by itself from the ECS service tripmgmt-demo-service",
                "Check step 7",
            ],
            |hand| Box::pin(async move { hand.delete_service().await }),
        )
        .also(&[(Service, "exists")]),
    ]
}

fn of_the_image() -> Vec<Fault> {
    vec![
        wrong(
            FirstImage,
            "exists",
            "the image was deleted, while its tasks run",
            [
                "none",
                "not created yet",
                "named exactly tripmgmt-demo:latest",
            ],
            |hand| Box::pin(async move { hand.delete_image().await }),
        ),
        wrong(
            FirstImage,
            "exists",
            "it was pushed to another Region",
            [
                "none here, but one in us-west-2",
                "was set to us-west-2 when it was created",
                "delete the one in us-west-2",
            ],
            |hand| {
                Box::pin(async move {
                    hand.delete_image().await;
                    let hand = hand.in_region("us-west-2");
                    let create = hand.ecr.create_repository();
                    let create = create.repository_name("tripmgmt-demo").send();
                    create.await.expect("a repository");
                    hand.push_record("latest").await;
                })
            },
        ),
    ]
}

impl Hand {
    /// The smallest service of the workshop's name, with what it needs.
    async fn small_service(&self) {
        let cluster = self.ecs.create_cluster().cluster_name(CLUSTER);
        cluster.send().await.expect("a cluster");
        let container = aws_sdk_ecs::types::ContainerDefinition::builder()
            .name("app")
            .image("nginx")
            .memory(128);
        let family = self.ecs.register_task_definition().family(FAMILY);
        let family = family.container_definitions(container.build());
        family.send().await.expect("a task definition");
        let service = self.ecs.create_service().cluster(CLUSTER);
        let service = service.service_name(SERVICE).task_definition(FAMILY);
        let service = service.desired_count(0).send().await;
        service.expect("a service");
    }
}
