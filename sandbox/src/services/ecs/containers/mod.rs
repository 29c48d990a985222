//! What becomes of containers: whether they can be started, and how what is in them fares.
//!
//! There is no real process in them. A container whose environment has `SPRING_DATASOURCE_URL` holds
//! an application that connects to its database when it starts, and ends when it cannot; any other
//! container runs.

mod application;
mod database;
mod environment;
mod images;
mod logging;
mod secrets;

pub(crate) use application::answers;
pub(super) use application::{Boot, boot, complain, greet};

use sha2::{Digest, Sha256};

use super::roles;
use super::state::Task;
use super::tasks::definition_of;
use crate::context::Cx;

/// Why a task cannot start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StartFailure {
    /// The container that is to blame.
    pub(super) container: Option<String>,
    pub(super) reason: String,
}

/// Whose rights count where a task is started.
struct Agent {
    /// The ARN of the execution role, or of the instance's.
    role: String,
    /// The name of the session that the agent has with it.
    session: String,
}

/// Prepares the containers of a task: images pulled, secrets fetched, logs opened. Gives the images'
/// digests.
pub(super) fn prepare(
    cx: &mut Cx,
    cluster: &str,
    task: &Task,
) -> Result<Vec<String>, StartFailure> {
    let Some(definition) = definition_of(cx, task).map(|it| it.definition) else {
        return Ok(Vec::new());
    };
    let agent = agent(cx, cluster, task);
    let containers = &definition.container_definitions;
    // Secrets come first: they are resources of the whole task.
    for container in containers {
        secrets::fetch(cx, &agent, container).map_err(|reason| StartFailure {
            container: None,
            reason,
        })?;
    }
    let blame = |name: &str, reason: String| StartFailure {
        container: Some(name.to_owned()),
        reason,
    };
    let mut digests = Vec::new();
    for container in containers {
        let digest = images::pull(cx, &agent, &container.image);
        digests.push(digest.map_err(|reason| blame(&container.name, reason))?);
    }
    for container in containers {
        logging::open(cx, &agent, container).map_err(|reason| blame(&container.name, reason))?;
    }
    Ok(digests)
}

fn agent(cx: &mut Cx, cluster: &str, task: &Task) -> Agent {
    let given = task.overrides["executionRoleArn"]
        .as_str()
        .map(str::to_owned);
    let of_definition = definition_of(cx, task).and_then(|it| it.definition.execution_role_arn);
    if let Some(role) = given.or(of_definition) {
        return Agent {
            role: roles::arn(cx, &role),
            session: task.id.clone(),
        };
    }
    let cluster = cx.region().ecs.clusters.get(cluster);
    let instance = cluster.and_then(|it| it.instances.get(task.instance.as_ref()?));
    let (role, session) = instance
        .map(|instance| (instance.role.clone(), instance.ec2_instance.clone()))
        .unwrap_or_default();
    Agent { role, session }
}

/// Docker's id of a container.
pub(super) fn runtime_id(task: &str, container: &str) -> String {
    hex::encode(Sha256::digest(format!("{task}/{container}")))
}
