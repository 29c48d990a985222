//! Single attributes of an instance.

use serde::Deserialize;
use serde_json::{Value, json};

use super::described::groups;
use super::find;
use super::state::{Instance, State};
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ec2::faults::{invalid, missing, rehearsal};
use crate::services::ec2::instance_types;
use crate::services::ec2::security_groups;
use crate::services::ec2::state::Ec2;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DescribeInstanceAttribute {
    instance_id: String,
    attribute: String,
    #[serde(default)]
    dry_run: bool,
}

/// `DescribeInstanceAttribute` (EC2 API Reference).
pub(crate) fn describe_instance_attribute(
    cx: &mut Cx,
    input: DescribeInstanceAttribute,
) -> Result<Value, Fault> {
    let ec2 = &cx.region().ec2;
    let instance = find(ec2, &input.instance_id)?;
    let value = attribute(ec2, instance, &input.attribute)?;
    rehearsal(input.dry_run)?;
    Ok(json!({ "instanceId": instance.id, (input.attribute.as_str()): value }))
}

fn attribute(ec2: &Ec2, instance: &Instance, name: &str) -> Result<Value, Fault> {
    let asked = &instance.parameters;
    let interface = instance.interface.as_ref();
    let interface = interface.and_then(|id| ec2.network_interfaces.get(id));
    let behavior = asked.instance_initiated_shutdown_behavior.as_deref();
    Ok(match name {
        "instanceType" => json!({ "value": instance.kind }),
        "userData" => json!({ "value": asked.user_data }),
        "disableApiTermination" => {
            json!({ "value": asked.disable_api_termination.unwrap_or(false) })
        }
        "disableApiStop" => json!({ "value": asked.disable_api_stop.unwrap_or(false) }),
        "instanceInitiatedShutdownBehavior" => json!({ "value": behavior.unwrap_or("stop") }),
        "ebsOptimized" => json!({ "value": asked.ebs_optimized.unwrap_or(false) }),
        "enaSupport" | "sourceDestCheck" => json!({ "value": true }),
        "sriovNetSupport" => json!({ "value": "simple" }),
        "enclaveOptions" => json!({ "enabled": false }),
        "rootDeviceName" => json!({ "value": "/dev/xvda" }),
        "kernel" | "ramdisk" => json!({}),
        "productCodes" | "blockDeviceMapping" => json!([]),
        "groupSet" => interface.map_or(json!([]), |interface| groups(ec2, interface)),
        other => {
            let words =
                format!("Value ({other}) for parameter attribute is invalid. Unknown attribute.");
            return Err(invalid(words));
        }
    })
}

/// An attribute's new value.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct Wrapped<T> {
    value: T,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct ModifyInstanceAttribute {
    instance_id: String,
    disable_api_termination: Option<Wrapped<bool>>,
    disable_api_stop: Option<Wrapped<bool>>,
    ebs_optimized: Option<Wrapped<bool>>,
    instance_initiated_shutdown_behavior: Option<Wrapped<String>>,
    instance_type: Option<Wrapped<String>>,
    user_data: Option<Wrapped<String>>,
    #[serde(default)]
    group_id: Vec<String>,
    attribute: Option<String>,
    value: Option<String>,
    #[serde(default)]
    dry_run: bool,
}

/// `ModifyInstanceAttribute` (EC2 API Reference): one at a time; type and user data only of an
/// instance that is stopped.
pub(crate) fn modify_instance_attribute(
    cx: &mut Cx,
    input: ModifyInstanceAttribute,
) -> Result<Value, Fault> {
    let change = Change::of(input.attribute, input.value)?;
    let change = Change {
        termination: input
            .disable_api_termination
            .map_or(change.termination, |it| Some(it.value)),
        stop: input
            .disable_api_stop
            .map_or(change.stop, |it| Some(it.value)),
        optimized: input.ebs_optimized.map(|it| it.value),
        behavior: input
            .instance_initiated_shutdown_behavior
            .map_or(change.behavior, |it| Some(it.value)),
        kind: input.instance_type.map_or(change.kind, |it| Some(it.value)),
        user_data: input
            .user_data
            .map_or(change.user_data, |it| Some(it.value)),
        groups: input.group_id,
    };
    let ec2 = &mut cx.region().ec2;
    let instance = find(ec2, &input.instance_id)?;
    change.check(ec2, instance)?;
    rehearsal(input.dry_run)?;
    change.apply(ec2, &input.instance_id);
    Ok(json!({ "return": true }))
}

