//! `DeleteListener`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::found;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::elb::state::Elb;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DeleteListener {
    listener_arn: String,
}

/// `DeleteListener` (Elastic Load Balancing API Reference): its rules go with it.
pub(crate) fn delete_listener(cx: &mut Cx, input: DeleteListener) -> Result<Value, Fault> {
    let elb = &mut cx.region().elb;
    found(elb, &input.listener_arn)?;
    forget(elb, &input.listener_arn);
    Ok(json!({}))
}

/// Removes a listener and its rules.
pub(in crate::services::elb) fn forget(elb: &mut Elb, arn: &str) {
    elb.listeners.remove(arn);
    elb.rules.retain(|_, rule| rule.listener != arn);
}
