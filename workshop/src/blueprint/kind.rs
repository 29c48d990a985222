//! What kinds of resource the workshop has.

use serde::{Deserialize, Serialize};

/// A resource of the workshop; each stands exactly once in an attendee's account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(
    missing_docs,
    reason = "each variant is described by its file in `resources/`"
)]
pub enum Kind {
    SourceRepository,
    ExecutionRole,
    InstanceRole,
    InstanceProfile,
    #[serde(rename = "codedeploy_role")]
    CodeDeployRole,
    LogGroup,
    DbSecurityGroup,
    DbPassword,
    DbCluster,
    DbWriter,
    DbReader,
    ImageRepository,
    EcsSecurityGroup,
    LaunchTemplate,
    Cluster,
    AutoScalingGroup,
    CapacityProvider,
    ContainerInstances,
    TaskDefinition,
    AlbSecurityGroup,
    InstanceIngress,
    ProdTargetGroup,
    TestTargetGroup,
    LoadBalancer,
    ProdListener,
    TestListener,
    Service,
    FirstImage,
    RunningTasks,
    BuildRole,
    BuildProject,
    Buildspec,
    Connection,
    DeployApplication,
    DeploymentGroup,
    ArtifactBucket,
    PipelineRole,
    DeployFiles,
    Pipeline,
}

impl Kind {
    /// Every kind, in the order in which people meet them.
    pub const ALL: [Self; 39] = [
        Self::SourceRepository,
        Self::ExecutionRole,
        Self::InstanceRole,
        Self::InstanceProfile,
        Self::CodeDeployRole,
        Self::LogGroup,
        Self::DbSecurityGroup,
        Self::DbPassword,
        Self::DbCluster,
        Self::DbWriter,
        Self::DbReader,
        Self::ImageRepository,
        Self::EcsSecurityGroup,
        Self::LaunchTemplate,
        Self::Cluster,
        Self::AutoScalingGroup,
        Self::CapacityProvider,
        Self::ContainerInstances,
        Self::TaskDefinition,
        Self::AlbSecurityGroup,
        Self::InstanceIngress,
        Self::ProdTargetGroup,
        Self::TestTargetGroup,
        Self::LoadBalancer,
        Self::ProdListener,
        Self::TestListener,
        Self::Service,
        Self::FirstImage,
        Self::RunningTasks,
        Self::BuildRole,
        Self::BuildProject,
        Self::Buildspec,
        Self::Connection,
        Self::DeployApplication,
        Self::DeploymentGroup,
        Self::ArtifactBucket,
        Self::PipelineRole,
        Self::DeployFiles,
        Self::Pipeline,
    ];

    /// The name used in the database, in form fields and in content files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::SourceRepository => "source_repository",
            Self::ExecutionRole => "execution_role",
            Self::InstanceRole => "instance_role",
            Self::InstanceProfile => "instance_profile",
            Self::CodeDeployRole => "codedeploy_role",
            Self::LogGroup => "log_group",
            Self::DbSecurityGroup => "db_security_group",
            Self::DbPassword => "db_password",
            Self::DbCluster => "db_cluster",
            Self::DbWriter => "db_writer",
            Self::DbReader => "db_reader",
            Self::ImageRepository => "image_repository",
            Self::EcsSecurityGroup => "ecs_security_group",
            Self::LaunchTemplate => "launch_template",
            Self::Cluster => "cluster",
            Self::AutoScalingGroup => "auto_scaling_group",
            Self::CapacityProvider => "capacity_provider",
            Self::ContainerInstances => "container_instances",
            Self::TaskDefinition => "task_definition",
            Self::AlbSecurityGroup => "alb_security_group",
            Self::InstanceIngress => "instance_ingress",
            Self::LoadBalancer => "load_balancer",
            Self::ProdTargetGroup => "prod_target_group",
            Self::TestTargetGroup => "test_target_group",
            Self::ProdListener => "prod_listener",
            Self::TestListener => "test_listener",
            Self::Service => "service",
            Self::FirstImage => "first_image",
            Self::RunningTasks => "running_tasks",
            Self::BuildRole => "build_role",
            Self::BuildProject => "build_project",
            Self::Buildspec => "buildspec",
            Self::Connection => "connection",
            Self::DeployApplication => "deploy_application",
            Self::DeploymentGroup => "deployment_group",
            Self::ArtifactBucket => "artifact_bucket",
            Self::PipelineRole => "pipeline_role",
            Self::DeployFiles => "deploy_files",
            Self::Pipeline => "pipeline",
        }
    }

    /// The kind with this [`key`](Self::key).
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}
