//! An account that is served under a prefix.

use bytes::Bytes;
use http::uri::PathAndQuery;
use http::{Request, Uri};

/// The request as the account is to see it that is served under `prefix`, `/sandbox`: without the
/// prefix. To be made after the signature was verified, which is of the whole path.
///
/// `None` if the request's path is not below the prefix.
pub fn below(request: &Request<Bytes>, prefix: &str) -> Option<Request<Bytes>> {
    let rest = request
        .uri()
        .path_and_query()?
        .as_str()
        .strip_prefix(prefix)?;
    let path = match rest.chars().next() {
        Some('/') => rest.to_owned(),
        None | Some('?') => format!("/{rest}"),
        Some(_) => return None,
    };
    let mut parts = request.uri().clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(path).ok()?);
    let mut seen = request.clone();
    *seen.uri_mut() = Uri::from_parts(parts).ok()?;
    Some(seen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prefix_is_taken_off() {
        let below = |uri: &str| {
            let request = Request::get(uri).body(Bytes::new()).unwrap();
            below(&request, "/sandbox").map(|request| request.uri().to_string())
        };
        assert_eq!(below("/sandbox").as_deref(), Some("/"));
        assert_eq!(below("/sandbox?a=b").as_deref(), Some("/?a=b"));
        assert_eq!(
            below("/sandbox/bucket/a%20b?x").as_deref(),
            Some("/bucket/a%20b?x")
        );
        assert_eq!(
            below("http://host:1/sandbox/a").as_deref(),
            Some("http://host:1/a")
        );
        assert_eq!(below("/sandboxes/a"), None);
        assert_eq!(below("/other"), None);
    }
}
