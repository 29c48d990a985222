//! Which bucket and which object a request is for.

use bytes::Bytes;
use http::Request;
use http::header::HOST;
use percent_encoding::percent_decode_str;

/// `None` in place of what is not named.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) bucket: Option<String>,
    pub(super) key: Option<String>,
}

/// Reads both ways of addressing: the bucket in front of the host's name, or in the path.
pub(super) fn read(request: &Request<Bytes>) -> Address {
    let header = request
        .headers()
        .get(HOST)
        .and_then(|host| host.to_str().ok());
    let host = header.or_else(|| request.uri().authority().map(http::uri::Authority::as_str));
    let path = request.uri().path().trim_start_matches('/');
    let (bucket, key) = match host.and_then(in_host) {
        Some(bucket) => (bucket, path),
        None => path.split_once('/').unwrap_or((path, "")),
    };
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let given = |text: &str| (!text.is_empty()).then(|| decoded(text));
    Address {
        bucket: given(bucket),
        key: given(key),
    }
}

/// The bucket in `bucket.s3.eu-central-1.amazonaws.com` and in `bucket.localhost:3000`.
fn in_host(host: &str) -> Option<&str> {
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    if let Some(bucket) = name.strip_suffix(".localhost") {
        return Some(bucket);
    }
    let rest = name.strip_suffix(".amazonaws.com")?;
    let at = rest.rfind(".s3").filter(|at| {
        let after = &rest[at + 3..];
        after.is_empty() || after.starts_with(['.', '-'])
    })?;
    Some(&rest[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(host: &str, path: &str) -> (Option<String>, Option<String>) {
        let request = Request::get(path)
            .header(HOST, host)
            .body(Bytes::new())
            .unwrap();
        let Address { bucket, key } = read(&request);
        (bucket, key)
    }

    #[test]
    fn both_ways() {
        let both = (Some("my.bucket".to_owned()), Some("a/b c".to_owned()));
        assert_eq!(of("127.0.0.1:4000", "/my.bucket/a/b%20c"), both);
        assert_eq!(of("my.bucket.localhost:4000", "/a/b%20c"), both);
        assert_eq!(
            of("my.bucket.s3.eu-central-1.amazonaws.com", "/a/b%20c"),
            both
        );
        assert_eq!(of("my.bucket.s3.amazonaws.com", "/a/b%20c"), both);
        assert_eq!(
            of("s3.eu-central-1.amazonaws.com", "/my.bucket/a/b%20c"),
            both
        );
        assert_eq!(
            of("localhost:4000", "/my.bucket"),
            (Some("my.bucket".to_owned()), None)
        );
        assert_eq!(of("localhost:4000", "/"), (None, None));
    }
}
