//! The two target groups: which tasks the original has, and which the replacement.

use serde_json::{Value, json};

use crate::blueprint::{
    Call, Choice, Expect, Field, FieldKind, Inputs, Kind, Price, Resource, Setting, Step, Yield,
    resource::tags,
};

/// Production's at the beginning. Each deployment swaps the two.
pub(super) const PROD: Resource = Resource {
    kind: Kind::ProdTargetGroup,
    name: "{{prod_target_group}}",
    create: |inputs| create("{{prod_target_group}}", 80, "prod_target_group_arn", inputs),
    repair: |setting, _| repair(setting, "{{prod_target_group_arn}}"),
    delete: || delete("{{prod_target_group_arn}}"),
    yields: &[Yield {
        variable: "prod_target_group_arn",
        label: "Production target group ARN",
        fact: "arn",
    }],
    settings: &settings("80"),
    console: "https://{{region}}.console.aws.amazon.com/ec2/home?region={{region}}#TargetGroups:search={{prod_target_group}}",
    ..GROUP
};

/// The test's at the beginning.
pub(super) const TEST: Resource = Resource {
    kind: Kind::TestTargetGroup,
    name: "{{test_target_group}}",
    create: |inputs| {
        create(
            "{{test_target_group}}",
            8080,
            "test_target_group_arn",
            inputs,
        )
    },
    repair: |setting, _| repair(setting, "{{test_target_group_arn}}"),
    delete: || delete("{{test_target_group_arn}}"),
    yields: &[Yield {
        variable: "test_target_group_arn",
        label: "Test target group ARN",
        fact: "arn",
    }],
    settings: &settings("8080"),
    console: "https://{{region}}.console.aws.amazon.com/ec2/home?region={{region}}#TargetGroups:search={{test_target_group}}",
    ..GROUP
};

const GROUP: Resource = Resource {
    kind: Kind::ProdTargetGroup,
    step: Step::LoadBalancer,
    noun: "Target group",
    name: "",
    needs: &[],
    optional: None,
    shared_name: false,
    minutes: 0,
    price: Price::Free,
    console: "",
    fields: &[Field {
        key: "path",
        label: "Health check path",
        help: "The application answers 200 at its first page.",
        kind: FieldKind::Fixed,
        default: "/",
    }],
    settings: &[],
    create: |_| Vec::new(),
    repair: |_, _| Vec::new(),
    delete: Vec::new,
    yields: &[],
};

const MAKE_AGAIN: &str =
    "Take it off its listener, delete it and make it again: this cannot be changed later.";

const fn settings(port: &'static str) -> [Setting; 6] {
    [
        Setting {
            key: "target_type",
            label: "Target type",
            expect: Expect::Is("instance"),
            cause: "Tasks in bridge mode share their instance's address and have none of their own, so a group of the type “ip” cannot hold them.",
            remedy: MAKE_AGAIN,
        },
        Setting {
            key: "protocol",
            label: "Protocol",
            expect: Expect::Is("HTTP"),
            cause: "The application speaks plain HTTP.",
            remedy: MAKE_AGAIN,
        },
        Setting {
            key: "port",
            label: "Port",
            // Only a default: each task is registered with the port that it really has.
            expect: if port.len() == 2 {
                Expect::OneOf(&[
                    Choice {
                        value: "80",
                        warning: None,
                    },
                    Choice {
                        value: "8080",
                        warning: Some(ANY_PORT),
                    },
                ])
            } else {
                Expect::OneOf(&[
                    Choice {
                        value: "8080",
                        warning: None,
                    },
                    Choice {
                        value: "80",
                        warning: Some(ANY_PORT),
                    },
                ])
            },
            cause: "The group was made with another port.",
            remedy: MAKE_AGAIN,
        },
        Setting {
            key: "vpc",
            label: "VPC",
            expect: Expect::Is("{{vpc_id}}"),
            cause: "The group was made in another VPC than the default one.",
            remedy: MAKE_AGAIN,
        },
        Setting {
            key: "path",
            label: "Health check path",
            expect: Expect::Is("/"),
            cause: "The application does not answer at this path, so its tasks would be replaced again and again.",
            remedy: "Edit the health check and set the path to /.",
        },
        Setting {
            key: "matcher",
            label: "Success codes",
            expect: Expect::OneOf(&[
                Choice {
                    value: "200",
                    warning: None,
                },
                Choice {
                    value: "200-399",
                    warning: Some("A page that only redirects counts as healthy, too."),
                },
            ]),
            cause: "The application answers with 200, which does not count here.",
            remedy: "Edit the health check and set the success codes to 200.",
        },
    ]
}

const ANY_PORT: &str =
    "Not the workshop's number. It works: each task is registered with its own port.";

fn create(name: &str, port: u16, variable: &str, inputs: &Inputs<'_>) -> Vec<Call> {
    let params = json!({
        "Name": name,
        "Protocol": "HTTP",
        "Port": port,
        "VpcId": "{{vpc_id}}",
        "TargetType": "instance",
        "HealthCheckPath": inputs.text("path"),
        // Three times faster than the console proposes; a deployment waits for these.
        "HealthCheckIntervalSeconds": 10,
        "HealthyThresholdCount": 2,
        "Matcher": { "HttpCode": "200" },
        "Tags": tags(),
    });
    vec![
        Call::new("elbv2", "CreateTargetGroup", params)
            .capture(variable, "TargetGroups[0].TargetGroupArn"),
    ]
}

fn repair(setting: &str, arn: &str) -> Vec<Call> {
    let change = match setting {
        "path" => json!({ "TargetGroupArn": arn, "HealthCheckPath": "/" }),
        "matcher" => json!({ "TargetGroupArn": arn, "Matcher": { "HttpCode": "200" } }),
        _ => return Vec::new(),
    };
    vec![Call::new("elbv2", "ModifyTargetGroup", change).settles(&[setting])]
}

fn delete(arn: &str) -> Vec<Call> {
    let params: Value = json!({ "TargetGroupArn": arn });
    vec![Call::new("elbv2", "DeleteTargetGroup", params)]
}
