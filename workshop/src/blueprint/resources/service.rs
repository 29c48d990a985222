//! The ECS service: how many tasks run, behind which target group, and who replaces them.

mod judge;

use serde_json::{Value, json};

use crate::blueprint::{
    Call, Expect, Field, FieldKind, Inputs, Kind, Need, Price, Resource, Setting, Step, TAG_KEY,
    Verdict, Yield,
};

const MAKE_AGAIN: &str = "Delete the service with its tasks, wait until it is gone, and create it again: this cannot be changed later.";

/// The service.
pub(super) const RESOURCE: Resource = Resource {
    kind: Kind::Service,
    step: Step::Service,
    noun: "ECS service",
    name: "{{service}}",
    needs: &[
        Need {
            kind: Kind::Cluster,
            why: "it runs in this cluster",
        },
        Need {
            kind: Kind::TaskDefinition,
            why: "its tasks are made from it",
        },
        Need {
            kind: Kind::CapacityProvider,
            why: "it may place its tasks through it",
        },
        Need {
            kind: Kind::ProdTargetGroup,
            why: "its tasks are registered there",
        },
        Need {
            kind: Kind::ProdListener,
            why: "ECS refuses a target group that no listener forwards to",
        },
    ],
    optional: None,
    shared_name: false,
    minutes: 0,
    price: Price::Free,
    console: "https://{{region}}.console.aws.amazon.com/ecs/v2/clusters/{{cluster}}/services/{{service}}/health?region={{region}}",
    fields: &[
        Field {
            key: "name",
            label: "Service name",
            help: "CodeDeploy refers to this name.",
            kind: FieldKind::Fixed,
            default: "{{service}}",
        },
        Field {
            key: "launch",
            label: "Compute options",
            help: "The launch type places tasks on any instance of the cluster. A strategy has to stand in appspec.yaml, too.",
            kind: FieldKind::Choice(&[
                ("EC2", "Launch type EC2"),
                ("PROVIDER", "Capacity provider strategy"),
            ]),
            default: "EC2",
        },
        Field {
            key: "desired",
            label: "Desired tasks",
            help: "Two, one on each instance. A deployment runs four for a while.",
            kind: FieldKind::Fixed,
            default: "2",
        },
        Field {
            key: "controller",
            label: "Deployment type",
            help: "Blue/green deployment (powered by AWS CodeDeploy). It cannot be changed later.",
            kind: FieldKind::Fixed,
            default: "CODE_DEPLOY",
        },
        Field {
            key: "grace",
            label: "Health check grace period (seconds)",
            help: "The application needs about a minute to start. Until this time is over, failed health checks do not replace a task.",
            kind: FieldKind::Number(0, 1800),
            default: "120",
        },
    ],
    settings: &[
        Setting {
            key: "controller",
            label: "Deployment controller",
            expect: Expect::Is("CODE_DEPLOY"),
            cause: "“Rolling update” was chosen, or the blue/green deployment of ECS itself: CodeDeploy directs only services that were made for it.",
            remedy: MAKE_AGAIN,
        },
        Setting {
            key: "launch",
            label: "Where tasks are placed",
            expect: Expect::Rule {
                words: "launch type EC2",
                judge: judge::launch,
            },
            cause: "The cluster has EC2 instances only, so that tasks placed elsewhere never start.",
            remedy: MAKE_AGAIN,
        },
        Setting {
            key: "task_definition",
            label: "Task definition",
            expect: Expect::Rule {
                words: "the latest revision of {{task_family}}",
                judge: judge::definition,
            },
            cause: "The tasks are made from another task definition than the workshop's.",
            remedy: MAKE_AGAIN,
        },
        Setting {
            key: "target_groups",
            label: "Target groups",
            expect: Expect::Rule {
                words: "{{prod_target_group}} only",
                judge: judge::groups,
            },
            cause: "CodeDeploy moves the service from one group to the other, so the service itself has one, the one that production forwards to. With two, a deployment never gets past its first step.",
            remedy: MAKE_AGAIN,
        },
        Setting {
            key: "container",
            label: "Container behind the balancer",
            expect: Expect::Is("{{container}}"),
            cause: "Another container of the task was chosen.",
            remedy: MAKE_AGAIN,
        },
        Setting {
            key: "port",
            label: "Container port",
            expect: Expect::Is("8080"),
            cause: "The application listens on 8080.",
            remedy: MAKE_AGAIN,
        },
        Setting {
            key: "grace",
            label: "Health check grace period",
            expect: Expect::Rule {
                words: "120 seconds",
                judge: judge::grace,
            },
            cause: "For so long a task that does not answer would not be replaced.",
            remedy: "Update the service and set the health check grace period to 120 seconds.",
        },
        Setting {
            key: "console_group",
            label: "Deployment group made by the console",
            expect: Expect::Rule {
                words: "none",
                judge: |found, _| match found {
                    [] => Verdict::Right,
                    _ => Verdict::Wrong,
                },
            },
            cause: "The console's form for the service also made a CodeDeploy application with a deployment group, which sends traffic to a new version without waiting for you. A service belongs to one group only: step 11 would fail with ECSServiceMappingLimitExceededException.",
            remedy: "Delete the CodeDeploy application AppECS-{{cluster}}-{{service}}; its group goes with it. Or rename both as step 11 calls them, and edit the group as step 11 says.",
        },
    ],
    create: |inputs| vec![create(inputs)],
    repair: |setting, _| match setting {
        "grace" => {
            let params = json!({ "cluster": "{{cluster}}", "service": "{{service}}", "healthCheckGracePeriodSeconds": 120 });
            vec![Call::new("ecs", "UpdateService", params).settles(&["grace"])]
        }
        "console_group" => {
            let params = json!({ "applicationName": "AppECS-{{cluster}}-{{service}}" });
            vec![
                Call::new("deploy", "DeleteApplication", params)
                    .settles(&["console_group"])
                    .done_if(&["ApplicationDoesNotExistException"]),
            ]
        }
        _ => Vec::new(),
    },
    delete: || {
        // By force, the tasks stop with it.
        let params = json!({ "cluster": "{{cluster}}", "service": "{{service}}", "force": true });
        vec![Call::new("ecs", "DeleteService", params).done_if(&[
            "ServiceNotFoundException",
            "ServiceNotActiveException",
            "ClusterNotFoundException",
        ])]
    },
    yields: &[Yield {
        variable: "live_target_group",
        label: "Target group of the running tasks",
        fact: "live_target_group",
    }],
};

/// `CreateService`. Without a `role` ECS takes its service-linked one, which it makes by itself.
fn create(inputs: &Inputs<'_>) -> Call {
    let mut params = json!({
        "cluster": "{{cluster}}",
        "serviceName": "{{service}}",
        // A family stands for its latest active revision.
        "taskDefinition": "{{task_family}}",
        "desiredCount": inputs.number("desired"),
        "deploymentController": { "type": inputs.text("controller") },
        "loadBalancers": [{
            "targetGroupArn": "{{prod_target_group_arn}}",
            "containerName": "{{container}}",
            "containerPort": 8080,
        }],
        "healthCheckGracePeriodSeconds": inputs.number("grace"),
        "tags": [{ "key": TAG_KEY, "value": "{{workspace}}" }],
    });
    if inputs.text("launch") == "PROVIDER" {
        params["capacityProviderStrategy"] =
            json!([{ "capacityProvider": "{{capacity_provider}}", "weight": 1 }]);
    } else {
        params["launchType"] = Value::from("EC2");
    }
    Call::new("ecs", "CreateService", params)
}
