//! What a task definition must be like, in ECS's words.

use std::collections::BTreeSet;

use super::sizes::{self, fits_fargate};
use crate::fault::Fault;
use crate::services::ecs::faults::{client, one_of};
use crate::services::ecs::names::is_name;
use crate::services::ecs::shapes::{ContainerDefinition, Definition};

/// Checks all but the containers.
pub(super) fn task(definition: &Definition) -> Result<(), Fault> {
    if definition.family.is_empty() {
        return Err(client("Family should not be null or empty."));
    }
    if !is_name(&definition.family) {
        return Err(client("Family contains invalid characters."));
    }
    if let Some(mode) = &definition.network_mode {
        one_of("networkMode", mode, &["bridge", "host", "awsvpc", "none"])?;
    }
    for wanted in definition.requires_compatibilities.iter().flatten() {
        let known = ["EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES"];
        one_of("requiresCompatibilities", wanted, &known)?;
    }
    for role in [&definition.task_role_arn, &definition.execution_role_arn] {
        if let Some(role) = role.as_deref().filter(|role| !is_role(role)) {
            return Err(client(format!("Role is not valid: {role}")));
        }
    }
    if let Some(architecture) = definition
        .runtime_platform
        .as_ref()
        .and_then(|platform| platform.cpu_architecture.as_deref())
    {
        one_of("cpuArchitecture", architecture, &["X86_64", "ARM64"])?;
    }
    Ok(())
}

/// A role's ARN, or its name.
fn is_role(role: &str) -> bool {
    let word = |c: char| c.is_ascii_alphanumeric() || "+=,.@_-".contains(c);
    match role.strip_prefix("arn:aws:iam::") {
        Some(rest) => rest
            .split_once(":role/")
            .is_some_and(|(account, path)| account.len() == 12 && !path.is_empty()),
        None => (1..=64).contains(&role.len()) && role.chars().all(word),
    }
}

/// Checks the task's sizes, once they are numbers, and what Fargate asks of them.
pub(super) fn sizes(definition: &Definition) -> Result<(), Fault> {
    let number = |text: &Option<String>| text.as_ref().and_then(|text| text.parse::<i64>().ok());
    let (cpu, memory) = (number(&definition.cpu), number(&definition.memory));
    let wants_fargate = definition
        .requires_compatibilities
        .iter()
        .flatten()
        .any(|wanted| wanted == "FARGATE");
    if wants_fargate {
        let Some(cpu) = cpu else {
            return Err(client(
                "Fargate requires that 'cpu' be defined at the task level.",
            ));
        };
        let Some(memory) = memory else {
            return Err(client(
                "Fargate requires that 'memory' be defined at the task level.",
            ));
        };
        if !fits_fargate(cpu, memory) {
            return Err(client("No Fargate configuration exists for given values."));
        }
        if definition.network() != "awsvpc" {
            return Err(client("Fargate only supports network mode ‘awsvpc’."));
        }
    }
    for container in &definition.container_definitions {
        let name = &container.name;
        if memory.is_none() && container.memory.is_none() && container.memory_reservation.is_none()
        {
            return Err(client(format!(
                "Invalid setting for container '{name}'. At least one of 'memory' or 'memoryReservation' must \
                 be specified."
            )));
        }
        let larger = |part: Option<i64>, whole: Option<i64>| matches!((part, whole), (Some(part), Some(whole)) if part > whole);
        if larger(container.memory, memory) || larger(container.memory_reservation, memory) {
            return Err(client(format!(
                "The 'memory' setting for container '{name}' is greater than for the task."
            )));
        }
    }
    let containers = definition.container_definitions.iter();
    if cpu.is_some_and(|cpu| containers.map(|it| it.cpu).sum::<i64>() > cpu) {
        return Err(sizes::wrong("cpu"));
    }
    Ok(())
}

