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
}

impl Step {
    /// Every step, in order.
    pub const ALL: [Self; 6] = [
        Self::SourceCode,
        Self::Roles,
        Self::Database,
        Self::Registry,
        Self::Cluster,
        Self::LoadBalancer,
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
        }
    }

    /// How long a person takes, waiting included, in minutes.
    pub const fn minutes(self) -> u32 {
        match self {
            Self::SourceCode => 5,
            Self::Roles => 6,
            Self::Database => 14,
            Self::Registry => 3,
            Self::Cluster => 10,
            Self::LoadBalancer => 8,
        }
    }

    /// The step after this one.
    pub fn next(self) -> Option<Self> {
        Self::from_number(self.number() + 1)
    }
}
