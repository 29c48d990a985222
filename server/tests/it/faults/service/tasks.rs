//! Faults of the tasks: what keeps them from running, or from being healthy.
//!
//! Why they stop, in the twelve ways of the workshop's own list, is in `common_issues`.

use aws_sdk_ecs::types::PortMapping;
use workshop::blueprint::Kind::{FirstImage, InstanceIngress, LogGroup, RunningTasks, Service};

use super::make::{CONTAINER, PROD};
use crate::faults::account::Hand;
use crate::faults::fault::{Fault, warned, wrong};

const ANEW: &str = "set the number of desired tasks to 0 and back to 2";

pub(super) fn faults() -> Vec<Fault> {
    let mut faults = wanted();
    faults.extend(kept_from_running());
    faults.extend(kept_from_health());
    faults
}

fn wanted() -> Vec<Fault> {
    const SET: &str = "set the number of desired tasks to 2";
    vec![
        wrong(
            RunningTasks,
            "desired",
            "no task is wanted",
            ["0", "With 0 nothing runs", SET],
            |hand| {
                Box::pin(async move {
                    hand.desire(0).await;
                    hand.wait();
                })
            },
        )
        .also(&[(RunningTasks, "running"), (RunningTasks, "healthy")]),
        wrong(
            RunningTasks,
            "desired",
            "more tasks than leave room for a deployment",
            ["4", "finds no room for twice as many", SET],
            |hand| {
                Box::pin(async move {
                    hand.desire(4).await;
                    hand.wait();
                })
            },
        ),
        warned(
            RunningTasks,
            "desired",
            "one task",
            ["1", "nobody is served while it is replaced"],
            |hand| {
                Box::pin(async move {
                    hand.desire(1).await;
                    hand.wait();
                })
            },
        ),
        warned(
            RunningTasks,
            "desired",
            "three tasks",
            ["3", "Two instances just hold the six tasks of a deployment"],
            |hand| {
                Box::pin(async move {
                    hand.desire(3).await;
                    hand.wait();
                })
            },
        ),
    ]
}

fn kept_from_running() -> Vec<Fault> {
    vec![
        wrong(
            RunningTasks,
            "running",
            "more tasks than the instances hold",
            [
                "6 of 8",
                "do not get as far as running",
                "There ECS tells why",
            ],
            |hand| {
                Box::pin(async move {
                    hand.desire(8).await;
                    hand.wait();
                })
            },
        )
        .also(&[
            (RunningTasks, "desired"),
            (RunningTasks, "healthy"),
            (RunningTasks, "stopped"),
        ]),
        wrong(
            RunningTasks,
            "stopped",
            "the instances have no room for the last of the tasks",
            [
                "No instance has enough memory left for another task.",
                "what ECS tells of the last task",
                ANEW,
            ],
            |hand| {
                Box::pin(async move {
                    hand.desire(8).await;
                    hand.wait();
                })
            },
        )
        .also(&[
            (RunningTasks, "desired"),
            (RunningTasks, "healthy"),
            (RunningTasks, "running"),
        ]),
        wrong(
            RunningTasks,
            "stopped",
            "the log group was deleted",
            [
                "The log group that the task definition names does not exist.",
                "what ECS tells of the last task",
                ANEW,
            ],
            |hand| Box::pin(async move { hand.start_without_a_log().await }),
        )
        .also(&[
            (LogGroup, "exists"),
            (RunningTasks, "running"),
            (RunningTasks, "healthy"),
        ])
        .by_hand(),
        wrong(
            RunningTasks,
            "image",
            "the image was deleted before the tasks were started",
            [
                "not there",
                "The service was made before its image",
                "Push the image. Then set the number of desired tasks to 0 and back to 2",
            ],
            |hand| {
                Box::pin(async move {
                    hand.delete_image().await;
                    hand.start_anew().await;
                    hand.wait();
                })
            },
        )
        .also(&[
            (FirstImage, "exists"),
            (RunningTasks, "running"),
            (RunningTasks, "healthy"),
            (RunningTasks, "stopped"),
        ])
        .by_hand(),
    ]
}

fn kept_from_health() -> Vec<Fault> {
    vec![
        wrong(
            RunningTasks,
            "healthy",
            "the instances do not admit the balancer",
            [
                "0 of 2, no answer, as a rule since the instances' security group does not admit the balancer (Target.Timeout)",
                "The balancer's health checks do not reach the tasks",
                "open tripmgmt-ecs-sg to tripmgmt-alb-sg as in step 6",
            ],
            |hand| {
                Box::pin(async move {
                    hand.forget_the_balancer().await;
                    hand.start_in_grace().await;
                })
            },
        )
        .also(&[(InstanceIngress, "exists")]),
        wrong(
            RunningTasks,
            "healthy",
            "the health checks ask another port",
            [
                "0 of 2, no connection: the application does not listen on the port that is asked (Target.FailedHealthChecks)",
                "The balancer's health checks do not reach the tasks",
                "set the health check's path to /",
            ],
            |hand| {
                Box::pin(async move {
                    hand.make_on_a_deaf_port().await;
                    hand.start_in_grace().await;
                })
            },
        )
        .also(&[(Service, "port"), (Service, "task_definition")]),
    ]
}

impl Hand {
    /// The balancer asks a port that is open, and on which nothing listens.
    pub(super) async fn make_on_a_deaf_port(&self) {
        let only = vec![self.behind(PROD, CONTAINER, 9090).await];
        self.make_service_of(
            |containers| {
                let port = PortMapping::builder().container_port(9090).host_port(0);
                let ports = containers[0].port_mappings.get_or_insert_default();
                ports.push(port.build());
            },
            |service| service.set_load_balancers(Some(only)),
        )
        .await;
    }

    async fn start_without_a_log(&self) {
        let delete = self.logs.delete_log_group();
        let delete = delete.log_group_name("/ecs/tripmgmt-demo-taskdef");
        delete.send().await.expect("no log group");
        self.start_anew().await;
        self.wait();
    }

    /// Starts the tasks anew, and looks when they have been up for long enough, and before their
    /// grace is over, which is ten minutes and thus six seconds here.
    pub(super) async fn start_in_grace(&self) {
        self.grace(600).await;
        self.start_anew().await;
        self.tick(5_000);
    }
}
