//! What a role of the workshop's own making may do: written down once, for the policy that allows
//! it and for the check that asks IAM about it.

use serde_json::{Value, json};

/// Some actions on some resources. The texts are templates.
#[derive(Debug, Clone, Copy)]
pub struct Grant {
    /// The role's setting that the check answers with it. Several grants may share one.
    pub setting: &'static str,
    /// The actions, as IAM names them.
    pub actions: &'static [&'static str],
    /// The ARNs, in which `*` stands for any text.
    pub resources: &'static [&'static str],
    /// The service that a role may be passed to (`iam:PassedToService`).
    pub passed_to: Option<&'static str>,
}

/// The policy that allows just these, with one statement each.
pub(super) fn policy(grants: &[Grant]) -> String {
    let statements: Vec<Value> = grants.iter().map(statement).collect();
    json!({ "Version": "2012-10-17", "Statement": statements }).to_string()
}

fn statement(grant: &Grant) -> Value {
    let mut statement = json!({
        "Effect": "Allow",
        "Action": grant.actions,
        "Resource": grant.resources,
    });
    if let Some(service) = grant.passed_to {
        statement["Condition"] = json!({ "StringEquals": { "iam:PassedToService": service } });
    }
    statement
}
