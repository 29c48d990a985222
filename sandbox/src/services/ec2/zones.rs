//! Regions, their Availability Zones, and what the account may do in them.

use serde::Deserialize;
use serde_json::{Value, json};

use super::faults::{invalid, rehearsal};
use super::filters::Filter;
use super::listing::{Asked, Kind};
use crate::context::Cx;
use crate::fault::Fault;
use crate::services::REGIONS;

/// The zones of every Region. (AWS has up to six; three are in nearly all.)
const ZONES: [(&str, u8); 3] = [("a", 1), ("b", 2), ("c", 3)];

/// Regions that an account must switch on before it can use them
/// (AWS Account Management Reference, "AWS Regions").
const OPT_IN: [&str; 15] = [
    "af-south-1",
    "ap-east-1",
    "ap-south-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-7",
    "ca-west-1",
    "eu-central-2",
    "eu-south-1",
    "eu-south-2",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "mx-central-1",
];

/// The names of a Region's zones: `eu-west-1a` …
pub(crate) fn zone_names(region: &str) -> impl Iterator<Item = String> {
    ZONES
        .iter()
        .map(move |(letter, _)| format!("{region}{letter}"))
}

/// A zone's id, the same in every account: `euw1-az1` for `eu-west-1a`
/// (AWS RAM User Guide, "Availability Zone IDs").
pub(crate) fn zone_id(region: &str, zone: &str) -> String {
    let number = ZONES
        .iter()
        .find(|(letter, _)| zone.ends_with(letter))
        .map_or(1, |(_, number)| *number);
    let mut parts = region.split('-');
    let area = parts.next().unwrap_or_default();
    let direction = match parts.next().unwrap_or_default() {
        "northeast" => "ne",
        "northwest" => "nw",
        "southeast" => "se",
        "southwest" => "sw",
        other => other.get(..1).unwrap_or_default(),
    };
    format!(
        "{area}{direction}{}-az{number}",
        parts.next().unwrap_or_default()
    )
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DescribeAvailabilityZones {
    #[serde(default)]
    zone_name: Vec<String>,
    #[serde(default)]
    zone_id: Vec<String>,
    // There are no Local Zones here that it could add.
    #[serde(default, rename = "AllAvailabilityZones")]
    _all: bool,
    #[serde(default)]
    filter: Vec<Filter>,
    #[serde(default)]
    dry_run: bool,
}

const ZONE: Kind = Kind {
    list: "availabilityZoneInfo",
    id: "zoneName",
    unknown: |name| invalid(format!("Invalid availability zone: [{name}]")),
    filters: &[
        ("group-long-name", "groupLongName"),
        ("group-name", "groupName"),
        ("message", "messageSet.message"),
        ("opt-in-status", "optInStatus"),
        ("parent-zone-id", "parentZoneId"),
        ("parent-zone-name", "parentZoneName"),
        ("region-name", "regionName"),
        ("state", "zoneState"),
        ("zone-id", "zoneId"),
        ("zone-name", "zoneName"),
        ("zone-type", "zoneType"),
    ],
    page: (1, 1000),
};

/// `DescribeAvailabilityZones` (EC2 API Reference).
pub(crate) fn describe_availability_zones(
    cx: &mut Cx,
    input: DescribeAvailabilityZones,
) -> Result<Value, Fault> {
    rehearsal(input.dry_run)?;
    let region = cx.region;
    let zones: Vec<_> = zone_names(region)
        .map(|name| {
            json!({
                "zoneId": zone_id(region, &name),
                "zoneName": name,
                "regionName": region,
                "zoneState": "available",
                "zoneType": "availability-zone",
                "optInStatus": "opt-in-not-required",
                "groupName": format!("{region}-zg-1"),
                "networkBorderGroup": region,
                "messageSet": [],
            })
        })
        .collect();
    let known = |id: &String| zones.iter().any(|zone| zone["zoneId"] == **id);
    if let Some(unknown) = input.zone_id.iter().find(|id| !known(id)) {
        return Err((ZONE.unknown)(unknown));
    }
    let wanted = |zone: &Value| {
        input.zone_id.is_empty() || input.zone_id.iter().any(|id| zone["zoneId"] == **id)
    };
    let zones = zones.into_iter().filter(wanted).collect();
    ZONE.answer(
        zones,
        Asked {
            ids: input.zone_name,
            filters: input.filter,
            ..Asked::default()
        },
    )
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DescribeRegions {
    #[serde(default)]
    region_name: Vec<String>,
    #[serde(default)]
    all_regions: bool,
    #[serde(default)]
    filter: Vec<Filter>,
    #[serde(default)]
    dry_run: bool,
}

const REGION: Kind = Kind {
    list: "regionInfo",
    id: "regionName",
    unknown: |name| invalid(format!("Invalid region names: {name}")),
    filters: &[
        ("endpoint", "regionEndpoint"),
        ("opt-in-status", "optInStatus"),
        ("region-name", "regionName"),
    ],
    page: (1, 1000),
};

/// `DescribeRegions` (EC2 API Reference): without `AllRegions` those that are switched on.
pub(crate) fn describe_regions(_: &mut Cx, input: DescribeRegions) -> Result<Value, Fault> {
    rehearsal(input.dry_run)?;
    let on = REGIONS.iter().map(|name| (name, "opt-in-not-required"));
    let off = OPT_IN
        .iter()
        .map(|name| (name, "not-opted-in"))
        .filter(|_| input.all_regions);
    let described = on.chain(off).map(|(name, status)| {
        json!({
            "regionName": name,
            "regionEndpoint": format!("ec2.{name}.amazonaws.com"),
            "optInStatus": status,
        })
    });
    REGION.answer(
        described.collect(),
        Asked {
            ids: input.region_name,
            filters: input.filter,
            ..Asked::default()
        },
    )
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DescribeAccountAttributes {
    #[serde(default)]
    attribute_name: Vec<String>,
    #[serde(default)]
    dry_run: bool,
}

const ATTRIBUTE: Kind = Kind {
    list: "accountAttributeSet",
    id: "attributeName",
    unknown: |name| invalid(format!("Invalid attribute name: {name}")),
    filters: &[],
    page: (1, 1000),
};

/// `DescribeAccountAttributes` (EC2 API Reference): a new account's limits, and its default VPC.
pub(crate) fn describe_account_attributes(
    cx: &mut Cx,
    input: DescribeAccountAttributes,
) -> Result<Value, Fault> {
    rehearsal(input.dry_run)?;
    let default_vpc = cx
        .region()
        .ec2
        .default_vpc()
        .map_or("none", |vpc| vpc.id.as_str());
    let described = [
        ("supported-platforms", "VPC"),
        ("default-vpc", default_vpc),
        ("max-instances", "20"),
        ("vpc-max-security-groups-per-interface", "5"),
        ("max-elastic-ips", "5"),
        ("vpc-max-elastic-ips", "5"),
    ];
    let described = described.iter().map(|(name, value)| {
        json!({ "attributeName": name, "attributeValueSet": [{ "attributeValue": value }] })
    });
    ATTRIBUTE.answer(
        described.collect(),
        Asked {
            ids: input.attribute_name,
            ..Asked::default()
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zone_ids_are_those_of_aws() {
        for (region, zone, id) in [
            ("us-east-1", "us-east-1a", "use1-az1"),
            ("ap-southeast-2", "ap-southeast-2c", "apse2-az3"),
            ("ap-northeast-1", "ap-northeast-1b", "apne1-az2"),
            ("eu-central-1", "eu-central-1a", "euc1-az1"),
            ("eu-north-1", "eu-north-1a", "eun1-az1"),
        ] {
            assert_eq!(zone_id(region, zone), id);
        }
    }
}
