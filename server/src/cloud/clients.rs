//! The SDK's clients of one Region.

use std::pin::Pin;
use std::sync::Arc;

use aws_config::SdkConfig;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use super::limiter::Limiter;
use super::{CloudError, CloudErrorKind};

/// One client a service. They share connections, credentials and the limit on their calls.
#[derive(Debug)]
pub(super) struct Clients {
    pub sts: aws_sdk_sts::Client,
    pub iam: aws_sdk_iam::Client,
    pub ec2: aws_sdk_ec2::Client,
    pub rds: aws_sdk_rds::Client,
    pub ssm: aws_sdk_ssm::Client,
    pub ecr: aws_sdk_ecr::Client,
    pub ecs: aws_sdk_ecs::Client,
    pub autoscaling: aws_sdk_autoscaling::Client,
    pub codebuild: aws_sdk_codebuild::Client,
    pub codeconnections: aws_sdk_codeconnections::Client,
    pub elbv2: aws_sdk_elasticloadbalancingv2::Client,
    pub logs: aws_sdk_cloudwatchlogs::Client,
    pub codedeploy: aws_sdk_codedeploy::Client,
    pub codepipeline: aws_sdk_codepipeline::Client,
    pub s3: aws_sdk_s3::Client,
    region: String,
    limiter: Arc<Limiter>,
}

impl Clients {
    pub(super) fn new(region: &str, config: &SdkConfig, limiter: Arc<Limiter>) -> Self {
        Self {
            sts: aws_sdk_sts::Client::new(config),
            iam: aws_sdk_iam::Client::new(config),
            ec2: aws_sdk_ec2::Client::new(config),
            rds: aws_sdk_rds::Client::new(config),
            ssm: aws_sdk_ssm::Client::new(config),
            ecr: aws_sdk_ecr::Client::new(config),
            ecs: aws_sdk_ecs::Client::new(config),
            autoscaling: aws_sdk_autoscaling::Client::new(config),
            codebuild: aws_sdk_codebuild::Client::new(config),
            codeconnections: aws_sdk_codeconnections::Client::new(config),
            elbv2: aws_sdk_elasticloadbalancingv2::Client::new(config),
            logs: aws_sdk_cloudwatchlogs::Client::new(config),
            codedeploy: aws_sdk_codedeploy::Client::new(config),
            codepipeline: aws_sdk_codepipeline::Client::new(config),
            s3: s3(config),
            region: region.to_owned(),
            limiter,
        }
    }

    /// Waits for its turn, then for the answer. Every call of the SDK passes through here, so
    /// that the limit holds and every error says which call it was.
    ///
    /// `service` and `operation` are named as a policy's action names them: `iam`, `GetRole`.
    /// The SDK's futures are tens of kilobytes, so this one is on the heap.
    pub(super) fn ask<'a, T, E>(
        &'a self,
        service: &'static str,
        operation: &'static str,
        answer: impl Future<Output = Result<T, SdkError<E, HttpResponse>>> + Send + 'a,
    ) -> Pin<Box<dyn Future<Output = Result<T, CloudError>> + Send + 'a>>
    where
        E: std::error::Error + ProvideErrorMetadata + Send + Sync + 'static,
    {
        Box::pin(async move {
            self.limiter.turn(service, &self.region).await;
            let answer = answer
                .await
                .map_err(|error| CloudError::from_sdk(service, operation, error));
            match &answer {
                Err(error) if error.kind == CloudErrorKind::Throttled => {
                    self.limiter.slow_down(service, &self.region);
                }
                Err(_) => {}
                Ok(_) => self.limiter.speed_up(service, &self.region),
            }
            answer
        })
    }
}

/// A bucket is part of the path, which AWS takes as well: its name in front of the host would need
/// a name server that knows it, and a simulated account has none.
fn s3(config: &SdkConfig) -> aws_sdk_s3::Client {
    let config = aws_sdk_s3::config::Builder::from(config)
        .force_path_style(true)
        .build();
    aws_sdk_s3::Client::from_conf(config)
}
