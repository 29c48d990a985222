//! Security groups. Their rules are in [`super::rules`].

use serde::Deserialize;
use serde_json::{Value, json};

use super::faults::{invalid, missing, no_such, rehearsal};
use super::filters::Filter;
use super::listing::{Asked, Kind};
use super::permissions::{self, is_plain};
use super::state::{Ec2, Peer, Rule, SecurityGroup, Traffic};
use super::tags::{self, TagSpecification};
use crate::context::Cx;
use crate::fault::Fault;
use crate::ids::Ids;
use crate::wildcard;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct CreateSecurityGroup {
    group_name: String,
    group_description: String,
    vpc_id: Option<String>,
    #[serde(default)]
    tag_specification: Vec<TagSpecification>,
    #[serde(default)]
    dry_run: bool,
}

/// `CreateSecurityGroup` (EC2 API Reference): a group that lets nothing in and everything out.
pub(crate) fn create_security_group(
    cx: &mut Cx,
    input: CreateSecurityGroup,
) -> Result<Value, Fault> {
    check_name(&input.group_name)?;
    check_description(&input.group_description)?;
    let tags = tags::of_new("security-group", input.tag_specification)?;
    let ec2 = &cx.region().ec2;
    let vpc = match &input.vpc_id {
        Some(id) => ec2
            .vpcs
            .get(id)
            .ok_or_else(|| no_such("InvalidVpcID.NotFound", "vpc", id))?,
        None => ec2
            .default_vpc()
            .ok_or_else(|| Fault::new("VPCIdNotSpecified", "No default VPC for this user"))?,
    };
    let vpc = vpc.id.clone();
    if ec2.group_named(&vpc, &input.group_name).is_some() {
        return Err(Fault::new(
            "InvalidGroup.Duplicate",
            format!(
                "The security group '{}' already exists for VPC '{vpc}'",
                input.group_name
            ),
        ));
    }
    rehearsal(input.dry_run)?;
    let group = group_with(
        &mut cx.account.ids,
        &input.group_name,
        &input.group_description,
        &vpc,
    );
    let id = group.id.clone();
    let arn = cx.arn("ec2", &format!("security-group/{id}"));
    let ec2 = &mut cx.region().ec2;
    ec2.security_groups.insert(id.clone(), group);
    ec2.tag(&id, tags);
    Ok(json!({ "groupId": id, "securityGroupArn": arn, "tagSet": tags::set(ec2, &id) }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DescribeSecurityGroups {
    #[serde(default)]
    group_id: Vec<String>,
    #[serde(default)]
    group_name: Vec<String>,
    #[serde(default)]
    filter: Vec<Filter>,
    max_results: Option<usize>,
    next_token: Option<String>,
    #[serde(default)]
    dry_run: bool,
}

const KIND: Kind = Kind {
    list: "securityGroupInfo",
    id: "groupId",
    unknown: |id| not_found(id),
    filters: &[
        ("description", "groupDescription"),
        (
            "egress.ip-permission.cidr",
            "ipPermissionsEgress.ipRanges.cidrIp",
        ),
        (
            "egress.ip-permission.from-port",
            "ipPermissionsEgress.fromPort",
        ),
        (
            "egress.ip-permission.group-id",
            "ipPermissionsEgress.groups.groupId",
        ),
        (
            "egress.ip-permission.ipv6-cidr",
            "ipPermissionsEgress.ipv6Ranges.cidrIpv6",
        ),
        (
            "egress.ip-permission.prefix-list-id",
            "ipPermissionsEgress.prefixListIds.prefixListId",
        ),
        (
            "egress.ip-permission.protocol",
            "ipPermissionsEgress.ipProtocol",
        ),
        ("egress.ip-permission.to-port", "ipPermissionsEgress.toPort"),
        (
            "egress.ip-permission.user-id",
            "ipPermissionsEgress.groups.userId",
        ),
        ("group-id", "groupId"),
        ("group-name", "groupName"),
        ("ip-permission.cidr", "ipPermissions.ipRanges.cidrIp"),
        ("ip-permission.from-port", "ipPermissions.fromPort"),
        ("ip-permission.group-id", "ipPermissions.groups.groupId"),
        (
            "ip-permission.ipv6-cidr",
            "ipPermissions.ipv6Ranges.cidrIpv6",
        ),
        (
            "ip-permission.prefix-list-id",
            "ipPermissions.prefixListIds.prefixListId",
        ),
        ("ip-permission.protocol", "ipPermissions.ipProtocol"),
        ("ip-permission.to-port", "ipPermissions.toPort"),
        ("ip-permission.user-id", "ipPermissions.groups.userId"),
        ("owner-id", "ownerId"),
        ("tag-key", "tagSet.key"),
        ("vpc-id", "vpcId"),
    ],
    page: (5, 1000),
};

/// `DescribeSecurityGroups` (EC2 API Reference). `GroupName` looks in the default VPC only.
pub(crate) fn describe_security_groups(
    cx: &mut Cx,
    input: DescribeSecurityGroups,
) -> Result<Value, Fault> {
    rehearsal(input.dry_run)?;
    let owner = cx.account.id.clone();
    let arn = cx.arn("ec2", "security-group/");
    let ec2 = &cx.region().ec2;
    let mut ids = input.group_id;
    for name in &input.group_name {
        ids.push(named_in_default_vpc(ec2, name)?.id.clone());
    }
    let filters = input.filter.into_iter().map(|filter| by_id(ec2, filter));
    let filters = filters.collect();
    let described = ec2.security_groups.values().map(|group| {
        let rules = |egress| group.rules.iter().filter(move |rule| rule.egress == egress);
        json!({
            "groupId": group.id,
            "groupName": group.name,
            "groupDescription": group.description,
            "ownerId": owner,
            "vpcId": group.vpc,
            "securityGroupArn": format!("{arn}{}", group.id),
            "ipPermissions": permissions::described(rules(false), &owner),
            "ipPermissionsEgress": permissions::described(rules(true), &owner),
            "tagSet": tags::set(ec2, &group.id),
        })
    });
    KIND.answer(
        described.collect(),
        Asked {
            ids,
            filters,
            max_results: input.max_results,
            next_token: input.next_token,
        },
    )
}

/// Permissions name groups by id: a filter by a peer's name is one by the ids of that name.
fn by_id(ec2: &Ec2, filter: Filter) -> Filter {
    let name = match filter.name.as_str() {
        "ip-permission.group-name" => "ip-permission.group-id",
        "egress.ip-permission.group-name" => "egress.ip-permission.group-id",
        _ => return filter,
    };
    let fits = |name: &str| {
        filter
            .value
            .iter()
            .any(|pattern| wildcard::matches(pattern, name))
    };
    let groups = ec2
        .security_groups
        .values()
        .filter(|group| fits(&group.name));
    Filter {
        name: name.to_owned(),
        value: groups.map(|group| group.id.clone()).collect(),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DeleteSecurityGroup {
    group_id: Option<String>,
    group_name: Option<String>,
    #[serde(default)]
    dry_run: bool,
}

/// `DeleteSecurityGroup` (EC2 API Reference): not while a network interface has it, nor while
/// another group's rule names it, and never a VPC's default group.
pub(crate) fn delete_security_group(
    cx: &mut Cx,
    input: DeleteSecurityGroup,
) -> Result<Value, Fault> {
    let ec2 = &mut cx.region().ec2;
    let group = found(ec2, input.group_id.as_deref(), input.group_name.as_deref())?;
    let id = group.id.clone();
    if group.name == "default" {
        return Err(Fault::new(
            "CannotDelete",
            format!("the specified group: \"{id}\" name: \"default\" cannot be deleted by a user"),
        ));
    }
    let worn = ec2
        .network_interfaces
        .values()
        .any(|eni| eni.groups.contains(&id));
    let named = ec2
        .security_groups
        .values()
        .any(|other| other.id != id && other.refers_to(&id));
    if worn || named {
        return Err(Fault::new(
            "DependencyViolation",
            format!("resource {id} has a dependent object"),
        ));
    }
    rehearsal(input.dry_run)?;
    if let Some(group) = ec2.security_groups.remove(&id) {
        for gone in group.rules.iter().map(|rule| &rule.id).chain([&id]) {
            ec2.tags.remove(gone);
        }
    }
    Ok(json!({ "return": true, "groupId": id }))
}

/// The group with that id, or of that name in the default VPC; the id counts where both are given.
pub(super) fn found<'a>(
    ec2: &'a Ec2,
    id: Option<&str>,
    name: Option<&str>,
) -> Result<&'a SecurityGroup, Fault> {
    match (id, name) {
        (Some(id), _) if !id.starts_with("sg-") => Err(Fault::new(
            "InvalidGroupId.Malformed",
            format!("Invalid id: \"{id}\" (expecting \"sg-...\")"),
        )),
        (Some(id), _) => ec2.security_groups.get(id).ok_or_else(|| not_found(id)),
        (None, Some(name)) => named_in_default_vpc(ec2, name),
        (None, None) => Err(missing("GroupName or GroupId")),
    }
}

fn named_in_default_vpc<'a>(ec2: &'a Ec2, name: &str) -> Result<&'a SecurityGroup, Fault> {
    let vpc = ec2.default_vpc().map_or("", |vpc| vpc.id.as_str());
    ec2.group_named(vpc, name)
        .ok_or_else(|| name_not_found(name, vpc))
}

/// A group as every new one is: nothing in, everything out.
pub(super) fn group_with(ids: &mut Ids, name: &str, description: &str, vpc: &str) -> SecurityGroup {
    let anyone = Peer::Ipv4("0.0.0.0/0".to_owned());
    SecurityGroup {
        id: ids.hex("sg-", 17),
        name: name.to_owned(),
        description: description.to_owned(),
        vpc: vpc.to_owned(),
        rules: vec![everything(ids, true, anyone)],
    }
}

/// A rule for all traffic.
pub(super) fn everything(ids: &mut Ids, egress: bool, peer: Peer) -> Rule {
    let traffic = Traffic {
        protocol: "-1".to_owned(),
        from: None,
        to: None,
    };
    Rule {
        id: ids.hex("sgr-", 17),
        egress,
        traffic,
        peer,
        description: None,
    }
}

pub(super) fn not_found(id: &str) -> Fault {
    Fault::new(
        "InvalidGroup.NotFound",
        format!("The security group '{id}' does not exist"),
    )
}

pub(super) fn name_not_found(name: &str, vpc: &str) -> Fault {
    Fault::new(
        "InvalidGroup.NotFound",
        format!("The security group '{name}' does not exist in default VPC '{vpc}'"),
    )
}

fn check_name(name: &str) -> Result<(), Fault> {
    if name.is_empty() {
        return Err(missing("GroupName"));
    }
    if name == "default" {
        return Err(invalid("Cannot use reserved security group name: default"));
    }
    if name.starts_with("sg-") {
        return Err(invalid("Group names may not be in the format sg-*"));
    }
    if !is_plain(name) {
        return Err(invalid(format!(
            "Value ({name}) for parameter GroupName is invalid. Character sets beyond ASCII are not supported."
        )));
    }
    Ok(())
}

fn check_description(description: &str) -> Result<(), Fault> {
    if description.is_empty() {
        return Err(missing("GroupDescription"));
    }
    if !is_plain(description) {
        return Err(invalid(
            "Invalid security group description. Valid descriptions are strings less than 256 characters \
             from the following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*",
        ));
    }
    Ok(())
}
