//! `SetDesiredCapacity`.

use serde::Deserialize;
use serde_json::Value;

use super::faults::{invalid, usable};
use super::{interface, tend};
use crate::context::Cx;
use crate::fault::Fault;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct SetDesiredCapacity {
    auto_scaling_group_name: String,
    desired_capacity: u32,
    #[serde(default)]
    honor_cooldown: bool,
}

/// `SetDesiredCapacity` (Auto Scaling API Reference): within the bounds of the group.
pub(crate) fn set_desired_capacity(cx: &mut Cx, input: SetDesiredCapacity) -> Result<Value, Fault> {
    let (name, desired) = (input.auto_scaling_group_name, input.desired_capacity);
    let group = usable(&cx.region().autoscaling, &name)?;
    let (bound, value) = if desired > group.max {
        ("above max", group.max)
    } else {
        ("below min", group.min)
    };
    if !(group.min..=group.max).contains(&desired) {
        return Err(invalid(format!(
            "New SetDesiredCapacity value {desired} is {bound} value {value} for the AutoScalingGroup."
        )));
    }
    if input.honor_cooldown && tend::is_busy(group) {
        let words = "There is an ongoing scaling activity for the group, which blocks this action.";
        return Err(Fault::new("ScalingActivityInProgress", words));
    }
    interface::set_desired(
        cx,
        &name,
        desired,
        "a user request explicitly set group desired capacity",
    );
    Ok(Value::Null)
}
