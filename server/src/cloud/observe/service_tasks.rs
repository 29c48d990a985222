//! The tasks of the service one by one: which are on their way, and why the others stopped.

use aws_sdk_ecs::types::{Container, ContainerDefinition, DesiredStatus, Task, TaskStopCode};
use aws_smithy_types::DateTime;
use workshop::model::Trouble;

use super::reading::Looked;
use super::{stop_reason, task_definition};
use crate::cloud::CloudError;

/// A task that could not start, ended by itself, or was replaced as unhealthy.
pub(super) struct Failure {
    /// When it was begun and when it stopped, in milliseconds since 1970.
    pub(super) begun: i64,
    pub(super) stopped: i64,
    /// What ECS says of it and of its containers.
    said: String,
    id: String,
    /// The ARN of its task definition.
    definition: String,
    /// The container that ended, and its exit code.
    ended: Option<(String, i32)>,
}

/// The service's tasks, as far as ECS remembers them: stopped ones for an hour.
pub(super) struct Tasks {
    /// When those were begun that run or are on their way, in milliseconds since 1970.
    pub(super) live: Vec<i64>,
    /// When those were begun that stopped, for whatever reason.
    pub(super) stopped: Vec<i64>,
    /// Those that failed, the last one at the end.
    pub(super) failures: Vec<Failure>,
}

impl Tasks {
    /// `ListTasks`, `DescribeTasks`: the first hundred of each sort.
    pub(super) async fn of(looked: &Looked<'_>, cluster: &str) -> Result<Self, CloudError> {
        let live = described(looked, cluster, DesiredStatus::Running).await?;
        let stopped = described(looked, cluster, DesiredStatus::Stopped).await?;
        let mut failures: Vec<_> = stopped
            .iter()
            .filter(|task| has_failed(task))
            .map(Failure::of)
            .collect();
        failures.sort_by_key(|failure| failure.stopped);
        Ok(Self {
            live: live.iter().map(begun).collect(),
            stopped: stopped.iter().map(begun).collect(),
            failures,
        })
    }
}

impl Failure {
    fn of(task: &Task) -> Self {
        let reasons = task.containers().iter().filter_map(Container::reason);
        let said: Vec<&str> = task.stopped_reason().into_iter().chain(reasons).collect();
        let ended = task.containers().iter().find_map(|container| {
            let code = container.exit_code().filter(|code| *code != 0)?;
            Some((container.name()?.to_owned(), code))
        });
        let stopped = task.stopped_at().or(task.stopping_at());
        Self {
            begun: begun(task),
            stopped: stopped.map_or(0, millis),
            said: said.join("\n"),
            definition: task.task_definition_arn().unwrap_or_default().to_owned(),
            id: last_part(task.task_arn().unwrap_or_default()).to_owned(),
            ended,
        }
    }

    /// Where the database did not answer: the port at which it was asked, if that is not its own
    /// (`DescribeTaskDefinition`).
    async fn other_port(&self, looked: &Looked<'_>, sentence: &str) -> Option<String> {
        if sentence != stop_reason::NO_ANSWER {
            return None;
        }
        let found = task_definition::find(&looked.here, &self.definition).await;
        let (definition, _) = found.ok().flatten()?;
        let mut pairs = definition
            .container_definitions()
            .iter()
            .flat_map(ContainerDefinition::environment);
        let url = pairs.find(|pair| pair.name() == Some("SPRING_DATASOURCE_URL"))?;
        let port = port_of(url.value()?)?;
        (port != "5432").then(|| port.to_owned())
    }

    /// Whether ECS replaced it as unhealthy.
    pub(super) fn was_replaced(&self) -> bool {
        self.said.contains(stop_reason::REPLACED)
    }

    /// One of which only the time is known.
    #[cfg(test)]
    pub(super) fn at(stopped: i64) -> Self {
        Self {
            begun: stopped,
            stopped,
            said: String::new(),
            id: String::new(),
            definition: String::new(),
            ended: None,
        }
    }

