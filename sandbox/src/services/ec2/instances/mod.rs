//! Instances: launched, described, stopped, started, terminated.
//!
//! What other services need is [`launch`], [`terminate`], [`running_instance`] and the list in [`events`].

mod attributes;
mod describe;
mod described;
mod events;
mod filters;
mod life;
mod make;
mod power;
mod run;
mod running;
mod state;
mod status;
mod terminate;

pub(super) use attributes::{describe_instance_attribute, modify_instance_attribute};
pub(super) use describe::describe_instances;
pub(crate) use life::{Due, due};
pub(crate) use make::{Launch, launch};
pub(super) use power::{reboot_instances, start_instances, stop_instances};
pub(super) use run::run_instances;
pub(crate) use running::running_instance;
pub(crate) use state::{Instance, State};
pub(super) use status::describe_instance_status;
pub(crate) use terminate::terminate;
pub(super) use terminate::terminate_instances;

use super::faults::no_such;
use super::state::Ec2;
use crate::fault::Fault;

/// The instance of that id.
fn find<'a>(ec2: &'a Ec2, id: &str) -> Result<&'a Instance, Fault> {
    ec2.instances.get(id).ok_or_else(|| unknown(id))
}

/// The refusal of an instance id.
fn unknown(id: &str) -> Fault {
    if !id.starts_with("i-") {
        return Fault::new(
            "InvalidInstanceID.Malformed",
            format!("Invalid id: \"{id}\""),
        );
    }
    no_such("InvalidInstanceID.NotFound", "instance", id)
}

/// Refuses ids of which there is no instance, the unknown ones named together.
fn named(ec2: &Ec2, ids: &[String]) -> Result<(), Fault> {
    let unknown: Vec<_> = ids
        .iter()
        .filter(|id| !ec2.instances.contains_key(*id))
        .map(String::as_str)
        .collect();
    match unknown[..] {
        [] => Ok(()),
        [id] => Err(self::unknown(id)),
        _ => {
            let words = format!("The instance IDs '{}' do not exist", unknown.join(", "));
            Err(Fault::new("InvalidInstanceID.NotFound", words))
        }
    }
}

/// The instances of these ids, of which there is at least one and which must all exist.
fn all<'a>(ec2: &'a Ec2, ids: &[String]) -> Result<Vec<&'a Instance>, Fault> {
    if ids.is_empty() {
        return Err(super::faults::missing("InstanceId"));
    }
    named(ec2, ids)?;
    ids.iter().map(|id| find(ec2, id)).collect()
}
