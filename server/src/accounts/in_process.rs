//! A simulated account as the HTTP client of the unmodified SDK: the request never leaves the
//! process, and the SDK cannot tell.

use std::sync::Arc;

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;

use super::SandboxHost;
use crate::store::Workspace;

/// The way to one workspace's account. The host knows whose request it is, so that the signature
/// need not be looked up.
#[derive(Debug, Clone)]
pub(super) struct InProcess {
    host: SandboxHost,
    workspace: Arc<Workspace>,
}

impl InProcess {
    pub(super) fn shared(host: SandboxHost, workspace: Arc<Workspace>) -> SharedHttpClient {
        SharedHttpClient::new(Self { host, workspace })
    }

    async fn answer(self, request: HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let user = |error: Box<dyn std::error::Error + Send + Sync>| ConnectorError::user(error);
        let request = request
            .try_into_http1x()
            .map_err(|error| user(error.into()))?;
        let (head, body) = request.into_parts();
        let body = body
            .bytes()
            .map(Bytes::copy_from_slice)
            .ok_or_else(|| user("a streaming body is not served".into()))?;
        let answer = self
            .host
            .handle(&self.workspace, &http::Request::from_parts(head, body))
            .await;
        let response = answer.map_err(|error| ConnectorError::other(error.into(), None))?;
        HttpResponse::try_from(response.map(SdkBody::from)).map_err(|error| user(error.into()))
    }
}

impl HttpConnector for InProcess {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        HttpConnectorFuture::new(self.clone().answer(request))
    }
}

impl HttpClient for InProcess {
    fn http_connector(
        &self,
        _: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}
