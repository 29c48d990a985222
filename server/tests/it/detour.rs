//! The way between the SDK and a simulated account, on which a test may let things happen.

use std::pin::Pin;
use std::sync::Arc;

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use server::cloud::{Cloud, Connection};
use server::store::Workspace;
use server::web::Wired;

/// What becomes of a request.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Fate {
    /// It arrives, and so does the answer.
    Pass,
    /// It is refused with this status and code; the account never sees it.
    Refuse(u16, &'static str),
    /// There is no connection; the SDK is told that trying again is no use.
    Unreachable,
    /// It arrives; the answer does not.
    AnswerLost,
    /// It arrives; the answer does not, in a way that makes the SDK try again.
    AnswerLostOnce,
    /// Nothing comes back, ever: what a process sees that is killed before it was sent …
    HangBefore,
    /// … and after.
    HangAfter,
    /// There is no answer within the time that the SDK waits for one; the account never sees it.
    TimedOut,
    /// It arrives; what comes back cannot be read.
    Garbled,
    /// In the answer, one text stands for another.
    Retell(&'static str, &'static str),
}

/// A request, as far as a fate depends on it.
pub(crate) struct Passing {
    /// The service, as the signature names it.
    pub(crate) service: String,
    /// The operation, as the API reference names it.
    pub(crate) operation: String,
    /// The same for every try of one call.
    pub(crate) invocation: String,
}

impl Passing {
    fn of(request: &HttpRequest) -> Self {
        let header = |name| request.headers().get(name).unwrap_or_default();
        // JSON names the operation in a header, CBOR at the end of the address.
        let target = match header("x-amz-target").rsplit_once('.') {
            Some((_, target)) => target,
            None => match request.uri().rsplit_once("/operation/") {
                Some((_, operation)) => operation,
                None => of_s3(request.method(), request.uri()),
            },
        };
        let body = request.body().bytes().unwrap_or_default();
        let action = form_action(&String::from_utf8_lossy(body));
        let scope = header("authorization").split('/').nth(3);
        Self {
            service: scope.unwrap_or_default().to_owned(),
            operation: action.unwrap_or_else(|| target.to_owned()),
            invocation: header("amz-sdk-invocation-id").to_owned(),
        }
    }

    /// Whether it may change something.
    pub(crate) fn changes(&self) -> bool {
        let looks = ["Get", "List", "Head", "Describe", "Simulate", "BatchGet"];
        !looks.iter().any(|look| self.operation.starts_with(look))
    }
}

/// S3 has no names on the wire: the method and the query say what is meant.
fn of_s3<'a>(method: &str, uri: &'a str) -> &'a str {
    let query = uri.split_once('?').map_or("", |(_, query)| query);
    let part = query.split(['=', '&']).next().unwrap_or_default();
    if let Some(named) = query.split('&').find_map(|pair| pair.strip_prefix("x-id=")) {
        return named;
    }
    match (method, part) {
        ("HEAD", _) => "HeadBucket",
        ("GET", "publicAccessBlock") => "GetPublicAccessBlock",
        ("GET", "versioning") => "GetBucketVersioning",
        ("GET", "tagging") => "GetBucketTagging",
        ("PUT", "publicAccessBlock") => "PutPublicAccessBlock",
        ("PUT", "versioning") => "PutBucketVersioning",
        ("PUT", "tagging") => "PutBucketTagging",
        ("PUT", "") => "CreateBucket",
        ("DELETE", "") => "DeleteBucket",
        _ => "",
    }
}

fn form_action(body: &str) -> Option<String> {
    body.split('&')
        .find_map(|pair| pair.strip_prefix("Action="))
        .map(str::to_owned)
}

/// Leads the panel's requests to the workspace's account past `fate`.
pub(crate) async fn detour(
    wired: &Wired,
    workspace: &Arc<Workspace>,
    fate: impl Fn(&Passing) -> Fate + Send + Sync + 'static,
) {
    let way = Way {
        inner: wired.sandbox.http_client(workspace),
        fate: Arc::new(fate),
    };
    let cloud = Cloud::connect(Connection::Fixed {
        region: wired.accounts.region().to_owned(),
        access_key_id: workspace.access_key_id.clone(),
        secret_access_key: workspace.secret_access_key.clone(),
        http: Some(SharedHttpClient::new(way)),
        endpoint: None,
    })
    .await;
    wired.accounts.detour(&workspace.name, cloud);
}

#[derive(Clone)]
struct Way {
    inner: SharedHttpClient,
    fate: Arc<dyn Fn(&Passing) -> Fate + Send + Sync>,
}

impl std::fmt::Debug for Way {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Way")
    }
}

