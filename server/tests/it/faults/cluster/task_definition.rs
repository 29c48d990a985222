//! Faults of the task definition.

use aws_sdk_ecs::types::{
    Compatibility, ContainerDefinition, KeyValuePair, LogConfiguration, LogDriver, NetworkMode,
    PortMapping, Secret,
};
use workshop::blueprint::Kind::{Service, TaskDefinition};

use crate::faults::account::Hand;
use crate::faults::fault::{Fault, warned, wrong};

const FAMILY: &str = "tripmgmt-demo-taskdef";
const AGAIN: &str = "Create a new revision of tripmgmt-demo-taskdef";

pub(super) fn faults() -> Vec<Fault> {
    let mut faults = of_the_task();
    faults.extend(of_the_container());
    faults.extend(of_the_database());
    // The service still runs the revision before.
    let later = [(Service, "task_definition")];
    let faults = faults.into_iter().map(|fault| fault.and_also(&later));
    faults.collect()
}

fn of_the_task() -> Vec<Fault> {
    vec![
        wrong(
            TaskDefinition,
            "compatibility",
            "it is for Fargate",
            ["FARGATE", "for Fargate only", AGAIN],
            |hand| {
                Box::pin(async move {
                    hand.revision(|task| {
                        task.compatibility = Compatibility::Fargate;
                        task.network = NetworkMode::Awsvpc;
                        "512".clone_into(&mut task.memory);
                    })
                    .await;
                })
            },
        )
        .also(&[
            (TaskDefinition, "network"),
            (TaskDefinition, "memory"),
            (TaskDefinition, "ports"),
        ]),
        wrong(
            TaskDefinition,
            "network",
            "the network mode is the console's proposal",
            ["awsvpc", "what the console proposes", AGAIN],
            |hand| {
                Box::pin(async move {
                    hand.revision(|task| task.network = NetworkMode::Awsvpc)
                        .await;
                })
            },
        )
        .also(&[(TaskDefinition, "ports")]),
        wrong(
            TaskDefinition,
            "memory",
            "a task takes half an instance and more",
            ["1024", "waits for room that never comes", AGAIN],
            |hand| {
                Box::pin(async move {
                    hand.revision(|task| "1024".clone_into(&mut task.memory))
                        .await;
                })
            },
        ),
        warned(
            TaskDefinition,
            "memory",
            "what the console offers instead of 500 MiB",
            ["512", "Not the workshop's number"],
            |hand| {
                Box::pin(async move {
                    hand.revision(|task| "512".clone_into(&mut task.memory))
                        .await;
                })
            },
        ),
        wrong(
            TaskDefinition,
            "cpu",
            "a task takes a whole instance",
            ["2048", "two instances with 2048 units", AGAIN],
            |hand| {
                Box::pin(async move {
                    hand.revision(|task| "2048".clone_into(&mut task.cpu)).await;
                })
            },
        ),
        wrong(
            TaskDefinition,
            "execution_role",
            "the instances' role stands in its place",
            [
                "arn:aws:iam::*",
                "neither pull the image nor read the password",
                AGAIN,
            ],
            |hand| {
                Box::pin(async move {
                    hand.revision(|task| {
                        task.role = task.role.replace("ecsTaskExecutionRole", "ecsInstanceRole");
                    })
                    .await;
                })
            },
        ),
    ]
}

fn of_the_container() -> Vec<Fault> {
    vec![
        wrong(
            TaskDefinition,
            "container",
            "the container is called otherwise",
            ["app", "name the container exactly", AGAIN],
            |hand| {
                Box::pin(async move {
                    hand.revision(|task| "app".clone_into(&mut task.container))
                        .await;
                })
            },
        ),
        wrong(
            TaskDefinition,
            "image",
            "another image runs",
            ["nginx:latest", "the one that step 8 pushes", AGAIN],
            |hand| {
                Box::pin(async move {
                    hand.revision(|task| "nginx:latest".clone_into(&mut task.image))
                        .await;
                })
            },
        ),
        wrong(
            TaskDefinition,
            "ports",
            "the host port is fixed",
            ["tcp 8080, host port 8080", "holds one task only", AGAIN],
            |hand| Box::pin(async move { hand.revision(|task| task.host_port = 8080).await }),
        ),
        wrong(
            TaskDefinition,
            "logs",
            "the output goes to another group",
            ["/ecs/other", "nobody can say why", AGAIN],
            |hand| {
                Box::pin(async move {
                    hand.revision(|task| "/ecs/other".clone_into(&mut task.logs))
                        .await;
                })
            },
        ),
    ]
}

