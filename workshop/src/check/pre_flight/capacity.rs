//! Whether there is room for the replacement beside the original.

use super::super::judge::{Row, findings};
use super::Sights;
use super::growth::{Growth, Scaling};
use crate::blueprint::{Kind, Variables, find};
use crate::model::{Facts, Finding, Instance, Observation, Outcome, Resources, TaskCount, Trouble};

const KEY: &str = "room";
const LABEL: &str = "Room for a deployment";

/// The number of tasks that the service wants, and whether twice as many have room.
pub(super) fn rows(sights: &Sights, variables: &Variables) -> Vec<Finding> {
    let row = Row {
        resource: find(Kind::ContainerInstances),
        variables,
    };
    let unknown = |trouble: &Trouble| {
        let expected = "room for twice the tasks".to_owned();
        vec![row.unknown(KEY, LABEL, expected, trouble)]
    };
    let surroundings = &sights.surroundings;
    let (instances, tasks) = match (&surroundings.instances, &surroundings.tasks) {
        (Ok(instances), Ok(Some(tasks))) => (instances, *tasks),
        // Without a service its own row says so.
        (Ok(_), Ok(None)) => return Vec::new(),
        (Err(trouble), _) | (_, Err(trouble)) => return unknown(trouble),
    };
    let mut rows = desired(tasks, variables);
    match task_size(sights) {
        Some(task) => rows.push(Room::new(instances, tasks, task).judged(sights, &row)),
        None => rows.extend(unknown(&Trouble {
            sentence: "Neither taskdef.json nor the task definition says how large a task is."
                .to_owned(),
            remedy: "Put taskdef.json right, then look again.".to_owned(),
        })),
    }
    rows
}

/// The row of step 8 about the number of tasks.
fn desired(tasks: TaskCount, variables: &Variables) -> Vec<Finding> {
    let facts = Facts::new("").with("desired", tasks.desired.to_string());
    let seen = Observation::Present(facts);
    let mut rows = findings(find(Kind::RunningTasks), &seen, variables);
    rows.retain(|row| row.setting == "desired");
    rows
}

/// What a task takes of an instance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Task {
    pub(super) size: Resources,
    host_ports: Vec<u16>,
}

/// As `taskdef.json` has it, which is what a deployment registers; or else the task definition.
pub(super) fn task_size(sights: &Sights) -> Option<Task> {
    [Kind::DeployFiles, Kind::TaskDefinition]
        .into_iter()
        .find_map(|kind| {
            let number = |key: &str| sights.value(kind, key)?.parse::<i64>().ok();
            let ports = sights.values(kind, "ports").iter();
            Some(Task {
                size: Resources {
                    cpu: number("cpu").unwrap_or_default(),
                    memory: number("memory")?,
                },
                host_ports: ports
                    .filter_map(|port| port.rsplit_once("host port ")?.1.parse().ok())
                    .collect(),
            })
        })
}

impl Task {
    /// How many fit into what is left.
    fn fits(&self, left: Resources, ports_taken: &[u16]) -> u32 {
        let times = |have: i64, one: i64| {
            if one > 0 {
                u32::try_from(have / one).unwrap_or(0)
            } else {
                u32::MAX
            }
        };
        let most = times(left.cpu, self.size.cpu).min(times(left.memory, self.size.memory));
        match self.host_ports.as_slice() {
            [] => most,
            // A port of the machine can be given once.
            ports if ports.iter().any(|port| ports_taken.contains(port)) => 0,
            _ => most.min(1),
        }
    }
}

/// What is there, and what is needed.
pub(super) struct Room<'a> {
    instances: &'a [Instance],
    tasks: TaskCount,
    task: Task,
    /// How many more tasks each instance holds.
    free: Vec<u32>,
}

impl<'a> Room<'a> {
    pub(super) fn new(instances: &'a [Instance], tasks: TaskCount, task: Task) -> Self {
        let free = instances
            .iter()
            .map(|instance| task.fits(instance.left, &instance.ports_taken))
            .collect();
        Self {
            instances,
            tasks,
            task,
            free,
        }
    }

    /// Twice the tasks.
    pub(super) fn wanted(&self) -> u32 {
        self.tasks.desired.saturating_mul(2)
    }

    /// How many of them are not placed yet.
    pub(super) fn needed(&self) -> u32 {
        self.wanted().saturating_sub(self.tasks.placed)
    }

    /// How many more tasks have room.
    pub(super) fn total(&self) -> u32 {
        self.free.iter().copied().fold(0, u32::saturating_add)
    }

    /// How many have none.
    pub(super) fn short(&self) -> u32 {
        self.needed().saturating_sub(self.total())
    }

    /// How many tasks an instance of this size holds; `None` while there is no instance.
    pub(super) fn on_an_empty_instance(&self) -> Option<u32> {
        let whole = self.instances.iter().map(|instance| instance.whole);
        whole.map(|whole| self.task.fits(whole, &[])).min()
    }

    fn judged(&self, sights: &Sights, row: &Row<'_>) -> Finding {
        let Resources { cpu, memory } = self.task.size;
        let (wanted, needed, total) = (self.wanted(), self.needed(), self.total());
        let expected = format!(
            "room for {needed} more: {wanted} tasks of {cpu} CPU units and {memory} MiB in all"
        );
        let parts = self.instances.iter().zip(&self.free);
        let parts: Vec<_> = parts
            .map(|(instance, free)| format!("{} {free}", instance.id))
            .collect();
        let found = if parts.is_empty() {
            "no instance that takes tasks".to_owned()
        } else {
            format!("room for {total} more ({})", parts.join(", "))
        };
        let finding = |outcome| row.row(KEY, LABEL, expected.clone(), &found, outcome);
        if total >= needed {
            return finding(Outcome::Passed);
        }
        let growth = Growth::of(sights, self);
        if let Some(desired) = growth.coming(self.instances.len()) {
            return Finding {
                cause: Some(format!(
                    "{} of {desired} instances have registered.",
                    self.instances.len()
                )),
                remedy: Some(
                    "Nothing to do: it is looked at again by itself. If none comes within five minutes, check step 5."
                        .to_owned(),
                ),
                ..finding(Outcome::NotYet)
            };
        }
        if growth.by_itself() {
            return Finding {
                warning: Some(format!(
                    "Managed scaling has to start {} first, so that the deployment waits some minutes.",
                    counted(growth.more, "instance")
                )),
                ..finding(Outcome::Passed)
            };
        }
        Finding {
            cause: Some(self.cause(&growth)),
            remedy: Some(growth.remedy()),
            ..finding(Outcome::Wrong)
        }
    }

    fn cause(&self, growth: &Growth) -> String {
        let mut cause = format!(
            "A deployment runs the replacement beside the original, {} tasks, of which {} have no place; it would wait for room that never comes.",
            self.wanted(),
            self.short(),
        );
        if !self.task.host_ports.is_empty() {
            cause.push_str(" With a fixed host port an instance holds one task only.");
        }
        cause.push_str(match growth.scaling {
            Scaling::On => "",
            Scaling::PassedBy => {
                " Managed scaling is on, but counts only tasks for which appspec.yaml names the capacity provider."
            }
            Scaling::Off => " Managed scaling is off, so that nobody adds an instance.",
        });
        cause
    }
}

/// `1 instance`, `2 instances`.
pub(super) fn counted(number: u32, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}
