//! The container agent: it registers its instance when that has booted, and is gone with it.

use std::time::Duration;

use super::providers::assign_providers;
use super::resources;
use crate::agenda;
use crate::context::Cx;
use crate::services::ec2::Instance;
use crate::services::ecs::machines::{self, Machine};
use crate::services::ecs::scheduler;
use crate::services::ecs::state::{ContainerInstance, InstanceStatus, StopCode};
use crate::services::ecs::tasks::{self, Stop};
use crate::services::ecs::{Due, roles};
use crate::services::iam;

/// From a running instance to its agent's first call.
const BOOT: Duration = Duration::from_secs(40);
/// How long the agent waits after it was refused, at first and at most.
const RETRY: Duration = Duration::from_secs(30);
const LONGEST_RETRY: Duration = Duration::from_mins(10);
/// What the agent's policy is asked for.
const REGISTER: &str = "ecs:RegisterContainerInstance";

/// An instance began to run: the agent of an ECS-optimized image will come.
pub(in crate::services::ecs) fn boot(cx: &mut Cx, machine: &str) {
    if machines::find(cx, machine).is_some_and(|machine| machine.has_agent) {
        plan(cx, machine, 0, BOOT);
    }
}

fn plan(cx: &mut Cx, machine: &str, attempt: u32, wait: Duration) {
    let at = cx.after(wait);
    let due = Due::Agent {
        machine: machine.to_owned(),
        attempt,
    };
    cx.plan(at, agenda::Due::Ecs(due));
}

/// The agent calls. While there is no cluster of its name, or its role may not register, it tries
/// again later, so that what is put right is noticed.
pub(in crate::services::ecs) fn connect(cx: &mut Cx, machine: &str, attempt: u32) {
    let Some(found) = machines::find(cx, machine) else {
        return;
    };
    let Some(role) = admitted(cx, &found) else {
        let wait = RETRY.saturating_mul(2_u32.saturating_pow(attempt));
        return plan(
            cx,
            machine,
            attempt.saturating_add(1),
            wait.min(LONGEST_RETRY),
        );
    };
    register(cx, &found, role);
}

/// The role with which the agent is let in, if it is.
fn admitted(cx: &mut Cx, machine: &Machine) -> Option<String> {
    let role = machine.role.clone()?;
    let name = machine.cluster();
    let arn = cx.arn("ecs", &format!("cluster/{name}"));
    let is_there = cx
        .region()
        .ecs
        .clusters
        .get(name)
        .is_some_and(|it| it.active);
    (is_there && iam::may(cx, &role, REGISTER, &arn, &[])).then_some(role)
}

fn register(cx: &mut Cx, machine: &Machine, role: String) {
    roles::service_linked(cx);
    let id = cx.id("", 32);
    let now = cx.now;
    let (cpu, memory) = resources::of(machine);
    let name = machine.cluster().to_owned();
    let Some(cluster) = cx.region().ecs.clusters.get_mut(&name) else {
        return;
    };
    let known = cluster.instances.values_mut();
    let mut known = known.filter(|instance| instance.ec2_instance == machine.id);
    if let Some(back) = known.next() {
        // It was stopped and started again: the agent remembers who it is.
        back.connected = true;
        back.version += 1;
    } else {
        let instance = ContainerInstance {
            id: id.clone(),
            ec2_instance: machine.id.clone(),
            zone: machine.zone.clone(),
            instance_type: machine.instance_type.clone(),
            image: machine.image.clone(),
            architecture: machine.architecture.clone(),
            subnet: machine.subnet.clone(),
            vpc: machine.vpc.clone(),
            role,
            capacity_provider: None,
            status: InstanceStatus::Active,
            connected: true,
            registered: now,
            cpu,
            memory,
            next_port: resources::FIRST_PORT,
            version: 1,
            tags: [].into(),
        };
        cluster.instances.insert(id, instance);
    }
    assign_providers(cx, &name);
    scheduler::look_soon(cx, &name);
}

/// An instance begins to stop, or to shut down for good: its tasks end with it, and its agent is
/// gone. It stays registered while it is there.
pub(in crate::services::ecs) fn leave(cx: &mut Cx, machine: &str) {
    let Some((cluster, instance)) = located(cx, machine) else {
        return;
    };
    let ec2 = &cx.region().ec2;
    let is_gone = ec2.instances.get(machine).is_none_or(Instance::is_gone);
    let end = if is_gone { "terminated" } else { "stopped" };
    let there = cx.region().ecs.clusters.get(&cluster);
    let on_it: Vec<_> = there
        .into_iter()
        .flat_map(|there| there.tasks_on(&instance))
        .map(|task| task.id.clone())
        .collect();
    for task in on_it {
        let stop = Stop {
            code: StopCode::TerminationNotice,
            reason: format!("Host EC2 (instance {machine}) {end}."),
        };
        tasks::kill(cx, &cluster, &task, stop);
    }
    let there = cx.region().ecs.clusters.get_mut(&cluster);
    if let Some(instance) = there.and_then(|there| there.instances.get_mut(&instance)) {
        instance.connected = false;
        instance.version += 1;
    }
    scheduler::look_soon(cx, &cluster);
}

/// An instance is terminated: ECS deregisters it.
pub(in crate::services::ecs) fn forget(cx: &mut Cx, machine: &str) {
    if let Some((cluster, instance)) = located(cx, machine)
        && let Some(cluster) = cx.region().ecs.clusters.get_mut(&cluster)
    {
        cluster.instances.remove(&instance);
    }
}

/// The cluster and the id of the container instance that an EC2 instance is.
fn located(cx: &mut Cx, machine: &str) -> Option<(String, String)> {
    let mut clusters = cx.region().ecs.clusters.values();
    clusters.find_map(|cluster| {
        let mut instances = cluster.instances.values();
        let instance = instances.find(|it| it.ec2_instance == machine)?;
        Some((cluster.name.clone(), instance.id.clone()))
    })
}
