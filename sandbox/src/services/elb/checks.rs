//! Checks that several operations share.

use super::faults::{constraint, invalid};
use crate::fault::Fault;

/// A name of a load balancer or a target group: `what` is the service's word for it.
pub(super) fn name(what: &str, name: &str) -> Result<(), Fault> {
    if name.is_empty() {
        return Err(invalid(format!("{what} name cannot be empty")));
    }
    if name.chars().count() > 32 {
        return Err(invalid(format!(
            "{what} name '{name}' cannot be longer than '32' characters"
        )));
    }
    if !name
        .chars()
        .all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
    {
        return Err(invalid(format!(
            "{what} name '{name}' can only contain characters that are alphanumeric characters or hyphens(-)"
        )));
    }
    if name.starts_with('-') || name.ends_with('-') {
        return Err(invalid(format!(
            "{what} name '{name}' cannot begin or end with '-'"
        )));
    }
    Ok(())
}

/// A value that is one of those that the model lists.
pub(super) fn one_of(member: &str, value: &str, known: &[&str]) -> Result<(), Fault> {
    if known.contains(&value) {
        return Ok(());
    }
    let set = known.join(", ");
    let rule = format!("Member must satisfy enum value set: [{set}]");
    Err(constraint(member, value, &rule))
}

/// A number between the model's bounds.
pub(super) fn between(member: &str, value: u32, least: u32, most: u32) -> Result<(), Fault> {
    let rule = if value < least {
        format!("Member must have value greater than or equal to {least}")
    } else if value > most {
        format!("Member must have value less than or equal to {most}")
    } else {
        return Ok(());
    };
    Err(constraint(member, &value.to_string(), &rule))
}

/// A port as the model bounds it.
pub(super) fn port(member: &str, value: u32) -> Result<u16, Fault> {
    between(member, value, 1, u32::from(u16::MAX))?;
    u16::try_from(value)
        .map_err(|_| constraint(member, &value.to_string(), "Member must be a port"))
}
