//! The launch template: what an instance of the cluster is made of.

use serde_json::json;

use crate::blueprint::{
    Call, Choice, Expect, Field, FieldKind, Inputs, Kind, Need, Price, Resource, Setting, Step,
    TAG_KEY, Variables, Verdict, Yield,
};

/// The parameter under which AWS publishes the image; EC2 reads it at every launch.
const AL2023: &str =
    "resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id";
const AL2: &str = "resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2/recommended/image_id";

/// The template.
pub(super) const RESOURCE: Resource = Resource {
    kind: Kind::LaunchTemplate,
    step: Step::Cluster,
    noun: "Launch template",
    name: "{{launch_template}}",
    needs: &[
        Need {
            kind: Kind::InstanceProfile,
            why: "the instances register with the cluster under its role",
        },
        Need {
            kind: Kind::EcsSecurityGroup,
            why: "the instances are made inside it",
        },
    ],
    optional: None,
    shared_name: false,
    minutes: 0,
    price: Price::Free,
    console: "https://{{region}}.console.aws.amazon.com/ec2/home?region={{region}}#LaunchTemplates:launchTemplateName={{launch_template}}",
    fields: &[
        Field {
            key: "image",
            label: "Amazon Machine Image",
            help: "Both carry the ECS agent. The workshop's text says Amazon Linux 2, which has had no updates since June 2026.",
            kind: FieldKind::Choice(&[
                (AL2023, "Amazon Linux 2023, ECS-optimized"),
                (AL2, "Amazon Linux 2, ECS-optimized"),
            ]),
            default: AL2023,
        },
        Field {
            key: "type",
            label: "EC2 instance type",
            help: "2 GiB hold three tasks of 500 MiB; a deployment doubles the two tasks to four.",
            kind: FieldKind::Choice(&[
                ("t3.small", "t3.small, 2 vCPU, 2 GiB"),
                ("t3.medium", "t3.medium, 2 vCPU, 4 GiB"),
                ("t3a.small", "t3a.small, 2 vCPU, 2 GiB"),
            ]),
            default: "t3.small",
        },
    ],
    settings: &[
        Setting {
            key: "image",
            label: "Image",
            expect: Expect::OneOf(&[
                Choice {
                    value: "Amazon Linux 2023, ECS-optimized",
                    warning: None,
                },
                Choice {
                    value: "Amazon Linux 2, ECS-optimized",
                    warning: Some(
                        "Amazon Linux 2 ended in June 2026 and gets no security updates any more.",
                    ),
                },
            ]),
            cause: "An image without the ECS agent was chosen; its instances start and never register with a cluster.",
            remedy: "Add a version with an ECS-optimized image and make it the default version.",
        },
        Setting {
            key: "type",
            label: "Instance type",
            expect: Expect::OneOf(&[
                Choice {
                    value: "t3.small",
                    warning: None,
                },
                Choice {
                    value: "t3a.small",
                    warning: None,
                },
                Choice {
                    value: "t3.medium",
                    warning: Some("It works, at twice the price of t3.small."),
                },
            ]),
            cause: "A smaller type holds too few tasks for a deployment, a larger one costs more; an ARM one cannot run the image.",
            remedy: "Add a version with t3.small and make it the default version.",
        },
        Setting {
            key: "profile",
            label: "IAM instance profile",
            expect: Expect::Is("{{instance_profile}}"),
            cause: "Without the role in it the agent may not register its instance with the cluster.",
            remedy: "Add a version with the instance profile {{instance_profile}} and make it the default version.",
        },
        Setting {
            key: "security_groups",
            label: "Security groups",
            expect: Expect::Rule {
                words: "{{ecs_security_group_id}}",
                judge: judge_groups,
            },
            cause: "The instances are in a group that the balancer's step will not open.",
            remedy: "Add a version with the security group {{ecs_security_group_id}} and make it the default version.",
        },
        Setting {
            key: "cluster",
            label: "Cluster in the user data",
            expect: Expect::Is("{{cluster}}"),
            cause: "The user data does not write ECS_CLUSTER={{cluster}} into /etc/ecs/ecs.config, so that the agent looks for a cluster named “default”.",
            remedy: "Add a version with the user data as shown above and make it the default version.",
        },
    ],
    create: |inputs| {
        let params = json!({
            "LaunchTemplateName": "{{launch_template}}",
            "LaunchTemplateData": data(inputs),
            "TagSpecifications": [{ "ResourceType": "launch-template", "Tags": [{ "Key": TAG_KEY, "Value": "{{workspace}}" }] }],
        });
        vec![
            Call::new("ec2", "CreateLaunchTemplate", params)
                .capture("launch_template_id", "LaunchTemplate.LaunchTemplateId")
                .done_if(&["InvalidLaunchTemplateName.AlreadyExistsException"]),
        ]
    },
    repair: |setting, inputs| {
        let version = json!({ "LaunchTemplateName": "{{launch_template}}", "LaunchTemplateData": data(inputs) });
        let default = json!({ "LaunchTemplateName": "{{launch_template}}", "DefaultVersion": "{{launch_template_version}}" });
        vec![
            Call::new("ec2", "CreateLaunchTemplateVersion", version)
                .settles(&[setting])
                .capture(
                    "launch_template_version",
                    "LaunchTemplateVersion.VersionNumber",
                ),
            Call::new("ec2", "ModifyLaunchTemplate", default).settles(&[setting]),
        ]
    },
    delete: || {
        let delete = json!({ "LaunchTemplateName": "{{launch_template}}" });
        vec![
            Call::new("ec2", "DeleteLaunchTemplate", delete)
                .done_if(&["InvalidLaunchTemplateName.NotFoundException"]),
        ]
    },
    yields: &[Yield {
        variable: "launch_template_id",
        label: "Launch template",
        fact: "id",
    }],
};

/// `RequestLaunchTemplateData`: the instances carry the workspace's tag, too.
fn data(inputs: &Inputs<'_>) -> serde_json::Value {
    json!({
        "ImageId": inputs.text("image"),
        "InstanceType": inputs.text("type"),
        "IamInstanceProfile": { "Name": "{{instance_profile}}" },
        "SecurityGroupIds": ["{{ecs_security_group_id}}"],
        "UserData": "{{instance_user_data}}",
        "TagSpecifications": [{ "ResourceType": "instance", "Tags": [{ "Key": TAG_KEY, "Value": "{{workspace}}" }] }],
    })
}

/// The default group is what the ECS console proposes; it works once the balancer may reach it.
fn judge_groups(found: &[String], variables: &Variables) -> Verdict {
    let own = variables.get("ecs_security_group_id").unwrap_or_default();
    let default = variables
        .get("default_security_group_id")
        .unwrap_or_default();
    match found {
        [only] if only == own => Verdict::Right,
        [only] if only == default => Verdict::RightBut(
            "It is the VPC's default group, which other things use too. Clean-up will leave it and only take the workshop's rule out.",
        ),
        _ => Verdict::Wrong,
    }
}
