//! Stopping, starting and rebooting.

use serde::Deserialize;
use serde_json::{Value, json};

use super::state::{Instance, State};
use super::terminate::{because_of_the_user, change, state};
use super::{all, events, life};
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ec2::faults::rehearsal;
use crate::services::ec2::network_interfaces;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the parameters of the operation"
)]
pub(crate) struct StopInstances {
    #[serde(default)]
    instance_id: Vec<String>,
    #[serde(default)]
    hibernate: bool,
    #[serde(default, rename = "Force")]
    _force: bool,
    #[serde(default, rename = "SkipOsShutdown")]
    _skip: bool,
    #[serde(default)]
    dry_run: bool,
}

/// `StopInstances` (EC2 API Reference): what is stopped already stays so.
pub(crate) fn stop_instances(cx: &mut Cx, input: StopInstances) -> Result<Value, Fault> {
    let instances = all(&cx.region().ec2, &input.instance_id)?;
    if let Some(protected) = instances
        .iter()
        .find(|instance| instance.parameters.disable_api_stop == Some(true))
    {
        let words = format!(
            "The instance '{}' may not be stopped. Modify its 'disableApiStop' instance attribute and try again.",
            protected.id
        );
        return Err(Fault::new("OperationNotPermitted", words));
    }
    in_no_state(&instances, "stopped", |state| {
        matches!(
            state,
            State::Pending | State::ShuttingDown | State::Terminated
        )
    })?;
    if input.hibernate {
        let words =
            "The instance was not launched with hibernation enabled, so it cannot be hibernated.";
        return Err(Fault::new("UnsupportedHibernationConfiguration", words));
    }
    rehearsal(input.dry_run)?;
    let changes = input.instance_id.iter().map(|id| {
        let before = state(cx, id);
        if before == Some(State::Running) {
            because_of_the_user(cx, id);
            life::enter(cx, id, State::Stopping, Some(life::STOPPING));
            events::leaves(cx, id);
        }
        change(id, before, state(cx, id))
    });
    Ok(json!({ "instancesSet": changes.collect::<Value>() }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct InstanceIds {
    #[serde(default)]
    instance_id: Vec<String>,
    #[serde(default)]
    dry_run: bool,
}

/// `StartInstances` (EC2 API Reference): what runs already stays so.
pub(crate) fn start_instances(cx: &mut Cx, input: InstanceIds) -> Result<Value, Fault> {
    let instances = all(&cx.region().ec2, &input.instance_id)?;
    in_no_state(&instances, "started", |state| {
        matches!(
            state,
            State::Stopping | State::ShuttingDown | State::Terminated
        )
    })?;
    rehearsal(input.dry_run)?;
    let changes = input.instance_id.iter().map(|id| {
        let before = state(cx, id);
        if before == Some(State::Stopped) {
            start(cx, id);
        }
        change(id, before, state(cx, id))
    });
    Ok(json!({ "instancesSet": changes.collect::<Value>() }))
}

/// `RebootInstances` (EC2 API Reference): nothing that EC2 shows of them changes.
pub(crate) fn reboot_instances(cx: &mut Cx, input: InstanceIds) -> Result<Value, Fault> {
    let instances = all(&cx.region().ec2, &input.instance_id)?;
    in_no_state(&instances, "rebooted", |state| state != State::Running)?;
    rehearsal(input.dry_run)?;
    Ok(json!({ "return": true }))
}

fn start(cx: &mut Cx, id: &str) {
    let now = cx.now;
    let ec2 = &mut cx.region().ec2;
    let Some(instance) = ec2.instances.get_mut(id) else {
        return;
    };
    instance.launched = now;
    instance.reason = None;
    let asked = instance.parameters.network_interface.first();
    let asked = asked.and_then(|interface| interface.associate_public_ip_address);
    let by_subnet = ec2.subnets.get(&instance.subnet);
    let public = asked.unwrap_or(by_subnet.is_some_and(|subnet| subnet.public_ip_on_launch));
    if let Some(interface) = instance.interface.clone() {
        network_interfaces::publish(cx, &interface, public);
    }
    life::enter(cx, id, State::Pending, Some(life::STARTING));
}

/// Refuses instances in a state from which they cannot be `done`.
fn in_no_state(instances: &[&Instance], done: &str, is: fn(State) -> bool) -> Result<(), Fault> {
    let Some(instance) = instances.iter().find(|instance| is(instance.state)) else {
        return Ok(());
    };
    let words = format!(
        "The instance '{}' is not in a state from which it can be {done}.",
        instance.id
    );
    Err(Fault::new("IncorrectInstanceState", words))
}
