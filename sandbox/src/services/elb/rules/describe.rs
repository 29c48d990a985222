//! `DescribeRules`, and how a rule is described in every answer.

use serde::Deserialize;
use serde_json::{Value, json};

use super::conditions;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::elb::actions;
use crate::services::elb::arns::{self, Kind};
use crate::services::elb::faults::{invalid, no_such_listener};
use crate::services::elb::listing::answer;
use crate::services::elb::state::{Elb, Listener, Rule};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DescribeRules {
    listener_arn: Option<String>,
    #[serde(default)]
    rule_arns: Vec<String>,
    marker: Option<String>,
    page_size: Option<u32>,
}

/// `DescribeRules` (Elastic Load Balancing API Reference): those of a listener in the order in which
/// they are tried, or those that are named, each of which must be there.
pub(crate) fn describe_rules(cx: &mut Cx, input: DescribeRules) -> Result<Value, Fault> {
    let elb = &cx.region().elb;
    let items = match (&input.listener_arn, &input.rule_arns[..]) {
        (None, []) => {
            return Err(invalid(
                "You must specify either listener rule ARNs or a listener ARN",
            ));
        }
        (Some(_), [_, ..]) => {
            return Err(invalid(
                "Listener rule ARNs and a listener ARN cannot be specified at the same time",
            ));
        }
        (Some(arn), []) => {
            arns::check(Kind::Listener, arn)?;
            let listener = elb
                .listeners
                .get(arn)
                .ok_or_else(|| no_such_listener(arn))?;
            let rules = elb.rules_of(arn).into_iter().map(described);
            rules.chain([default_described(listener)]).collect()
        }
        (None, wanted) => {
            for arn in wanted {
                arns::check(Kind::Rule, arn)?;
            }
            let found = wanted.iter().map(|arn| named(elb, arn));
            found
                .collect::<Option<Vec<_>>>()
                .ok_or_else(|| Fault::new("RuleNotFound", "One or more rules not found"))?
        }
    };
    answer("Rules", items, input.marker.as_deref(), input.page_size)
}

fn named(elb: &Elb, arn: &str) -> Option<Value> {
    if let Some(rule) = elb.rules.get(arn) {
        return Some(described(rule));
    }
    let mut listeners = elb.listeners.values();
    listeners
        .find(|listener| listener.default_rule == arn)
        .map(default_described)
}

/// A rule as the service describes it.
pub(super) fn described(rule: &Rule) -> Value {
    let conditions = rule.conditions.iter().map(conditions::described);
    json!({
        "RuleArn": rule.arn,
        "Priority": rule.priority.to_string(),
        "Conditions": conditions.collect::<Value>(),
        "Actions": actions::described(&rule.action),
        "IsDefault": false,
    })
}

/// A listener's default rule, whose action is the listener's.
fn default_described(listener: &Listener) -> Value {
    json!({
        "RuleArn": listener.default_rule,
        "Priority": "default",
        "Conditions": [],
        "Actions": actions::described(&listener.action),
        "IsDefault": true,
    })
}
