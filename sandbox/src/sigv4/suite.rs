//! AWS's published test suite for Signature Version 4, its header-signed
//! requests: `suite/<name>` holds the request as it is sent. All are signed
//! with the suite's one key at the suite's one instant.

use bytes::Bytes;
use http::Request;

use super::*;

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
/// 2015-08-30T12:36:00Z.
const NOW: Millis = 1_440_938_160_000;

/// Parses a request of the suite: lines of head, an empty line, the body.
fn parse(text: &str) -> Request<Bytes> {
    let (head, body) = text.split_once("\n\n").unwrap_or((text.trim_end(), ""));
    let mut lines = head.lines();
    let (method, rest) = lines.next().unwrap().split_once(' ').unwrap();
    let target = rest.rsplit_once(' ').unwrap().0;
    let uri = percent_encoding::utf8_percent_encode(target, percent_encoding::CONTROLS).to_string();
    let mut request = Request::builder()
        .method(method)
        .uri(uri.replace(' ', "%20"));
    for line in lines {
        let (name, value) = line.split_once(':').unwrap();
        request = request.header(name, value);
    }
    request.body(Bytes::from(body.to_owned())).unwrap()
}

macro_rules! suite {
    ($($name:literal),* $(,)?) => { [$(($name, include_str!(concat!("suite/", $name, ".txt")))),*] };
}

const SUITE: &[(&str, &str)] = &suite![
    "get-header-key-duplicate",
    "get-header-value-order",
    "get-header-value-trim",
    "get-relative-normalized",
    "get-slash-dot-slash-normalized",
    "get-slashes-normalized",
    "get-unreserved",
    "get-vanilla",
    "get-vanilla-empty-query-key",
    "get-vanilla-query",
    "get-vanilla-query-order-encoded",
    "get-vanilla-query-order-key-case",
    "get-vanilla-query-unreserved",
    "get-vanilla-utf8-query",
    "post-header-key-case",
    "post-header-key-sort",
    "post-header-value-case",
    "post-vanilla",
    "post-vanilla-query",
    "post-x-www-form-urlencoded",
];

#[test]
fn every_request_of_the_suite_is_let_in() {
    for (name, text) in SUITE {
        assert_eq!(verify(&parse(text), SECRET, NOW), Ok(()), "{name}");
    }
}

#[test]
fn another_secret_method_path_header_or_body_is_not() {
    for (name, text) in SUITE {
        assert_eq!(
            verify(&parse(text), "another", NOW),
            Err(SignatureError::Mismatch),
            "{name}"
        );
        let mut forged = parse(text);
        *forged.method_mut() = http::Method::PUT;
        assert_eq!(
            verify(&forged, SECRET, NOW),
            Err(SignatureError::Mismatch),
            "{name}"
        );
        let mut forged = parse(text);
        *forged.uri_mut() = "/elsewhere".parse().unwrap();
        assert_eq!(
            verify(&forged, SECRET, NOW),
            Err(SignatureError::Mismatch),
            "{name}"
        );
        let mut forged = parse(text);
        forged
            .headers_mut()
            .insert("host", "elsewhere".parse().unwrap());
        assert_eq!(
            verify(&forged, SECRET, NOW),
            Err(SignatureError::Mismatch),
            "{name}"
        );
        let mut forged = parse(text);
        *forged.body_mut() = Bytes::from_static(b"Action=Other");
        assert_eq!(
            verify(&forged, SECRET, NOW),
            Err(SignatureError::Mismatch),
            "{name}"
        );
    }
}

#[test]
fn a_claimed_hash_of_the_body_is_not_believed() {
    let mut forged = parse(
        SUITE
            .iter()
            .find(|(name, _)| *name == "post-vanilla")
            .unwrap()
            .1,
    );
    let empty = canonical::hash(b"");
    forged
        .headers_mut()
        .insert("x-amz-content-sha256", empty.parse().unwrap());
    assert_eq!(verify(&forged, SECRET, NOW), Ok(()));
    *forged.body_mut() = Bytes::from_static(b"Action=Other");
    assert_eq!(verify(&forged, SECRET, NOW), Err(SignatureError::Mismatch));
}

#[test]
fn five_minutes_are_the_limit_both_ways() {
    let vanilla = || {
        parse(
            SUITE
                .iter()
                .find(|(name, _)| *name == "get-vanilla")
                .unwrap()
                .1,
        )
    };
    assert_eq!(verify(&vanilla(), SECRET, NOW + WINDOW), Ok(()));
    assert_eq!(verify(&vanilla(), SECRET, NOW - WINDOW), Ok(()));
    for now in [NOW + WINDOW + 1, NOW - WINDOW - 1] {
        let error = verify(&vanilla(), SECRET, now).unwrap_err();
        assert_eq!(error, SignatureError::Expired { date: NOW, now });
    }
    let late = SignatureError::Expired {
        date: NOW,
        now: NOW + 600_000,
    };
    assert_eq!(
        late.to_string(),
        "Signature expired: 20150830T123600Z is now earlier than 20150830T124100Z (20150830T124600Z - 5 min.)"
    );
}

#[test]
fn what_is_no_signature_is_told_what_it_lacks() {
    let bare = Request::new(Bytes::new());
    assert_eq!(verify(&bare, SECRET, NOW), Err(SignatureError::Missing));
    let with = |authorization: &str| {
        let request = Request::builder()
            .header("authorization", authorization)
            .header("x-amz-date", "20150830T123600Z");
        verify(&request.body(Bytes::new()).unwrap(), SECRET, NOW)
    };
    let credential = "AWS4-HMAC-SHA256 Credential=A/20150830/us-east-1/iam/aws4_request";
    for authorization in [
        "Basic eDp5",
        "AWS4-HMAC-SHA256 Credential=A/20150830",
        credential,
    ] {
        assert!(
            matches!(with(authorization), Err(SignatureError::Incomplete(_))),
            "{authorization}"
        );
    }
    let unsigned_host = format!(
        "{credential}, SignedHeaders=x-amz-date, Signature={}",
        "00".repeat(32)
    );
    assert_eq!(with(&unsigned_host), Err(SignatureError::Mismatch));
}

#[test]
fn every_protocol_refuses_in_its_own_words() {
    let asked = |service: &str| {
        let header =
            format!("AWS4-HMAC-SHA256 Credential=A/20150830/us-east-1/{service}/aws4_request");
        let request = Request::builder()
            .header("authorization", header)
            .body(Bytes::new())
            .unwrap();
        let response = refuse(&request, &SignatureError::UnknownKey);
        (
            response.status().as_u16(),
            String::from_utf8(response.body().to_vec()).unwrap(),
        )
    };
    let (status, body) = asked("sts");
    assert_eq!(status, 403);
    assert!(body.contains("<Code>InvalidClientTokenId</Code>"), "{body}");
    let (status, body) = asked("ssm");
    assert_eq!(status, 400);
    assert!(
        body.contains("\"__type\":\"UnrecognizedClientException\""),
        "{body}"
    );
}
