//! The service's tasks: whether they run, whether the balancer finds them healthy, and if not, why.

use aws_sdk_ecs::types::{Service, ServiceEvent};
use aws_sdk_elasticloadbalancingv2::types::{TargetHealth, TargetHealthStateEnum};
use workshop::model::{Facts, Observation, Phase};

use super::reading::Looked;
use super::service::{self, Live};
use super::service_tasks::{Tasks, millis};
use super::{first_image, stop_reason};
use crate::cloud::CloudError;
use crate::cloud::clients::Clients;

/// How long a task may take from its beginning until it is healthy, in seconds.
const PATIENCE: i64 = 300;
/// How long failures count that came one after the other.
const MEMORY: i64 = 600;
/// How long ECS may take to begin.
const BEGINNING: i64 = 60;
/// What remains of these at least, however fast a simulated machine is.
const LEAST: i64 = 2;

/// `DescribeServices` and `DescribeTargetHealth`; where something is amiss also `ListTasks`,
/// `DescribeTasks`, `DescribeImages` and `GetLogEvents`.
pub(super) async fn look(looked: &Looked<'_>) -> Result<Observation, CloudError> {
    let cluster = looked.variables.get("cluster").unwrap_or_default();
    let Some(service) = service::find(&looked.here, cluster, looked.name).await? else {
        return Ok(Observation::Absent(None));
    };
    let live = Live::of(&service);
    let health = match live.target_group() {
        Some(group) => health(&looked.here, group).await?,
        None => Vec::new(),
    };
    let count = Count {
        desired: service.desired_count(),
        running: live.running(),
        healthy: healthy(&health),
    };
    let facts = Facts::new(looked.name).with("desired", count.desired.to_string());
    if service.status() == Some("DRAINING") {
        let word = Phase::Going("DRAINING".to_owned());
        return Ok(Observation::Present(facts.in_phase(word)));
    }
    if count.is_full() {
        let facts = count.told(facts, Vec::new()).with("image", "there");
        return Ok(Observation::Present(facts.with_all("stopped", Vec::new())));
    }
    amiss(looked, &service, count, &health, facts).await
}

/// How many tasks there are.
#[derive(Debug, Clone, Copy)]
struct Count {
    desired: i32,
    running: i32,
    healthy: i32,
}

impl Count {
    fn is_full(self) -> bool {
        self.desired > 0 && self.running >= self.desired && self.healthy >= self.desired
    }

    fn told(self, facts: Facts, unhealthy: Vec<String>) -> Facts {
        let of = |some: i32| format!("{some} of {}", self.desired);
        let mut healthy = vec![of(self.healthy)];
        healthy.extend(unhealthy);
        facts
            .with("running", of(self.running))
            .with_all("healthy", healthy)
    }
}

/// Not all tasks run and are healthy: perhaps they are on their way, perhaps they cannot.
async fn amiss(
    looked: &Looked<'_>,
    service: &Service,
    count: Count,
    health: &[TargetHealth],
    facts: Facts,
) -> Result<Observation, CloudError> {
    let cluster = looked.variables.get("cluster").unwrap_or_default();
    let repository = looked.variables.get("image_repository").unwrap_or_default();
    let tasks = Tasks::of(looked, cluster).await?;
    let image = first_image::find(&looked.here, &format!("{repository}:latest")).await?;
    let pushed = image.and_then(|image| image.image_pushed_at.as_ref().map(millis));
    let reason = reason(looked, service, &tasks, pushed).await;
    // A simulated machine is faster by this.
    let speed = looked.variables.get("speed");
    let speed = speed.and_then(|speed| speed.parse().ok());
    let clock = Clock {
        now: looked.now.0,
        speed: speed.unwrap_or(1).max(1),
    };
    let begun = Live::of(service).begun().map_or(0, millis);
    if clock.may_come(count, begun, pushed, &tasks) {
        let Count {
            desired,
            running,
            healthy,
        } = count;
        let counts = format!("{running} of {desired} running, {healthy} healthy");
        let word = match reason {
            Some(reason) => format!("{counts}; the last one that stopped: {reason}"),
            None => counts,
        };
        return Ok(Observation::Present(facts.in_phase(Phase::Coming(word))));
    }
    let facts = count
        .told(facts, unhealthy(health))
        .with("image", image_was(count, begun, pushed, &tasks))
        .with_all("stopped", reason.into_iter().collect());
    Ok(Observation::Present(facts))
}

/// Whether the image was there when ECS last tried.
fn image_was(count: Count, begun: i64, pushed: Option<i64>, tasks: &Tasks) -> &'static str {
    let Some(pushed) = pushed else {
        return "not there";
    };
    let mut tries = tasks.live.iter().chain(&tasks.stopped);
    let was_tried = tries.any(|at| *at >= pushed);
    if count.running == 0 && count.desired > 0 && pushed >= begun && !was_tried {
        "pushed since, and not tried again"
    } else {
        "there"
    }
}

