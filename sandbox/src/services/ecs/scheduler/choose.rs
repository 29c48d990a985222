//! Where a task goes: an instance with room, spread over zones.

use crate::services::ecs::container_instances::{ports, resources};
use crate::services::ecs::expressions;
use crate::services::ecs::shapes::{Definition, PlacementConstraint, PlacementStrategy};
use crate::services::ecs::state::{Cluster, ContainerInstance, InstanceStatus};

/// What a task needs of its place.
pub(in crate::services::ecs) struct Needs<'a> {
    pub(in crate::services::ecs) definition: &'a Definition,
    /// CPU units and MiB.
    pub(in crate::services::ecs) size: (i64, i64),
    pub(in crate::services::ecs) constraints: &'a [PlacementConstraint],
    pub(in crate::services::ecs) strategies: &'a [PlacementStrategy],
    /// The capacity provider whose instances are meant.
    pub(in crate::services::ecs) provider: Option<&'a str>,
    /// Which tasks are spread among each other.
    pub(in crate::services::ecs) group: &'a str,
}

/// Why there is no place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::services::ecs) struct Unplaced {
    pub(in crate::services::ecs) lack: Lack,
    /// The instance that comes closest.
    pub(in crate::services::ecs) closest: Option<String>,
}

/// What an instance lacks; the later ones come closer to what is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::services::ecs) enum Lack {
    Instances,
    Agent,
    Attribute,
    Constraint,
    Memory,
    Cpu,
    Port,
}

impl Lack {
    /// As `failures` of `RunTask` have it.
    pub(in crate::services::ecs) fn code(self) -> &'static str {
        match self {
            Lack::Instances => "EMPTY CAPACITY PROVIDER",
            Lack::Agent => "AGENT",
            Lack::Attribute => "ATTRIBUTE",
            Lack::Constraint => "MemberOf placement constraint unsatisfied.",
            Lack::Memory => "RESOURCE:MEMORY",
            Lack::Cpu => "RESOURCE:CPU",
            Lack::Port => "RESOURCE:PORTS",
        }
    }
}

/// The instance that a task goes to.
pub(in crate::services::ecs) fn choose(
    cluster: &Cluster,
    needs: &Needs,
) -> Result<String, Unplaced> {
    let candidates = cluster.instances.values().filter(|instance| {
        instance.status == InstanceStatus::Active
            && needs
                .provider
                .is_none_or(|wanted| instance.capacity_provider.as_deref() == Some(wanted))
    });
    let (mut fitting, mut closest): (Vec<&ContainerInstance>, Option<(Lack, &str)>) =
        (Vec::new(), None);
    for instance in candidates {
        match lack(cluster, instance, needs) {
            None => fitting.push(instance),
            Some(lack) if closest.is_none_or(|(least, _)| lack > least) => {
                closest = Some((lack, &instance.id));
            }
            Some(_) => {}
        }
    }
    let best = fitting
        .into_iter()
        .min_by_key(|instance| (preference(cluster, instance, needs), &instance.id));
    best.map(|instance| instance.id.clone()).ok_or_else(|| {
        let (lack, closest) = closest.unzip();
        Unplaced {
            lack: lack.unwrap_or(Lack::Instances),
            closest: closest.map(str::to_owned),
        }
    })
}

/// What an instance lacks for a task, if anything.
fn lack(cluster: &Cluster, instance: &ContainerInstance, needs: &Needs) -> Option<Lack> {
    if !instance.connected {
        return Some(Lack::Agent);
    }
    let definition = needs.definition;
    let platform = definition.runtime_platform.as_ref();
    let architecture = platform.and_then(|platform| platform.cpu_architecture.as_deref());
    if architecture.is_some_and(|wanted| !wanted.eq_ignore_ascii_case(&instance.architecture)) {
        return Some(Lack::Attribute);
    }
    let constraints = needs
        .constraints
        .iter()
        .chain(&definition.placement_constraints);
    for constraint in constraints {
        if !holds(cluster, instance, needs.group, constraint) {
            return Some(Lack::Constraint);
        }
    }
    let (cpu, memory) = cluster.room(instance);
    if memory < needs.size.1 {
        return Some(Lack::Memory);
    }
    if cpu < needs.size.0 {
        return Some(Lack::Cpu);
    }
    (definition.network() != "awsvpc" && !has_ports(cluster, instance, definition))
        .then_some(Lack::Port)
}

fn holds(
    cluster: &Cluster,
    instance: &ContainerInstance,
    group: &str,
    constraint: &PlacementConstraint,
) -> bool {
    if constraint.r#type.as_deref() == Some("distinctInstance") {
        return !cluster
            .tasks_on(&instance.id)
            .any(|task| task.group == group);
    }
    let expression = constraint.expression.as_deref().unwrap_or_default();
    expressions::parse(expression).is_ok_and(|it| it.accepts(cluster, instance))
}

/// Whether the fixed ports of a task are free.
fn has_ports(cluster: &Cluster, instance: &ContainerInstance, definition: &Definition) -> bool {
    let mappings = definition.container_definitions.iter();
    let mut fixed = mappings
        .flat_map(|container| &container.port_mappings)
        .filter_map(|mapping| Some((mapping.host_port.filter(|port| *port != 0)?, mapping)));
    fixed.all(|(port, mapping)| {
        let taken = ports::taken(cluster, &instance.id, mapping.protocol());
        let is_free = !u16::try_from(port).is_ok_and(|port| taken.contains(&port));
        is_free && !(mapping.protocol() == "tcp" && resources::is_reserved(port))
    })
}

/// How little an instance is preferred: by the strategies in their order, and for the rest by the
/// tasks of the group in its zone and on itself, as ECS spreads services of which nothing is said.
fn preference(cluster: &Cluster, instance: &ContainerInstance, needs: &Needs) -> Vec<i64> {
    let of_group = |on: &dyn Fn(&ContainerInstance) -> bool| {
        let tasks = cluster.live_tasks().filter(|task| {
            let on_it = task
                .instance
                .as_ref()
                .and_then(|id| cluster.instances.get(id));
            task.group == needs.group && on_it.is_some_and(on)
        });
        i64::try_from(tasks.count()).unwrap_or(i64::MAX)
    };
    let in_zone = || of_group(&|other| other.zone == instance.zone);
    let on_it = || of_group(&|other| other.id == instance.id);
    let (cpu, memory) = cluster.room(instance);
    let mut keys: Vec<i64> = needs
        .strategies
        .iter()
        .map(|strategy| {
            let field = strategy.field.as_deref().unwrap_or_default();
            match (strategy.r#type.as_deref(), field) {
                (Some("spread"), "instanceId" | "host") => on_it(),
                (Some("spread"), "attribute:ecs.availability-zone") => in_zone(),
                (Some("binpack"), field) if field.eq_ignore_ascii_case("cpu") => cpu,
                (Some("binpack"), _) => memory,
                _ => 0,
            }
        })
        .collect();
    keys.extend([in_zone(), on_it(), -memory]);
    keys
}