fn of_the_database() -> Vec<Fault> {
    vec![
        wrong(
            TaskDefinition,
            "url",
            "the endpoint was left as in the workshop's text",
            [
                "jdbc:postgresql://<rds-endpoint>:5432/tripmgmt",
                "would not find its database",
                AGAIN,
            ],
            |hand| {
                Box::pin(async move {
                    hand.revision(|task| {
                        "jdbc:postgresql://<rds-endpoint>:5432/tripmgmt".clone_into(&mut task.url);
                    })
                    .await;
                })
            },
        ),
        wrong(
            TaskDefinition,
            "user",
            "another user is named",
            ["root", "no user of this name", AGAIN],
            |hand| {
                Box::pin(async move {
                    hand.revision(|task| "root".clone_into(&mut task.user))
                        .await;
                })
            },
        ),
        wrong(
            TaskDefinition,
            "password",
            "another parameter is named",
            ["parameter /other/password", "without the password", AGAIN],
            |hand| {
                Box::pin(async move {
                    hand.revision(|task| "/other/password".clone_into(&mut task.secret))
                        .await;
                })
            },
        ),
        warned(
            TaskDefinition,
            "password",
            "the password is written out, as in the workshop's text",
            ["written out", "reads the password"],
            |hand| Box::pin(async move { hand.revision(|task| task.secret.clear()).await }),
        ),
    ]
}

/// A revision, as the workshop wants it.
struct Task {
    compatibility: Compatibility,
    network: NetworkMode,
    memory: String,
    cpu: String,
    role: String,
    container: String,
    image: String,
    host_port: i32,
    logs: String,
    url: String,
    user: String,
    /// The parameter with the password; empty where the password is written out.
    secret: String,
}

impl Hand {
    /// Registers a revision that is right but for `spoil`.
    async fn revision(&self, spoil: impl FnOnce(&mut Task)) {
        let latest = self
            .ecs
            .describe_task_definition()
            .task_definition(FAMILY)
            .send()
            .await;
        let latest = latest.expect("the latest").task_definition.expect("it");
        let container = &latest.container_definitions()[0];
        let mut task = Task {
            compatibility: Compatibility::Ec2,
            network: NetworkMode::Bridge,
            memory: "500".to_owned(),
            cpu: "256".to_owned(),
            role: latest.execution_role_arn().expect("a role").to_owned(),
            container: "tripmgmt-demo-container".to_owned(),
            image: container.image().expect("an image").to_owned(),
            host_port: 0,
            logs: "/ecs/tripmgmt-demo-taskdef".to_owned(),
            url: container.environment()[0]
                .value()
                .expect("a URL")
                .to_owned(),
            user: "postgres".to_owned(),
            secret: "/tripmgmt/db-password".to_owned(),
        };
        spoil(&mut task);
        let call = self
            .ecs
            .register_task_definition()
            .family(FAMILY)
            .requires_compatibilities(task.compatibility.clone())
            .network_mode(task.network.clone())
            .memory(&task.memory)
            .cpu(&task.cpu)
            .task_role_arn(&task.role)
            .execution_role_arn(&task.role)
            .container_definitions(task.container());
        call.send().await.expect("a revision");
    }
}

impl Task {
    fn container(&self) -> ContainerDefinition {
        let variable =
            |name: &str, value: &str| KeyValuePair::builder().name(name).value(value).build();
        let port = PortMapping::builder().container_port(8080);
        let port = if self.network == NetworkMode::Awsvpc {
            port
        } else {
            port.host_port(self.host_port)
        };
        let logs = LogConfiguration::builder()
            .log_driver(LogDriver::Awslogs)
            .options("awslogs-group", &self.logs)
            .options("awslogs-region", "eu-west-1")
            .options("awslogs-stream-prefix", "ecs");
        let container = ContainerDefinition::builder()
            .name(&self.container)
            .image(&self.image)
            .port_mappings(port.build())
            .log_configuration(logs.build().expect("a log configuration"))
            .environment(variable("SPRING_DATASOURCE_URL", &self.url))
            .environment(variable("SPRING_DATASOURCE_USERNAME", &self.user));
        let container = if self.secret.is_empty() {
            container.environment(variable("SPRING_DATASOURCE_PASSWORD", "postgres123"))
        } else {
            let secret = Secret::builder().name("SPRING_DATASOURCE_PASSWORD");
            container.secrets(secret.value_from(&self.secret).build().expect("a secret"))
        };
        container.build()
    }
}
