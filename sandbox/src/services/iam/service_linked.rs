//! Service-linked roles: those that a service has of its own in the account
//! (IAM User Guide, "Create a service-linked role").
//!
//! Services make theirs at first use, with [`service_linked`].

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::roles;
use super::state::Role;
use crate::context::Cx;
use crate::fault::Fault;
use crate::tags::Tags;

/// The path of every service-linked role.
const PATH: &str = "/aws-service-role/";

/// A service that has a role.
struct Linked {
    service: &'static str,
    role: &'static str,
    /// The AWS managed policy that comes with it.
    policy: &'static str,
    description: &'static str,
    /// Whether there can be more of them, told apart by a suffix.
    suffix: bool,
}

const LINKED: [Linked; 5] = [
    Linked {
        service: "autoscaling.amazonaws.com",
        role: "AWSServiceRoleForAutoScaling",
        policy: "AutoScalingServiceRolePolicy",
        description: "Default Service-Linked Role enables access to AWS Services and Resources used or managed \
                      by Auto Scaling",
        suffix: true,
    },
    Linked {
        service: "ecs.amazonaws.com",
        role: "AWSServiceRoleForECS",
        policy: "AmazonECSServiceRolePolicy",
        description: "Role to enable Amazon ECS to manage your cluster.",
        suffix: false,
    },
    Linked {
        service: "elasticloadbalancing.amazonaws.com",
        role: "AWSServiceRoleForElasticLoadBalancing",
        policy: "AWSElasticLoadBalancingServiceRolePolicy",
        description: "Allows ELB to call AWS services on your behalf.",
        suffix: false,
    },
    Linked {
        service: "rds.amazonaws.com",
        role: "AWSServiceRoleForRDS",
        policy: "AmazonRDSServiceRolePolicy",
        description: "Allows Amazon RDS to manage AWS resources on your behalf",
        suffix: false,
    },
    Linked {
        service: "ecs.application-autoscaling.amazonaws.com",
        role: "AWSServiceRoleForApplicationAutoScaling_ECSService",
        policy: "AWSApplicationAutoscalingECSServicePolicy",
        description: "",
        suffix: false,
    },
];

/// Makes sure that there is the role of `service` (`ecs.amazonaws.com`), as services do at their
/// first use, and gives its ARN. Of a service that has no such role the ARN is empty.
pub(crate) fn service_linked(cx: &mut Cx, service: &str) -> String {
    let Some(linked) = LINKED.iter().find(|linked| linked.service == service) else {
        return String::new();
    };
    if let Some(role) = cx.account.iam.roles.get(linked.role) {
        return role.arn.clone();
    }
    let role = role(cx, linked, linked.role.to_owned(), None);
    let arn = role.arn.clone();
    cx.account.iam.roles.insert(role.name.clone(), role);
    arn
}

/// The ARN that the role of `service` will have, if there is none yet.
pub(super) fn missing(cx: &Cx, service: &str) -> Option<String> {
    let linked = LINKED.iter().find(|linked| linked.service == service)?;
    let path = format!("role{PATH}{service}/{}", linked.role);
    let is_there = cx.account.iam.roles.contains_key(linked.role);
    (!is_there).then(|| cx.global_arn("iam", &path))
}

/// Whether a role is a service's own, and nobody else's to change.
pub(super) fn is_linked(role: &Role) -> bool {
    role.path.starts_with(PATH)
}

/// The refusal to change one.
pub(super) fn check_own(role: &Role) -> Result<(), Fault> {
    if is_linked(role) {
        let words = format!(
            "Cannot perform the operation on the protected role '{}' - this role is only modifiable by AWS",
            role.name
        );
        return Err(Fault::new("UnmodifiableEntity", words));
    }
    Ok(())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct CreateServiceLinkedRole {
    #[serde(rename = "AWSServiceName")]
    service: String,
    description: Option<String>,
    custom_suffix: Option<String>,
}

/// `CreateServiceLinkedRole` (IAM API Reference).
pub(crate) fn create_service_linked_role(
    cx: &mut Cx,
    input: CreateServiceLinkedRole,
) -> Result<Value, Fault> {
    let service = &input.service;
    let linked = LINKED
        .iter()
        .find(|linked| linked.service == service)
        .ok_or_else(|| {
            let words = format!("Service {service} has no service-linked role.");
            Fault::not_found("NoSuchEntity", words)
        })?;
    let name = match &input.custom_suffix {
        Some(_) if !linked.suffix => {
            let words = format!("Custom suffix is not allowed for {service}");
            return Err(Fault::new("InvalidInput", words));
        }
        Some(suffix) => {
            let name = format!("{}_{suffix}", linked.role);
            super::checks::name("customSuffix", &name, 64)?;
            name
        }
        None => linked.role.to_owned(),
    };
    let taken = |role: &Role| role.name.eq_ignore_ascii_case(&name);
    if cx.account.iam.roles.values().any(taken) {
        let words = format!(
            "Service role name {name} has been taken in this account, please try a different suffix."
        );
        return Err(Fault::new("InvalidInput", words));
    }
    let role = role(cx, linked, name, input.description);
    let answer = json!({ "Role": roles::summary(&role) });
    cx.account.iam.roles.insert(role.name.clone(), role);
    Ok(answer)
}

fn role(cx: &mut Cx, linked: &Linked, name: String, description: Option<String>) -> Role {
    let path = format!("{PATH}{}/", linked.service);
    let trust = json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": "Allow",
            "Principal": { "Service": linked.service },
            "Action": "sts:AssumeRole",
        }],
    });
    let told = Some(linked.description.to_owned()).filter(|words| !words.is_empty());
    Role {
        id: cx.unique_id("AROA"),
        arn: cx.global_arn("iam", &format!("role{path}{name}")),
        name,
        path,
        created: cx.second(),
        trust: trust.to_string(),
        description: description.or(told),
        max_session: 3600,
        boundary: None,
        tags: Tags::new(),
        attached: vec![format!("arn:aws:iam::aws:policy{PATH}{}", linked.policy)],
        inline: BTreeMap::new(),
    }
}
