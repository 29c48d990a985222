//! `DeleteTargetGroup`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::context::Cx;
use crate::fault::Fault;
use crate::services::elb::arns::{self, Kind};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DeleteTargetGroup {
    target_group_arn: String,
}

/// `DeleteTargetGroup` (Elastic Load Balancing API Reference): not while an action of a listener or
/// a rule refers to it, whatever the weight; what is not there is deleted already.
pub(crate) fn delete_target_group(cx: &mut Cx, input: DeleteTargetGroup) -> Result<Value, Fault> {
    let arn = input.target_group_arn;
    arns::check(Kind::TargetGroup, &arn)?;
    let elb = &mut cx.region().elb;
    if elb.load_balancer_of(&arn).is_some() {
        return Err(Fault::new(
            "ResourceInUse",
            format!("Target group '{arn}' is currently in use by a listener or a rule"),
        ));
    }
    elb.target_groups.remove(&arn);
    Ok(json!({}))
}
