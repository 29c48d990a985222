//! What is there: one file a resource (the roles share one, and so do the instances), each of
//! which only reads.
//!
//! The keys of the facts are those of the blueprint's settings and yields, and the values the
//! words that its expectations compare with.

mod artifact_bucket;
mod auto_scaling_group;
mod build_project;
mod build_role;
mod capacity_provider;
mod cluster;
mod connection;
mod container_instances;
mod db_cluster;
mod db_instance;
pub(super) mod db_password;
mod deploy_application;
mod deployment_group;
mod execution_role;
mod first_image;
mod grants;
mod image_repository;
mod instance_ingress;
mod instance_profile;
mod launch_template;
mod listener;
mod load_balancer;
mod log_group;
mod near;
mod permissions;
mod pipeline;
mod pipeline_role;
mod pipeline_structure;
mod policy;
mod reading;
mod role;
mod running_tasks;
mod security_group;
mod service;
mod service_tasks;
mod stop_reason;
pub(super) mod surroundings;
mod target_group;
mod task_definition;
mod under_way;

use workshop::blueprint::{Kind, Variables, find};
use workshop::model::{Observation, Timestamp, Trouble};

use super::Cloud;
use reading::Looked;

/// Looks at the resource of this kind. `now` tells the young from the stuck.
pub(super) async fn look(
    cloud: &Cloud,
    kind: Kind,
    variables: &Variables,
    now: Timestamp,
) -> Observation {
    let name = match variables.fill(find(kind).name) {
        Ok(name) => name,
        Err(missing) => {
            return Observation::Unknown(Trouble {
                sentence: format!("Its name cannot be told: {missing}."),
                remedy: "Finish the steps before this one, then check again.".to_owned(),
            });
        }
    };
    let looked = Looked {
        cloud,
        here: cloud.here(),
        name: &name,
        variables,
        now,
    };
    let seen = match kind {
        Kind::SourceRepository | Kind::Buildspec | Kind::DeployFiles => {
            return Observation::Unknown(Trouble {
                sentence: "The source repository and its files are not in the AWS account."
                    .to_owned(),
                remedy: "Look for it at the Git host.".to_owned(),
            });
        }
        Kind::ExecutionRole => execution_role::look(&looked).await,
        Kind::InstanceRole | Kind::CodeDeployRole => role::look(&looked).await,
        Kind::InstanceProfile => instance_profile::look(&looked).await,
        Kind::LogGroup => log_group::look(&looked).await,
        Kind::DbSecurityGroup | Kind::EcsSecurityGroup | Kind::AlbSecurityGroup => {
            security_group::look(&looked).await
        }
        Kind::DbPassword => db_password::look(&looked).await,
        Kind::DbCluster => db_cluster::look(&looked).await,
        Kind::DbWriter | Kind::DbReader => db_instance::look(&looked).await,
        Kind::ImageRepository => image_repository::look(&looked).await,
        Kind::LaunchTemplate => launch_template::look(&looked).await,
        Kind::Cluster => cluster::look(&looked).await,
        Kind::AutoScalingGroup => auto_scaling_group::look(&looked).await,
        Kind::CapacityProvider => capacity_provider::look(&looked).await,
        Kind::ContainerInstances => container_instances::look(&looked).await,
        Kind::TaskDefinition => task_definition::look(&looked).await,
        Kind::InstanceIngress => instance_ingress::look(&looked).await,
        Kind::LoadBalancer => load_balancer::look(&looked).await,
        Kind::ProdTargetGroup | Kind::TestTargetGroup => target_group::look(&looked).await,
        Kind::ProdListener => listener::look(&looked, 80).await,
        Kind::TestListener => listener::look(&looked, 8080).await,
        Kind::Service => service::look(&looked).await,
        Kind::FirstImage => first_image::look(&looked).await,
        Kind::RunningTasks => running_tasks::look(&looked).await,
        Kind::BuildRole => build_role::look(&looked).await,
        Kind::BuildProject => build_project::look(&looked).await,
        Kind::Connection => connection::look(&looked).await,
        Kind::DeployApplication => deploy_application::look(&looked).await,
        Kind::DeploymentGroup => deployment_group::look(&looked).await,
        Kind::ArtifactBucket => artifact_bucket::look(&looked).await,
        Kind::PipelineRole => pipeline_role::look(&looked).await,
        Kind::Pipeline => pipeline::look(&looked).await,
    };
    seen.unwrap_or_else(|error| {
        tracing::warn!(%error, kind = kind.key(), "could not look");
        Observation::Unknown(error.trouble())
    })
}