/// What is to be another.
#[derive(Default)]
struct Change {
    termination: Option<bool>,
    stop: Option<bool>,
    optimized: Option<bool>,
    behavior: Option<String>,
    kind: Option<String>,
    user_data: Option<String>,
    groups: Vec<String>,
}

impl Change {
    /// The older way to say it: the attribute's name and its value.
    fn of(attribute: Option<String>, value: Option<String>) -> Result<Change, Fault> {
        let mut change = Change::default();
        let Some(attribute) = attribute else {
            return Ok(change);
        };
        let value = value.ok_or_else(|| missing("value"))?;
        match attribute.as_str() {
            "disableApiTermination" => {
                change.termination = Some(value.eq_ignore_ascii_case("true"));
            }
            "disableApiStop" => change.stop = Some(value.eq_ignore_ascii_case("true")),
            "instanceInitiatedShutdownBehavior" => change.behavior = Some(value),
            "instanceType" => change.kind = Some(value),
            "userData" => change.user_data = Some(value),
            other => {
                let words = format!(
                    "Value ({other}) for parameter attribute is invalid. Unknown attribute."
                );
                return Err(invalid(words));
            }
        }
        Ok(change)
    }

    fn check(&self, ec2: &Ec2, instance: &Instance) -> Result<(), Fault> {
        for id in &self.groups {
            let group = security_groups::found(ec2, Some(id), None)?;
            if group.vpc != instance.vpc {
                let words = format!(
                    "You have specified two resources that belong to different networks: {id}"
                );
                return Err(Fault::new("InvalidGroup.NotFound", words));
            }
        }
        if let Some(kind) = &self.kind
            && instance_types::find(kind).is_none()
        {
            return Err(invalid(format!("Invalid value '{kind}' for InstanceType.")));
        }
        if let Some(behavior) = &self.behavior
            && !["stop", "terminate"].contains(&behavior.as_str())
        {
            return Err(invalid(format!(
                "Value ({behavior}) for parameter instanceInitiatedShutdownBehavior is invalid."
            )));
        }
        let cold = self.kind.is_some() || self.user_data.is_some() || self.optimized.is_some();
        if cold && !instance.is(State::Stopped) {
            let words = format!(
                "The instance '{}' is not in the 'stopped' state.",
                instance.id
            );
            return Err(Fault::new("IncorrectInstanceState", words));
        }
        Ok(())
    }

    fn apply(self, ec2: &mut Ec2, id: &str) {
        let Some(instance) = ec2.instances.get_mut(id) else {
            return;
        };
        let asked = &mut instance.parameters;
        asked.disable_api_termination = self.termination.or(asked.disable_api_termination);
        asked.disable_api_stop = self.stop.or(asked.disable_api_stop);
        asked.ebs_optimized = self.optimized.or(asked.ebs_optimized);
        asked.user_data = self.user_data.or(asked.user_data.take());
        let behavior = &mut asked.instance_initiated_shutdown_behavior;
        *behavior = self.behavior.or(behavior.take());
        if let Some(kind) = self.kind {
            instance.kind = kind;
        }
        let interface = instance.interface.clone().unwrap_or_default();
        if let Some(interface) = ec2.network_interfaces.get_mut(&interface)
            && !self.groups.is_empty()
        {
            interface.groups = self.groups;
        }
    }
}
