//! `ecsInstanceRole`: what the ECS agent on an EC2 instance works under.

use super::role;
use crate::blueprint::{Expect, Field, FieldKind, Kind, Price, Resource, Setting, Step, Yield};

const SERVICE: &str = "ec2.amazonaws.com";
const POLICY: &str = "arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role";

/// The role.
pub(super) const RESOURCE: Resource = Resource {
    kind: Kind::InstanceRole,
    step: Step::Roles,
    noun: "IAM role",
    name: "{{instance_role}}",
    needs: &[],
    optional: None,
    shared_name: true,
    minutes: 0,
    price: Price::Free,
    console: "https://us-east-1.console.aws.amazon.com/iam/home#/roles/details/{{instance_role}}",
    fields: &[Field {
        key: "name",
        label: "Role name (instances)",
        help: "The launch template of step 5 names its instance profile.",
        kind: FieldKind::Fixed,
        default: "{{instance_role}}",
    }],
    settings: &[
        Setting {
            key: "trust",
            label: "Trusted service",
            expect: Expect::Includes(&[SERVICE]),
            cause: "Another use case than “EC2” was chosen, so that no instance can take the role on.",
            remedy: "Edit the role's trust policy so that its principal is ec2.amazonaws.com.",
        },
        Setting {
            key: "policies",
            label: "Attached policies",
            expect: Expect::Includes(&["AmazonEC2ContainerServiceforEC2Role"]),
            cause: "The policy was not ticked. The agent could not register its instance with the cluster.",
            remedy: "Attach AmazonEC2ContainerServiceforEC2Role to the role.",
        },
    ],
    create: |_| role::create("{{instance_role}}", SERVICE, POLICY),
    repair: |setting, _| role::repair(setting, "{{instance_role}}", SERVICE, POLICY),
    delete: || role::delete("{{instance_role}}", POLICY),
    yields: &[Yield {
        variable: "instance_role_arn",
        label: "Instance role ARN",
        fact: "arn",
    }],
};
