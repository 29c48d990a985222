//! The Auto Scaling group that keeps the cluster's instances running.

use serde_json::{Value, json};

use crate::blueprint::{
    Call, Expect, Field, FieldKind, Inputs, Kind, Need, Price, Resource, Setting, Step, TAG_KEY,
    Variables, Verdict, Yield,
};

/// The group.
pub(super) const RESOURCE: Resource = Resource {
    kind: Kind::AutoScalingGroup,
    step: Step::Cluster,
    noun: "Auto Scaling group",
    name: "{{auto_scaling_group}}",
    needs: &[
        Need {
            kind: Kind::LaunchTemplate,
            why: "its instances are made from it",
        },
        Need {
            kind: Kind::Cluster,
            why: "its instances look for it when they start",
        },
    ],
    optional: None,
    shared_name: false,
    minutes: 1,
    // Two t3.small with 30 GiB of gp3 each.
    price: Price::Hourly(48_200),
    console: "https://{{region}}.console.aws.amazon.com/ec2/home?region={{region}}#AutoScalingGroupDetails:id={{auto_scaling_group}}",
    fields: &[
        Field {
            key: "min",
            label: "Minimum capacity",
            help: "Two, in two zones: one may fail.",
            kind: FieldKind::Number(1, 4),
            default: "2",
        },
        Field {
            key: "max",
            label: "Maximum capacity",
            help: "The workshop's text says 4.",
            kind: FieldKind::Number(2, 8),
            default: "4",
        },
        Field {
            key: "subnets",
            label: "Subnets",
            help: "All of the default VPC, one in each zone.",
            kind: FieldKind::Fixed,
            default: "{{subnet_ids}}",
        },
    ],
    settings: &[
        Setting {
            key: "template",
            label: "Launch template",
            expect: Expect::Is("{{launch_template}}"),
            cause: "The group launches its instances from something else.",
            remedy: "Edit the group and choose the launch template {{launch_template}}, version Default.",
        },
        Setting {
            key: "min",
            label: "Minimum capacity",
            expect: Expect::Rule {
                words: "2",
                judge: at_least_two,
            },
            cause: "With fewer than two instances a deployment does not find room for twice the tasks.",
            remedy: "Edit the group's size: desired 2, minimum 2, maximum 4.",
        },
        Setting {
            key: "max",
            label: "Maximum capacity",
            expect: Expect::Rule {
                words: "4",
                judge: at_least_two,
            },
            cause: "The group may not even grow to two instances.",
            remedy: "Edit the group's size: desired 2, minimum 2, maximum 4.",
        },
        Setting {
            key: "desired",
            label: "Desired capacity",
            expect: Expect::Rule {
                words: "2",
                judge: at_least_two,
            },
            cause: "The group was told to keep fewer than two instances.",
            remedy: "Edit the group's size: desired 2, minimum 2, maximum 4.",
        },
        Setting {
            key: "zones",
            label: "Availability Zones",
            expect: Expect::Rule {
                words: "two or more",
                judge: |found, _| match found.len() {
                    0 | 1 => Verdict::Wrong,
                    _ => Verdict::Right,
                },
            },
            cause: "Only one subnet was chosen; if its zone fails, everything does.",
            remedy: "Edit the group's network and choose all subnets of the default VPC.",
        },
    ],
    create: |inputs| {
        let params = json!({
            "AutoScalingGroupName": "{{auto_scaling_group}}",
            "LaunchTemplate": template(),
            "MinSize": inputs.number("min"),
            "MaxSize": inputs.number("max"),
            "DesiredCapacity": inputs.number("min"),
            "VPCZoneIdentifier": inputs.text("subnets"),
            "Tags": [{ "Key": TAG_KEY, "Value": "{{workspace}}", "PropagateAtLaunch": false }],
        });
        vec![Call::new("autoscaling", "CreateAutoScalingGroup", params).done_if(&["AlreadyExists"])]
    },
    repair,
    delete: || {
        let delete =
            json!({ "AutoScalingGroupName": "{{auto_scaling_group}}", "ForceDelete": true });
        // Auto Scaling has one word for every mistake; its message names a group that is not there.
        vec![Call::new("autoscaling", "DeleteAutoScalingGroup", delete)]
    },
    yields: &[Yield {
        variable: "auto_scaling_group_arn",
        label: "Auto Scaling group ARN",
        fact: "arn",
    }],
};

fn template() -> Value {
    json!({ "LaunchTemplateName": "{{launch_template}}", "Version": "$Default" })
}

fn repair(setting: &str, inputs: &Inputs<'_>) -> Vec<Call> {
    let change = match setting {
        "template" => json!({ "LaunchTemplate": template() }),
        "min" | "max" | "desired" => json!({ "MinSize": 2, "MaxSize": 4, "DesiredCapacity": 2 }),
        "zones" => json!({ "VPCZoneIdentifier": inputs.text("subnets") }),
        _ => return Vec::new(),
    };
    let mut params = json!({ "AutoScalingGroupName": "{{auto_scaling_group}}" });
    if let (Some(params), Value::Object(change)) = (params.as_object_mut(), change) {
        params.extend(change);
    }
    vec![Call::new("autoscaling", "UpdateAutoScalingGroup", params).settles(&[setting])]
}

fn at_least_two(found: &[String], _: &Variables) -> Verdict {
    match found {
        [only] if only.parse().is_ok_and(|number: u32| number >= 2) => Verdict::Right,
        _ => Verdict::Wrong,
    }
}
