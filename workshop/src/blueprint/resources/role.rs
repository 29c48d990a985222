//! What the three roles have in common: a trusted service and AWS's own policy for it.

use serde_json::json;

use crate::blueprint::{Call, resource::tags};

/// The document that lets `service` take the role on.
pub(super) fn trust(service: &str) -> String {
    json!({
        "Version": "2012-10-17",
        "Statement": [{ "Effect": "Allow", "Principal": { "Service": service }, "Action": "sts:AssumeRole" }],
    })
    .to_string()
}

/// `CreateRole` and `AttachRolePolicy`.
pub(super) fn create(role: &str, service: &str, policy: &str) -> Vec<Call> {
    vec![bare(role, service), attach(role, policy)]
}

/// `CreateRole`: a role that may do nothing yet.
pub(super) fn bare(role: &str, service: &str) -> Call {
    let params =
        json!({ "RoleName": role, "AssumeRolePolicyDocument": trust(service), "Tags": tags() });
    Call::new("iam", "CreateRole", params).done_if(&["EntityAlreadyExists"])
}

/// Puts the trust or the attached policy right.
pub(super) fn repair(setting: &str, role: &str, service: &str, policy: &str) -> Vec<Call> {
    match setting {
        "trust" => vec![
            Call::new(
                "iam",
                "UpdateAssumeRolePolicy",
                json!({ "RoleName": role, "PolicyDocument": trust(service) }),
            )
            .settles(&["trust"]),
        ],
        "policies" => vec![attach(role, policy)],
        _ => Vec::new(),
    }
}

/// Detaches, then deletes: IAM refuses a role that still has policies.
pub(super) fn delete(role: &str, policy: &str) -> Vec<Call> {
    vec![
        Call::new(
            "iam",
            "DetachRolePolicy",
            json!({ "RoleName": role, "PolicyArn": policy }),
        )
        .done_if(&["NoSuchEntity"]),
        Call::new("iam", "DeleteRole", json!({ "RoleName": role })).done_if(&["NoSuchEntity"]),
    ]
}

fn attach(role: &str, policy: &str) -> Call {
    Call::new(
        "iam",
        "AttachRolePolicy",
        json!({ "RoleName": role, "PolicyArn": policy }),
    )
    .settles(&["policies"])
}
