//! ECS's refusals that more than one operation uses.

use crate::fault::Fault;
use crate::protocol::{InputError, Problem};

/// `InvalidParameterException`: the request is at fault.
pub(super) fn invalid(message: impl Into<String>) -> Fault {
    Fault::new("InvalidParameterException", message)
}

/// `ClientException`: what ECS answers where the state of things forbids it.
pub(super) fn client(message: impl Into<String>) -> Fault {
    Fault::new("ClientException", message)
}

pub(super) fn no_such_cluster() -> Fault {
    Fault::new("ClusterNotFoundException", "Cluster not found.")
}

pub(super) fn no_such_service() -> Fault {
    Fault::new("ServiceNotFoundException", "Service not found.")
}

pub(super) fn service_not_active() -> Fault {
    Fault::new("ServiceNotActiveException", "Service was not ACTIVE.")
}

pub(super) fn no_such_task_set() -> Fault {
    Fault::new(
        "TaskSetNotFoundException",
        "The specified task set wasn't found.",
    )
}

/// ECS's words for input that does not fit its model.
pub(super) fn input(error: InputError) -> Fault {
    match error.problem {
        Problem::Missing => {
            let member = error.path.rsplit('.').next().unwrap_or_default();
            invalid(format!("{} should not be null or empty.", capital(member)))
        }
        Problem::Unknown => invalid(format!("The parameter {} is not recognized", error.path)),
        Problem::Type(_) => error.validation("SerializationException"),
    }
}

fn capital(member: &str) -> String {
    let mut letters = member.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// Checks that a text is one of those that the model lists.
pub(super) fn one_of(member: &str, value: &str, choices: &[&str]) -> Result<(), Fault> {
    if choices.contains(&value) {
        return Ok(());
    }
    let rule = format!(
        "Member must satisfy enum value set: [{}]",
        choices.join(", ")
    );
    Err(Fault::constraint(
        "InvalidParameterException",
        member,
        value,
        &rule,
    ))
}
