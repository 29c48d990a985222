//! A request, read.

use bytes::Bytes;
use http::Request;
use http::header::{AUTHORIZATION, HeaderMap};
use serde_json::Value;

use super::cbor;
use super::input::Input;
use super::query::{self, Lists};
use super::rest;
use super::wire::{ANONYMOUS, CBOR, Wire};
use crate::fault::Fault;
use crate::service::{Operation, Service};
use crate::services;

/// A call: whom it is for, what it wants, and its parameters.
pub(crate) struct Call {
    pub(crate) operation: &'static Operation,
    pub(crate) input: Input,
}

/// What a signature is good for (IAM User Guide, "Elements of an AWS API request signature").
pub(crate) struct Scope<'a> {
    pub(crate) access_key_id: &'a str,
    pub(crate) date: &'a str,
    pub(crate) region: &'a str,
    pub(crate) service: &'a str,
}

/// The scope that the request claims: `AKID/20150830/us-east-1/iam/aws4_request`.
pub(crate) fn scope(headers: &HeaderMap) -> Option<Scope<'_>> {
    let header = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let fields = header.strip_prefix("AWS4-HMAC-SHA256")?;
    let credential = fields
        .split(',')
        .find_map(|field| field.trim().strip_prefix("Credential="))?;
    let mut parts = credential.split('/');
    let scope = Scope {
        access_key_id: parts.next()?,
        date: parts.next()?,
        region: parts.next()?,
        service: parts.next()?,
    };
    (parts.next() == Some("aws4_request") && parts.next().is_none()).then_some(scope)
}

/// Reads the operation and its parameters in the service's protocol.
pub(crate) fn decode(service: &Service, request: &Request<Bytes>) -> Result<Call, Fault> {
    match &service.wire {
        Wire::Query { version, .. } => form(service, request, version, Lists::Named),
        Wire::Ec2 { version, .. } => form(service, request, version, Lists::Flat),
        Wire::Json { target, .. } if is_rpc(request) => rpc(service, request, target),
        Wire::Json { target, .. } => json(service, request, target),
        Wire::Cbor => Err(Fault::new("UnknownOperationException", "")),
        Wire::Rest { routes, .. } => {
            let (name, value) = rest::read(routes, request)?;
            let operation = service.operation(name);
            Ok(Call {
                operation: operation.ok_or_else(|| Fault::new("NotImplemented", name))?,
                input: Input::new(value, true),
            })
        }
    }
}

/// The protocol in which the request asks the service.
pub(crate) fn spoken(service: &'static Service, request: &Request<Bytes>) -> &'static Wire {
    match &service.wire {
        Wire::Json { .. } if is_rpc(request) => &CBOR,
        wire => wire,
    }
}

fn is_rpc(request: &Request<Bytes>) -> bool {
    let protocol = request.headers().get("smithy-protocol");
    protocol.is_some_and(|protocol| protocol == "rpc-v2-cbor")
}

fn form(
    service: &Service,
    request: &Request<Bytes>,
    ours: &str,
    lists: Lists,
) -> Result<Call, Fault> {
    let query = request.uri().query().unwrap_or_default();
    let pairs = form_urlencoded::parse(query.as_bytes());
    let (mut action, mut version, mut parameters) = (None, ours.to_owned(), Vec::new());
    for (name, value) in pairs.chain(form_urlencoded::parse(request.body())) {
        match name.as_ref() {
            "Action" => action = Some(value.into_owned()),
            "Version" => version = value.into_owned(),
            _ => parameters.push((name.into_owned(), value.into_owned())),
        }
    }
    let action = action.ok_or_else(|| {
        let words = "The request is missing an action or a required parameter.";
        Fault::new("MissingAction", words)
    })?;
    let operation = service
        .operation(&action)
        .filter(|_| version == ours)
        .ok_or_else(|| {
            let words = format!("Could not find operation {action} for version {version}");
            Fault::new("InvalidAction", words)
        })?;
    let value = query::tree(parameters.into_iter(), lists).map_err(|name| {
        let words = format!("The query string contains a syntax error at {name}.");
        Fault::new("MalformedQueryString", words)
    })?;
    Ok(Call {
        operation,
        input: Input::new(value, true),
    })
}

fn json(service: &Service, request: &Request<Bytes>, prefix: &str) -> Result<Call, Fault> {
    let target = request
        .headers()
        .get("x-amz-target")
        .and_then(|target| target.to_str().ok());
    let operation = target
        .and_then(|target| target.strip_prefix(prefix)?.strip_prefix('.'))
        .and_then(|name| service.operation(name))
        .ok_or_else(|| Fault::new("UnknownOperationException", ""))?;
    let body: &[u8] = if request.body().is_empty() {
        b"{}"
    } else {
        request.body()
    };
    match serde_json::from_slice::<Value>(body) {
        Ok(value @ Value::Object(_)) => Ok(Call {
            operation,
            input: Input::new(value, false),
        }),
        Ok(_) => Err(Fault::new(
            "SerializationException",
            "Start of structure or map found where not expected.",
        )),
        Err(_) => Err(Fault::new("SerializationException", "")),
    }
}

/// `/service/{target}/operation/{operation}`, below wherever the host serves the account.
fn rpc(service: &Service, request: &Request<Bytes>, target: &str) -> Result<Call, Fault> {
    let mut path = request.uri().path().rsplit('/');
    let named = [path.next(), path.next(), path.next(), path.next()];
    // Clients differ in whether they say the namespace of the service.
    let ours = |name: &str| name == target || target.ends_with(&format!(".{name}"));
    let operation = match named {
        [Some(name), Some("operation"), Some(shape), Some("service")] if ours(shape) => {
            service.operation(name)
        }
        _ => None,
    };
    let operation = operation.ok_or_else(|| Fault::new("UnknownOperationException", ""))?;
    let input = match &request.body()[..] {
        [] => Some(Value::Object(serde_json::Map::new())),
        body => cbor::read(body).filter(Value::is_object),
    };
    let input = input.ok_or_else(|| Fault::new("SerializationException", ""))?;
    Ok(Call {
        operation,
        input: Input::new(input, false),
    })
}

/// The protocol that the request speaks, signed or not: that of the service of
/// its signature, of its target, or else plain Query.
pub(crate) fn wire(request: &Request<Bytes>) -> &'static Wire {
    let signed = scope(request.headers()).and_then(|scope| services::find(scope.service));
    let service = signed.or_else(|| {
        let target = request.headers().get("x-amz-target")?.to_str().ok()?;
        let named = target.split_once('.')?.0;
        let speaks = |wire: &Wire| matches!(wire, Wire::Json { target, .. } if *target == named);
        services::SERVICES
            .iter()
            .copied()
            .find(|service| speaks(&service.wire))
    });
    service.map_or(&ANONYMOUS, |service| spoken(service, request))
}
