//! `SetRulePriorities`.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::{Value, json};

use super::create::{check_priority, priority_in_use};
use super::describe::described;
use super::found;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::elb::faults::invalid;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct SetRulePriorities {
    rule_priorities: Vec<Pair>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
struct Pair {
    rule_arn: Option<String>,
    priority: Option<u32>,
}

/// `SetRulePriorities` (Elastic Load Balancing API Reference): all at once, so that two rules can
/// change places; rules that are not named keep theirs.
pub(crate) fn set_rule_priorities(cx: &mut Cx, input: SetRulePriorities) -> Result<Value, Fault> {
    let elb = &mut cx.region().elb;
    let mut wanted = BTreeMap::new();
    let mut listeners = BTreeSet::new();
    for pair in input.rule_priorities {
        let (Some(arn), Some(priority)) = (pair.rule_arn, pair.priority) else {
            return Err(invalid("A rule ARN and a priority must be specified"));
        };
        check_priority(priority)?;
        listeners.insert(found(elb, &arn, "assigned a priority")?.listener.clone());
        if wanted.values().any(|taken| *taken == priority) {
            return Err(invalid(format!(
                "Priority '{priority}' was provided multiple times"
            )));
        }
        if wanted.insert(arn.clone(), priority).is_some() {
            return Err(invalid(format!("Rule '{arn}' was provided multiple times")));
        }
    }
    if listeners.len() != 1 {
        return Err(invalid("All rules must belong to the same listener"));
    }
    for listener in &listeners {
        let others = elb.rules_of(listener).into_iter();
        let others = others.filter(|rule| !wanted.contains_key(&rule.arn));
        if let Some(rule) = others
            .into_iter()
            .find(|rule| wanted.values().any(|priority| *priority == rule.priority))
        {
            return Err(priority_in_use(rule.priority));
        }
    }
    for (arn, priority) in &wanted {
        if let Some(rule) = elb.rules.get_mut(arn) {
            rule.priority = *priority;
        }
    }
    let rules = elb
        .rules
        .values()
        .filter(|rule| wanted.contains_key(&rule.arn));
    Ok(json!({ "Rules": rules.map(described).collect::<Value>() }))
}
