//! The architecture map: what people know from the workshop's two flows, as nodes and edges.

use super::Kind;

/// Which of the workshop's two flows an edge belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// From a visitor to the data.
    App,
    /// From a push to running tasks.
    Deployment,
}

/// A box of the map. Its place is in units of the map's own grid.
#[derive(Debug, Clone, Copy)]
pub struct Node {
    /// Its name among the edges.
    pub id: &'static str,
    /// What it is called on the map.
    pub label: &'static str,
    /// The second line.
    pub note: &'static str,
    /// The resource that it stands for; none for the people and the outside.
    pub kind: Option<Kind>,
    /// The small resources that sit on it as dots.
    pub dots: &'static [Kind],
    /// Column, from the left.
    pub column: u32,
    /// Row, from the top.
    pub row: u32,
}

/// An arrow of the map.
#[derive(Debug, Clone, Copy)]
pub struct Edge {
    /// From this node …
    pub from: &'static str,
    /// … to this one.
    pub to: &'static str,
    /// What travels, in two or three words.
    pub label: &'static str,
    /// The flow that it belongs to.
    pub flow: Flow,
}

/// The nodes, as far as the workshop is built.
pub const NODES: [Node; 14] = [
    Node {
        id: "you",
        label: "You",
        note: "git push",
        kind: None,
        dots: &[],
        column: 0,
        row: 0,
    },
    Node {
        id: "git",
        label: "Git repository",
        note: "branch main",
        kind: Some(Kind::SourceRepository),
        dots: &[Kind::Buildspec],
        column: 1,
        row: 0,
    },
    Node {
        id: "pipeline",
        label: "Pipeline",
        note: "CodePipeline",
        kind: Some(Kind::Pipeline),
        dots: &[Kind::PipelineRole, Kind::ArtifactBucket, Kind::DeployFiles],
        column: 2,
        row: 0,
    },
    Node {
        id: "deploy",
        label: "Deployment group",
        note: "CodeDeploy",
        kind: Some(Kind::DeploymentGroup),
        dots: &[Kind::DeployApplication],
        column: 2,
        row: 1,
    },
    Node {
        id: "build",
        label: "Build project",
        note: "CodeBuild",
        kind: Some(Kind::BuildProject),
        dots: &[Kind::BuildRole, Kind::Connection],
        column: 3,
        row: 0,
    },
    Node {
        id: "ecr",
        label: "Image repository",
        note: "Amazon ECR",
        kind: Some(Kind::ImageRepository),
        dots: &[Kind::FirstImage],
        column: 4,
        row: 0,
    },
    Node {
        id: "service",
        label: "ECS service",
        note: "two tasks",
        kind: Some(Kind::Service),
        dots: &[Kind::RunningTasks],
        column: 3,
        row: 1,
    },
    Node {
        id: "visitors",
        label: "Visitors",
        note: "production and test",
        kind: None,
        dots: &[],
        column: 0,
        row: 2,
    },
    Node {
        id: "balancer",
        label: "Load balancer",
        note: "ports 80 and 8080",
        kind: Some(Kind::LoadBalancer),
        dots: &[
            Kind::AlbSecurityGroup,
            Kind::ProdListener,
            Kind::ProdTargetGroup,
            Kind::TestListener,
            Kind::TestTargetGroup,
        ],
        column: 1,
        row: 2,
    },
    Node {
        id: "instances",
        label: "Instances",
        note: "ECS on EC2",
        kind: Some(Kind::ContainerInstances),
        dots: &[
            Kind::Cluster,
            Kind::LaunchTemplate,
            Kind::AutoScalingGroup,
            Kind::CapacityProvider,
            Kind::EcsSecurityGroup,
            Kind::InstanceIngress,
        ],
        column: 2,
        row: 2,
    },
    Node {
        id: "tasks",
        label: "Task definition",
        note: "one container",
        kind: Some(Kind::TaskDefinition),
        dots: &[],
        column: 3,
        row: 2,
    },
    Node {
        id: "roles",
        label: "Task execution role",
        note: "IAM",
        kind: Some(Kind::ExecutionRole),
        dots: &[
            Kind::InstanceRole,
            Kind::InstanceProfile,
            Kind::CodeDeployRole,
            Kind::LogGroup,
        ],
        column: 4,
        row: 2,
    },
    Node {
        id: "reader",
        label: "Aurora reader",
        note: "second zone, optional",
        kind: Some(Kind::DbReader),
        dots: &[],
        column: 1,
        row: 3,
    },
    Node {
        id: "writer",
        label: "Aurora writer",
        note: "first zone",
        kind: Some(Kind::DbWriter),
        dots: &[Kind::DbCluster, Kind::DbSecurityGroup, Kind::DbPassword],
        column: 2,
        row: 3,
    },
];

/// The edges, as far as the workshop is built.
pub const EDGES: [Edge; 15] = [
    Edge {
        from: "you",
        to: "git",
        label: "push",
        flow: Flow::Deployment,
    },
    Edge {
        from: "git",
        to: "pipeline",
        label: "starts",
        flow: Flow::Deployment,
    },
    Edge {
        from: "pipeline",
        to: "build",
        label: "builds",
        flow: Flow::Deployment,
    },
    Edge {
        from: "build",
        to: "ecr",
        label: "image",
        flow: Flow::Deployment,
    },
    Edge {
        from: "pipeline",
        to: "deploy",
        label: "deploys",
        flow: Flow::Deployment,
    },
    Edge {
        from: "deploy",
        to: "service",
        label: "new tasks",
        flow: Flow::Deployment,
    },
    Edge {
        from: "deploy",
        to: "balancer",
        label: "reroutes",
        flow: Flow::Deployment,
    },
    Edge {
        from: "roles",
        to: "ecr",
        label: "pulls",
        flow: Flow::Deployment,
    },
    Edge {
        from: "tasks",
        to: "roles",
        label: "runs as",
        flow: Flow::Deployment,
    },
    Edge {
        from: "visitors",
        to: "balancer",
        label: "HTTP",
        flow: Flow::App,
    },
    Edge {
        from: "balancer",
        to: "instances",
        label: "traffic",
        flow: Flow::App,
    },
    Edge {
        from: "tasks",
        to: "instances",
        label: "runs on",
        flow: Flow::Deployment,
    },
    Edge {
        from: "service",
        to: "tasks",
        label: "starts",
        flow: Flow::Deployment,
    },
    Edge {
        from: "instances",
        to: "writer",
        label: "SQL",
        flow: Flow::App,
    },
    Edge {
        from: "writer",
        to: "reader",
        label: "replicates",
        flow: Flow::App,
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_on_the_map_once() {
        for kind in Kind::ALL {
            let times = NODES
                .iter()
                .filter(|node| node.kind == Some(kind) || node.dots.contains(&kind))
                .count();
            assert_eq!(times, 1, "{kind:?}");
        }
    }

    #[test]
    fn edges_join_nodes() {
        for edge in &EDGES {
            for end in [edge.from, edge.to] {
                assert!(NODES.iter().any(|node| node.id == end), "{end}");
            }
        }
    }
}
