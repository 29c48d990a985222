//! The applications in containers: how they start, and what they answer.

use std::time::Duration;

use super::database::{self, NoConnection};
use super::{environment, logging};
use crate::context::Cx;
use crate::services::ecs::machines;
use crate::services::ecs::shapes::ContainerDefinition;
use crate::services::ecs::state::Task;
use crate::services::ecs::tasks::definition_of;
use crate::state::Region;

/// How long an application takes that has a database, until it answers; and one that has none.
const WITH_DATABASE: Duration = Duration::from_secs(25);
const WITHOUT: Duration = Duration::from_secs(2);
/// What the workshop's application listens on, where its environment says nothing else.
const PORT: &str = "8080";

/// How the start of a task's applications ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::services::ecs) enum Boot {
    /// They answer after a while.
    Ready(Duration),
    Fails(Trouble),
}

/// Why an application ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::services::ecs) struct Trouble {
    pub(in crate::services::ecs) container: String,
    /// From its start to its end.
    pub(in crate::services::ecs) lasts: Duration,
    lines: Vec<String>,
}

/// Starts the applications of a task.
pub(in crate::services::ecs) fn boot(cx: &mut Cx, cluster: &str, task: &Task) -> Boot {
    let containers = containers(cx, task);
    let machine = machine_of(cx, cluster, task);
    let machine = machine.and_then(|id| machines::find(cx, &id));
    let mut longest = WITHOUT;
    // What is not essential may end without the task.
    for container in containers.into_iter().filter(|it| it.essential) {
        let variables = environment::of(cx, cluster, task, &container);
        if !database::is_wanted(&variables) {
            continue;
        }
        longest = WITH_DATABASE;
        if let Err(NoConnection { lasts, lines }) =
            database::connect(cx, machine.as_ref(), &variables)
        {
            return Boot::Fails(Trouble {
                container: container.name,
                lasts,
                lines,
            });
        }
    }
    Boot::Ready(longest)
}

fn containers(cx: &mut Cx, task: &Task) -> Vec<ContainerDefinition> {
    definition_of(cx, task)
        .map(|it| it.definition.container_definitions)
        .unwrap_or_default()
}

fn machine_of(cx: &mut Cx, cluster: &str, task: &Task) -> Option<String> {
    let cluster = cx.region().ecs.clusters.get(cluster)?;
    let instance = cluster.instances.get(task.instance.as_ref()?)?;
    Some(instance.ec2_instance.clone())
}

/// Writes the first lines to the logs of a task's containers.
pub(in crate::services::ecs) fn greet(cx: &mut Cx, task: &Task) {
    for container in containers(cx, task) {
        let line = format!("Starting {} ({})", container.name, container.image);
        logging::write(cx, task, &container, [line]);
    }
}

/// Writes why an application ends to its log.
pub(in crate::services::ecs) fn complain(cx: &mut Cx, task: &Task, trouble: &Trouble) {
    let containers = containers(cx, task);
    if let Some(container) = containers.iter().find(|it| it.name == trouble.container) {
        logging::write(cx, task, container, trouble.lines.clone());
    }
}

/// With what status something answers to a request for `path` on port `port` of an EC2 instance;
/// `None` where nothing listens.
pub(crate) fn answers(region: &Region, machine: &str, port: u16, path: &str) -> Option<u16> {
    region.ecs.clusters.values().find_map(|cluster| {
        let mut instances = cluster.instances.values();
        let instance = instances.find(|it| it.ec2_instance == machine)?;
        let ready = cluster
            .tasks_on(&instance.id)
            .filter(|task| task.ready.is_some());
        ready.into_iter().find_map(|task| {
            let definition = region.ecs.definition(&task.definition)?;
            task.containers.iter().find_map(|container| {
                let mut bindings = container.bindings.iter();
                let binding = bindings.find(|it| it.host == port && it.protocol == "tcp")?;
                let container = definition.definition.container(&container.name)?;
                listens(container, binding.container).then(|| status(container, path))
            })
        })
    })
}

/// Whether something in a container listens on a port: the workshop's application on its own, others
/// on all that are mapped.
fn listens(container: &ContainerDefinition, port: i64) -> bool {
    if container.variable("SPRING_DATASOURCE_URL").is_none() {
        return true;
    }
    container.variable("SERVER_PORT").unwrap_or(PORT) == port.to_string()
}

/// What an application answers: its page and its health are there, other paths are not.
fn status(container: &ContainerDefinition, path: &str) -> u16 {
    let path = path.split('?').next().unwrap_or(path).trim_end_matches('/');
    let is_known = match path {
        "" | "/index.html" => true,
        "/management/health" | "/actuator/health" | "/health" => {
            container.variable("SPRING_DATASOURCE_URL").is_some()
        }
        _ => false,
    };
    if is_known { 200 } else { 404 }
}
