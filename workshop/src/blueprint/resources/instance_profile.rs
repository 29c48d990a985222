//! The instance profile that carries `ecsInstanceRole` to an EC2 instance. The IAM console makes
//! it unasked, together with a role for EC2; the CLI and the SDK do not.

use serde_json::json;

use crate::blueprint::{
    Call, Expect, Kind, Need, Price, Resource, Setting, Step, Yield, resource::tags,
};

/// The profile.
pub(super) const RESOURCE: Resource = Resource {
    kind: Kind::InstanceProfile,
    step: Step::Roles,
    noun: "Instance profile",
    name: "{{instance_profile}}",
    needs: &[Need {
        kind: Kind::InstanceRole,
        why: "a profile carries a role that exists",
    }],
    optional: None,
    shared_name: true,
    minutes: 0,
    price: Price::Free,
    console: "https://us-east-1.console.aws.amazon.com/iam/home#/roles/details/{{instance_role}}",
    fields: &[],
    settings: &[Setting {
        key: "roles",
        label: "Role inside",
        expect: Expect::Is("{{instance_role}}"),
        cause: "The role was made outside the console, which would have put it into the profile by itself.",
        remedy: "Add the role {{instance_role}} to the instance profile. It holds one role only: take another one out first.",
    }],
    create: |_| {
        let create = json!({ "InstanceProfileName": "{{instance_profile}}", "Tags": tags() });
        vec![
            Call::new("iam", "CreateInstanceProfile", create).done_if(&["EntityAlreadyExists"]),
            add_role(),
        ]
    },
    repair: |setting, _| {
        if setting == "roles" {
            vec![add_role()]
        } else {
            Vec::new()
        }
    },
    delete: || {
        let remove = json!({ "InstanceProfileName": "{{instance_profile}}", "RoleName": "{{instance_role}}" });
        let delete = json!({ "InstanceProfileName": "{{instance_profile}}" });
        vec![
            Call::new("iam", "RemoveRoleFromInstanceProfile", remove).done_if(&["NoSuchEntity"]),
            Call::new("iam", "DeleteInstanceProfile", delete).done_if(&["NoSuchEntity"]),
        ]
    },
    yields: &[Yield {
        variable: "instance_profile_arn",
        label: "Instance profile ARN",
        fact: "arn",
    }],
};

fn add_role() -> Call {
    let params =
        json!({ "InstanceProfileName": "{{instance_profile}}", "RoleName": "{{instance_role}}" });
    Call::new("iam", "AddRoleToInstanceProfile", params).settles(&["roles"])
}
