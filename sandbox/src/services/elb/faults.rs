//! The refusals of Elastic Load Balancing that more than one operation uses, with the codes of the
//! service's model.

use crate::fault::Fault;

const VALIDATION: &str = "ValidationError";

pub(super) fn invalid(message: impl Into<String>) -> Fault {
    Fault::new(VALIDATION, message)
}

pub(super) fn configuration(message: impl Into<String>) -> Fault {
    Fault::new("InvalidConfigurationRequest", message)
}

/// A value that the service's model does not admit: `rule` is a sentence on the member.
pub(super) fn constraint(member: &str, value: &str, rule: &str) -> Fault {
    Fault::constraint(VALIDATION, member, value, rule)
}

pub(super) fn no_such_load_balancer(arn: &str) -> Fault {
    Fault::new(
        "LoadBalancerNotFound",
        format!("Load balancer '{arn}' not found"),
    )
}

pub(super) fn no_such_target_group(arn: &str) -> Fault {
    Fault::new(
        "TargetGroupNotFound",
        format!("Target group '{arn}' not found"),
    )
}

pub(super) fn no_such_listener(arn: &str) -> Fault {
    Fault::new("ListenerNotFound", format!("Listener '{arn}' not found"))
}

pub(super) fn no_such_rule(arn: &str) -> Fault {
    Fault::new("RuleNotFound", format!("Rule '{arn}' not found"))
}
