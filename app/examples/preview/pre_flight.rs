//! A pre-flight in which every outcome occurs; in the real account all of it has passed.

use std::collections::BTreeMap;

use workshop::{
    blueprint::{Kind, Variables},
    check::{Sights, pre_flight},
    model::{
        AccountKind, Facts, Instance, Observation, Phase, PreFlightView, Resources, Surroundings,
        TaskCount, Timestamp, Traffic, Trouble, UnderWay,
    },
};

/// What the card shows.
pub(crate) fn view(kind: AccountKind, variables: &Variables, now: Timestamp) -> PreFlightView {
    let sights = match kind {
        AccountKind::Sandbox { .. } => troubled(now),
        AccountKind::Aws => ready(),
    };
    let mut variables = variables.clone();
    variables.set("alb_security_group_id", "sg-0f1e2d3c4b5a69788");
    PreFlightView {
        last: Some(pre_flight(&sights, &variables, Timestamp(now.0 - 9_000))),
        problem: None,
    }
}

fn ready() -> Sights {
    let instance = |id: &str| Instance {
        id: id.to_owned(),
        whole: Resources {
            cpu: 2048,
            memory: 1913,
        },
        left: Resources {
            cpu: 1792,
            memory: 1413,
        },
        ports_taken: vec![32768],
    };
    let one = |facts: &[(&str, &str)]| {
        let all = facts
            .iter()
            .fold(Facts::new("id"), |all, (key, value)| all.with(key, *value));
        Observation::Present(all)
    };
    Sights {
        resources: BTreeMap::from([
            (
                Kind::AutoScalingGroup,
                one(&[
                    ("template", "tripmgmt-demo-template"),
                    ("min", "2"),
                    ("desired", "2"),
                    ("max", "4"),
                ]),
            ),
            (
                Kind::CapacityProvider,
                one(&[
                    ("group", "tripmgmt-demo-asg"),
                    ("scaling", "DISABLED"),
                    ("protection", "DISABLED"),
                    ("attached", "tripmgmt-demo-cluster"),
                ]),
            ),
            (
                Kind::FirstImage,
                one(&[
                    (
                        "digest",
                        "sha256:b0b937aa5fd11a536894b37ef738a969484f16f2af276db5a9416f4277035193",
                    ),
                    ("tag", "latest"),
                    ("content", "container image"),
                ]),
            ),
            (Kind::Connection, one(&[("provider", "GitLab")])),
        ]),
        surroundings: Surroundings {
            instances: Ok(vec![
                instance("i-0a1b2c3d4e5f60718"),
                instance("i-0f1e2d3c4b5a69788"),
            ]),
            tasks: Ok(None),
            deployments: Ok(Vec::new()),
            pipeline: Ok(Traffic::default()),
        },
    }
}

fn troubled(now: Timestamp) -> Sights {
    let mut sights = ready();
    let files = Facts::new("id")
        .with("taskdef", "JSON")
        .with("family", "tripmgmt-demo-taskdef")
        .with("compatibility", "EC2")
        .with("network", "bridge")
        .with(
            "execution_role",
            "arn:aws:iam::482109371164:role/ecsTaskExecutionRole",
        )
        .with("container", "tripmgmt-demo-container")
        .with(
            "url",
            "jdbc:postgresql://tripmgmt-dbcluster.cluster-c1a2b3d4e5f6.eu-west-1.rds.amazonaws.com:5432/tripmgmt",
        )
        .with("user", "postgres")
        .with("password", "parameter /tripmgmt/db-password")
        .with("logs", "/ecs/tripmgmt-demo-taskdef")
        .with("appspec_task", "<TASK_DEFINITION>")
        .with("cpu", "256")
        .with("memory", "1500")
        .with("image", "<IMAGE1_NAME>")
        .with("ports", "tcp 8080, any host port")
        .with("appspec", "YAML")
        .with("appspec_container", "demo-container")
        .with("appspec_port", "8080");
    let denied = Observation::Unknown(Trouble {
        sentence: "iam:GetRole was denied.".to_owned(),
        remedy: "Not your fault: ask for the permission iam:GetRole, then look again.".to_owned(),
    });
    let rule = Facts::new("id").with("ingress", "tcp 8080 from sg-0a1b2c3d4e5f60718");
    let connection = Facts::new("id").with("provider", "GitLab");
    sights.resources.extend([
        (Kind::DeployFiles, Observation::Present(files)),
        (Kind::InstanceIngress, Observation::Present(rule)),
        (Kind::BuildRole, denied),
        (
            Kind::Connection,
            Observation::Present(connection.in_phase(Phase::Coming("PENDING".to_owned()))),
        ),
    ]);
    sights.surroundings.tasks = Ok(Some(TaskCount {
        desired: 2,
        placed: 2,
    }));
    sights.surroundings.deployments = Ok(vec![UnderWay {
        id: "d-8K4QW2XYZ".to_owned(),
        status: "InProgress".to_owned(),
        begun: Some(Timestamp(now.0 - 240_000)),
    }]);
    sights
}
