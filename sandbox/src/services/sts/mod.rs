//! STS: who am I.

mod identity;

use crate::protocol::{InputError, Wire};
use crate::service::{Service, operations};

pub(crate) static SERVICE: Service = Service {
    name: "sts",
    wire: Wire::Query {
        version: "2011-06-15",
        namespace: "https://sts.amazonaws.com/doc/2011-06-15/",
        item: |_| "member",
    },
    refusal: InputError::query,
    secrets: &[],
    operations: operations! {
        "GetCallerIdentity" => identity::get_caller_identity,
    },
};