    /// Why it stopped, in plain words. What ended by itself said so in its log (`GetLogEvents`).
    pub(super) async fn sentence(&self, looked: &Looked<'_>) -> String {
        if let Some(sentence) = stop_reason::sentence(&self.said) {
            return sentence;
        }
        let Some((container, code)) = &self.ended else {
            return format!("ECS says: {}", self.said.replace('\n', " "));
        };
        let lines = match log(looked, container, &self.id).await {
            Ok(lines) => lines,
            Err(error) => {
                let Trouble { sentence, .. } = error.trouble();
                return format!(
                    "The application ended by itself with exit code {code}, and why could not be read in its log: {sentence}"
                );
            }
        };
        if let Some(sentence) = stop_reason::sentence(&lines.join("\n")) {
            return match self.other_port(looked, &sentence).await {
                Some(port) => format!(
                    "SPRING_DATASOURCE_URL is wrong: it names port {port}, and the cluster's is 5432."
                ),
                None => sentence,
            };
        }
        match (code, lines.last()) {
            (137, _) => {
                "The container was killed, as a rule since it needed more memory than the task has."
                    .to_owned()
            }
            (_, Some(line)) => {
                format!(
                    "The application ended by itself with exit code {code}. It last said: {line}"
                )
            }
            (_, None) => {
                format!("The application ended by itself with exit code {code}. Its log is empty.")
            }
        }
    }
}

/// The port of `jdbc:postgresql://host:port/database`.
fn port_of(url: &str) -> Option<&str> {
    let address = url.split("//").nth(1)?.split('/').next()?;
    Some(address.rsplit_once(':')?.1)
}

async fn described(
    looked: &Looked<'_>,
    cluster: &str,
    status: DesiredStatus,
) -> Result<Vec<Task>, CloudError> {
    let clients = &looked.here;
    let asked = clients
        .ecs
        .list_tasks()
        .cluster(cluster)
        .service_name(looked.name)
        .desired_status(status)
        .send();
    let listed = clients.ask("ecs", "ListTasks", asked).await?;
    let arns = listed.task_arns.unwrap_or_default();
    if arns.is_empty() {
        return Ok(Vec::new());
    }
    let asked = clients
        .ecs
        .describe_tasks()
        .cluster(cluster)
        .set_tasks(Some(arns))
        .send();
    let answer = clients.ask("ecs", "DescribeTasks", asked).await?;
    Ok(answer.tasks.unwrap_or_default())
}

/// The last lines of a container's log; the task definition names the stream's prefix.
async fn log(looked: &Looked<'_>, container: &str, task: &str) -> Result<Vec<String>, CloudError> {
    let clients = &looked.here;
    let group = looked.variables.get("log_group").unwrap_or_default();
    let asked = clients
        .logs
        .get_log_events()
        .log_group_name(group)
        .log_stream_name(format!("ecs/{container}/{task}"))
        .start_from_head(false)
        .limit(50)
        .send();
    let answer = clients.ask("logs", "GetLogEvents", asked).await?;
    let events = answer.events.unwrap_or_default();
    Ok(events
        .into_iter()
        .filter_map(|event| event.message)
        .collect())
}

fn has_failed(task: &Task) -> bool {
    let by_itself = matches!(
        task.stop_code(),
        Some(TaskStopCode::TaskFailedToStart | TaskStopCode::EssentialContainerExited)
    );
    let reason = task.stopped_reason().unwrap_or_default();
    by_itself || reason.contains("health checks") || reason.starts_with("Host EC2")
}

fn begun(task: &Task) -> i64 {
    task.created_at().map_or(0, millis)
}

pub(super) fn millis(at: &DateTime) -> i64 {
    at.to_millis().unwrap_or_default()
}

fn last_part(arn: &str) -> &str {
    arn.rsplit('/').next().unwrap_or(arn)
}