/// Checks the containers, one by one and together.
pub(super) fn containers(definition: &Definition) -> Result<(), Fault> {
    let containers = &definition.container_definitions;
    if containers.is_empty() {
        return Err(client("Container list cannot be empty."));
    }
    if containers.len() > 10 {
        return Err(client("A task definition can have at most 10 containers."));
    }
    let mut names = BTreeSet::new();
    for container in containers {
        one(definition, container)?;
        if !names.insert(&container.name) {
            return Err(client(format!(
                "Container names must be unique: '{}' is used more than once.",
                container.name
            )));
        }
    }
    if !containers.iter().any(|container| container.essential) {
        return Err(client(
            "Task definition does not have any essential containers.",
        ));
    }
    for dependency in containers
        .iter()
        .flat_map(|it| it.depends_on.iter().flatten())
    {
        let conditions = ["START", "COMPLETE", "SUCCESS", "HEALTHY"];
        one_of("condition", &dependency.condition, &conditions)?;
        if !names.contains(&dependency.container_name) {
            return Err(client(format!(
                "Invalid 'dependsOn' setting: there is no container '{}'.",
                dependency.container_name
            )));
        }
    }
    Ok(())
}

fn one(definition: &Definition, container: &ContainerDefinition) -> Result<(), Fault> {
    let name = &container.name;
    let wrong = |words: &str| client(format!("Invalid setting for container '{name}'. {words}"));
    if name.is_empty() {
        return Err(client("Container.name should not be null or empty."));
    }
    if !is_name(name) {
        return Err(client("Container.name contains invalid characters."));
    }
    if container.image.is_empty() {
        return Err(client("Container.image should not be null or empty."));
    }
    if container.image.len() > 255 || container.image.contains(char::is_whitespace) {
        return Err(client("Container.image contains invalid characters."));
    }
    if container.cpu < 0 {
        return Err(wrong("'cpu' must not be negative."));
    }
    if [container.memory, container.memory_reservation]
        .into_iter()
        .flatten()
        .any(|memory| memory < 4)
    {
        return Err(wrong("'memory' must be at least 4 MiB."));
    }
    if let (Some(soft), Some(hard)) = (container.memory_reservation, container.memory)
        && soft > hard
    {
        return Err(wrong("'memory' must be greater than 'memoryReservation'."));
    }
    if container.secrets.as_ref().is_some_and(|it| !it.is_empty())
        && definition.execution_role_arn.is_none()
    {
        return Err(client(
            "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.",
        ));
    }
    ports(definition, container)?;
    logging(container)
}

fn ports(definition: &Definition, container: &ContainerDefinition) -> Result<(), Fault> {
    let mode = definition.network();
    let mut taken = BTreeSet::new();
    for mapping in &container.port_mappings {
        one_of("protocol", mapping.protocol(), &["tcp", "udp"])?;
        let is_port =
            |port: Option<i64>, least| port.is_none_or(|port| (least..=65_535).contains(&port));
        if mapping.container_port.is_none() || !is_port(mapping.container_port, 1) {
            return Err(client("Container port must be between 1 and 65535."));
        }
        if !is_port(mapping.host_port, 0) {
            return Err(client("Host port must be between 0 and 65535."));
        }
        let is_same = mapping
            .host_port
            .is_none_or(|port| Some(port) == mapping.container_port);
        if matches!(mode, "host" | "awsvpc") && !is_same {
            return Err(client(format!(
                "When networkMode={mode}, the host ports and container ports in port mappings must match."
            )));
        }
        let fixed = mapping.host_port.filter(|port| *port != 0);
        if fixed.is_some_and(|port| !taken.insert((port, mapping.protocol()))) {
            return Err(client(format!(
                "Invalid setting for container '{}'. A host port can be mapped only once.",
                container.name
            )));
        }
    }
    if mode == "none" && !container.port_mappings.is_empty() {
        return Err(client(
            "When networkMode=none, port mappings are not allowed.",
        ));
    }
    Ok(())
}

fn logging(container: &ContainerDefinition) -> Result<(), Fault> {
    let Some(log) = &container.log_configuration else {
        return Ok(());
    };
    let drivers = [
        "json-file",
        "syslog",
        "journald",
        "gelf",
        "fluentd",
        "awslogs",
        "splunk",
        "awsfirelens",
    ];
    one_of("logDriver", &log.log_driver, &drivers)?;
    let has = |option| log.option(option).is_some_and(|value| !value.is_empty());
    if log.log_driver == "awslogs" && !(has("awslogs-group") && has("awslogs-region")) {
        return Err(client(
            "Log driver awslogs requires options: awslogs-region, awslogs-group",
        ));
    }
    Ok(())
}