/// Why the last task stopped, or why none can be placed, whichever ECS said last. What came before
/// the service was steady is past, and so is what was for want of the image once that is there.
async fn reason(
    looked: &Looked<'_>,
    service: &Service,
    tasks: &Tasks,
    pushed: Option<i64>,
) -> Option<String> {
    let event = service.events().first();
    let told_at = event.map_or(0, told_at_millis);
    let told = event.and_then(|event| stop_reason::sentence(event.message()?));
    let steady_at = last_event(service, stop_reason::STEADY).map_or(0, told_at_millis);
    let failed = tasks.failures.last();
    let Some(last) = failed.filter(|last| last.stopped > steady_at) else {
        return told;
    };
    if told.is_some() && told_at > last.stopped {
        return told;
    }
    if last.was_replaced()
        && let Some(event) = last_event(service, stop_reason::UNHEALTHY)
        && let Some(why) = stop_reason::sentence(event.message().unwrap_or_default())
    {
        return Some(why);
    }
    let sentence = last.sentence(looked).await;
    let is_past =
        sentence == stop_reason::NO_IMAGE && pushed.is_some_and(|pushed| pushed >= last.begun);
    (!is_past).then_some(sentence)
}

/// The newest event that says so.
fn last_event<'a>(service: &'a Service, words: &str) -> Option<&'a ServiceEvent> {
    let mut events = service.events().iter();
    events.find(|event| event.message().is_some_and(|told| told.contains(words)))
}

fn told_at_millis(event: &ServiceEvent) -> i64 {
    event.created_at().map_or(0, millis)
}

/// The time, and how fast it passes.
#[derive(Debug, Clone, Copy)]
struct Clock {
    now: i64,
    speed: i64,
}

impl Clock {
    /// Whether `at` is no longer ago than so many seconds of the machine.
    fn is_within(self, seconds: i64, at: i64) -> bool {
        self.now - at <= 1000 * (seconds / self.speed).max(LEAST)
    }

    /// Whether the tasks may still come by themselves: the image is there, some are young enough
    /// or about to be begun, and not all failed twice.
    fn may_come(self, count: Count, begun: i64, pushed: Option<i64>, tasks: &Tasks) -> bool {
        let Some(pushed) = pushed.filter(|_| count.desired > 0) else {
            return false;
        };
        let failed = tasks
            .failures
            .iter()
            .filter(|failure| failure.begun >= pushed && self.is_within(MEMORY, failure.stopped))
            .count();
        let is_young = |at: &i64| *at >= pushed && self.is_within(PATIENCE, *at);
        let begins = self.is_within(BEGINNING, pushed) || self.is_within(BEGINNING, begun);
        let most = usize::try_from(2 * count.desired).unwrap_or(usize::MAX);
        failed < most && (begins || tasks.live.iter().any(is_young))
    }
}

/// `DescribeTargetHealth`.
async fn health(clients: &Clients, group: &str) -> Result<Vec<TargetHealth>, CloudError> {
    let asked = clients
        .elbv2
        .describe_target_health()
        .target_group_arn(group)
        .send();
    let answer = clients
        .ask("elasticloadbalancing", "DescribeTargetHealth", asked)
        .await?;
    Ok(answer
        .target_health_descriptions
        .unwrap_or_default()
        .into_iter()
        .filter_map(|target| target.target_health)
        .collect())
}

fn healthy(health: &[TargetHealth]) -> i32 {
    let healthy = health
        .iter()
        .filter(|target| target.state() == Some(&TargetHealthStateEnum::Healthy));
    i32::try_from(healthy.count()).unwrap_or(i32::MAX)
}

/// What the balancer has against the others, in plain words, each once.
fn unhealthy(health: &[TargetHealth]) -> Vec<String> {
    let mut words: Vec<String> = health.iter().filter_map(trouble).collect();
    words.sort();
    words.dedup();
    words
}

/// The reasons are those of “Health check reason codes” in the guide of Application Load Balancers.
fn trouble(target: &TargetHealth) -> Option<String> {
    let reason = target.reason()?.as_str();
    let description = target.description().unwrap_or_default();
    let words = match reason {
        "Target.Timeout" => {
            "no answer, as a rule since the instances' security group does not admit the balancer"
        }
        "Target.FailedHealthChecks" => {
            "no connection: the application does not listen on the port that is asked"
        }
        "Target.NotInUse" if description.contains("Availability Zone") => {
            "the balancer has no subnet in the task's zone"
        }
        "Target.NotInUse" => "no listener forwards to the group",
        "Target.InvalidState" => "the instance is stopped",
        "Target.ResponseCodeMismatch" => {
            return Some(format!(
                "another answer at the health check's path than the one that counts ({reason}, {description})"
            ));
        }
        _ => return None,
    };
    Some(format!("{words} ({reason})"))
}

#[cfg(test)]
mod tests;
