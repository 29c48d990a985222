//! `DescribeAutoScalingGroups`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::context::Cx;
use crate::fault::Fault;
use crate::protocol::timestamp;
use crate::services::autoscaling::listing::{Filter, Wanted, listing, unknown_filter};
use crate::services::autoscaling::state::{Group, Member};
use crate::services::autoscaling::tags;
use crate::services::ec2::{TemplateRef, zone_id};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DescribeAutoScalingGroups {
    #[serde(default)]
    auto_scaling_group_names: Vec<String>,
    include_instances: Option<bool>,
    #[serde(default, rename = "IncludeManagedResources")]
    _managed: bool,
    #[serde(default)]
    filters: Vec<Filter>,
    next_token: Option<String>,
    max_records: Option<usize>,
}

/// `DescribeAutoScalingGroups` (Auto Scaling API Reference): a name that is not there is no error.
pub(crate) fn describe_auto_scaling_groups(
    cx: &mut Cx,
    input: DescribeAutoScalingGroups,
) -> Result<Value, Fault> {
    let known = |name: &str| matches!(name, "tag-key" | "tag-value") || name.starts_with("tag:");
    if let Some(filter) = input.filters.iter().find(|filter| !known(&filter.name)) {
        return Err(unknown_filter(&filter.name));
    }
    let region = cx.region;
    let names = &input.auto_scaling_group_names;
    let wanted = |group: &&Group| {
        let asked_for = names.is_empty() || names.contains(&group.name);
        asked_for && input.filters.iter().all(|filter| passes(filter, group))
    };
    let with_instances = input.include_instances.unwrap_or(true);
    let groups = cx.region().autoscaling.groups.values().filter(wanted);
    let described = groups.map(|group| described(group, region, with_instances));
    listing(
        "AutoScalingGroups",
        described.collect(),
        &Wanted {
            token: input.next_token,
            size: input.max_records,
            usual: 50,
            most: 100,
        },
    )
}

fn passes(filter: &Filter, group: &Group) -> bool {
    match filter.name.as_str() {
        "tag-key" => group.tags.keys().any(|key| filter.has(key)),
        "tag-value" => group.tags.values().any(|tag| filter.has(&tag.value)),
        name => {
            let key = name.strip_prefix("tag:").unwrap_or_default();
            group
                .tags
                .get(key)
                .is_some_and(|tag| filter.has(&tag.value))
        }
    }
}

fn described(group: &Group, region: &str, with_instances: bool) -> Value {
    let settings = &group.settings;
    let policies = match settings.termination_policies[..] {
        [] => json!(["Default"]),
        _ => json!(settings.termination_policies),
    };
    let members = group.members.iter().filter(|_| with_instances);
    let ids = group.zones.iter().map(|zone| zone_id(region, zone));
    json!({
        "AutoScalingGroupName": group.name,
        "AutoScalingGroupARN": group.arn,
        "LaunchTemplate": template(&group.template),
        "MinSize": group.min,
        "MaxSize": group.max,
        "DesiredCapacity": group.desired,
        "DefaultCooldown": settings.cooldown.unwrap_or(300),
        "AvailabilityZones": group.zones,
        "AvailabilityZoneIds": ids.collect::<Value>(),
        "LoadBalancerNames": [],
        "TargetGroupARNs": [],
        "HealthCheckType": settings.health_check.as_deref().unwrap_or("EC2"),
        "HealthCheckGracePeriod": settings.grace.unwrap_or(0),
        "Instances": members.map(|it| member(it, region)).collect::<Value>(),
        "CreatedTime": timestamp(group.created),
        "SuspendedProcesses": [],
        "PlacementGroup": settings.placement_group,
        "VPCZoneIdentifier": group.subnets.join(","),
        "EnabledMetrics": [],
        "Status": group.deleting.then_some("Delete in progress"),
        "Tags": tags::list(group),
        "TerminationPolicies": policies,
        "NewInstancesProtectedFromScaleIn": settings.protected.unwrap_or(false),
        "ServiceLinkedRoleARN": settings.role,
        "MaxInstanceLifetime": settings.lifetime,
        "CapacityRebalance": settings.rebalance,
        "Context": settings.context,
        "DesiredCapacityType": settings.capacity_type,
        "DefaultInstanceWarmup": settings.warmup,
        "InstanceMaintenancePolicy": settings.maintenance,
        "AvailabilityZoneDistribution": {
            "CapacityDistributionStrategy": settings
                .distribution
                .as_ref()
                .and_then(|it| it.capacity_distribution_strategy.as_deref())
                .unwrap_or("balanced-best-effort"),
        },
        "TrafficSources": [],
    })
}

/// An instance of a group.
pub(in crate::services::autoscaling) fn member(member: &Member, region: &str) -> Value {
    json!({
        "InstanceId": member.id,
        "InstanceType": member.kind,
        "AvailabilityZone": member.zone,
        "AvailabilityZoneId": zone_id(region, &member.zone),
        "LifecycleState": member.state.name(),
        "HealthStatus": if member.healthy { "Healthy" } else { "Unhealthy" },
        "LaunchTemplate": template(&member.template),
        "ImageId": member.image,
        "ProtectedFromScaleIn": member.protected,
    })
}

fn template(template: &TemplateRef) -> Value {
    json!({
        "LaunchTemplateId": template.launch_template_id,
        "LaunchTemplateName": template.launch_template_name,
        "Version": template.version,
    })
}
