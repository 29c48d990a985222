//! `CodeConnections`, under its name and under the older one, `CodeStar` Connections: how the
//! developer tools reach a Git host. What has to do with hosts of one's own is not here.

mod checks;
mod handshake;
mod manage;
mod state;
mod tagging;

use crate::protocol::Wire;
use crate::service::{Service, operations};

pub use handshake::{NoSuchConnection, complete_handshake};
pub(crate) use state::{Connections, Status};

/// The operations of both names; what is made has an ARN of the name that it was asked by.
macro_rules! operations_with {
    ($create:path) => {
        operations! {
            "CreateConnection" => $create,
            "GetConnection" => manage::get_connection,
            "ListConnections" => manage::list_connections,
            "DeleteConnection" => manage::delete_connection,
            "TagResource" => tagging::tag_resource,
            "UntagResource" => tagging::untag_resource,
            "ListTagsForResource" => tagging::list_tags_for_resource,
        }
    };
}

pub(crate) static SERVICE: Service = Service {
    name: "codeconnections",
    wire: Wire::Json {
        target: "com.amazonaws.codeconnections.CodeConnections_20231201",
        version: "1.0",
    },
    refusal: |error| error.validation(checks::CODE),
    secrets: &[],
    operations: operations_with!(manage::create_connection),
};

/// The same connections by the name that the service had until 2024.
pub(crate) static OLDER: Service = Service {
    name: "codestar-connections",
    wire: Wire::Json {
        target: "com.amazonaws.codestar.connections.CodeStar_connections_20191201",
        version: "1.0",
    },
    refusal: |error| error.validation(checks::CODE),
    secrets: &[],
    operations: operations_with!(manage::create_older_connection),
};
