//! The cloud code of steps 2 to 4 against moto, an implementation of AWS's APIs that is not ours:
//! what the blueprint's calls make is found and passes, and what they delete is gone.
//!
//! Moto 5.2.1 does all of it, but for four things that these tests go round:
//! - it has no `SimulatePrincipalPolicy`, so that the execution role's inline policies have to
//!   speak plainly, for or against;
//! - `CreateDBCluster` of a cluster that is there already makes it anew;
//! - it puts every instance into the Region's first zone, so that a reader earns a warning;
//! - clusters and instances are `available` at once, so that "still creating" is not seen here.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "what a test needs and does not get ends it"
)]

mod attendee;
mod server;

use std::net::{Ipv4Addr, TcpListener};

use ::server::clock::Clock;
use ::server::cloud::{Cloud, CloudErrorKind, Connection};
use serde_json::json;
use workshop::blueprint::{
    Call, Inputs, Kind, Names, Resource, creation_order, deletion_order, find,
};
use workshop::model::{Near, Observation, Outcome};

use attendee::{Attendee, told};
use server::Moto;

const REGION: &str = "eu-west-1";
const PASSWORD: &str = "9f86d081884c7d659a2feaa0";

/// What people may change behind the workshop's back.
fn damages() -> Vec<Call> {
    let forbids = json!({
        "Version": "2012-10-17",
        "Statement": [{ "Effect": "Deny", "Action": "ssm:*", "Resource": "*" }],
    });
    [
        (
            "iam",
            "PutRolePolicy",
            json!({ "RoleName": "{{execution_role}}", "PolicyName": "read-db-password", "PolicyDocument": forbids.to_string() }),
        ),
        (
            "iam",
            "RemoveRoleFromInstanceProfile",
            json!({ "InstanceProfileName": "{{instance_profile}}", "RoleName": "{{instance_role}}" }),
        ),
        (
            "iam",
            "DetachRolePolicy",
            json!({ "RoleName": "{{codedeploy_role}}", "PolicyArn": "arn:aws:iam::aws:policy/AWSCodeDeployRoleForECS" }),
        ),
        (
            "ec2",
            "CreateSecurityGroup",
            json!({ "GroupName": "other", "Description": "another group" }),
        ),
        (
            "rds",
            "ModifyDBCluster",
            json!({ "DBClusterIdentifier": "{{db_cluster}}", "Port": 5433, "VpcSecurityGroupIds": ["{{other_id}}"] }),
        ),
        (
            "rds",
            "ModifyDBInstance",
            json!({ "DBInstanceIdentifier": "{{db_writer}}", "DBInstanceClass": "db.r6g.large", "ApplyImmediately": true }),
        ),
    ]
    .map(|(service, operation, params)| {
        let call = Call::new(service, operation, params);
        if operation == "CreateSecurityGroup" {
            call.capture("other_id", "GroupId")
        } else {
            call
        }
    })
    .into()
}

/// What moto lacks, or what is not on AWS: the repository and the files in it are at the Git host; no
/// agent of a simulated instance registers with moto's ECS; moto wants a location of every build
/// project's source, which one from CodePipeline does not have; it knows no connections, and no
/// tasks run and no pipelines are executed in it.
const LACKING: [Kind; 8] = [
    Kind::SourceRepository,
    Kind::ContainerInstances,
    Kind::BuildProject,
    Kind::Buildspec,
    Kind::Connection,
    Kind::DeployFiles,
    Kind::RunningTasks,
    Kind::Pipeline,
];

/// What moto makes a second time instead of saying that it is there. Of a task definition AWS, too,
/// makes another revision.
const TWICE: [Kind; 5] = [
    Kind::TaskDefinition,
    Kind::DbCluster,
    Kind::LoadBalancer,
    Kind::ProdListener,
    Kind::TestListener,
];

/// What moto has no operation to delete, or shows when it is inactive: a family's last revision.
const LASTING: [Kind; 3] = [
    Kind::DeploymentGroup,
    Kind::DeployApplication,
    Kind::TaskDefinition,
];

