//! Host, Origin and the headers of every answer: set from the first day, on loopback too.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// The policy of everything that is not a page. Pages add a nonce for their one inline script.
pub(super) const BASE_POLICY: &str = "default-src 'none'; img-src 'self' data:; style-src 'self'; font-src 'self'; \
     connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Refuses requests that were meant for another host (DNS rebinding) and changes that another
/// site's page asks for.
pub(super) async fn guard(request: Request, next: Next) -> Response {
    let mut response = match refusal(&request) {
        Some(sentence) => (StatusCode::FORBIDDEN, sentence).into_response(),
        None => next.run(request).await,
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, BASE_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
    ] {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    response
}

/// Why the request is not let through.
fn refusal(request: &Request) -> Option<&'static str> {
    let Some(host) = host(request.headers(), request.uri()).filter(|host| is_loopback(host)) else {
        return Some(
            "This address is not served here. Open http://127.0.0.1 with the port that was printed.",
        );
    };
    (changes(request.method()) && !same_origin(request.headers(), &host))
        .then_some("Another site's page sent this. Open the panel itself and do it there. Nothing was changed.")
}

/// The host that the request names, port included.
pub(super) fn host(headers: &HeaderMap, uri: &Uri) -> Option<String> {
    let named = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .map(str::to_owned);
    named.or_else(|| uri.authority().map(ToString::to_string))
}

fn changes(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// `localhost`, `127.0.0.1` and `[::1]`, on any port: a forwarded one arrives under another.
fn is_loopback(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port))
            if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            name
        }
        _ => host,
    };
    matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}

/// A browser says where a change comes from. Programs such as the CLI and git say nothing.
fn same_origin(headers: &HeaderMap, host: &str) -> bool {
    let text = |name: HeaderName| {
        headers
            .get(name)
            .map(|value| value.to_str().unwrap_or_default())
    };
    match text(header::ORIGIN) {
        Some(origin) => {
            origin
                .strip_prefix("http://")
                .or_else(|| origin.strip_prefix("https://"))
                == Some(host)
        }
        None => matches!(
            text(HeaderName::from_static("sec-fetch-site")),
            None | Some("same-origin" | "none")
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_passes_on_any_port_and_nothing_else_does() {
        for good in [
            "localhost",
            "localhost:3000",
            "127.0.0.1:80",
            "[::1]:8443",
            "[::1]",
        ] {
            assert!(is_loopback(good), "{good}");
        }
        for bad in [
            "example.com",
            "127.0.0.1.example.com",
            "localhost.example.com:3000",
            "127.0.0.2",
            "",
            ":3000",
            "localhost:",
        ] {
            assert!(!is_loopback(bad), "{bad}");
        }
    }

    #[test]
    fn the_origin_must_be_the_host() {
        let from = |name: &'static str, value: &'static str| {
            HeaderMap::from_iter([(
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            )])
        };
        assert!(same_origin(&HeaderMap::new(), "localhost:3000"));
        assert!(same_origin(
            &from("origin", "http://localhost:3000"),
            "localhost:3000"
        ));
        for bad in [
            "http://localhost:3001",
            "http://evil.example",
            "null",
            "http://localhost:3000.evil.example",
        ] {
            assert!(
                !same_origin(&from("origin", bad), "localhost:3000"),
                "{bad}"
            );
        }
        assert!(!same_origin(
            &from("sec-fetch-site", "cross-site"),
            "localhost:3000"
        ));
        assert!(same_origin(
            &from("sec-fetch-site", "same-origin"),
            "localhost:3000"
        ));
    }
}
