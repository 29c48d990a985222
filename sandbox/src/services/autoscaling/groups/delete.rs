//! `DeleteAutoScalingGroup`.

use serde::Deserialize;
use serde_json::Value;

use crate::context::Cx;
use crate::fault::Fault;
use crate::services::autoscaling::faults::found;
use crate::services::autoscaling::tend;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DeleteAutoScalingGroup {
    auto_scaling_group_name: String,
    #[serde(default)]
    force_delete: bool,
}

/// `DeleteAutoScalingGroup` (Auto Scaling API Reference): an empty group, or by force with all of
/// its instances.
pub(crate) fn delete_auto_scaling_group(
    cx: &mut Cx,
    input: DeleteAutoScalingGroup,
) -> Result<Value, Fault> {
    let name = input.auto_scaling_group_name;
    let group = found(&cx.region().autoscaling, &name)?;
    let force = input.force_delete || group.deleting;
    if !force && group.size() > 0 {
        return Err(Fault::new(
            "ResourceInUse",
            "You cannot delete an AutoScalingGroup while there are instances or pending Spot instance request(s) \
             still in the group.",
        ));
    }
    if !force && !group.members.is_empty() {
        return Err(Fault::new(
            "ScalingActivityInProgress",
            "You cannot delete an AutoScalingGroup while there are scaling activities in progress for that group.",
        ));
    }
    let words = format!(
        "a user request force deleted AutoScalingGroup changing the desired capacity from {} to 0.",
        group.desired
    );
    let cause = tend::at(cx, &words);
    if let Some(group) = cx.region().autoscaling.groups.get_mut(&name)
        && !group.deleting
    {
        group.deleting = true;
        (group.min, group.desired, group.cause) = (0, 0, cause);
    }
    tend::soon(cx, &name);
    Ok(Value::Null)
}
