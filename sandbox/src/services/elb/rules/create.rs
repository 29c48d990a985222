//! `CreateRule`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::describe::described;
use super::{balancer_of, conditions};
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::elb::actions;
use crate::services::elb::arns::{self, Kind};
use crate::services::elb::checks::between;
use crate::services::elb::faults::no_such_listener;
use crate::services::elb::limits;
use crate::services::elb::state::{Elb, Rule};
use crate::services::elb::tags;
use crate::tags::Tag;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct CreateRule {
    listener_arn: String,
    conditions: Vec<conditions::Given>,
    priority: u32,
    actions: Vec<actions::Given>,
    #[serde(default)]
    tags: Vec<Tag>,
}

/// `CreateRule` (Elastic Load Balancing API Reference): rules are tried from the lowest priority on,
/// and the listener's default one last.
pub(crate) fn create_rule(cx: &mut Cx, input: CreateRule) -> Result<Value, Fault> {
    arns::check(Kind::Listener, &input.listener_arn)?;
    check_priority(input.priority)?;
    let conditions = conditions::read(input.conditions)?;
    let tags = tags::of_new(input.tags)?;
    let elb = &cx.region().elb;
    let balancer = balancer_of(elb, &input.listener_arn)
        .ok_or_else(|| no_such_listener(&input.listener_arn))?;
    let action = actions::read(elb, balancer, input.actions)?;
    let rules = elb.rules_of(&input.listener_arn);
    if rules.iter().any(|rule| rule.priority == input.priority) {
        return Err(priority_in_use(input.priority));
    }
    if rules_of_balancer(elb, &balancer.arn) >= limits::RULES {
        return Err(Fault::new(
            "TooManyRules",
            "The maximum number of rules per load balancer has been reached",
        ));
    }
    let listener = input.listener_arn.split_once(":listener/");
    let listener = listener.map_or("", |(_, path)| path);
    let path = format!("{listener}/{}", cx.id("", 16));
    let rule = Rule {
        arn: arns::arn(cx, Kind::Rule, &path),
        listener: input.listener_arn,
        priority: input.priority,
        conditions,
        action,
        tags,
    };
    let answer = json!({ "Rules": [described(&rule)] });
    cx.region().elb.rules.insert(rule.arn.clone(), rule);
    Ok(answer)
}

pub(super) fn check_priority(priority: u32) -> Result<(), Fault> {
    between("priority", priority, 1, 50_000)
}

pub(super) fn priority_in_use(priority: u32) -> Fault {
    Fault::new(
        "PriorityInUse",
        format!("Priority '{priority}' is currently in use"),
    )
}

fn rules_of_balancer(elb: &Elb, arn: &str) -> usize {
    elb.listeners_of(arn)
        .into_iter()
        .map(|listener| elb.rules_of(&listener.arn).len())
        .sum()
}
