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
    /// In the answer, one text stands for another.
    Retell(&'static str, &'static str),
}

/// A request, as far as a fate depends on it.
pub(crate) struct Passing {
    /// The operation, as the API reference names it.
    pub(crate) operation: String,
    /// The same for every try of one call.
    pub(crate) invocation: String,
}

impl Passing {
    fn of(request: &HttpRequest) -> Self {
        let header = |name| request.headers().get(name).unwrap_or_default();
        let target = header("x-amz-target")
            .rsplit('.')
            .next()
            .unwrap_or_default();
        let body = request.body().bytes().unwrap_or_default();
        let action = form_action(&String::from_utf8_lossy(body));
        Self {
            operation: action.unwrap_or_else(|| target.to_owned()),
            invocation: header("amz-sdk-invocation-id").to_owned(),
        }
    }

    /// Whether it may change something.
    pub(crate) fn changes(&self) -> bool {
        let looks = ["Get", "List", "Describe", "Simulate"];
        !looks.iter().any(|look| self.operation.starts_with(look))
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
        let is_ec2 = request.uri().contains("ec2.");
        let is_json = request.headers().get("x-amz-target").is_some();
        // A request that never arrives must not be begun: the account would be the other.
        let arrives = !matches!(
            fate,
            Fate::Refuse(..) | Fate::Unreachable | Fate::HangBefore
        );
        let answer = arrives.then(|| self.inner.call(request));
        HttpConnectorFuture::new(suffer(fate, answer, is_ec2, is_json))
    }
}

type Answer = Result<HttpResponse, ConnectorError>;

fn suffer(
    fate: Fate,
    answer: Option<HttpConnectorFuture>,
    is_ec2: bool,
    is_json: bool,
) -> Pin<Box<dyn Future<Output = Answer> + Send>> {
    Box::pin(async move {
        let answer = match answer {
            Some(answer) => Some(answer.await?),
            None => None,
        };
        match (fate, answer) {
            (Fate::Pass, Some(answer)) => Ok(answer),
            (Fate::Refuse(status, code), _) => Ok(refusal(status, code, is_ec2, is_json)),
            (Fate::AnswerLostOnce, _) => Err(ConnectorError::io("the connection was reset".into())),
            (Fate::HangBefore | Fate::HangAfter, _) => std::future::pending().await,
            (Fate::Retell(from, to), Some(answer)) => Ok(retold(&answer, from, to)),
            _ => Err(ConnectorError::other("no route to host".into(), None)),
        }
    })
}

fn refusal(status: u16, code: &str, is_ec2: bool, is_json: bool) -> HttpResponse {
    const WORDS: &str = "injected by a test";
    let body = if is_json {
        serde_json::json!({ "__type": code, "message": WORDS }).to_string()
    } else {
        let error = format!("<Error><Code>{code}</Code><Message>{WORDS}</Message></Error>");
        if is_ec2 {
            format!("<Response><Errors>{error}</Errors><RequestID>r</RequestID></Response>")
        } else {
            format!("<ErrorResponse>{error}<RequestId>r</RequestId></ErrorResponse>")
        }
    };
    response(status, body)
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
