//! What a task definition asks of where it runs.

use serde_json::{Value, json};

use crate::services::ecs::shapes::Definition;

/// `compatibilities`: where tasks of it could run.
pub(super) fn compatibilities(definition: &Definition) -> Vec<&'static str> {
    let is_sized = definition.cpu.is_some() && definition.memory.is_some();
    match definition.network() {
        "awsvpc" if is_sized => vec!["EC2", "FARGATE"],
        "awsvpc" => vec!["EC2"],
        _ => vec!["EXTERNAL", "EC2"],
    }
}

/// `requiresAttributes`: what the agent of an instance must be able to do.
pub(super) fn required(definition: &Definition) -> Value {
    let containers = &definition.container_definitions;
    let logs = containers
        .iter()
        .filter_map(|it| it.log_configuration.as_ref());
    let is_ecr = containers.iter().any(|it| it.image.contains(".dkr.ecr."));
    let has_role = definition.execution_role_arn.is_some();
    let mut names = Vec::new();
    for log in logs {
        names.push(format!(
            "com.amazonaws.ecs.capability.logging-driver.{}",
            log.log_driver
        ));
        if has_role && log.log_driver == "awslogs" {
            names.push("ecs.capability.execution-role-awslogs".to_owned());
        }
    }
    let mut require = |needed: bool, name: &str| {
        if needed {
            names.push(name.to_owned());
        }
    };
    require(is_ecr, "com.amazonaws.ecs.capability.ecr-auth");
    require(is_ecr && has_role, "ecs.capability.execution-role-ecr-pull");
    require(
        definition.task_role_arn.is_some(),
        "com.amazonaws.ecs.capability.task-iam-role",
    );
    let has_secrets = containers.iter().any(|it| {
        it.secrets
            .as_ref()
            .is_some_and(|secrets| !secrets.is_empty())
    });
    require(
        has_secrets,
        "ecs.capability.secrets.ssm.environment-variables",
    );
    require(definition.network() == "awsvpc", "ecs.capability.task-eni");
    require(
        definition.cpu.is_some() || definition.memory.is_some(),
        "ecs.capability.task-cpu-mem-limit",
    );
    require(true, "com.amazonaws.ecs.capability.docker-remote-api.1.18");
    names.sort();
    names.dedup();
    names
        .into_iter()
        .map(|name| json!({ "name": name }))
        .collect()
}
