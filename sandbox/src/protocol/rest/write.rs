//! An answer, written by its route.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue, Response, StatusCode};
use serde_json::Value;

use super::Route;
use crate::clock;
use crate::fault::Fault;
use crate::protocol::wire::instant;
use crate::protocol::xml;

/// What the operation returned, as its route says.
pub(in crate::protocol) fn success(
    routes: &[Route],
    namespace: &str,
    operation: &str,
    value: &Value,
    request_id: &str,
) -> Response<Bytes> {
    let Some(Route { gives, .. }) = routes.iter().find(|route| route.operation == operation) else {
        return Response::new(Bytes::new());
    };
    let body = match (value.get("Body"), gives.root) {
        (Some(body), _) => {
            let bytes = body.as_str().and_then(|body| STANDARD.decode(body).ok());
            Bytes::from(bytes.unwrap_or_default())
        }
        (None, "") => Bytes::new(),
        (None, root) => {
            let mut text = format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root} xmlns=\"{namespace}\">"
            );
            let is_header = |name: &str| gives.headers.iter().any(|(member, _)| *member == name);
            match value {
                Value::Object(fields) => fields
                    .iter()
                    .filter(|(name, _)| !is_header(name))
                    .for_each(|(name, field)| flat(&mut text, name, field)),
                other => content(&mut text, other),
            }
            Bytes::from(format!("{text}</{root}>"))
        }
    };
    let mut response = Response::new(body);
    // A part of an object is another status than the whole.
    let status = value.get("$status").and_then(Value::as_u64);
    let status = status
        .and_then(|status| u16::try_from(status).ok())
        .unwrap_or(gives.status);
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    if !gives.root.is_empty() {
        put(&mut response, CONTENT_TYPE.as_str(), "application/xml");
    }
    for (member, header) in gives.headers {
        match (header.strip_suffix('*'), value.get(member)) {
            (Some(prefix), Some(Value::Object(fields))) => {
                for (name, field) in fields {
                    put(&mut response, &format!("{prefix}{name}"), &text_of(field));
                }
            }
            (None, Some(field)) if !field.is_null() => put(&mut response, header, &text_of(field)),
            _ => {}
        }
    }
    identified(response, request_id)
}

/// A refusal.
pub(in crate::protocol) fn failure(fault: &Fault, request_id: &str) -> Response<Bytes> {
    let Fault {
        code,
        message,
        status,
    } = fault;
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>".to_owned();
    for (name, words) in [
        ("Code", code.as_ref()),
        ("Message", message),
        ("RequestId", request_id),
        ("HostId", request_id),
    ] {
        flat(&mut text, name, &words.into());
    }
    let mut response = Response::new(Bytes::from(text + "</Error>"));
    *response.status_mut() = StatusCode::from_u16(*status).unwrap_or(StatusCode::BAD_REQUEST);
    put(&mut response, CONTENT_TYPE.as_str(), "application/xml");
    identified(response, request_id)
}

fn identified(mut response: Response<Bytes>, request_id: &str) -> Response<Bytes> {
    put(&mut response, "x-amz-request-id", request_id);
    put(&mut response, "x-amz-id-2", request_id);
    response
}

fn put(response: &mut Response<Bytes>, name: &str, value: &str) {
    if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::from_str(value)) {
        response.headers_mut().insert(name, value);
    }
}

fn text_of(value: &Value) -> String {
    match (value, instant(value)) {
        (_, Some(at)) => clock::http_date(at),
        (Value::String(text), _) => text.clone(),
        (other, _) => other.to_string(),
    }
}

/// An element, or of a list one for each of its items.
fn flat(out: &mut String, name: &str, value: &Value) {
    match value {
        Value::Null => {}
        Value::Array(items) => items.iter().for_each(|item| flat(out, name, item)),
        value => {
            out.extend(["<", name, ">"]);
            content(out, value);
            out.extend(["</", name, ">"]);
        }
    }
}

fn content(out: &mut String, value: &Value) {
    match (value, instant(value)) {
        (_, Some(at)) => out.push_str(&clock::iso8601(at)),
        (Value::Object(fields), _) => fields
            .iter()
            .for_each(|(name, field)| flat(out, name, field)),
        (Value::String(text), _) => xml::escape(out, text),
        (Value::Null, _) => {}
        (other, _) => out.push_str(&other.to_string()),
    }
}
