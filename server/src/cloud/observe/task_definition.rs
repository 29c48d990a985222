//! The task definition: the latest active revision of its family.

use aws_sdk_ecs::types::{
    ContainerDefinition, PortMapping, TaskDefinition, TaskDefinitionField, TransportProtocol,
};
use workshop::blueprint::port_mapping;
use workshop::model::{Facts, Observation};

use super::reading::{Looked, absent, only, workspace};
use super::{first_image, near};
use crate::cloud::clients::Clients;
use crate::cloud::{CloudError, CloudErrorKind};

/// `DescribeTaskDefinition`.
pub(super) async fn look(looked: &Looked<'_>) -> Result<Observation, CloudError> {
    let clients = &looked.here;
    if let Some((definition, tag)) = find(clients, looked.name).await? {
        let container = looked.variables.get("container").unwrap_or_default();
        let mut facts = facts(&definition, container).tagged(tag);
        if let Some(image) = facts.value("image").map(str::to_owned)
            && was_pushed(looked, &image).await?
        {
            facts = facts.with_all("image", vec![image, "which was pushed".to_owned()]);
        }
        return Ok(Observation::Present(facts));
    }
    let exists = |clients: std::sync::Arc<Clients>, name: String| async move {
        Ok(find(&clients, &name).await?.is_some())
    };
    Ok(near::regional(looked, names(clients).await, exists).await)
}

/// Whether it is an image of the workshop's repository under a tag that is there. Every release
/// registers a revision with an image of its own.
async fn was_pushed(looked: &Looked<'_>, image: &str) -> Result<bool, CloudError> {
    let known = |name: &str| looked.variables.get(name).unwrap_or_default();
    let tag = image
        .strip_prefix(known("image_repository_uri"))
        .and_then(|rest| rest.strip_prefix(':'));
    match tag {
        None | Some("latest") => Ok(false),
        Some(tag) => {
            let name = format!("{}:{tag}", known("image_repository"));
            Ok(first_image::find(&looked.here, &name).await?.is_some())
        }
    }
}

/// The family's latest revision and the workspace in its tag.
pub(super) async fn find(
    clients: &Clients,
    family: &str,
) -> Result<Option<(TaskDefinition, Option<String>)>, CloudError> {
    let asked = clients
        .ecs
        .describe_task_definition()
        .task_definition(family)
        .include(TaskDefinitionField::Tags)
        .send();
    let answer = clients.ask("ecs", "DescribeTaskDefinition", asked).await;
    // ECS has one word for every mistake; its message tells this one apart.
    let answer = match answer {
        Err(error)
            if error.kind == CloudErrorKind::Refused
                && error
                    .message
                    .as_deref()
                    .is_some_and(|text| text.contains("Unable to describe task definition")) =>
        {
            None
        }
        answer => absent(answer)?,
    };
    Ok(answer.and_then(|answer| {
        let tag = workspace(answer.tags().iter().map(|tag| (tag.key(), tag.value())));
        Some((answer.task_definition?, tag))
    }))
}

/// The Region's families, the first hundred.
async fn names(clients: &Clients) -> Result<Vec<String>, CloudError> {
    let asked = clients.ecs.list_task_definition_families().send();
    let answer = clients
        .ask("ecs", "ListTaskDefinitionFamilies", asked)
        .await?;
    Ok(answer.families.unwrap_or_default())
}

fn facts(definition: &TaskDefinition, container: &str) -> Facts {
    let arn = definition.task_definition_arn().unwrap_or_default();
    let containers = definition.container_definitions();
    let names = containers
        .iter()
        .filter_map(|found| found.name().map(str::to_owned))
        .collect();
    // The one that the workshop means; where none is called so, the first.
    let main = containers
        .iter()
        .find(|found| found.name() == Some(container))
        .or(containers.first());
    let compatibilities = definition
        .requires_compatibilities()
        .iter()
        .map(|kind| kind.as_str().to_owned())
        .collect();
    let facts = Facts::new(arn)
        .with("arn", arn)
        .with_all("compatibility", compatibilities)
        .with_all(
            "network",
            only(
                definition
                    .network_mode()
                    .map(aws_sdk_ecs::types::NetworkMode::as_str),
            ),
        )
        .with_all("execution_role", only(definition.execution_role_arn()))
        .with_all("container", names);
    match main {
        Some(main) => of_container(facts, definition, main),
        None => facts,
    }
}

fn of_container(facts: Facts, definition: &TaskDefinition, main: &ContainerDefinition) -> Facts {
    let variable = |name: &str| {
        main.environment()
            .iter()
            .find(|pair| pair.name() == Some(name))
            .and_then(|pair| pair.value())
    };
    let memory = main
        .memory
        .or(main.memory_reservation)
        .map(|size| size.to_string());
    let cpu = (main.cpu > 0).then(|| main.cpu.to_string());
    let log_group = main
        .log_configuration()
        .and_then(|logs| logs.options()?.get("awslogs-group"))
        .map(String::as_str);
    facts
        .with_all("memory", only(definition.memory().or(memory.as_deref())))
        .with_all("cpu", only(definition.cpu().or(cpu.as_deref())))
        .with_all("image", only(main.image()))
        .with_all("ports", main.port_mappings().iter().map(port).collect())
        .with_all("url", only(variable("SPRING_DATASOURCE_URL")))
        .with_all("user", only(variable("SPRING_DATASOURCE_USERNAME")))
        .with_all("password", password(main).into_iter().collect())
        .with_all("logs", only(log_group))
}

fn port(mapping: &PortMapping) -> String {
    let protocol = mapping.protocol().map(TransportProtocol::as_str);
    let container = mapping.container_port().unwrap_or_default();
    let host = mapping.host_port().unwrap_or_default();
    port_mapping(protocol, container.into(), host.into())
}

/// Where the password comes from, never what it is.
fn password(container: &ContainerDefinition) -> Option<String> {
    const NAME: &str = "SPRING_DATASOURCE_PASSWORD";
    let secret = container
        .secrets()
        .iter()
        .find(|secret| secret.name() == NAME);
    let plain = container
        .environment()
        .iter()
        .any(|pair| pair.name() == Some(NAME));
    match secret {
        Some(secret) => Some(format!("parameter {}", secret.value_from())),
        None => plain.then(|| "written out".to_owned()),
    }
}
