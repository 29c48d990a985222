//! The steps of the workshop.

use serde::{Deserialize, Serialize};

/// A wizard page: what the seed calls a numbered section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// An own repository with the sample application.
    SourceCode,
    /// The roles that ECS, its instances and `CodeDeploy` work under.
    Roles,
    /// Aurora `PostgreSQL`.
    Database,
    /// The image repository in ECR.
    Registry,
    /// The ECS cluster, its instances, and what a task is.
    Cluster,
    /// The load balancer, its target groups and listeners.
    LoadBalancer,
    /// The ECS service behind it.
    Service,
    /// The image that its first tasks run.
    FirstImage,
    /// The project that turns a commit into an image.
    Build,
    /// The permission to read the repository at GitLab.
    Connection,
    /// What `CodeDeploy` needs to know of the service.
    Deploy,
    /// From a push to a deployment.
    Pipeline,
}

impl Step {
    /// Every step, in order.
    pub const ALL: [Self; 12] = [
        Self::SourceCode,
        Self::Roles,
        Self::Database,
        Self::Registry,
        Self::Cluster,
        Self::LoadBalancer,
        Self::Service,
        Self::FirstImage,
        Self::Build,
        Self::Connection,
        Self::Deploy,
        Self::Pipeline,
    ];

    /// Its number in the address and in the rail, from 1.
    pub const fn number(self) -> u8 {
        match self {
            Self::SourceCode => 1,
            Self::Roles => 2,
            Self::Database => 3,
            Self::Registry => 4,
            Self::Cluster => 5,
            Self::LoadBalancer => 6,
            Self::Service => 7,
            Self::FirstImage => 8,
            Self::Build => 9,
            Self::Connection => 10,
            Self::Deploy => 11,
            Self::Pipeline => 12,
        }
    }

    /// The step with this number.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.number() == number)
    }

    /// The name used in the database and for the content file.
    pub const fn key(self) -> &'static str {
        match self {
            Self::SourceCode => "source-code",
            Self::Roles => "roles",
            Self::Database => "database",
            Self::Registry => "registry",
            Self::Cluster => "cluster",
            Self::LoadBalancer => "load-balancer",
            Self::Service => "service",
            Self::FirstImage => "first-image",
            Self::Build => "build",
            Self::Connection => "connection",
            Self::Deploy => "deploy",
            Self::Pipeline => "pipeline",
        }
    }

    /// The step with this [`key`](Self::key).
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.key() == key)
    }

    /// A verb phrase, as the rail shows it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::SourceCode => "Own the source code",
            Self::Roles => "Create the IAM roles",
            Self::Database => "Set up Aurora PostgreSQL",
            Self::Registry => "Create the image repository",
            Self::Cluster => "Set up the ECS cluster",
            Self::LoadBalancer => "Create the load balancer",
            Self::Service => "Create the ECS service",
            Self::FirstImage => "Push the first image",
            Self::Build => "Create the build project",
            Self::Connection => "Connect GitLab to AWS",
            Self::Deploy => "Set up CodeDeploy",
            Self::Pipeline => "Create the pipeline",
        }
    }

    /// How long a person takes, waiting included, in minutes.
    pub const fn minutes(self) -> u32 {
        match self {
            Self::SourceCode | Self::Deploy => 5,
            Self::Roles | Self::Service | Self::Build => 6,
            Self::Database => 14,
            Self::Registry => 3,
            Self::Cluster | Self::Pipeline => 10,
            Self::LoadBalancer | Self::FirstImage => 8,
            Self::Connection => 4,
        }
    }

    /// The step after this one.
    pub fn next(self) -> Option<Self> {
        Self::from_number(self.number() + 1)
    }
}
