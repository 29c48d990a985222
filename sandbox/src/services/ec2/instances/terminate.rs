//! `TerminateInstances`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::state::{Reason, State};
use super::{all, events, life};
use crate::clock;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ec2::faults::rehearsal;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct TerminateInstances {
    #[serde(default)]
    instance_id: Vec<String>,
    // No operating system is waited for here.
    #[serde(default, rename = "Force")]
    _force: bool,
    #[serde(default, rename = "SkipOsShutdown")]
    _skip: bool,
    #[serde(default)]
    dry_run: bool,
}

/// `TerminateInstances` (EC2 API Reference): all of them or, if one is protected, none.
pub(crate) fn terminate_instances(cx: &mut Cx, input: TerminateInstances) -> Result<Value, Fault> {
    let instances = all(&cx.region().ec2, &input.instance_id)?;
    let protected = instances
        .iter()
        .find(|instance| instance.parameters.disable_api_termination == Some(true));
    if let Some(protected) = protected {
        let words = format!(
            "The instance '{}' may not be terminated. Modify its 'disableApiTermination' instance attribute and \
             try again.",
            protected.id
        );
        return Err(Fault::new("OperationNotPermitted", words));
    }
    rehearsal(input.dry_run)?;
    let changes = input.instance_id.iter().map(|id| {
        let before = state(cx, id);
        terminate(cx, id);
        change(id, before, state(cx, id))
    });
    Ok(json!({ "instancesSet": changes.collect::<Value>() }))
}

/// Terminates instance `id`, if it is not on its way out already.
pub(crate) fn terminate(cx: &mut Cx, id: &str) {
    let Some(state) = state(cx, id) else {
        return;
    };
    if matches!(state, State::ShuttingDown | State::Terminated) {
        return;
    }
    because_of_the_user(cx, id);
    life::enter(cx, id, State::ShuttingDown, Some(life::STOPPING));
    events::leaves(cx, id);
}

/// Notes that it was asked for.
pub(super) fn because_of_the_user(cx: &mut Cx, id: &str) {
    let at = clock::iso8601(cx.second())
        .replace('T', " ")
        .replace('Z', " GMT");
    if let Some(instance) = cx.region().ec2.instances.get_mut(id) {
        instance.reason = Some(Reason {
            code: "Client.UserInitiatedShutdown".to_owned(),
            message: "Client.UserInitiatedShutdown: User initiated shutdown".to_owned(),
            transition: format!("User initiated ({at})"),
        });
    }
}

/// The state of instance `id`.
pub(super) fn state(cx: &mut Cx, id: &str) -> Option<State> {
    cx.region()
        .ec2
        .instances
        .get(id)
        .map(|instance| instance.state)
}

/// `InstanceStateChange`.
pub(super) fn change(id: &str, before: Option<State>, after: Option<State>) -> Value {
    json!({
        "instanceId": id,
        "previousState": before.map(State::described),
        "currentState": after.map(State::described),
    })
}
