//! Auto Scaling's refusals that more than one operation uses.

use super::state::{Autoscaling, Group};
use crate::fault::Fault;

/// `ValidationError`, which is also what an unknown name is.
pub(super) fn invalid(message: impl Into<String>) -> Fault {
    Fault::new("ValidationError", message)
}

/// The group of that name.
pub(super) fn found<'a>(autoscaling: &'a Autoscaling, name: &str) -> Result<&'a Group, Fault> {
    autoscaling.groups.get(name).ok_or_else(|| {
        invalid(format!(
            "AutoScalingGroup name not found - AutoScalingGroup '{name}' not found"
        ))
    })
}

/// The group of that name, which is not being deleted.
pub(super) fn usable<'a>(autoscaling: &'a Autoscaling, name: &str) -> Result<&'a Group, Fault> {
    let group = found(autoscaling, name)?;
    if group.deleting {
        return Err(invalid(format!(
            "AutoScalingGroup '{name}' is pending delete"
        )));
    }
    Ok(group)
}
