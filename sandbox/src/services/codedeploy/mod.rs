//! CodeDeploy: applications, their deployment groups, and their deployments.
//!
//! How deployments move is in [`crate::release::deployment`].

mod applications;
mod configs;
mod deployments;
mod faults;
mod groups;
mod names;
mod neighbours;
mod predefined;
mod state;
mod tags;

pub(crate) use deployments::create_for_pipeline;
pub(crate) use groups::{ReadyAction, RollbackEvent, Settings, TerminationAction};
#[cfg(test)]
pub(crate) use state::{Canary, Linear};
pub(crate) use state::{CodeDeploy, Routing, RoutingKind};

use crate::protocol::Wire;
use crate::service::{Service, operations};

pub(crate) static SERVICE: Service = Service {
    name: "codedeploy",
    wire: Wire::Json {
        target: "CodeDeploy_20141006",
        version: "1.1",
    },
    refusal: faults::input,
    secrets: &[],
    operations: operations! {
        "CreateApplication" => applications::create_application,
        "GetApplication" => applications::get_application,
        "BatchGetApplications" => applications::batch_get_applications,
        "ListApplications" => applications::list_applications,
        "UpdateApplication" => applications::update_application,
        "DeleteApplication" => applications::delete_application,
        "CreateDeploymentGroup" => groups::create_deployment_group,
        "GetDeploymentGroup" => groups::get_deployment_group,
        "BatchGetDeploymentGroups" => groups::batch_get_deployment_groups,
        "ListDeploymentGroups" => groups::list_deployment_groups,
        "UpdateDeploymentGroup" => groups::update_deployment_group,
        "DeleteDeploymentGroup" => groups::delete_deployment_group,
        "CreateDeploymentConfig" => configs::create_deployment_config,
        "GetDeploymentConfig" => configs::get_deployment_config,
        "ListDeploymentConfigs" => configs::list_deployment_configs,
        "DeleteDeploymentConfig" => configs::delete_deployment_config,
        "CreateDeployment" => deployments::create_deployment,
        "GetDeployment" => deployments::get_deployment,
        "BatchGetDeployments" => deployments::batch_get_deployments,
        "ListDeployments" => deployments::list_deployments,
        "ListDeploymentTargets" => deployments::list_deployment_targets,
        "GetDeploymentTarget" => deployments::get_deployment_target,
        "BatchGetDeploymentTargets" => deployments::batch_get_deployment_targets,
        "ContinueDeployment" => deployments::continue_deployment,
        "StopDeployment" => deployments::stop_deployment,
        "TagResource" => tags::tag_resource,
        "UntagResource" => tags::untag_resource,
        "ListTagsForResource" => tags::list_tags_for_resource,
    },
};
