//! Which row of which resource says something about which item.

use crate::blueprint::{Kind, creation_order};
use crate::model::PreFlightItem::{
    self, Capacity, Connection, Files, Image, Ports, Quiet, Roles, TargetGroups,
};

/// The resources that a pre-flight looks at, each after what it needs.
pub fn kinds() -> impl Iterator<Item = Kind> {
    creation_order()
        .into_iter()
        .map(|resource| resource.kind)
        .filter(|kind| of_kind(*kind).is_some())
}

/// The item that a row belongs to; none where no deployment depends on it, such as how long a log
/// is kept.
pub(super) fn item_of(kind: Kind, setting: &str) -> Option<PreFlightItem> {
    match (kind, setting) {
        (Kind::AutoScalingGroup, "zones")
        | (Kind::LogGroup, "retention")
        | (Kind::DbPassword, "strength")
        // Whether tags may move matters to one of the two designs only; `image` has that row.
        | (Kind::ImageRepository, "scan" | "mutability")
        | (Kind::ArtifactBucket, "public_access" | "versioning")
        | (Kind::SourceRepository, "visibility" | "task_password")
        | (Kind::LaunchTemplate, "image" | "type" | "profile" | "cluster") => None,
        (Kind::Service, "launch") | (Kind::LaunchTemplate, "exists") => Some(Capacity),
        (Kind::Pipeline, "connection" | "repository") | (Kind::BuildProject, "connection") => {
            Some(Connection)
        }
        (Kind::Pipeline, "first_execution") => Some(Quiet),
        (Kind::Pipeline | Kind::DeploymentGroup, "role")
        | (Kind::BuildProject, "role" | "use_connection") => Some(Roles),
        _ => of_kind(kind),
    }
}

fn of_kind(kind: Kind) -> Option<PreFlightItem> {
    Some(match kind {
        Kind::Cluster
        | Kind::AutoScalingGroup
        | Kind::CapacityProvider
        | Kind::ContainerInstances => Capacity,
        Kind::LaunchTemplate
        | Kind::EcsSecurityGroup
        | Kind::AlbSecurityGroup
        | Kind::InstanceIngress => Ports,
        Kind::ImageRepository | Kind::FirstImage | Kind::LogGroup | Kind::DbPassword => Image,
        Kind::SourceRepository
        | Kind::TaskDefinition
        | Kind::Buildspec
        | Kind::BuildProject
        | Kind::DeployFiles
        | Kind::ArtifactBucket
        | Kind::Pipeline => Files,
        Kind::LoadBalancer
        | Kind::ProdTargetGroup
        | Kind::TestTargetGroup
        | Kind::ProdListener
        | Kind::TestListener
        | Kind::Service
        | Kind::DeployApplication
        | Kind::DeploymentGroup => TargetGroups,
        Kind::Connection => Connection,
        Kind::ExecutionRole
        | Kind::InstanceRole
        | Kind::CodeDeployRole
        | Kind::BuildRole
        | Kind::PipelineRole => Roles,
        Kind::InstanceProfile
        | Kind::DbSecurityGroup
        | Kind::DbCluster
        | Kind::DbWriter
        | Kind::DbReader
        // How its tasks fare shows whether one of the items is amiss, and is none itself.
        | Kind::RunningTasks => return None,
    })
}
