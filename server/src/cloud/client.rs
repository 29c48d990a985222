//! An account, and how it is reached.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use serde_json::Value;
use workshop::blueprint::{Call, Kind, Variables};
use workshop::model::{Observation, Surroundings, Timestamp};

use super::clients::Clients;
use super::limiter::Limiter;
use super::{CloudError, Identity, Network, account, observe, send};

/// Until a connection stands.
const CONNECT: Duration = Duration::from_secs(3);
/// Until an operation is answered, its repetitions included.
const OPERATION: Duration = Duration::from_secs(20);

/// How an account is reached. It holds a secret, so that it cannot be printed.
#[derive(Clone)]
pub enum Connection {
    /// By the SDK's default chain: profile, environment, SSO, and so on.
    Aws {
        /// The Region to work in.
        region: String,
    },
    /// With these keys, through this HTTP client or at this endpoint: the sandbox, or a stand-in
    /// for AWS. Nothing of the environment enters into it.
    Fixed {
        /// The Region to work in.
        region: String,
        /// The access key.
        access_key_id: String,
        /// Its secret.
        secret_access_key: String,
        /// What carries the requests; the network when `None`.
        http: Option<SharedHttpClient>,
        /// Where the requests go; AWS's own addresses when `None`.
        endpoint: Option<String>,
    },
}

/// An account in a Region. Clones share their clients and the limit on their calls.
#[derive(Debug, Clone)]
pub struct Cloud {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    home: String,
    config: SdkConfig,
    limiter: Arc<Limiter>,
    regions: Mutex<HashMap<String, Arc<Clients>>>,
}

impl Cloud {
    /// Prepares the clients. Nothing is sent before something is asked, so that credentials that
    /// do not work are told of by the first question.
    pub async fn connect(connection: Connection) -> Self {
        let timeouts = TimeoutConfig::builder()
            .connect_timeout(CONNECT)
            .operation_timeout(OPERATION)
            .build();
        let (home, config, limiter) = match connection {
            Connection::Aws { region } => {
                let config = aws_config::defaults(BehaviorVersion::latest())
                    .region(Region::new(region.clone()))
                    .retry_config(RetryConfig::standard())
                    .timeout_config(timeouts)
                    .load()
                    .await;
                (region, config, Limiter::of_aws())
            }
            Connection::Fixed {
                region,
                access_key_id,
                secret_access_key,
                http,
                endpoint,
            } => {
                // A machine of one's own needs no protection against too many calls.
                let limiter = if http.is_none() && endpoint.is_none() {
                    Limiter::of_aws()
                } else {
                    Limiter::none()
                };
                let keys =
                    Credentials::new(access_key_id, secret_access_key, None, None, "greenlight");
                let mut config = SdkConfig::builder()
                    .behavior_version(BehaviorVersion::latest())
                    .region(Region::new(region.clone()))
                    .credentials_provider(SharedCredentialsProvider::new(keys))
                    .retry_config(RetryConfig::standard())
                    .timeout_config(timeouts);
                config.set_http_client(http);
                config.set_endpoint_url(endpoint);
                (region, config.build(), limiter)
            }
        };
        Self {
            shared: Arc::new(Shared {
                home,
                config,
                limiter: Arc::new(limiter),
                regions: Mutex::default(),
            }),
        }
    }

    /// Whose credentials these are (`GetCallerIdentity`, `ListAccountAliases`).
    pub async fn identity(&self) -> Result<Identity, CloudError> {
        account::identity(&self.here()).await
    }

    /// The Region's default VPC; `Ok(None)` when it has none (`DescribeVpcs`, `DescribeSubnets`).
    pub async fn network(&self) -> Result<Option<Network>, CloudError> {
        account::network(&self.here()).await
    }

    /// Looks at a resource. Never fails: what cannot be looked at is unknown, with the reason and
    /// what to do about it.
    pub async fn look(&self, kind: Kind, variables: &Variables, now: Timestamp) -> Observation {
        observe::look(self, kind, variables, now).await
    }

    /// Looks at what is beside the resources: what is free in the cluster, and what is being
    /// released. Never fails; each part says by itself why it could not be looked at.
    pub async fn surroundings(&self, variables: &Variables) -> Surroundings {
        observe::surroundings::look(self, variables).await
    }

    /// Sends one call whose parameters are filled in: no `{{variables}}`, no secrets by
    /// reference. Gives the fields of the answer that a capture may name.
    pub async fn send(&self, call: &Call) -> Result<Value, CloudError> {
        send::send(&self.here(), call).await
    }

    /// The value of an SSM parameter, decrypted; `Ok(None)` when there is none (`GetParameter`).
    pub async fn secret(&self, parameter: &str) -> Result<Option<String>, CloudError> {
        let found = observe::db_password::read(&self.here(), parameter, true).await?;
        Ok(found.and_then(|parameter| parameter.value))
    }

    /// The Region that the workspace works in.
    pub(super) fn home(&self) -> &str {
        &self.shared.home
    }

    /// The clients of the workspace's Region.
    pub(super) fn here(&self) -> Arc<Clients> {
        self.in_region(&self.shared.home)
    }

    /// The clients of any Region, made when they are first asked for.
    pub(super) fn in_region(&self, region: &str) -> Arc<Clients> {
        let mut regions = self
            .shared
            .regions
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(clients) = regions.get(region) {
            return Arc::clone(clients);
        }
        let config = self
            .shared
            .config
            .to_builder()
            .region(Region::new(region.to_owned()))
            .build();
        let clients = Arc::new(Clients::new(
            region,
            &config,
            Arc::clone(&self.shared.limiter),
        ));
        regions.insert(region.to_owned(), Arc::clone(&clients));
        clients
    }
}
