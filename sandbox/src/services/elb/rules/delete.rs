//! `DeleteRule`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::found;
use crate::context::Cx;
use crate::fault::Fault;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DeleteRule {
    rule_arn: String,
}

/// `DeleteRule` (Elastic Load Balancing API Reference): not a listener's default one.
pub(crate) fn delete_rule(cx: &mut Cx, input: DeleteRule) -> Result<Value, Fault> {
    let elb = &mut cx.region().elb;
    found(elb, &input.rule_arn, "deleted")?;
    elb.rules.remove(&input.rule_arn);
    Ok(json!({}))
}
