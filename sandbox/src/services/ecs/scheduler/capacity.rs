//! Managed scaling: the Auto Scaling group of a capacity provider grows for tasks that wait
//! (ECS Developer Guide, "Automatically manage Amazon ECS capacity with cluster auto scaling").
//! It is never made smaller here.

use crate::context::Cx;
use crate::services::ecs::auto_scaling;
use crate::services::ecs::state::{Cluster, Task, TaskStatus};

/// Whether a capacity provider can be waited for: ECS manages the size of its group.
pub(in crate::services::ecs) fn can_grow(cx: &mut Cx, provider: Option<&str>) -> bool {
    let providers = &cx.region().ecs.capacity_providers;
    provider
        .and_then(|name| providers.get(name))
        .is_some_and(|it| it.scaling.enabled && it.deleting.is_none())
}

/// Lets the groups grow for which tasks wait, by as many instances as these fill.
pub(super) fn grow(cx: &mut Cx, cluster: &str) {
    let Some(there) = cx.region().ecs.clusters.get(cluster).cloned() else {
        return;
    };
    for name in &there.capacity_providers {
        let waits = |task: &&Task| {
            task.is(TaskStatus::Provisioning)
                && !task.stops
                && task.capacity_provider.as_ref() == Some(name)
        };
        let waiting: Vec<_> = there.live_tasks().filter(waits).collect();
        let provider = cx.region().ecs.capacity_providers.get(name).cloned();
        let Some(provider) = provider.filter(|it| it.scaling.enabled) else {
            continue;
        };
        let Some(group) = auto_scaling::group(cx, &provider.group_arn) else {
            continue;
        };
        let registered = there
            .instances
            .values()
            .filter(|it| it.capacity_provider.as_ref() == Some(name))
            .count();
        // Those that were asked for before are on their way.
        if waiting.is_empty() || registered < group.desired {
            continue;
        }
        let more = filled(&there, name, &waiting);
        let step = usize::try_from(provider.scaling.largest_step).unwrap_or(usize::MAX);
        let desired = (group.desired + more.min(step)).min(group.most);
        if desired > group.desired {
            let policy = there.attachments.iter().find(|it| it.provider == *name);
            let policy = policy.map_or("", |it| &it.policy);
            auto_scaling::set_desired(cx, &provider.group_arn, desired, policy);
        }
    }
}

/// How many instances such tasks fill; at least one, where none is there to measure with.
fn filled(cluster: &Cluster, provider: &str, waiting: &[&Task]) -> usize {
    let instances = cluster.instances.values();
    let mut like = instances.filter(|it| it.capacity_provider.as_deref() == Some(provider));
    let Some(like) = like.next() else {
        return 1;
    };
    let sum = |of: fn(&Task) -> i64| waiting.iter().map(|task| of(task)).sum::<i64>();
    let ceil = |part: i64, whole: i64| {
        let whole = whole.max(1);
        usize::try_from((part + whole - 1) / whole).unwrap_or(1)
    };
    let by_memory = ceil(sum(|task| task.memory), like.memory);
    by_memory.max(ceil(sum(|task| task.cpu), like.cpu)).max(1)
}
