//! A request, read.

use bytes::Bytes;
use http::Request;
use http::header::{AUTHORIZATION, HeaderMap};
use serde_json::Value;

use super::query;
use super::wire::Wire;
use crate::fault::Fault;
use crate::service::{Operation, Service};

use super::input::Input;

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
        Wire::Query { version, .. } => {
            let unknown =
                |name: &str| format!("Could not find operation {name} for version {version}");
            form(service, request, unknown)
        }
        Wire::Ec2 { .. } => {
            let unknown =
                |name: &str| format!("The action {name} is not valid for this web service.");
            form(service, request, unknown)
        }
        Wire::Json { target, .. } => json(service, request, target),
    }
}

fn form(
    service: &Service,
    request: &Request<Bytes>,
    unknown: impl Fn(&str) -> String,
) -> Result<Call, Fault> {
    let query = request.uri().query().unwrap_or_default();
    let pairs =
        form_urlencoded::parse(query.as_bytes()).chain(form_urlencoded::parse(request.body()));
    let (mut action, mut parameters) = (None, Vec::new());
    for (name, value) in pairs {
        match name.as_ref() {
            "Action" => action = Some(value.into_owned()),
            "Version" => {}
            _ => parameters.push((name.into_owned(), value.into_owned())),
        }
    }
    let action = action.ok_or_else(|| {
        Fault::new(
            "MissingAction",
            "The request is missing an action or a required parameter.",
        )
    })?;
    let operation = service
        .operation(&action)
        .ok_or_else(|| Fault::new("InvalidAction", unknown(&action)))?;
    let value = query::tree(parameters.into_iter()).map_err(|name| {
        Fault::new(
            "MalformedQueryString",
            format!("The query string contains a syntax error at {name}."),
        )
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
