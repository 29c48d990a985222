//! What a pre-flight looks at beside the resources: what is free, and what is under way.

use super::{Timestamp, Trouble};

/// What was seen, each part by itself, or why it could not be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surroundings {
    /// The instances that take tasks: registered, active, and their agents connected.
    pub instances: Result<Vec<Instance>, Trouble>,
    /// How many tasks the service wants and has; `None` without a service.
    pub tasks: Result<Option<TaskCount>, Trouble>,
    /// The deployments of the group that are not over.
    pub deployments: Result<Vec<UnderWay>, Trouble>,
    /// The pipeline, as far as it stands in a push's way.
    pub pipeline: Result<Traffic, Trouble>,
}

/// What a container instance has to give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instance {
    /// The EC2 instance's id.
    pub id: String,
    /// All that it offers to tasks.
    pub whole: Resources,
    /// What of it no task has taken.
    pub left: Resources,
    /// The TCP ports that are taken.
    pub ports_taken: Vec<u16>,
}

/// CPU and memory.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Resources {
    /// In CPU units; 1024 are a vCPU.
    pub cpu: i64,
    /// In MiB.
    pub memory: i64,
}

/// How many tasks a service has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TaskCount {
    /// That it should have.
    pub desired: u32,
    /// That are placed on instances, of the original and of a replacement.
    pub placed: u32,
}

/// A deployment, or an execution of the pipeline, that is not over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnderWay {
    /// Its id.
    pub id: String,
    /// AWS's own word: `InProgress`, `Ready`.
    pub status: String,
    /// When it began.
    pub begun: Option<Timestamp>,
}

/// What is on its way through the pipeline, and what would stop there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Traffic {
    /// The executions that are not over.
    pub executions: Vec<UnderWay>,
    /// The actions in progress, as `stage/action`.
    pub at: Vec<String>,
    /// Those of them that wait for somebody's approval.
    pub approvals: Vec<String>,
    /// The stages into which nothing may go.
    pub closed: Vec<String>,
}
