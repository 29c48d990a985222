//! `ecsCodeDeployRole`: what CodeDeploy works under when it shifts traffic between task sets.

use super::role;
use crate::blueprint::{Expect, Field, FieldKind, Kind, Price, Resource, Setting, Step, Yield};

const SERVICE: &str = "codedeploy.amazonaws.com";
const POLICY: &str = "arn:aws:iam::aws:policy/AWSCodeDeployRoleForECS";

/// The role.
pub(super) const RESOURCE: Resource = Resource {
    kind: Kind::CodeDeployRole,
    step: Step::Roles,
    noun: "IAM role",
    name: "{{codedeploy_role}}",
    needs: &[],
    optional: None,
    shared_name: true,
    minutes: 0,
    price: Price::Free,
    console: "https://us-east-1.console.aws.amazon.com/iam/home#/roles/details/{{codedeploy_role}}",
    fields: &[Field {
        key: "name",
        label: "Role name (CodeDeploy)",
        help: "The service of step 7 and the deployment group of step 11 name it.",
        kind: FieldKind::Fixed,
        default: "{{codedeploy_role}}",
    }],
    settings: &[
        Setting {
            key: "trust",
            label: "Trusted service",
            expect: Expect::Includes(&[SERVICE]),
            cause: "Another use case than “CodeDeploy – ECS” was chosen.",
            remedy: "Edit the role's trust policy so that its principal is codedeploy.amazonaws.com.",
        },
        Setting {
            key: "policies",
            label: "Attached policies",
            expect: Expect::Includes(&["AWSCodeDeployRoleForECS"]),
            cause: "CodeDeploy may not change the service and the listeners, so that a deployment fails with IAM_ROLE_PERMISSIONS. “CodeDeploy” attaches AWSCodeDeployRole, which is for EC2; “CodeDeploy – ECS” attaches the right one.",
            remedy: "Attach AWSCodeDeployRoleForECS to the role.",
        },
    ],
    create: |_| role::create("{{codedeploy_role}}", SERVICE, POLICY),
    repair: |setting, _| role::repair(setting, "{{codedeploy_role}}", SERVICE, POLICY),
    delete: || role::delete("{{codedeploy_role}}", POLICY),
    yields: &[Yield {
        variable: "codedeploy_role_arn",
        label: "CodeDeploy role ARN",
        fact: "arn",
    }],
};
