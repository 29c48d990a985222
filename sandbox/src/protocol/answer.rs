//! An answer, written.

use std::sync::LazyLock;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Response, StatusCode};
use serde_json::{Value, json};

use super::wire::{Wire, instant};
use super::{cbor, rest, xml};
use crate::fault::Fault;

/// What the operation returned, in the protocol's form.
pub(crate) fn success(
    wire: &Wire,
    operation: &str,
    value: &Value,
    request_id: &str,
) -> Response<Bytes> {
    match wire {
        Wire::Query {
            namespace, item, ..
        } => {
            let mut result = String::new();
            let items = |list: &str, _: &Value| item(list);
            xml::element(&mut result, &format!("{operation}Result"), value, &items);
            let body = format!(
                "<{operation}Response xmlns=\"{namespace}\">{result}<ResponseMetadata>\
                 <RequestId>{request_id}</RequestId></ResponseMetadata></{operation}Response>"
            );
            response(200, "text/xml", body, request_id)
        }
        Wire::Ec2 { namespace, .. } => {
            let mut result = String::new();
            match value {
                // What returns nothing else says that it was done.
                Value::Null => result.push_str("<return>true</return>"),
                value => xml::content(&mut result, operation, value, &ec2_item),
            }
            let body = format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{operation}Response xmlns=\"{namespace}\">\
                 <requestId>{request_id}</requestId>{result}</{operation}Response>"
            );
            response(200, "text/xml;charset=UTF-8", body, request_id)
        }
        Wire::Json { version, .. } => {
            let body = match value {
                Value::Null => String::new(),
                value => plain(value).to_string(),
            };
            response(
                200,
                &format!("application/x-amz-json-{version}"),
                body,
                request_id,
            )
        }
        Wire::Cbor => rpc(
            200,
            if value.is_null() { &EMPTY } else { value },
            request_id,
        ),
        Wire::Rest { namespace, routes } => {
            rest::success(routes, namespace, operation, value, request_id)
        }
    }
}

/// EC2's lists have items, but for the bare ids of the groups in a launch template.
fn ec2_item(list: &str, element: &Value) -> &'static str {
    match list {
        "groupSet" if element.is_string() => "groupId",
        _ => "item",
    }
}

/// A refusal, in the protocol's form.
pub(crate) fn failure(wire: &Wire, fault: &Fault, request_id: &str) -> Response<Bytes> {
    let Fault {
        code,
        message,
        status,
    } = fault;
    let escaped = |text: &str| {
        let mut out = String::new();
        xml::escape(&mut out, text);
        out
    };
    let error = || {
        format!(
            "<Code>{}</Code><Message>{}</Message>",
            escaped(code),
            escaped(message)
        )
    };
    match wire {
        Wire::Query { namespace, .. } => {
            let blame = if *status < 500 { "Sender" } else { "Receiver" };
            let body = format!(
                "<ErrorResponse xmlns=\"{namespace}\"><Error><Type>{blame}</Type>{}</Error>\
                 <RequestId>{request_id}</RequestId></ErrorResponse>",
                error()
            );
            response(*status, "text/xml", body, request_id)
        }
        Wire::Ec2 { .. } => {
            let body = format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response><Errors><Error>{}</Error></Errors>\
                 <RequestID>{request_id}</RequestID></Response>",
                error()
            );
            response(*status, "text/xml;charset=UTF-8", body, request_id)
        }
        Wire::Json { version, .. } => {
            let body = json!({"__type": code, "message": message}).to_string();
            response(
                *status,
                &format!("application/x-amz-json-{version}"),
                body,
                request_id,
            )
        }
        Wire::Cbor => {
            let body = json!({"__type": code, "message": message});
            rpc(*status, &body, request_id)
        }
        Wire::Rest { .. } => rest::failure(fault, request_id),
    }
}

/// What RPC v2 has for no content: a structure without members.
static EMPTY: LazyLock<Value> = LazyLock::new(|| json!({}));

fn rpc(status: u16, value: &Value, request_id: &str) -> Response<Bytes> {
    let mut body = Vec::new();
    cbor::write(&mut body, value);
    let mut response = response(status, "application/cbor", body, request_id);
    response
        .headers_mut()
        .insert("smithy-protocol", HeaderValue::from_static("rpc-v2-cbor"));
    response
}

/// Instants as epoch seconds, which is what JSON has for them.
fn plain(value: &Value) -> Value {
    if let Some(at) = instant(value) {
        return epoch_seconds(at);
    }
    match value {
        Value::Array(items) => items.iter().map(plain).collect(),
        Value::Object(fields) => fields
            .iter()
            .filter(|(_, field)| !field.is_null())
            .map(|(name, field)| (name.clone(), plain(field)))
            .collect(),
        other => other.clone(),
    }
}

/// Seconds with three digits after the point, as exact as the text is.
fn epoch_seconds(at: i64) -> Value {
    let text = format!("{}.{:03}", at.div_euclid(1000), at.rem_euclid(1000));
    text.parse::<f64>().map_or(Value::Null, Value::from)
}

fn response(status: u16, kind: &str, body: impl Into<Bytes>, request_id: &str) -> Response<Bytes> {
    let mut response = Response::new(body.into());
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    let headers = response.headers_mut();
    for (name, value) in [
        (CONTENT_TYPE.as_str(), kind),
        ("x-amzn-requestid", request_id),
    ] {
        if let (Ok(name), Ok(value)) = (
            http::HeaderName::try_from(name),
            HeaderValue::from_str(value),
        ) {
            headers.insert(name, value);
        }
    }
    response
}
