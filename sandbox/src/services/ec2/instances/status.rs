//! `DescribeInstanceStatus`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::life::CHECKED;
use super::state::{Instance, State};
use super::unknown;
use crate::clock::{self, Millis};
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ec2::faults::rehearsal;
use crate::services::ec2::filters::Filter;
use crate::services::ec2::listing::{Asked, Kind};
use crate::services::ec2::zones::zone_id;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DescribeInstanceStatus {
    #[serde(default)]
    instance_id: Vec<String>,
    #[serde(default)]
    include_all_instances: bool,
    #[serde(default)]
    filter: Vec<Filter>,
    max_results: Option<usize>,
    next_token: Option<String>,
    #[serde(default, rename = "IncludeManagedResources")]
    _managed: bool,
    #[serde(default)]
    dry_run: bool,
}

const KIND: Kind = Kind {
    list: "instanceStatusSet",
    id: "instanceId",
    unknown,
    filters: &[
        ("application-status.status", "applicationStatus.status"),
        ("attached-ebs-status.status", "attachedEbsStatus.status"),
        ("availability-zone", "availabilityZone"),
        ("availability-zone-id", "availabilityZoneId"),
        ("event.code", "eventsSet.code"),
        ("event.description", "eventsSet.description"),
        ("event.instance-event-id", "eventsSet.instanceEventId"),
        ("event.not-after", "eventsSet.notAfter"),
        ("event.not-before", "eventsSet.notBefore"),
        ("event.not-before-deadline", "eventsSet.notBeforeDeadline"),
        ("instance-state-code", "instanceState.code"),
        ("instance-state-name", "instanceState.name"),
        (
            "instance-status.reachability",
            "instanceStatus.details.status",
        ),
        ("instance-status.status", "instanceStatus.status"),
        ("operator.managed", "operator.managed"),
        ("operator.principal", "operator.principal"),
        ("system-status.reachability", "systemStatus.details.status"),
        ("system-status.status", "systemStatus.status"),
    ],
    page: (5, 1000),
};

/// `DescribeInstanceStatus` (EC2 API Reference): of those that run, or of all.
pub(crate) fn describe_instance_status(
    cx: &mut Cx,
    input: DescribeInstanceStatus,
) -> Result<Value, Fault> {
    rehearsal(input.dry_run)?;
    let (region, now, speed) = (cx.region, cx.now, cx.account.speed);
    let ec2 = &cx.region().ec2;
    super::named(ec2, &input.instance_id)?;
    let shown = |instance: &&Instance| {
        let named = input.instance_id.is_empty() || input.instance_id.contains(&instance.id);
        named && (input.include_all_instances || instance.is(State::Running))
    };
    let checked = clock::hurried(CHECKED, speed);
    let statuses = ec2.instances.values().filter(shown);
    KIND.answer(
        statuses
            .map(|instance| described(instance, region, now - checked))
            .collect(),
        Asked {
            filters: input.filter,
            max_results: input.max_results,
            next_token: input.next_token,
            ..Asked::default()
        },
    )
}

/// The status checks have passed of what runs since `passed` or longer.
fn described(instance: &Instance, region: &str, passed: Millis) -> Value {
    let (status, reachability) = match instance.state {
        State::Running if instance.since <= passed => ("ok", "passed"),
        State::Running => ("initializing", "initializing"),
        _ => ("not-applicable", ""),
    };
    let details = Some(json!([{ "name": "reachability", "status": reachability }]));
    let summary = json!({
        "status": status,
        "details": details.filter(|_| !reachability.is_empty()),
    });
    json!({
        "instanceId": instance.id,
        "availabilityZone": instance.zone,
        "availabilityZoneId": zone_id(region, &instance.zone),
        "instanceState": instance.state.described(),
        "instanceStatus": summary,
        "systemStatus": summary,
        "attachedEbsStatus": summary,
        "operator": { "managed": false },
    })
}
