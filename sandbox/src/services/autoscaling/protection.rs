//! `SetInstanceProtection`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::faults::{invalid, usable};
use super::interface;
use crate::context::Cx;
use crate::fault::Fault;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct SetInstanceProtection {
    auto_scaling_group_name: String,
    instance_ids: Vec<String>,
    protected_from_scale_in: bool,
}

/// `SetInstanceProtection` (Auto Scaling API Reference): of all that are named, or of none.
pub(crate) fn set_instance_protection(
    cx: &mut Cx,
    input: SetInstanceProtection,
) -> Result<Value, Fault> {
    let name = &input.auto_scaling_group_name;
    let group = usable(&cx.region().autoscaling, name)?;
    if let Some(id) = input
        .instance_ids
        .iter()
        .find(|id| group.member(id).is_none())
    {
        return Err(invalid(format!(
            "The instance {id} is not part of Auto Scaling group {name}."
        )));
    }
    for id in &input.instance_ids {
        interface::protect(cx, name, id, input.protected_from_scale_in);
    }
    Ok(json!({}))
}
