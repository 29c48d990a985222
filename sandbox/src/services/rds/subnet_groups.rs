//! DB subnet groups: where a cluster may put its instances.

use serde::Deserialize;
use serde_json::{Value, json};

use super::checks::identifier;
use super::faults::{invalid, no_such_subnet_group};
use super::listing::{Asked, Filter, answer, chosen};
use super::state::SubnetGroup;
use crate::context::Cx;
use crate::fault::Fault;
use crate::tags::{self, Tag, Tags};

/// The group of all default subnets, which RDS makes when it is first needed.
pub(super) const DEFAULT: &str = "default";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CreateDbSubnetGroup {
    #[serde(rename = "DBSubnetGroupName")]
    name: String,
    #[serde(rename = "DBSubnetGroupDescription")]
    description: String,
    #[serde(rename = "SubnetIds")]
    subnet_ids: Vec<String>,
    #[serde(default, rename = "Tags")]
    tags: Vec<Tag>,
}

/// `CreateDBSubnetGroup` (RDS API Reference): subnets of one VPC, in at least two zones.
pub(crate) fn create_db_subnet_group(
    cx: &mut Cx,
    input: CreateDbSubnetGroup,
) -> Result<Value, Fault> {
    let name = group_name(&input.name)?;
    if input.description.is_empty() {
        return Err(invalid(
            "The parameter DBSubnetGroupDescription must be provided and must not be blank.",
        ));
    }
    let region = cx.region();
    if region.rds.subnet_groups.contains_key(&name) {
        let message = format!("The DB subnet group '{name}' already exists.");
        return Err(Fault::new("DBSubnetGroupAlreadyExists", message));
    }
    let mut unknown = input.subnet_ids.clone();
    unknown.retain(|id| !region.ec2.subnets.contains_key(id));
    if !unknown.is_empty() {
        let message = format!(
            "Some input subnets in :[{}] are invalid.",
            unknown.join(", ")
        );
        return Err(Fault::new("InvalidSubnet", message));
    }
    let mut zones = region.ec2.zones_of(&input.subnet_ids);
    zones.sort();
    zones.dedup();
    if zones.len() < 2 {
        let message = format!(
            "The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Current AZ \
             coverage: {}. Add subnets to cover at least 2 AZs.",
            zones.join(", ")
        );
        return Err(Fault::new("DBSubnetGroupDoesNotCoverEnoughAZs", message));
    }
    let vpcs = input
        .subnet_ids
        .iter()
        .filter_map(|id| region.ec2.subnets.get(id));
    let vpc = vpcs
        .map(|subnet| subnet.vpc.clone())
        .next()
        .unwrap_or_default();
    let group = SubnetGroup {
        name: name.clone(),
        description: input.description,
        vpc,
        subnets: input.subnet_ids,
        tags: tags::collect(input.tags),
    };
    region.rds.subnet_groups.insert(name, group.clone());
    Ok(json!({ "DBSubnetGroup": described(cx, &group) }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DescribeDbSubnetGroups {
    #[serde(rename = "DBSubnetGroupName")]
    name: Option<String>,
    #[serde(default, rename = "Filters")]
    filters: Vec<Filter>,
    #[serde(rename = "MaxRecords")]
    max_records: Option<usize>,
    #[serde(rename = "Marker")]
    marker: Option<String>,
}

/// `DescribeDBSubnetGroups` (RDS API Reference); it has no filters.
pub(crate) fn describe_db_subnet_groups(
    cx: &mut Cx,
    input: DescribeDbSubnetGroups,
) -> Result<Value, Fault> {
    let all = &cx.region().rds.subnet_groups;
    let names = chosen(all, input.name.as_deref(), no_such_subnet_group)?;
    let groups: Vec<_> = names
        .iter()
        .filter_map(|name| all.get(name).cloned())
        .collect();
    let described = groups.iter().map(|group| described(cx, group)).collect();
    let asked = Asked {
        filters: input.filters,
        max_records: input.max_records,
        marker: input.marker,
    };
    answer("DBSubnetGroups", &[], described, asked)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeleteDbSubnetGroup {
    #[serde(rename = "DBSubnetGroupName")]
    name: String,
}

/// `DeleteDBSubnetGroup` (RDS API Reference): not the default one, and not while a cluster uses it.
pub(crate) fn delete_db_subnet_group(
    cx: &mut Cx,
    input: DeleteDbSubnetGroup,
) -> Result<Value, Fault> {
    let name = input.name.to_ascii_lowercase();
    let rds = &mut cx.region().rds;
    if !rds.subnet_groups.contains_key(&name) {
        return Err(no_such_subnet_group(&name));
    }
    let in_use = |message: String| Fault::new("InvalidDBSubnetGroupStateFault", message);
    if name == DEFAULT {
        return Err(in_use(
            "Cannot delete the default DB subnet group.".to_owned(),
        ));
    }
    if let Some(cluster) = rds
        .clusters
        .values()
        .find(|cluster| cluster.subnet_group == name)
    {
        return Err(in_use(format!(
            "Cannot delete the subnet group '{name}' because at least one database cluster: {} is still using it.",
            cluster.id
        )));
    }
    rds.subnet_groups.remove(&name);
    Ok(Value::Null)
}

/// The group of that name; the default one is made where there is none yet.
pub(super) fn found(cx: &mut Cx, name: Option<&str>) -> Result<SubnetGroup, Fault> {
    let name = name.unwrap_or(DEFAULT).to_ascii_lowercase();
    let region = cx.region();
    if let Some(group) = region.rds.subnet_groups.get(&name) {
        return Ok(group.clone());
    }
    let default_vpc = region.ec2.default_vpc().filter(|_| name == DEFAULT);
    let vpc = default_vpc
        .ok_or_else(|| no_such_subnet_group(&name))?
        .id
        .clone();
    Ok(SubnetGroup {
        name,
        description: DEFAULT.to_owned(),
        subnets: region.ec2.default_subnets(&vpc),
        vpc,
        tags: Tags::new(),
    })
}

/// The group as RDS describes it.
pub(super) fn described(cx: &mut Cx, group: &SubnetGroup) -> Value {
    let arn = cx.arn("rds", &format!("subgrp:{}", group.name));
    let ec2 = &cx.region().ec2;
    let subnets = group.subnets.iter().filter_map(|id| ec2.subnets.get(id));
    let subnets = subnets.map(|subnet| {
        json!({
            "SubnetIdentifier": subnet.id,
            "SubnetAvailabilityZone": { "Name": subnet.zone },
            "SubnetOutpost": {},
            "SubnetStatus": "Active",
        })
    });
    json!({
        "DBSubnetGroupName": group.name,
        "DBSubnetGroupDescription": group.description,
        "DBSubnetGroupArn": arn,
        "VpcId": group.vpc,
        "SubnetGroupStatus": "Complete",
        "Subnets": subnets.collect::<Value>(),
        "SupportedNetworkTypes": ["IPV4"],
    })
}

/// Unlike other identifiers, a subnet group's may have dots, underscores and spaces.
fn group_name(given: &str) -> Result<String, Fault> {
    let name = given.to_ascii_lowercase();
    if name == DEFAULT {
        return Err(invalid("The DB subnet group name 'default' is reserved."));
    }
    let plain = name.replace(['.', '_', ' '], "-").replace("--", "-");
    identifier("DBSubnetGroupName", &plain, 255)?;
    Ok(name)
}
