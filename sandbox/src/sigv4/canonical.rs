//! The canonical request: what client and server agree to have signed.

use bytes::Bytes;
use http::Request;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use sha2::{Digest, Sha256};

/// What SigV4 leaves as it is (RFC 3986's unreserved characters).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The canonical form of the request with those headers, `None` if one of
/// them is not there or is no text.
pub(super) fn request(request: &Request<Bytes>, signed: &str, service: &str) -> Option<String> {
    let headers = signed
        .split(';')
        .map(|name| header(request, name))
        .collect::<Option<String>>()?;
    Some(format!(
        "{}\n{}\n{}\n{headers}\n{signed}\n{}",
        request.method(),
        match service {
            "s3" => path_as_it_is(request.uri().path()),
            _ => path(request.uri().path()),
        },
        query(request.uri().query().unwrap_or_default()),
        payload(request)
    ))
}

/// Lower-case hexadecimal SHA-256.
pub(super) fn hash(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// `name:value\n`: several values joined, runs of spaces one space.
fn header(request: &Request<Bytes>, name: &str) -> Option<String> {
    let values = request.headers().get_all(name).iter().map(|value| {
        let value = value.to_str().ok()?;
        Some(value.split_ascii_whitespace().collect::<Vec<_>>().join(" "))
    });
    let mut values = values.collect::<Option<Vec<_>>>()?;
    if values.is_empty() && name == "host" {
        // HTTP/2 says it in the address.
        values.push(request.uri().authority()?.to_string());
    }
    (!values.is_empty()).then(|| format!("{name}:{}\n", values.join(",")))
}

/// Without dots and double slashes, each part encoded once more than it came
/// (which every service but S3 wants).
fn path(path: &str) -> String {
    let mut parts = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(utf8_percent_encode(part, RESERVED).to_string()),
        }
    }
    let end = if path.ends_with('/') && !parts.is_empty() {
        "/"
    } else {
        ""
    };
    format!("/{}{end}", parts.join("/"))
}

/// S3's: an object's key is whatever it is, dots and double slashes too, and encoded once.
fn path_as_it_is(path: &str) -> String {
    let parts = path.split('/').map(|part| {
        let bytes = percent_decode_str(part).collect::<Vec<u8>>();
        percent_encoding::percent_encode(&bytes, RESERVED).to_string()
    });
    parts.collect::<Vec<_>>().join("/")
}

fn query(query: &str) -> String {
    let encoded = |text: &str| {
        let bytes = percent_decode_str(text).collect::<Vec<u8>>();
        percent_encoding::percent_encode(&bytes, RESERVED).to_string()
    };
    let mut pairs = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (encoded(name), encoded(value)))
        .collect::<Vec<_>>();
    pairs.sort();
    pairs
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect::<Vec<_>>()
        .join("&")
}

/// The hash of the body; as it was sent where it stands for no single body
/// (`UNSIGNED-PAYLOAD`, `STREAMING-…`). A hash that is merely claimed is not believed.
fn payload(request: &Request<Bytes>) -> String {
    let sent = request
        .headers()
        .get("x-amz-content-sha256")
        .and_then(|sent| sent.to_str().ok());
    match sent {
        Some(sent) if sent == "UNSIGNED-PAYLOAD" || sent.starts_with("STREAMING-") => {
            sent.to_owned()
        }
        _ => hash(request.body()),
    }
}
