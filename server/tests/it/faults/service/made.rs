//! Faults of how the service is made.

use aws_sdk_ecs::types::{
    CapacityProviderStrategyItem, DeploymentController, DeploymentControllerType, KeyValuePair,
    PortMapping,
};
use workshop::blueprint::Kind::{RunningTasks, Service};

use super::make::{CONTAINER, FAMILY, PROD, TEST};
use crate::faults::account::Hand;
use crate::faults::fault::{Fault, warned, wrong};

const AGAIN: &str = "Delete the service with its tasks, wait until it is gone, and create it again";
const PROVIDER: &str = "tripmgmt-demo-provider";

pub(super) fn faults() -> Vec<Fault> {
    let mut faults = of_the_service();
    faults.extend(of_its_tasks());
    faults.extend(behind_the_balancer());
    faults.extend(of_its_grace_period());
    faults
}

fn of_the_service() -> Vec<Fault> {
    vec![
        wrong(
            Service,
            "controller",
            "“Rolling update” was chosen",
            ["ECS", "“Rolling update” was chosen", AGAIN],
            |hand| Box::pin(async move { hand.make_rolling().await }),
        ),
        wrong(
            Service,
            "launch",
            "another capacity provider was chosen, which has no instance",
            [
                "capacity provider other",
                "tasks placed elsewhere never start",
                AGAIN,
            ],
            |hand| {
                Box::pin(async move {
                    let group = hand.another_group().await;
                    hand.provider_of("other", &group).await;
                    hand.providers(&[PROVIDER, "other"]).await;
                    hand.wait();
                    hand.make_with_strategy("other").await;
                })
            },
        )
        .also(&[
            (RunningTasks, "running"),
            (RunningTasks, "healthy"),
            (RunningTasks, "stopped"),
        ]),
        warned(
            Service,
            "launch",
            "a strategy with the workshop's provider was chosen",
            [
                "capacity provider tripmgmt-demo-provider",
                "Name the same strategy in appspec.yaml",
            ],
            |hand| Box::pin(async move { hand.make_with_strategy(PROVIDER).await }),
        ),
    ]
}

fn of_its_tasks() -> Vec<Fault> {
    vec![
        wrong(
            Service,
            "task_definition",
            "another family was chosen",
            ["other:1", "from another task definition", AGAIN],
            |hand| {
                Box::pin(async move {
                    let like = hand.definition().await;
                    hand.register("other", &like).await;
                    hand.make_service_again(|service| service.task_definition("other"))
                        .await;
                })
            },
        ),
        warned(
            Service,
            "task_definition",
            "a revision came after it",
            [
                "tripmgmt-demo-taskdef:1",
                "The next deployment brings it; a service under CodeDeploy cannot be updated",
            ],
            |hand| {
                Box::pin(async move {
                    let like = hand.definition().await;
                    hand.register(FAMILY, &like).await;
                })
            },
        ),
    ]
}

fn behind_the_balancer() -> Vec<Fault> {
    vec![
        wrong(
            Service,
            "target_groups",
            "the service has both target groups",
            [
                "tripmgmt-prod-tg, tripmgmt-test-tg",
                "With two, a deployment never gets past its first step",
                AGAIN,
            ],
            |hand| {
                Box::pin(async move {
                    let second = hand.behind(TEST, CONTAINER, 8080).await;
                    hand.make_service_again(|service| service.load_balancers(second))
                        .await;
                })
            },
        ),
        wrong(
            Service,
            "target_groups",
            "the service is behind the test listener",
            [TEST, "the one that production forwards to", AGAIN],
            |hand| {
                Box::pin(async move {
                    let only = vec![hand.behind(TEST, CONTAINER, 8080).await];
                    hand.make_service_again(|service| service.set_load_balancers(Some(only)))
                        .await;
                })
            },
        ),
        wrong(
            Service,
            "container",
            "another container of the task is behind the balancer",
            ["proxy", "Another container of the task", AGAIN],
            |hand| Box::pin(async move { hand.make_behind_a_proxy().await }),
        )
        .also(&[(Service, "task_definition")]),
        wrong(
            Service,
            "port",
            "the balancer asks another port",
            ["9090", "The application listens on 8080", AGAIN],
            |hand| Box::pin(async move { hand.make_on_port_9090().await }),
        )
        .also(&[(Service, "task_definition")]),
    ]
}

fn of_its_grace_period() -> Vec<Fault> {
    vec![
        wrong(
            Service,
            "grace",
            "half an hour of grace",
            [
                "1800 seconds",
                "a task that does not answer would not be replaced",
                "set the health check grace period to 120 seconds",
            ],
            |hand| Box::pin(async move { hand.grace(1800).await }),
        ),
        warned(
            Service,
            "grace",
            "no grace, as the console proposes",
            [
                "0 seconds",
                "ECS would replace its tasks before they are up",
            ],
            |hand| Box::pin(async move { hand.grace(0).await }),
        ),
    ]
}

impl Hand {
    async fn make_rolling(&self) {
        let rolling = DeploymentController::builder().r#type(DeploymentControllerType::Ecs);
        let rolling = rolling.build().expect("a controller");
        self.make_service_again(|service| service.deployment_controller(rolling))
            .await;
    }

    async fn make_with_strategy(&self, provider: &str) {
        let item = CapacityProviderStrategyItem::builder().capacity_provider(provider);
        let item = item.weight(1).build().expect("a provider");
        self.make_service_again(|service| {
            service
                .set_launch_type(None)
                .capacity_provider_strategy(item)
        })
        .await;
    }

    /// A container stands in front of the application, and answers by itself.
    async fn make_behind_a_proxy(&self) {
        let only = vec![self.behind(PROD, "proxy", 8080).await];
        self.make_service_of(
            |containers| {
                let mut proxy = containers[0].clone();
                proxy.name = Some("proxy".to_owned());
                containers.push(proxy);
            },
            |service| service.set_load_balancers(Some(only)),
        )
        .await;
    }

    /// The application listens on another port, as its environment says, and the balancer asks it.
    async fn make_on_port_9090(&self) {
        let only = vec![self.behind(PROD, CONTAINER, 9090).await];
        self.make_service_of(
            |containers| {
                let port = PortMapping::builder().container_port(9090).host_port(0);
                containers[0].port_mappings = Some(vec![port.build()]);
                let variable = KeyValuePair::builder().name("SERVER_PORT").value("9090");
                let variables = containers[0].environment.get_or_insert_default();
                variables.push(variable.build());
            },
            |service| service.set_load_balancers(Some(only)),
        )
        .await;
    }
}
