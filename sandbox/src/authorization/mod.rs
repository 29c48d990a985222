//! Whether the caller may do what it asks for, judged before every operation.
//!
//! An account without limits (the default) is not judged at all; [`crate::Account::limit_caller`]
//! gives the caller a policy. What an operation needs is in `actions/`, a file a service, after
//! AWS's Service Authorization Reference ("Actions, resources, and condition keys"), a line an
//! operation:
//!
//! ```text
//! HeadBucket=ListBucket {Bucket}          the action, where it is not the operation's name
//! CreateService service/{cluster=default}/{serviceName}
//!   + tags ecs:TagResource service/…      needed if the parameter is given
//!   > role iam:PassRole ecs.amazonaws.com needed for what the parameter hands to the service
//! GetCallerIdentity -                     needs no permission
//! ```
//!
//! A resource begins with the ARN of its service, unless it is a whole one; without one it is `*`.
//! `{a.b|c=d}` is the value of the parameter a.b, else of c, else `d`, else `*`. A list gives as
//! many resources, and a value that is an ARN is the resource itself. A resource with `{a?}` is left
//! out where `a` is not given.
//!
//! What only the state of the account tells is asked where it is known: a service-linked role is
//! made in the caller's name (`iam::caller_links`), and a group launches by its template
//! (`ec2::caller_launches`). Condition keys are those of every request, `aws:RequestTag`,
//! `aws:TagKeys`, `iam:PassedToService`, `iam:PolicyARN`, `iam:AWSServiceName` and `CreateAction`;
//! those that depend on a resource's own tags are not known here.

mod keys;
mod refusal;
mod resources;
mod rules;

use serde_json::Value;

pub(crate) use refusal::refusal;

use crate::context::Cx;
use crate::fault::Fault;
use crate::service::Service;
use crate::services::ecs;
use crate::services::iam;
use rules::{Also, Rule};

/// Whether the caller may do this; the refusal, in the service's own form, if not.
pub(crate) fn check(
    cx: &Cx,
    service: &Service,
    operation: &str,
    input: &Value,
) -> Result<(), Fault> {
    if !iam::is_limited(cx) {
        return Ok(());
    }
    let Some(rule) = rules::find(service.name, operation) else {
        return Ok(());
    };
    itself(cx, service, operation, rule, input)?;
    let mut also = rule.also.iter();
    also.try_for_each(|also| needed(cx, service, operation, also, input))
}

/// The action of the operation's own.
fn itself(
    cx: &Cx,
    service: &Service,
    operation: &str,
    rule: &Rule,
    input: &Value,
) -> Result<(), Fault> {
    let action = format!("{}:{}", service.name, versioned(rule.action, input));
    let keys = keys::of(input);
    for resource in resources::all(cx, service.name, &rule.resources, input) {
        iam::caller_may(cx, &action, &resource, &keys)
            .map_err(|denial| refusal::of_operation(service, operation, &denial))?;
    }
    Ok(())
}

/// What else the operation does.
fn needed(
    cx: &Cx,
    service: &Service,
    operation: &str,
    also: &Also,
    input: &Value,
) -> Result<(), Fault> {
    let refuse = |denial| refusal(service, &denial);
    match also {
        Also::If {
            given,
            action,
            resources,
        } => {
            let is_given = resources::values(input, given).next().is_some();
            if !is_given || (*action == "ecs:TagResource" && !ecs::tagging_is_authorized(cx)) {
                return Ok(());
            }
            let mut keys = keys::of(input);
            let why = format!("{}:CreateAction", service.name);
            keys.push((why, vec![operation.to_owned()]));
            resources::all(cx, service.name, resources, input)
                .iter()
                .try_for_each(|resource| iam::caller_may(cx, action, resource, &keys))
                .map_err(refuse)
        }
        Also::Hands {
            given,
            action,
            service: to,
        } => {
            for value in resources::values(input, given) {
                let resource = resources::handed(cx, value);
                let action = resources::action_on(action, &resource);
                let (prefix, _) = action.split_once(':').unwrap_or((&action, ""));
                let key = (format!("{prefix}:PassedToService"), vec![(*to).to_owned()]);
                iam::caller_may(cx, &action, &resource, &[key]).map_err(refuse)?;
            }
            Ok(())
        }
    }
}

/// S3's actions on an object are others where a version of it is named.
fn versioned(action: &str, input: &Value) -> String {
    let names_a_version = resources::values(input, "VersionId|Delete.Object.VersionId")
        .next()
        .is_some();
    match action {
        "GetObject" | "DeleteObject" if names_a_version => format!("{action}Version"),
        action => action.to_owned(),
    }
}
