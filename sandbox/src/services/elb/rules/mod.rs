//! Listener rules, a file for each of their operations.

mod conditions;
mod create;
mod delete;
mod describe;
mod modify;
mod priorities;
mod requests;

pub(crate) use create::create_rule;
pub(crate) use delete::delete_rule;
pub(crate) use describe::describe_rules;
pub(crate) use modify::modify_rule;
pub(crate) use priorities::set_rule_priorities;

pub(crate) use requests::Request;
pub(super) use requests::meets;

use super::arns::{self, Kind};
use super::faults::no_such_rule;
use super::state::{Elb, LoadBalancer, Rule};
use crate::fault::Fault;

/// The rule of that ARN, which must not be a listener's default one: that goes with its listener.
fn found<'a>(elb: &'a mut Elb, arn: &str, what: &str) -> Result<&'a mut Rule, Fault> {
    arns::check(Kind::Rule, arn)?;
    if elb
        .listeners
        .values()
        .any(|listener| listener.default_rule == arn)
    {
        return Err(Fault::new(
            "OperationNotPermitted",
            format!("Default rule '{arn}' cannot be {what}"),
        ));
    }
    elb.rules.get_mut(arn).ok_or_else(|| no_such_rule(arn))
}

/// The load balancer whose listener `arn` is.
fn balancer_of<'a>(elb: &'a Elb, listener: &str) -> Option<&'a LoadBalancer> {
    elb.load_balancers
        .get(&elb.listeners.get(listener)?.load_balancer)
}
