//! How long a log group keeps its events.

use serde::Deserialize;
use serde_json::Value;

use super::{CODE, names};
use crate::context::Cx;
use crate::fault::Fault;

/// The days there are to choose from (`CloudWatch` Logs API Reference, `PutRetentionPolicy`).
const DAYS: [u32; 22] = [
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
    3288, 3653,
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct PutRetentionPolicy {
    log_group_name: String,
    retention_in_days: u32,
}

/// `PutRetentionPolicy` (`CloudWatch` Logs API Reference).
pub(crate) fn put_retention_policy(cx: &mut Cx, input: PutRetentionPolicy) -> Result<Value, Fault> {
    let group = names::find(cx, &input.log_group_name)?;
    if !DAYS.contains(&input.retention_in_days) {
        let days = DAYS.map(|days| days.to_string()).join(", ");
        let rule = format!("Member must satisfy enum value set: [{days}]");
        let given = input.retention_in_days.to_string();
        return Err(Fault::constraint(CODE, "retentionInDays", &given, &rule));
    }
    group.retention_days = Some(input.retention_in_days);
    Ok(Value::Null)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct DeleteRetentionPolicy {
    log_group_name: String,
}

/// `DeleteRetentionPolicy` (`CloudWatch` Logs API Reference).
pub(crate) fn delete_retention_policy(
    cx: &mut Cx,
    input: DeleteRetentionPolicy,
) -> Result<Value, Fault> {
    names::find(cx, &input.log_group_name)?.retention_days = None;
    Ok(Value::Null)
}
