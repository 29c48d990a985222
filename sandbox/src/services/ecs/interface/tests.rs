use serde_json::{Value, json};

use super::*;
use crate::protocol::Input;
use crate::services::find;
use crate::state::Account;

const REGION: &str = "eu-central-1";

/// An account whose clock the test moves on.
struct World {
    account: Account,
    now: Millis,
}

impl World {
    fn cx(&mut self) -> Cx<'_> {
        Cx {
            now: self.now,
            account: &mut self.account,
            region: REGION,
        }
    }

    fn ask(&mut self, service: &str, operation: &str, input: Value) -> Value {
        let run = find(service).unwrap().operation(operation).unwrap().run;
        let mut cx = self.cx();
        let answer = run(&mut cx, Input::new(input, service != "ecs")).unwrap();
        crate::services::consequences(&mut cx);
        answer
    }

    fn pass(&mut self, seconds: i64) {
        self.now += seconds * 1000;
        crate::handle::advance(&mut self.account, self.now);
    }

    fn service(&mut self) -> ServiceFacts {
        service(&mut self.cx(), "demo", "app").unwrap()
    }

    fn role(&mut self, name: &str, principal: &str, policy: &str) {
        let trust = format!(
            r#"{{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", "Principal": {{"Service": "{principal}"}},
            "Action": "sts:AssumeRole"}}}}"#
        );
        let role = json!({ "RoleName": name, "AssumeRolePolicyDocument": trust });
        self.ask("iam", "CreateRole", role);
        let arn = format!("arn:aws:iam::aws:policy/service-role/{policy}");
        self.ask(
            "iam",
            "AttachRolePolicy",
            json!({ "RoleName": name, "PolicyArn": arn }),
        );
    }
}

/// A service of two tasks under CodeDeploy, on two instances and behind the first of two target
/// groups, whose ARNs are given.
fn world() -> (World, String, String) {
    let mut world = World {
        account: Account::new("123456789012", 1, 1, 0),
        now: 0,
    };
    world.role(
        "instances",
        "ec2.amazonaws.com",
        "AmazonEC2ContainerServiceforEC2Role",
    );
    let profile = json!({ "InstanceProfileName": "instances" });
    world.ask("iam", "CreateInstanceProfile", profile);
    let profile = json!({ "InstanceProfileName": "instances", "RoleName": "instances" });
    world.ask("iam", "AddRoleToInstanceProfile", profile);
    world.ask("ecs", "CreateCluster", json!({ "clusterName": "demo" }));
    let mut cx = world.cx();
    let ec2 = &cx.region().ec2;
    let vpc = ec2.default_vpc().unwrap().id.clone();
    let subnets = ec2.default_subnets(&vpc);
    let guard = ec2.group_named(&vpc, "default").unwrap().id.clone();
    let image = "resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id";
    for subnet in &subnets[..2] {
        let run = json!({
            "ImageId": image, "InstanceType": "t3.small", "MinCount": "1", "MaxCount": "1",
            // ECS_CLUSTER=demo
            "UserData": "RUNTX0NMVVNURVI9ZGVtbw==", "SubnetId": subnet,
            "IamInstanceProfile": { "Name": "instances" },
        });
        world.ask("ec2", "RunInstances", run);
    }
    let balancer = json!({ "Name": "demo", "Subnets": subnets, "SecurityGroups": [guard] });
    let balancer = world.ask("elasticloadbalancing", "CreateLoadBalancer", balancer);
    let mut groups = Vec::new();
    for (name, port) in [("blue", "80"), ("green", "8080")] {
        let group = json!({ "Name": name, "Protocol": "HTTP", "Port": port, "VpcId": vpc });
        let group = world.ask("elasticloadbalancing", "CreateTargetGroup", group);
        let group = group["TargetGroups"][0]["TargetGroupArn"]
            .as_str()
            .unwrap()
            .to_owned();
        let listener = json!({
            "LoadBalancerArn": balancer["LoadBalancers"][0]["LoadBalancerArn"],
            "Protocol": "HTTP", "Port": port,
            "DefaultActions": [{ "Type": "forward", "TargetGroupArn": group }],
        });
        world.ask("elasticloadbalancing", "CreateListener", listener);
        groups.push(group);
    }
    register(&mut world);
    let service = json!({
        "cluster": "demo", "serviceName": "app", "taskDefinition": "demo", "desiredCount": 2,
        "launchType": "EC2", "deploymentController": { "type": "CODE_DEPLOY" },
        "loadBalancers": [{
            "targetGroupArn": groups[0], "containerName": "web", "containerPort": 8080,
        }],
    });
    world.ask("ecs", "CreateService", service);
    world.pass(900);
    let green = groups.remove(1);
    (world, groups.remove(0), green)
}

