//! Actions of listeners and rules: what arrives, what is checked, what is sent. What a kind of action
//! has of its own is in its own file.

mod fixed_response;
mod forward;
mod redirect;

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::{Value, json};

use self::fixed_response::{FixedResponseConfig, fixed_response};
use self::forward::{ForwardConfig, forward};
use self::redirect::{RedirectConfig, redirect};
use super::arns::{self, Kind};
use super::checks::one_of;
use super::faults::{configuration, invalid, no_such_target_group};
use super::limits;
use super::state::{Action, ActionKind, Elb, LoadBalancer};
use crate::fault::Fault;

/// An action as it arrives.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(super) struct Given {
    r#type: String,
    target_group_arn: Option<String>,
    order: Option<u32>,
    forward_config: Option<ForwardConfig>,
    redirect_config: Option<RedirectConfig>,
    fixed_response_config: Option<FixedResponseConfig>,
}

/// The one action of `given`, checked, for a listener or a rule of `balancer`. (More than one there
/// can only be with authentication before it, which is not here.)
pub(super) fn read(elb: &Elb, balancer: &LoadBalancer, given: Vec<Given>) -> Result<Action, Fault> {
    let mut given = given.into_iter();
    let (Some(action), None) = (given.next(), given.next()) else {
        return Err(Fault::new(
            "InvalidLoadBalancerAction",
            "You must specify exactly one action of type 'forward', 'redirect' or 'fixed-response'",
        ));
    };
    one_of(
        "actions.1.member.type",
        &action.r#type,
        &["forward", "redirect", "fixed-response"],
    )?;
    let action = match action.r#type.as_str() {
        "forward" => forward(action),
        "redirect" => redirect(action),
        _ => fixed_response(action),
    }?;
    for (arn, _) in action.groups() {
        check_group(elb, balancer, arn)?;
    }
    check_count(elb, balancer, &action)?;
    Ok(action)
}

fn missing_config(kind: &str) -> Fault {
    invalid(format!(
        "A configuration must be specified for an action of type '{kind}'"
    ))
}

/// A target group that an action can name: of the load balancer's VPC, and of no other load balancer.
fn check_group(elb: &Elb, balancer: &LoadBalancer, arn: &str) -> Result<(), Fault> {
    arns::check(Kind::TargetGroup, arn)?;
    let group = elb
        .target_groups
        .get(arn)
        .ok_or_else(|| no_such_target_group(arn))?;
    if group.vpc != balancer.vpc {
        return Err(configuration(format!(
            "The following target groups are in a different VPC than load balancer '{}': {arn}",
            balancer.arn
        )));
    }
    let other = elb
        .load_balancer_of(arn)
        .is_some_and(|other| other.arn != balancer.arn);
    if other {
        return Err(Fault::new(
            "TargetGroupAssociationLimit",
            format!(
                "The following target groups cannot be associated with more than one load balancer: {arn}"
            ),
        ));
    }
    Ok(())
}

/// How many target groups a load balancer can have.
fn check_count(elb: &Elb, balancer: &LoadBalancer, action: &Action) -> Result<(), Fault> {
    let listeners = elb.listeners_of(&balancer.arn);
    let rules = listeners
        .iter()
        .flat_map(|listener| elb.rules_of(&listener.arn));
    let actions = listeners
        .iter()
        .map(|listener| &listener.action)
        .chain(rules.map(|rule| &rule.action))
        .chain([action]);
    let groups: BTreeSet<_> = actions
        .flat_map(Action::groups)
        .map(|(arn, _)| arn)
        .collect();
    if groups.len() > limits::GROUPS_PER_LOAD_BALANCER {
        return Err(Fault::new(
            "TooManyUniqueTargetGroupsPerLoadBalancer",
            "The maximum number of unique target groups per load balancer has been reached",
        ));
    }
    Ok(())
}

/// An action as the service describes it; a forward to one target group in both of its forms.
pub(super) fn described(action: &Action) -> Value {
    let order = action.order;
    let described = match &action.kind {
        ActionKind::Forward { groups, stickiness } => {
            let weighted = groups
                .iter()
                .map(|(arn, weight)| json!({ "TargetGroupArn": arn, "Weight": weight }));
            let single = groups.first().filter(|_| groups.len() == 1);
            json!({
                "Type": "forward",
                "Order": order,
                "TargetGroupArn": single.map(|(arn, _)| arn),
                "ForwardConfig": {
                    "TargetGroups": weighted.collect::<Value>(),
                    "TargetGroupStickinessConfig": {
                        "Enabled": stickiness.is_some(),
                        "DurationSeconds": stickiness,
                    },
                },
            })
        }
        ActionKind::Redirect(to) => json!({
            "Type": "redirect",
            "Order": order,
            "RedirectConfig": {
                "Protocol": to.protocol,
                "Port": to.port,
                "Host": to.host,
                "Path": to.path,
                "Query": to.query,
                "StatusCode": to.status,
            },
        }),
        ActionKind::FixedResponse {
            status,
            content_type,
            body,
        } => json!({
            "Type": "fixed-response",
            "Order": order,
            "FixedResponseConfig": {
                "StatusCode": status,
                "ContentType": content_type,
                "MessageBody": body,
            },
        }),
    };
    json!([described])
}
