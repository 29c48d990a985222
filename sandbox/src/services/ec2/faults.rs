//! EC2's refusals that more than one operation uses
//! (EC2 API Reference, "Error codes for the Amazon EC2 API").

use crate::fault::Fault;
use crate::protocol::{InputError, Problem};

/// `InvalidParameterValue`.
pub(super) fn invalid(message: impl Into<String>) -> Fault {
    Fault::new("InvalidParameterValue", message)
}

/// `MissingParameter`.
pub(super) fn missing(parameter: &str) -> Fault {
    Fault::new(
        "MissingParameter",
        format!("The request must contain the parameter {parameter}"),
    )
}

/// `InvalidSubnetID.NotFound` and its like: `kind` is EC2's word for the resource.
pub(super) fn no_such(code: &'static str, kind: &str, id: &str) -> Fault {
    Fault::new(code, format!("The {kind} ID '{id}' does not exist"))
}

/// What EC2 says to a request that would have worked, had it not asked for a rehearsal.
pub(super) fn rehearsal(dry_run: bool) -> Result<(), Fault> {
    if dry_run {
        let message = "Request would have succeeded, but DryRun flag is set.";
        return Err(Fault::new("DryRunOperation", message).with_status(412));
    }
    Ok(())
}

/// EC2's words for input that does not fit its model.
pub(super) fn input(error: InputError) -> Fault {
    let InputError { path, problem } = error;
    match problem {
        Problem::Missing => missing(&path),
        Problem::Unknown => Fault::new(
            "UnknownParameter",
            format!("The parameter {path} is not recognized"),
        ),
        Problem::Type(wanted) => invalid(format!("Invalid value for parameter {path}: {wanted}")),
    }
}
