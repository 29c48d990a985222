//! Tasks of services, started.

use serde_json::json;

use super::choose::{Needs, choose};
use super::events::{self, tell_of, tell_once, with};
use super::{capacity, throttle};
use crate::clock::Millis;
use crate::context::Cx;
use crate::services::ecs::roles;
use crate::services::ecs::state::{Cluster, Placement, Service, TaskDefinition, TaskSet, Throttle};
use crate::services::ecs::task_definitions::named;
use crate::services::ecs::tasks::{New, begin, place_on};
use crate::tags::Tags;

/// Starts tasks of a set; when to try again, where there is a reason to wait.
pub(super) fn start(
    cx: &mut Cx,
    cluster: &str,
    name: &str,
    id: &str,
    count: usize,
) -> Option<Millis> {
    let service = with(cx, cluster, name, |it| it.clone())?;
    let set = service.task_set(id)?.clone();
    if let Some(until) = set.throttle.until.filter(|until| *until > cx.now) {
        // A change, such as an instance that came, is reason to look before the time is up.
        if set.throttle.unplaced == 0 || !has_room(cx, cluster, &service, &set) {
            return Some(until);
        }
    }
    let definition = named(&mut cx.region().ecs, &set.definition)?.clone();
    if let Err(words) = check_roles(cx, &definition) {
        let words = format!("failed to launch a task with (error {words}).");
        tell_once(cx, cluster, name, id, &words);
        return hold_back(cx, cluster, name, id);
    }
    let mut begun = Vec::new();
    for _ in 0..count {
        let there = cx.region().ecs.clusters.get(cluster)?;
        let group = format!("service:{name}");
        let provider = provider(there, &set.placement, &group);
        let needs = needs(&service, &definition, provider.as_deref(), &group);
        let place = choose(there, &needs);
        let waits = place.is_err() && capacity::can_grow(cx, provider.as_deref());
        if let (Err(unplaced), false) = (&place, waits) {
            told_started(cx, cluster, name, id, &begun);
            let words = events::unplaced(unplaced, provider.is_some());
            tell_once(cx, cluster, name, id, &words);
            return hold_back(cx, cluster, name, id);
        }
        let new = New {
            cluster,
            definition: &definition,
            service: Some(name),
            task_set: Some(id),
            group: group.clone(),
            started_by: Some(set.starter()),
            placement: set.placement.clone(),
            capacity_provider: provider.clone(),
            overrides: json!({ "containerOverrides": [], "inferenceAcceleratorOverrides": [] }),
            execute_command: service.execute_command,
            tags: tags(&service, &definition, cluster),
            size: needs.size,
            token: None,
        };
        let task = begin(cx, new);
        if let Ok(instance) = place {
            place_on(cx, cluster, &task, &instance);
        }
        begun.push(task);
    }
    told_started(cx, cluster, name, id, &begun);
    with_throttle(cx, cluster, name, id, |_, throttle| {
        throttle.unplaced = 0;
        throttle.until = None;
    });
    None
}

fn told_started(cx: &mut Cx, cluster: &str, name: &str, set: &str, begun: &[String]) {
    if !begun.is_empty() {
        let words = format!(
            "has started {} tasks: {}.",
            begun.len(),
            events::tasks(begun)
        );
        tell_of(cx, cluster, name, set, &words);
    }
}

fn hold_back(cx: &mut Cx, cluster: &str, name: &str, set: &str) -> Option<Millis> {
    with_throttle(cx, cluster, name, set, |cx, throttle| {
        throttle::no_room(cx, throttle);
        throttle.until
    })
    .flatten()
}

/// Does something with the throttle of a task set.
pub(super) fn with_throttle<T>(
    cx: &mut Cx,
    cluster: &str,
    name: &str,
    set: &str,
    what: impl FnOnce(&Cx, &mut Throttle) -> T,
) -> Option<T> {
    let mut throttle = with(cx, cluster, name, |service| {
        service.task_set(set).map(|set| set.throttle.clone())
    })??;
    let done = what(cx, &mut throttle);
    with(cx, cluster, name, |service| {
        if let Some(set) = service.task_set_mut(set) {
            set.throttle = throttle;
        }
    });
    Some(done)
}

fn has_room(cx: &mut Cx, cluster: &str, service: &Service, set: &TaskSet) -> bool {
    let ecs = &mut cx.region().ecs;
    let Some(definition) = named(ecs, &set.definition).cloned() else {
        return false;
    };
    let Some(there) = ecs.clusters.get(cluster) else {
        return false;
    };
    let group = format!("service:{}", service.name);
    let provider = provider(there, &set.placement, &group);
    choose(
        there,
        &needs(service, &definition, provider.as_deref(), &group),
    )
    .is_ok()
}

fn needs<'a>(
    service: &'a Service,
    definition: &'a TaskDefinition,
    provider: Option<&'a str>,
    group: &'a str,
) -> Needs<'a> {
    let definition = &definition.definition;
    Needs {
        definition,
        size: (definition.cpu_units(), definition.memory_mib()),
        constraints: &service.constraints,
        strategies: &service.strategies,
        provider,
        group,
    }
}

/// Whether ECS can assume the roles of a task definition.
fn check_roles(cx: &Cx, definition: &TaskDefinition) -> Result<(), String> {
    let definition = &definition.definition;
    let roles = [&definition.task_role_arn, &definition.execution_role_arn];
    let mut roles = roles.into_iter().flatten();
    roles.try_for_each(|role| roles::check_assumable(cx, role))
}

/// The tags that a task of a service gets.
fn tags(service: &Service, definition: &TaskDefinition, cluster: &str) -> Tags {
    let mut tags = match service.propagate_tags.as_deref() {
        Some("SERVICE") => service.tags.clone(),
        Some("TASK_DEFINITION") => definition.tags.clone(),
        _ => Tags::new(),
    };
    if service.managed_tags {
        tags.insert("aws:ecs:clusterName".to_owned(), cluster.to_owned());
        tags.insert("aws:ecs:serviceName".to_owned(), service.name.clone());
    }
    tags
}

/// Which provider of a strategy the next task of a group goes to: first the base, then by weight
/// (ECS API Reference, `CapacityProviderStrategyItem`).
pub(in crate::services::ecs) fn provider(
    cluster: &Cluster,
    placement: &Placement,
    group: &str,
) -> Option<String> {
    let used = |provider: &str| {
        let tasks = cluster.live_tasks().filter(|task| {
            task.group == group
                && !task.stops
                && task.capacity_provider.as_deref() == Some(provider)
        });
        i64::try_from(tasks.count()).unwrap_or(i64::MAX)
    };
    let strategy = &placement.strategy;
    let base = strategy
        .iter()
        .find(|item| used(&item.capacity_provider) < item.base);
    let by_weight = || {
        let weighted = strategy.iter().filter(|item| item.weight > 0);
        // The one whose share is the smallest for its weight, compared as products.
        weighted.min_by(|one, other| {
            let share = |item: &crate::services::ecs::shapes::StrategyItem| {
                (used(&item.capacity_provider) - item.base).max(0)
            };
            (share(one) * other.weight).cmp(&(share(other) * one.weight))
        })
    };
    base.or_else(by_weight)
        .map(|item| item.capacity_provider.clone())
}
