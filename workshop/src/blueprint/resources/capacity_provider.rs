//! The capacity provider: how ECS knows the Auto Scaling group.

use serde_json::json;

use crate::blueprint::{
    Call, Choice, Expect, Field, FieldKind, Kind, Need, Price, Resource, Setting, Step, TAG_KEY,
};

/// The provider.
pub(super) const RESOURCE: Resource = Resource {
    kind: Kind::CapacityProvider,
    step: Step::Cluster,
    noun: "Capacity provider",
    name: "{{capacity_provider}}",
    needs: &[
        Need {
            kind: Kind::AutoScalingGroup,
            why: "it stands for the group",
        },
        Need {
            kind: Kind::Cluster,
            why: "it is attached to the cluster",
        },
    ],
    optional: None,
    shared_name: false,
    minutes: 1,
    price: Price::Free,
    console: "https://{{region}}.console.aws.amazon.com/ecs/v2/clusters/{{cluster}}/infrastructure?region={{region}}",
    fields: &[Field {
        key: "scaling",
        label: "Managed scaling",
        help: "Off: two instances hold a whole deployment, and tasks that CodeDeploy starts by launch type would not make it scale anyway.",
        kind: FieldKind::Choice(&[("DISABLED", "Off"), ("ENABLED", "On")]),
        default: "DISABLED",
    }],
    settings: &[
        Setting {
            key: "group",
            label: "Auto Scaling group",
            expect: Expect::Is("{{auto_scaling_group}}"),
            cause: "The provider stands for another group, whose instances the workshop does not know.",
            remedy: "Take it off the cluster, delete it, and make it again for {{auto_scaling_group}}: its group cannot be changed.",
        },
        Setting {
            key: "scaling",
            label: "Managed scaling",
            expect: Expect::OneOf(&[
                Choice {
                    value: "DISABLED",
                    warning: None,
                },
                Choice {
                    value: "ENABLED",
                    warning: Some(
                        "It counts only tasks that name the provider; tasks of launch type EC2 pass it by, and it may scale in under them.",
                    ),
                },
            ]),
            cause: "ECS did not say whether it scales the group.",
            remedy: "Update the capacity provider and switch managed scaling off.",
        },
        Setting {
            key: "protection",
            label: "Managed termination protection",
            expect: Expect::OneOf(&[
                Choice {
                    value: "DISABLED",
                    warning: None,
                },
                Choice {
                    value: "ENABLED",
                    warning: Some("Clean-up will have to take the protection off the instances."),
                },
            ]),
            cause: "ECS did not say whether it protects the instances.",
            remedy: "Update the capacity provider and switch managed termination protection off.",
        },
        Setting {
            key: "attached",
            label: "Attached to the cluster",
            expect: Expect::Is("{{cluster}}"),
            cause: "The provider was made, but never added to the cluster.",
            remedy: "Update the cluster and add the capacity provider {{capacity_provider}}.",
        },
    ],
    create: |inputs| {
        let create = json!({
            "name": "{{capacity_provider}}",
            "autoScalingGroupProvider": {
                "autoScalingGroupArn": "{{auto_scaling_group_arn}}",
                "managedScaling": { "status": inputs.text("scaling") },
                "managedTerminationProtection": "DISABLED",
            },
            "tags": [{ "key": TAG_KEY, "value": "{{workspace}}" }],
        });
        vec![Call::new("ecs", "CreateCapacityProvider", create), attach()]
    },
    repair: |setting, _| match setting {
        "attached" => vec![attach()],
        _ => Vec::new(),
    },
    delete: || {
        let detach = json!({ "cluster": "{{cluster}}", "capacityProviders": [], "defaultCapacityProviderStrategy": [] });
        let delete = json!({ "capacityProvider": "{{capacity_provider}}" });
        vec![
            Call::new("ecs", "PutClusterCapacityProviders", detach)
                .done_if(&["ClusterNotFoundException"]),
            Call::new("ecs", "DeleteCapacityProvider", delete),
        ]
    },
    yields: &[],
};

/// `PutClusterCapacityProviders` replaces the whole list.
fn attach() -> Call {
    let params = json!({
        "cluster": "{{cluster}}",
        "capacityProviders": ["{{capacity_provider}}"],
        "defaultCapacityProviderStrategy": [],
    });
    Call::new("ecs", "PutClusterCapacityProviders", params).settles(&["attached"])
}
