//! `DescribeTargetHealth`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::Given;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::elb::checks::{self, one_of};
use crate::services::elb::state::{Target, TargetGroup};
use crate::services::elb::{probe, target_groups};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DescribeTargetHealth {
    target_group_arn: String,
    #[serde(default)]
    targets: Vec<Given>,
    #[serde(default)]
    include: Vec<String>,
}

/// `DescribeTargetHealth` (Elastic Load Balancing API Reference): of all targets, or of those that
/// are named, registered or not.
pub(crate) fn describe_target_health(
    cx: &mut Cx,
    input: DescribeTargetHealth,
) -> Result<Value, Fault> {
    let region = cx.region();
    let group = &*target_groups::found(&mut region.elb, &input.target_group_arn)?;
    for what in &input.include {
        one_of("include", what, &["AnomalyDetection", "All"])?;
    }
    let anomalies = !input.include.is_empty();
    let of = |target: &Target| {
        let machine = probe::machine(&region.ec2, group, target);
        let zone = (group.target_type == "ip")
            .then(|| machine.map(|machine| machine.zone).or(target.zone.clone()))
            .flatten();
        described(group, target, zone, anomalies)
    };
    let all = input.targets.is_empty();
    let mut healths: Vec<_> = group.targets.iter().filter(|_| all).map(of).collect();
    for given in input.targets {
        let port = given
            .port
            .map_or(Ok(group.port), |port| checks::port("port", port))?;
        let mut targets = group.targets.iter();
        let found = targets.find(|target| target.id == given.id && target.port == port);
        healths.push(found.map_or_else(|| unregistered(&given.id, port), of));
    }
    Ok(json!({ "TargetHealthDescriptions": healths }))
}

fn described(group: &TargetGroup, target: &Target, zone: Option<String>, anomalies: bool) -> Value {
    let anomaly = json!({ "Result": "normal", "MitigationInEffect": "no" });
    json!({
        "Target": { "Id": target.id, "Port": target.port, "AvailabilityZone": zone },
        "HealthCheckPort": group.health_check.port_of(target).to_string(),
        "TargetHealth": target.life.described(),
        "AnomalyDetection": anomalies.then_some(anomaly),
        "AdministrativeOverride": {
            "State": "no_override",
            "Reason": "AdministrativeOverride.NoOverride",
            "Description": "No override is currently active on target",
        },
    })
}

fn unregistered(id: &str, port: u16) -> Value {
    json!({
        "Target": { "Id": id, "Port": port },
        "TargetHealth": {
            "State": "unused",
            "Reason": "Target.NotRegistered",
            "Description": "Target is not registered to the target group",
        },
    })
}