impl HttpClient for Way {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let inner = self.inner.http_connector(settings, components);
        SharedHttpConnector::new(Step {
            inner,
            way: self.clone(),
        })
    }
}

#[derive(Debug)]
struct Step {
    inner: SharedHttpConnector,
    way: Way,
}

impl HttpConnector for Step {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let passing = Passing::of(&request);
        let fate = (self.way.fate)(&passing);
        let protocol = Protocol::of(&request);
        // A request that never arrives must not be begun: the account would be the other.
        let arrives = !matches!(
            fate,
            Fate::Refuse(..) | Fate::Unreachable | Fate::TimedOut | Fate::HangBefore
        );
        let answer = arrives.then(|| self.inner.call(request));
        HttpConnectorFuture::new(suffer(fate, answer, protocol))
    }
}

/// The beginning of something, in no protocol a whole.
const GARBLED: &str = "{\"<";

type Answer = Result<HttpResponse, ConnectorError>;

fn suffer(
    fate: Fate,
    answer: Option<HttpConnectorFuture>,
    protocol: Protocol,
) -> Pin<Box<dyn Future<Output = Answer> + Send>> {
    Box::pin(async move {
        let answer = match answer {
            Some(answer) => Some(answer.await?),
            None => None,
        };
        match (fate, answer) {
            (Fate::Pass, Some(answer)) => Ok(answer),
            (Fate::Refuse(status, code), _) => Ok(refusal(status, code, protocol)),
            (Fate::AnswerLostOnce, _) => Err(ConnectorError::io("the connection was reset".into())),
            (Fate::TimedOut, _) => Err(ConnectorError::timeout("no answer in time".into())),
            (Fate::Garbled, Some(_)) => Ok(response(200, GARBLED.to_owned())),
            (Fate::HangBefore | Fate::HangAfter, _) => std::future::pending().await,
            (Fate::Retell(from, to), Some(answer)) => Ok(retold(&answer, from, to)),
            _ => Err(ConnectorError::other("no route to host".into(), None)),
        }
    })
}

/// How a service speaks.
#[derive(Clone, Copy)]
enum Protocol {
    Ec2,
    Query,
    Json,
    Cbor,
    S3,
    /// Nobody reads a body there.
    Head,
}

impl Protocol {
    fn of(request: &HttpRequest) -> Self {
        let headers = request.headers();
        if headers.get("smithy-protocol") == Some("rpc-v2-cbor") {
            Self::Cbor
        } else if headers.get("x-amz-target").is_some() {
            Self::Json
        } else if request.method() == "HEAD" {
            Self::Head
        } else if request.uri().contains("ec2.") {
            Self::Ec2
        } else if request.uri().contains("s3.") {
            Self::S3
        } else {
            Self::Query
        }
    }
}

fn refusal(status: u16, code: &str, protocol: Protocol) -> HttpResponse {
    const WORDS: &str = "injected by a test";
    let error = format!("<Error><Code>{code}</Code><Message>{WORDS}</Message></Error>");
    let body = match protocol {
        Protocol::Json => serde_json::json!({ "__type": code, "message": WORDS }).to_string(),
        Protocol::Ec2 => {
            format!("<Response><Errors>{error}</Errors><RequestID>r</RequestID></Response>")
        }
        Protocol::Query => {
            format!("<ErrorResponse>{error}<RequestId>r</RequestId></ErrorResponse>")
        }
        Protocol::S3 => error,
        Protocol::Head => String::new(),
        Protocol::Cbor => return cbor(status, &[("__type", code), ("message", WORDS)]),
    };
    response(status, body)
}

/// A map of short texts, as RPC v2 CBOR has it.
fn cbor(status: u16, pairs: &[(&str, &str)]) -> HttpResponse {
    let short = |length: usize| u8::try_from(length).expect("a short one");
    let mut body = vec![0xa0 | short(pairs.len())];
    for (key, value) in pairs {
        for text in [key, value] {
            body.extend([0x78, short(text.len())]);
            body.extend(text.as_bytes());
        }
    }
    let response = http::Response::builder()
        .status(status)
        .header("smithy-protocol", "rpc-v2-cbor")
        .header("content-type", "application/cbor")
        .body(SdkBody::from(body));
    HttpResponse::try_from(response.expect("a response")).expect("a response of the SDK")
}

fn retold(answer: &HttpResponse, from: &str, to: &str) -> HttpResponse {
    let body = answer.body().bytes().expect("a body in memory");
    let body = String::from_utf8_lossy(body).replace(from, to);
    response(answer.status().as_u16(), body)
}

fn response(status: u16, body: String) -> HttpResponse {
    let response = http::Response::builder()
        .status(status)
        .body(SdkBody::from(body));
    HttpResponse::try_from(response.expect("a response")).expect("a response of the SDK")
}