/// Without what moto lacks.
fn on_aws(order: Vec<&'static Resource>) -> Vec<&'static Resource> {
    let mut order = order;
    order.retain(|resource| !LACKING.contains(&resource.kind));
    order
}

#[tokio::test]
async fn what_is_made_passes_and_what_is_deleted_is_gone() {
    let moto = Moto::start();
    let mut ada = Attendee::new(&moto).await;
    let order = on_aws(creation_order());
    for resource in &order {
        assert_eq!(
            ada.look(resource.kind).await,
            Observation::Absent(None),
            "{:?} before",
            resource.kind
        );
        let calls = ada.creation(resource);
        ada.send_all(calls).await;
        ada.passes(resource).await;
    }

    // Sent again, each either changes nothing or is answered with a code that says so.
    for resource in order
        .iter()
        .filter(|resource| !TWICE.contains(&resource.kind))
    {
        for call in ada.creation(resource) {
            let again = ada.try_send(&call).await;
            if let (Err(error), false) = (&again, call.done_if.is_empty()) {
                let code = error.code().unwrap_or_default();
                let there = call.done_if.iter().any(|done| done == code);
                assert!(there, "{}: {code}", call.operation);
            }
        }
        ada.passes(resource).await;
    }

    let mut order = on_aws(deletion_order());
    order.retain(|resource| !LASTING.contains(&resource.kind));
    for resource in order {
        ada.send_all((resource.delete)()).await;
        assert_eq!(
            ada.look(resource.kind).await,
            Observation::Absent(None),
            "{:?} after",
            resource.kind
        );
    }
}

#[tokio::test]
async fn repairs_put_right_what_was_made_or_changed_otherwise() {
    let moto = Moto::start();
    let mut ada = Attendee::new(&moto).await;
    for (field, value) in [
        ("execution_role.service", "ecs.amazonaws.com"),
        ("db_security_group.sources", "198.51.100.0/24"),
        ("db_writer.public", "no"),
        ("image_repository.mutability", "MUTABLE"),
        ("image_repository.scan", "no"),
    ] {
        ada.chosen.insert(field.to_owned(), value.to_owned());
    }
    for resource in on_aws(creation_order()) {
        let calls = ada.creation(resource);
        ada.send_all(calls).await;
        let seen = ada.look(resource.kind).await;
        ada.learn(resource, &seen);
    }
    ada.chosen.clear();
    ada.send_all(damages()).await;

    let mut repaired = Vec::new();
    for resource in on_aws(creation_order()) {
        let seen = ada.look(resource.kind).await;
        for row in told(resource, &seen, &ada.variables) {
            if row.outcome != Outcome::Passed {
                assert!(row.fixable, "{row:#?}");
                let inputs = Inputs::new(resource, &ada.chosen, &ada.variables);
                let calls = (resource.repair)(&row.setting, &inputs);
                ada.send_all(calls).await;
                repaired.push((resource.kind, row.setting));
            }
        }
        let after = told(resource, &ada.look(resource.kind).await, &ada.variables);
        assert!(
            after.iter().all(|row| row.outcome == Outcome::Passed),
            "{after:#?}"
        );
    }
    let repaired: Vec<_> = repaired
        .iter()
        .map(|(kind, setting)| (*kind, setting.as_str()))
        .collect();
    assert_eq!(
        repaired,
        [
            (Kind::ExecutionRole, "trust"),
            (Kind::ExecutionRole, "read_password"),
            (Kind::InstanceProfile, "roles"),
            (Kind::CodeDeployRole, "policies"),
            (Kind::DbSecurityGroup, "ingress"),
            (Kind::DbCluster, "port"),
            (Kind::DbCluster, "security_groups"),
            (Kind::DbWriter, "class"),
            (Kind::DbWriter, "public"),
            (Kind::ImageRepository, "mutability"),
            (Kind::ImageRepository, "scan"),
        ]
    );
}

#[tokio::test]
async fn what_was_probably_meant_is_named() {
    let moto = Moto::start();
    let ada = Attendee::new(&moto).await;
    let elsewhere = moto.cloud("us-west-2").await;
    let send = async |cloud: &Cloud, call: Call| cloud.send(&call).await.expect("it is made");

    let name = |name: &str| Observation::Absent(Some(Near::Name(name.to_owned())));
    let region = Observation::Absent(Some(Near::Region("us-west-2".to_owned())));
    for (kind, service, operation, params) in [
        (
            Kind::LogGroup,
            "logs",
            "CreateLogGroup",
            json!({ "logGroupName": "/ecs/tripmgmt-demo-taskdef" }),
        ),
        (
            Kind::ImageRepository,
            "ecr",
            "CreateRepository",
            json!({ "repositoryName": "tripmgmt-demo" }),
        ),
        (
            Kind::DbPassword,
            "ssm",
            "PutParameter",
            json!({ "Name": "/tripmgmt/db-password", "Type": "SecureString", "Value": PASSWORD }),
        ),
        (
            Kind::DbSecurityGroup,
            "ec2",
            "CreateSecurityGroup",
            json!({ "GroupName": "tripmgmt-dbcluster-sg", "Description": "there" }),
        ),
    ] {
        send(&elsewhere, Call::new(service, operation, params.clone())).await;
        assert_eq!(ada.look(kind).await, region, "{kind:?}");

        // One of nearly that name in the right Region is the better hint.
        let slip = params.to_string().replacen("tripmgmt", "tripmgnt", 1);
        let params = serde_json::from_str(&slip).expect("JSON");
        send(&ada.cloud, Call::new(service, operation, params)).await;
        let wanted = ada.variables.fill(find(kind).name).expect("a name");
        let slip = wanted.replacen("tripmgmt", "tripmgnt", 1);
        assert_eq!(ada.look(kind).await, name(&slip), "{kind:?}");
    }

    let trust = json!({
        "Version": "2012-10-17",
        "Statement": [{ "Effect": "Allow", "Principal": { "Service": "ecs-tasks.amazonaws.com" }, "Action": "sts:AssumeRole" }],
    });
    let params = json!({ "RoleName": "ecsTaskExecutionrole", "AssumeRolePolicyDocument": trust.to_string() });
    send(&ada.cloud, Call::new("iam", "CreateRole", params)).await;
    assert_eq!(
        ada.look(Kind::ExecutionRole).await,
        name("ecsTaskExecutionrole")
    );
}

#[tokio::test]
async fn an_account_that_does_not_answer_is_unknown_and_says_why() {
    let closed = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .expect("a free port");
    let cloud = Cloud::connect(Connection::Fixed {
        region: REGION.to_owned(),
        access_key_id: "testing".to_owned(),
        secret_access_key: "testing".to_owned(),
        http: None,
        endpoint: Some(format!("http://{closed}")),
    })
    .await;
    let error = cloud.identity().await.expect_err("nobody there");
    assert_eq!(error.kind, CloudErrorKind::Unreachable, "{error}");

    let variables = Names {
        workspace: "local".to_owned(),
        suffix: None,
    }
    .variables();
    let now = Clock::system().now();
    let seen = cloud.look(Kind::ImageRepository, &variables, now).await;
    let Observation::Unknown(trouble) = seen else {
        panic!("it was seen");
    };
    assert!(
        trouble.sentence.contains("ecr:DescribeRepositories"),
        "{trouble:?}"
    );
    assert!(trouble.remedy.contains("network"), "{trouble:?}");
}
