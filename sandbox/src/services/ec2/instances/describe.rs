//! `DescribeInstances`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::described::{Place, described};
use super::filters::FILTERS;
use super::unknown;
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::ec2::faults::rehearsal;
use crate::services::ec2::filters::Filter;
use crate::services::ec2::listing::{Asked, Kind};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DescribeInstances {
    #[serde(default)]
    instance_id: Vec<String>,
    #[serde(default)]
    filter: Vec<Filter>,
    max_results: Option<usize>,
    next_token: Option<String>,
    // Nothing here is hidden, so there is nothing to add.
    #[serde(default, rename = "IncludeManagedResources")]
    _managed: bool,
    #[serde(default)]
    dry_run: bool,
}

const KIND: Kind = Kind {
    list: "instancesSet",
    id: "instanceId",
    unknown,
    filters: FILTERS,
    page: (5, 1000),
};

/// `DescribeInstances` (EC2 API Reference): the instances by the reservation that they came in.
pub(crate) fn describe_instances(cx: &mut Cx, input: DescribeInstances) -> Result<Value, Fault> {
    rehearsal(input.dry_run)?;
    let (region, owner) = (cx.region, cx.account.id.clone());
    let ec2 = &cx.region().ec2;
    super::named(ec2, &input.instance_id)?;
    let place = Place {
        region,
        owner: &owner,
    };
    let mut instances: Vec<_> = ec2.instances.values().collect();
    instances.sort_by_key(|instance| (&instance.reservation, instance.index));
    let instances = instances.into_iter().map(|instance| {
        let mut item = described(ec2, instance, &place);
        // A filter may look at the reservation; in the answer this is a level above.
        item["reservationId"] = json!(instance.reservation);
        item["requesterId"] = json!(instance.requester);
        item["ownerId"] = json!(owner);
        item
    });
    let mut answer = KIND.answer(
        instances.collect(),
        Asked {
            ids: input.instance_id,
            filters: input.filter,
            max_results: input.max_results,
            next_token: input.next_token,
        },
    )?;
    let instances = answer["instancesSet"].take();
    Ok(json!({
        "reservationSet": reservations(instances),
        "nextToken": answer["nextToken"],
    }))
}

/// Instances that carry what belongs to their reservation, put into it.
fn reservations(instances: Value) -> Vec<Value> {
    let Value::Array(instances) = instances else {
        return Vec::new();
    };
    let mut reservations: Vec<Value> = Vec::new();
    for mut instance in instances {
        let mut part = |name: &str| instance[name].take();
        let (id, requester, owner) = (part("reservationId"), part("requesterId"), part("ownerId"));
        match reservations.last_mut() {
            Some(last) if last["reservationId"] == id => {
                if let Some(instances) = last["instancesSet"].as_array_mut() {
                    instances.push(instance);
                }
            }
            _ => reservations.push(json!({
                "reservationId": id,
                "requesterId": requester,
                "ownerId": owner,
                "groupSet": [],
                "instancesSet": [instance],
            })),
        }
    }
    reservations
}
