//! What was seen of an item, in numbers and names.

use super::capacity::{Room, counted, task_size};
use super::{Sights, items};
use crate::blueprint::{Kind, Variables, find};
use crate::model::{Finding, Observation, PreFlightItem};

/// A sentence about the item; where too little was seen, how much was looked at.
pub(super) fn of(
    item: PreFlightItem,
    sights: &Sights,
    variables: &Variables,
    rows: &[Finding],
) -> String {
    let told = match item {
        PreFlightItem::Capacity => capacity(sights),
        PreFlightItem::Ports => ports(sights, variables),
        PreFlightItem::Image => image(sights, variables),
        PreFlightItem::Files => files(sights),
        PreFlightItem::TargetGroups => target_groups(sights, variables),
        PreFlightItem::Quiet => quiet(sights, variables),
        PreFlightItem::Connection => connection(sights, variables),
        PreFlightItem::Roles => Some(roles(sights, variables)),
    };
    told.unwrap_or_else(|| {
        let number = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        format!("{} looked at.", counted(number, "row"))
    })
}

fn capacity(sights: &Sights) -> Option<String> {
    let instances = sights.surroundings.instances.as_ref().ok()?;
    let tasks = sights.surroundings.tasks.as_ref().ok().copied().flatten()?;
    let task = task_size(sights)?;
    let size = task.size;
    let number = u32::try_from(instances.len()).unwrap_or(u32::MAX);
    let room = Room::new(instances, tasks, task);
    let bounds = sights
        .value(Kind::AutoScalingGroup, "desired")
        .zip(sights.value(Kind::AutoScalingGroup, "max"));
    let scaling = match sights.value(Kind::CapacityProvider, "scaling") {
        Some("ENABLED") => "on",
        Some(_) => "off",
        None => "unknown",
    };
    let growth = bounds.map(|(desired, max)| {
        format!(" The group may grow from {desired} to {max}; managed scaling is {scaling}.")
    });
    Some(format!(
        "2 × {} tasks of {} CPU units and {} MiB; {} placed, {} missing, room for {} on {}.{}",
        tasks.desired,
        size.cpu,
        size.memory,
        tasks.placed,
        room.needed(),
        room.total(),
        counted(number, "instance"),
        growth.unwrap_or_default(),
    ))
}

fn ports(sights: &Sights, variables: &Variables) -> Option<String> {
    let rules = sights.values(Kind::InstanceIngress, "ingress");
    let group = variables.get("ecs_security_group")?;
    match rules {
        [] => None,
        rules => Some(format!("{group} admits {}.", rules.join(", "))),
    }
}

fn image(sights: &Sights, variables: &Variables) -> Option<String> {
    let design = match sights.value(Kind::DeployFiles, "image") {
        Some("<IMAGE1_NAME>") => " The next build pushes its own, tagged by commit.",
        Some(image) if image.ends_with(":latest") => " Every build pushes latest again.",
        _ => "",
    };
    let digest = sights.value(Kind::FirstImage, "digest")?;
    let name = variables.fill_loosely(find(Kind::FirstImage).name);
    let short = digest.get(..19).unwrap_or(digest);
    Some(format!("{name} is {short}….{design}"))
}

fn files(sights: &Sights) -> Option<String> {
    let image = sights.value(Kind::DeployFiles, "image")?;
    let container = sights.value(Kind::DeployFiles, "appspec_container")?;
    let port = sights.value(Kind::DeployFiles, "appspec_port")?;
    Some(format!(
        "taskdef.json asks for {image}; appspec.yaml sends the traffic to {container}:{port}."
    ))
}

fn target_groups(sights: &Sights, variables: &Variables) -> Option<String> {
    let to = |kind| sights.value(kind, "forwards");
    let production = to(Kind::ProdListener)?;
    let test = to(Kind::TestListener)?;
    let service = variables.get("service")?;
    let own = sights.value(Kind::Service, "target_groups")?;
    Some(format!(
        "80 forwards to {production}, 8080 to {test}; {service} is behind {own}."
    ))
}

fn quiet(sights: &Sights, variables: &Variables) -> Option<String> {
    let deployments = sights.surroundings.deployments.as_ref().ok()?.len();
    let executions = sights.surroundings.pipeline.as_ref().ok()?.executions.len();
    let counted = |number: usize, noun: &str| match u32::try_from(number).unwrap_or(u32::MAX) {
        0 => format!("no {noun}"),
        number => counted(number, noun),
    };
    let told = variables.fill_loosely("{{deployment_group}}, {{pipeline}}");
    Some(format!(
        "{told}: {} and {} under way.",
        counted(deployments, "deployment"),
        counted(executions, "execution")
    ))
}

fn connection(sights: &Sights, variables: &Variables) -> Option<String> {
    let name = variables.get("connection")?;
    match sights.resources.get(&Kind::Connection)? {
        Observation::Present(facts) => Some(match &facts.phase {
            crate::model::Phase::Ready => format!("{name} is AVAILABLE."),
            crate::model::Phase::Coming(word)
            | crate::model::Phase::Going(word)
            | crate::model::Phase::Stopped(word)
            | crate::model::Phase::Failed(word) => format!("{name} is {word}."),
        }),
        Observation::Absent(_) => Some(format!("{name} is not there.")),
        Observation::Unknown(_) => None,
    }
}

fn roles(sights: &Sights, variables: &Variables) -> String {
    let roles: Vec<_> = items::kinds()
        .filter(|kind| items::item_of(*kind, "exists") == Some(PreFlightItem::Roles))
        .filter(|kind| matches!(sights.resources.get(kind), Some(Observation::Present(_))))
        .map(|kind| variables.fill_loosely(find(kind).name))
        .collect();
    match roles.as_slice() {
        [] => "No role was seen.".to_owned(),
        roles => format!(
            "{} asked of IAM: {}.",
            counted(u32::try_from(roles.len()).unwrap_or(u32::MAX), "role"),
            roles.join(", ")
        ),
    }
}