fn register(world: &mut World) {
    let definition = json!({
        "family": "demo", "containerDefinitions": [{
            "name": "web", "image": "nginx", "memory": 400,
            "portMappings": [{ "containerPort": 8080 }],
        }],
    });
    world.ask("ecs", "RegisterTaskDefinition", definition);
}

fn replacement(group: &str) -> Replacement {
    Replacement {
        task_definition: "demo:2".to_owned(),
        container_name: "web".to_owned(),
        container_port: 8080,
        target_group: group.to_owned(),
        external_id: "d-ABCDEF123".to_owned(),
        capacity_providers: Vec::new(),
    }
}

#[test]
fn a_deployment_from_its_start_to_its_end() {
    let (mut world, blue, green) = world();
    let service = world.service();
    assert_eq!(
        (service.controller.as_str(), service.desired),
        ("CODE_DEPLOY", 2)
    );
    let [first] = &service.task_sets[..] else {
        panic!("{service:?}");
    };
    assert!(first.steady && first.status == "PRIMARY" && first.target_groups == [blue]);
    let first = first.id.clone();
    register(&mut world);
    let made = create_task_set(&mut world.cx(), "demo", "app", replacement(&green)).unwrap();
    world.pass(900);
    let set = |world: &mut World, id: &str| {
        let sets = world.service().task_sets;
        sets.into_iter().find(|set| set.id == id)
    };
    let second = set(&mut world, &made).unwrap();
    assert!(second.steady && second.status == "ACTIVE" && second.running == 2);
    assert_eq!(second.external_id.as_deref(), Some("d-ABCDEF123"));
    assert!(second.task_definition.ends_with("task-definition/demo:2"));
    make_primary(&mut world.cx(), "demo", "app", &made).unwrap();
    assert_eq!(set(&mut world, &made).unwrap().status, "PRIMARY");
    assert_eq!(set(&mut world, &first).unwrap().status, "ACTIVE");
    task_sets::scale(&mut world.cx(), "demo", "app", &first, 50.0).unwrap();
    world.pass(900);
    assert_eq!(set(&mut world, &first).unwrap().running, 1);
    delete_task_set(&mut world.cx(), "demo", "app", &first).unwrap();
    world.pass(900);
    assert_eq!(set(&mut world, &first), None);
    assert_eq!(set(&mut world, &made).unwrap().running, 2);
}

#[test]
fn a_replacement_that_cannot_start_says_why() {
    let (mut world, _, green) = world();
    let missing = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/none:1";
    let definition = json!({
        "family": "demo", "containerDefinitions": [{
            "name": "web", "image": missing, "memory": 400,
            "portMappings": [{ "containerPort": 8080 }],
        }],
    });
    world.ask("ecs", "RegisterTaskDefinition", definition);
    let made = create_task_set(&mut world.cx(), "demo", "app", replacement(&green)).unwrap();
    world.pass(300);
    let sets = world.service().task_sets;
    let set = sets.iter().find(|set| set.id == made).unwrap();
    assert!(!set.steady && set.running == 0 && set.failed > 0);
    let reason = set.last_stopped_reason.as_deref().unwrap();
    assert!(reason.starts_with("CannotPullContainerError: "), "{reason}");
}

#[test]
fn what_is_not_there_is_refused_or_unknown() {
    let (mut world, _, green) = world();
    let mut cx = world.cx();
    assert_eq!(service(&mut cx, "demo", "none"), None);
    assert_eq!(service(&mut cx, "none", "app"), None);
    let code = |result: Result<String, Fault>| result.unwrap_err().code.into_owned();
    let asked = create_task_set(&mut cx, "demo", "none", replacement(&green));
    assert_eq!(code(asked), "ServiceNotFoundException");
    let asked = create_task_set(&mut cx, "demo", "app", replacement(&green));
    assert_eq!(
        code(asked),
        "ClientException",
        "there is no second revision"
    );
    let gone = delete_task_set(&mut cx, "demo", "app", "ecs-svc/1").unwrap_err();
    assert_eq!(gone.code, "TaskSetNotFoundException");
}
