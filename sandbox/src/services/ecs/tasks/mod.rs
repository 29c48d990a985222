//! Tasks: begun, on their way to running, stopped, and for a while remembered.

mod begin;
mod describe;
mod end;
mod life;
mod list;
mod overrides;
mod run;
mod stop;

pub(super) use begin::{New, begin, place_on};
pub(super) use describe::describe_tasks;
pub(super) use end::{Stop, kill, stop};
pub(super) use life::step;
pub(super) use list::list_tasks;
pub(super) use run::run_task;
pub(super) use stop::stop_task;

use super::state::{Cluster, Task, TaskDefinition};
use super::task_definitions::named;
use crate::context::Cx;

/// A task of a cluster.
fn find<'a>(cx: &'a mut Cx, cluster: &str, task: &str) -> Option<&'a mut Task> {
    let cluster: &mut Cluster = cx.region().ecs.clusters.get_mut(cluster)?;
    cluster.tasks.get_mut(task)
}

/// What a task was made of.
pub(super) fn definition_of(cx: &mut Cx, task: &Task) -> Option<TaskDefinition> {
    named(&mut cx.region().ecs, &task.definition).cloned()
}
