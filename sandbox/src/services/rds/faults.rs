//! RDS's refusals that more than one operation uses: codes as in the service's model, where some
//! end in `Fault` and some do not.

use crate::fault::Fault;
use crate::protocol::{InputError, Problem};

pub(super) fn invalid(message: impl Into<String>) -> Fault {
    Fault::new("InvalidParameterValue", message)
}

pub(super) fn combination(message: impl Into<String>) -> Fault {
    Fault::new("InvalidParameterCombination", message)
}

pub(super) fn no_such_cluster(id: &str) -> Fault {
    Fault::not_found(
        "DBClusterNotFoundFault",
        format!("DBCluster {id} not found."),
    )
}

pub(super) fn no_such_instance(id: &str) -> Fault {
    Fault::not_found("DBInstanceNotFound", format!("DBInstance {id} not found."))
}

pub(super) fn no_such_snapshot(id: &str) -> Fault {
    Fault::not_found(
        "DBClusterSnapshotNotFoundFault",
        format!("DBClusterSnapshot {id} not found."),
    )
}

/// `kind` is `DBClusterParameterGroup` or `DBParameterGroup`.
pub(super) fn no_such_parameter_group(kind: &str, name: &str) -> Fault {
    Fault::not_found(
        format!("{kind}NotFound"),
        format!("{kind} not found: {name}"),
    )
}

pub(super) fn no_such_subnet_group(name: &str) -> Fault {
    Fault::not_found(
        "DBSubnetGroupNotFoundFault",
        format!("DB subnet group '{name}' does not exist."),
    )
}

pub(super) fn cluster_state(message: impl Into<String>) -> Fault {
    Fault::new("InvalidDBClusterStateFault", message)
}

pub(super) fn instance_state(message: impl Into<String>) -> Fault {
    Fault::new("InvalidDBInstanceState", message)
}

/// RDS's words for input that does not fit its model.
pub(super) fn input(error: InputError) -> Fault {
    let InputError { path, problem } = error;
    match problem {
        Problem::Missing => Fault::new(
            "MissingParameter",
            format!("The request must contain the parameter {path}."),
        ),
        Problem::Unknown => Fault::new(
            "UnknownParameter",
            format!("The parameter {path} is not recognized."),
        ),
        Problem::Type(wanted) => {
            invalid(format!("Invalid value for the parameter {path}: {wanted}"))
        }
    }
}
