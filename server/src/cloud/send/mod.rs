//! The blueprint's calls through the typed SDK: one file a service (the larger ones have two), one adapter an
//! operation.
//!
//! An adapter takes its parameters one by one; what it leaves is an error, so that nothing that
//! the CLI tab shows can be lost on the way.

mod autoscaling;
mod codebuild;
mod codeconnections;
mod codedeploy;
mod codepipeline;
mod codepipeline_structure;
mod ec2;
mod ec2_launch_templates;
mod ecr;
mod ecr_images;
mod ecs;
mod ecs_services;
mod ecs_task_definitions;
mod elbv2;
mod iam;
mod iam_instance_profiles;
mod logs;
mod params;
mod patience;
mod rds;
mod s3;
mod ssm;
#[cfg(test)]
mod tests;

use serde_json::Value;
use workshop::blueprint::Call;

use super::CloudError;
use super::clients::Clients;
use params::Params;

/// Sends `call` and gives the fields of the answer that a capture may name.
pub(super) async fn send(clients: &Clients, call: &Call) -> Result<Value, CloudError> {
    let params = Params::of(call)?;
    match call.service.as_str() {
        "autoscaling" => autoscaling::send(clients, params).await,
        "codebuild" => codebuild::send(clients, params).await,
        "codeconnections" => codeconnections::send(clients, params).await,
        "codepipeline" => codepipeline::send(clients, params).await,
        "deploy" => codedeploy::send(clients, params).await,
        "ec2" => ec2::send(clients, params).await,
        "ecr" => ecr::send(clients, params).await,
        "ecs" => ecs::send(clients, params).await,
        "elbv2" => elbv2::send(clients, params).await,
        "iam" => iam::send(clients, params).await,
        "logs" => logs::send(clients, params).await,
        "rds" => rds::send(clients, params).await,
        "s3api" => s3::send(clients, params).await,
        "ssm" => ssm::send(clients, params).await,
        _ => Err(params.unknown()),
    }
}
