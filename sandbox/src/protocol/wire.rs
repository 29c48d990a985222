//! The protocols, and the one value that JSON lacks: an instant.

use serde_json::{Value, json};

use super::rest::Route;
use crate::clock::Millis;

/// A protocol with its particulars.
pub(crate) enum Wire {
    /// AWS Query: a form in, XML out, lists in the element that `item` gives
    /// for the list's own element.
    Query {
        version: &'static str,
        namespace: &'static str,
        item: fn(&str) -> &'static str,
    },
    /// EC2 Query: as Query, but flattened lists in and `item` out.
    Ec2 {
        version: &'static str,
        namespace: &'static str,
    },
    /// JSON with `X-Amz-Target: {target}.{operation}`.
    Json {
        target: &'static str,
        version: &'static str,
    },
    /// Smithy's RPC v2 with CBOR, to `/service/{target}/operation/{operation}`:
    /// how newer clients ask some of the services that have JSON as well.
    Cbor,
    /// REST with XML: method and path say what is wanted.
    Rest {
        namespace: &'static str,
        routes: &'static [Route],
    },
}

/// How to answer whoever asks no service that there is.
pub(crate) static ANONYMOUS: Wire = Wire::Query {
    version: "",
    namespace: "http://webservices.amazon.com/AWSFault/2005-15-09",
    item: |_| "member",
};

/// The one way to speak RPC v2.
pub(super) static CBOR: Wire = Wire::Cbor;

const INSTANT: &str = "$instant";

/// An instant in an answer: ISO 8601 in XML, epoch seconds in JSON.
pub(crate) fn timestamp(at: Millis) -> Value {
    json!({ INSTANT: at })
}

/// The instant that `value` is, if [`timestamp`] made it.
pub(crate) fn instant(value: &Value) -> Option<Millis> {
    value
        .as_object()
        .filter(|map| map.len() == 1)?
        .get(INSTANT)?
        .as_i64()
}
