//! The health of targets over time
//! (User Guide for Application Load Balancers, "Health checks for your target groups").
//!
//! No check is sent every thirty seconds. What a check would find changes only when something in the
//! account does, so [`observe`] looks after every change, and if a check would now find something
//! else, it plans the instant at which the threshold of checks will have found it.

mod states;

pub(super) use states::Life;

use self::states::{Check, Idle, Outlook};
use super::life::Due;
use super::probe::{self, Answer};
use super::state::{HealthCheck, LoadBalancer, Target, TargetGroup};
use super::target_groups;
use crate::agenda;
use crate::context::Cx;
use crate::state::Region;

/// Looks at every target of the Region, after a change of whatever kind.
pub(crate) fn observe(cx: &mut Cx) {
    let Some(region) = cx.account.regions.get(cx.region) else {
        return;
    };
    let mut turned = Vec::new();
    for group in region.elb.target_groups.values() {
        let balancer = region.elb.load_balancer_of(&group.arn);
        for target in &group.targets {
            let outlook = outlook(region, balancer, group, target);
            let after = |real| cx.after(real);
            if let Some(life) = target.life.seeing(outlook, &group.health_check, after) {
                turned.push((group.arn.clone(), target.id.clone(), target.port, life));
            }
        }
    }
    for (group, id, port, life) in turned {
        live(cx, group, id, port, life);
    }
}

/// Gives a target another life, and plans the end of that if it has one.
fn live(cx: &mut Cx, group: String, id: String, port: u16, life: Life) {
    let ends = life.ends();
    let groups = &mut cx.region().elb.target_groups;
    let Some(target) = groups
        .get_mut(&group)
        .and_then(|group| group.target(&id, port))
    else {
        return;
    };
    let known = target.life.ends();
    target.life = life;
    if let Some(at) = ends.filter(|_| ends != known) {
        cx.plan(at, agenda::Due::Elb(Due::Target { group, id, port }));
    }
}

/// Lets the life of a target take its turn, if it is time.
pub(super) fn turn(cx: &mut Cx, group: &str, id: &str, port: u16) {
    let now = cx.now;
    let groups = &mut cx.region().elb.target_groups;
    let Some(found) = groups.get_mut(group) else {
        return;
    };
    let check = found.health_check.clone();
    let Some(target) = found.target(id, port) else {
        return;
    };
    if target.life.ends().is_none_or(|at| at > now) {
        return;
    }
    let life = target.life.clone();
    match life.turned(&check, |real| cx.after(real)) {
        Some(life) => live(cx, group.to_owned(), id.to_owned(), port, life),
        None => forget(cx, group, id, port),
    }
}

fn forget(cx: &mut Cx, group: &str, id: &str, port: u16) {
    if let Some(group) = cx.region().elb.target_groups.get_mut(group) {
        group
            .targets
            .retain(|target| target.id != id || target.port != port);
    }
}

/// Deregisters a target: one that is in use drains first.
pub(super) fn drain(cx: &mut Cx, group: &str, id: &str, port: u16) {
    let groups = &mut cx.region().elb.target_groups;
    let Some(found) = groups.get_mut(group) else {
        return;
    };
    let lasts = target_groups::draining_time(found);
    match found.target(id, port).map(|target| &target.life) {
        Some(Life::Watched(_)) => {
            let until = cx.after(lasts);
            let life = Life::Draining { until };
            live(cx, group.to_owned(), id.to_owned(), port, life);
        }
        Some(Life::Draining { .. }) | None => {}
        Some(Life::Unused(_) | Life::Awaited) => forget(cx, group, id, port),
    }
}

fn outlook(
    region: &Region,
    balancer: Option<&LoadBalancer>,
    group: &TargetGroup,
    target: &Target,
) -> Outlook {
    let Some(balancer) = balancer else {
        return Outlook::Idle(Idle::Group);
    };
    let machine = probe::machine(&region.ec2, group, target);
    if let Some(machine) = &machine {
        let zones = region.ec2.zones_of(&balancer.subnets);
        if !machine.running {
            return Outlook::Idle(Idle::Stopped);
        }
        if !zones.contains(&machine.zone) {
            return Outlook::Idle(Idle::Zone);
        }
    }
    if !balancer.active {
        return Outlook::Awaited;
    }
    let check = &group.health_check;
    let port = check.port_of(target);
    let answer = machine.map_or(Answer::Silence, |machine| {
        probe::ask(region, balancer, (target, &machine), port, &check.path)
    });
    Outlook::Checked(match answer {
        Answer::Silence => Check::TimedOut,
        Answer::Refused => Check::Failed,
        Answer::Status(status) if target_groups::accepts(&check.matcher, status) => Check::Passed,
        Answer::Status(status) => Check::Mismatch(status),
    })
}

impl HealthCheck {
    /// The port on which `target` is checked.
    pub(super) fn port_of(&self, target: &Target) -> u16 {
        self.port.parse().unwrap_or(target.port)
    }
}

impl TargetGroup {
    pub(super) fn target(&mut self, id: &str, port: u16) -> Option<&mut Target> {
        self.targets
            .iter_mut()
            .find(|target| target.id == id && target.port == port)
    }
}
