//! ECR's refusals that more than one operation uses.

use crate::fault::Fault;
use crate::protocol::{InputError, Problem};

/// `InvalidParameterException`, in ECR's usual sentence.
pub(super) fn invalid(parameter: &str, constraint: &str) -> Fault {
    Fault::new(
        "InvalidParameterException",
        format!("Invalid parameter at '{parameter}' failed to satisfy constraint: '{constraint}'"),
    )
}

pub(super) fn no_such_repository(name: &str, registry: &str) -> Fault {
    Fault::new(
        "RepositoryNotFoundException",
        format!(
            "The repository with name '{name}' does not exist in the registry with id '{registry}'"
        ),
    )
}

/// ECR's words for input that does not fit its model.
pub(super) fn input(error: InputError) -> Fault {
    match error.problem {
        Problem::Missing => invalid(&error.path, "Member must not be null"),
        Problem::Unknown => invalid(&error.path, "Member must be a known parameter"),
        Problem::Type(_) => error.validation("SerializationException"),
    }
}
