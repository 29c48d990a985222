//! How an instance changes over time: its states, how long each lasts, and what follows.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::events;
use super::state::State;
use crate::agenda;
use crate::context::Cx;
use crate::services::ec2::network_interfaces;

/// From the launch to the running machine.
pub(super) const STARTING: Duration = Duration::from_secs(20);
/// A shut-down, whatever follows.
pub(super) const STOPPING: Duration = Duration::from_secs(40);
/// How long a terminated instance is still shown.
const SHOWN: Duration = Duration::from_hours(1);
/// How long after the start the status checks pass.
pub(super) const CHECKED: Duration = Duration::from_mins(2);

/// What comes due in EC2: the end of a state of the instance of that id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Due(String);

/// Lets a state end.
pub(crate) fn due(cx: &mut Cx, due: Due) {
    let (now, Due(id)) = (cx.now, due);
    let Some(instance) = cx.region().ec2.instances.get(&id) else {
        return;
    };
    // A plan for a state that was cut short finds that it has not run its time.
    if instance.until.is_none_or(|until| until > now) {
        return;
    }
    match instance.state {
        State::Pending => {
            enter(cx, &id, State::Running, None);
            events::runs(cx, &id);
        }
        State::Stopping => enter(cx, &id, State::Stopped, None),
        State::ShuttingDown => {
            release(cx, &id);
            enter(cx, &id, State::Terminated, Some(SHOWN));
            events::terminated(cx, &id);
        }
        State::Terminated => forget(cx, &id),
        State::Running | State::Stopped => {}
    }
}

/// Puts instance `id` into `state`, for as long as that takes on AWS if it ends by itself.
pub(super) fn enter(cx: &mut Cx, id: &str, state: State, lasts: Option<Duration>) {
    let now = cx.now;
    let until = lasts.map(|lasts| cx.after(lasts));
    let Some(instance) = cx.region().ec2.instances.get_mut(id) else {
        return;
    };
    instance.state = state;
    instance.since = now;
    instance.until = until;
    let interface = instance.interface.clone();
    if state == State::Stopped
        && let Some(interface) = interface
    {
        // The public address goes back to AWS's pool.
        network_interfaces::publish(cx, &interface, false);
    }
    if let Some(until) = until {
        cx.plan(until, agenda::Due::Ec2(Due(id.to_owned())));
    }
}

/// Takes away what a terminated instance no longer has: its interface and its disks.
fn release(cx: &mut Cx, id: &str) {
    let ec2 = &mut cx.region().ec2;
    let Some(instance) = ec2.instances.get_mut(id) else {
        return;
    };
    for volume in instance.volumes.drain(..) {
        ec2.tags.remove(&volume.id);
    }
    if let Some(interface) = instance.interface.take() {
        ec2.network_interfaces.remove(&interface);
        ec2.tags.remove(&interface);
    }
}

fn forget(cx: &mut Cx, id: &str) {
    let ec2 = &mut cx.region().ec2;
    ec2.instances.remove(id);
    ec2.tags.remove(id);
}
