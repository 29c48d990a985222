//! `ModifyRule`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::describe::described;
use super::{balancer_of, conditions, found};
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::elb::actions;
use crate::services::elb::faults::{invalid, no_such_listener};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct ModifyRule {
    rule_arn: String,
    #[serde(default)]
    conditions: Vec<conditions::Given>,
    #[serde(default)]
    actions: Vec<actions::Given>,
}

/// `ModifyRule` (Elastic Load Balancing API Reference): what is not given stays as it is; what is
/// given replaces all of its kind.
pub(crate) fn modify_rule(cx: &mut Cx, input: ModifyRule) -> Result<Value, Fault> {
    let elb = &mut cx.region().elb;
    let mut rule = found(elb, &input.rule_arn, "modified")?.clone();
    if input.conditions.is_empty() && input.actions.is_empty() {
        return Err(invalid("Either conditions or actions must be specified"));
    }
    if !input.conditions.is_empty() {
        rule.conditions = conditions::read(input.conditions)?;
    }
    if !input.actions.is_empty() {
        let balancer =
            balancer_of(elb, &rule.listener).ok_or_else(|| no_such_listener(&rule.listener))?;
        rule.action = actions::read(elb, balancer, input.actions)?;
    }
    let answer = json!({ "Rules": [described(&rule)] });
    elb.rules.insert(rule.arn.clone(), rule);
    Ok(answer)
}
