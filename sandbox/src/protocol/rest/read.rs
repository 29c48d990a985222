//! A request, read by its route.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::Request;
use serde_json::{Map, Value};

use super::address::{self, Address};
use super::{From, On, Route, chunks, document};
use crate::fault::Fault;

/// Query parameters that say nothing.
const IDLE_PARAMETERS: [&str; 1] = ["x-id"];

/// Headers that concern the transport, the signature or the checksums, and the few that change
/// nothing for an account that has one owner.
const IDLE_HEADERS: [&str; 10] = [
    "x-amz-checksum-",
    "x-amz-content-sha256",
    "x-amz-date",
    "x-amz-decoded-content-length",
    "x-amz-optional-object-attributes",
    "x-amz-request-payer",
    "x-amz-sdk-checksum-algorithm",
    "x-amz-security-token",
    "x-amz-trailer",
    "x-amz-user-agent",
];

/// The operation's name and its members.
pub(in crate::protocol) fn read(
    routes: &'static [Route],
    request: &Request<Bytes>,
) -> Result<(&'static str, Value), Fault> {
    let address = address::read(request);
    let query = request.uri().query().unwrap_or_default();
    let query = form_urlencoded::parse(query.as_bytes())
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect::<Vec<_>>();
    let route = route(routes, request, &address, &query)?;
    let mut fields = Map::new();
    fields.extend(
        address
            .bucket
            .map(|bucket| ("Bucket".to_owned(), bucket.into())),
    );
    fields.extend(address.key.map(|key| ("Key".to_owned(), key.into())));
    for (name, value) in &query {
        let from = |from: &From| matches!(from, From::Query(query) if query == name);
        match route.takes.iter().find(|(_, it)| from(it)) {
            Some((member, _)) => {
                fields.insert((*member).to_owned(), value.clone().into());
            }
            None if name == route.query || IDLE_PARAMETERS.contains(&name.as_str()) => {}
            None => return Err(not_implemented("query parameter")),
        }
    }
    headers(route, request, &mut fields)?;
    body(route, request, &mut fields)?;
    Ok((route.operation, Value::Object(fields)))
}

fn route(
    routes: &'static [Route],
    request: &Request<Bytes>,
    address: &Address,
    query: &[(String, String)],
) -> Result<&'static Route, Fault> {
    let on = match (&address.bucket, &address.key) {
        (None, _) => On::Service,
        (Some(_), None) => On::Bucket,
        (Some(_), Some(_)) => On::Object,
    };
    let asked = |route: &&Route| query.iter().any(|(name, _)| name == route.query);
    let here = || {
        let method = request.method().as_str();
        routes
            .iter()
            .filter(move |route| route.method == method && route.on == on)
    };
    let found = here()
        .find(asked)
        .or_else(|| here().find(|route| route.query.is_empty()));
    found.ok_or_else(|| not_implemented("method or query parameter"))
}

fn headers(
    route: &Route,
    request: &Request<Bytes>,
    fields: &mut Map<String, Value>,
) -> Result<(), Fault> {
    for (header, value) in request.headers() {
        let (header, value) = (header.as_str(), value.to_str().unwrap_or_default());
        let member = route.takes.iter().find_map(|(member, from)| match from {
            From::Header(name) if *name == header => Some((*member, None)),
            From::Headers(prefix) => Some((*member, Some(header.strip_prefix(prefix)?))),
            _ => None,
        });
        match member {
            Some((member, None)) => {
                fields.insert(member.to_owned(), value.into());
            }
            Some((member, Some(name))) => {
                let map = fields
                    .entry(member)
                    .or_insert_with(|| Value::Object(Map::new()));
                if let Some(map) = map.as_object_mut() {
                    map.insert(name.to_owned(), value.into());
                }
            }
            None => {
                let idle = IDLE_HEADERS.iter().any(|idle| header.starts_with(idle));
                if header.starts_with("x-amz-") && !idle {
                    return Err(not_implemented("header"));
                }
            }
        }
    }
    Ok(())
}

fn body(
    route: &Route,
    request: &Request<Bytes>,
    fields: &mut Map<String, Value>,
) -> Result<(), Fault> {
    let header = |name: &str| {
        let value = request.headers().get(name);
        value
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    };
    let in_pieces = header("x-amz-content-sha256").starts_with("STREAMING-")
        || header("content-encoding").contains("aws-chunked");
    let body = if in_pieces {
        let joined = chunks::joined(request.body());
        Bytes::from(joined.ok_or_else(|| {
            let words = "The request body terminated unexpectedly";
            Fault::new("IncompleteBody", words)
        })?)
    } else {
        request.body().clone()
    };
    for (member, from) in route.takes {
        let value = match from {
            From::Body => Value::String(STANDARD.encode(&body)),
            From::Document { root, lists } if !body.is_empty() => {
                let text = std::str::from_utf8(&body).ok();
                let read = text.and_then(|text| document::read(text, root, lists));
                read.ok_or_else(malformed)?
            }
            _ => continue,
        };
        fields.insert((*member).to_owned(), value);
    }
    Ok(())
}

fn malformed() -> Fault {
    Fault::new(
        "MalformedXML",
        "The XML you provided was not well-formed or did not validate against our published schema",
    )
}

fn not_implemented(what: &str) -> Fault {
    let words = format!("A {what} you provided implies functionality that is not implemented");
    Fault::new("NotImplemented", words).with_status(501)
}
