//! `DescribeDBInstances`, and how an instance is described in every answer.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::context::Cx;
use crate::fault::Fault;
use crate::protocol::timestamp;
use crate::services::rds::clusters::key_arn;
use crate::services::rds::faults::no_such_instance;
use crate::services::rds::life::Status;
use crate::services::rds::listing::{Asked, Filter, answer, chosen};
use crate::services::rds::subnet_groups;
use crate::tags;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DescribeDbInstances {
    #[serde(rename = "DBInstanceIdentifier")]
    id: Option<String>,
    #[serde(default)]
    filters: Vec<Filter>,
    max_records: Option<usize>,
    marker: Option<String>,
}

/// `DescribeDBInstances` (RDS API Reference).
pub(crate) fn describe_db_instances(
    cx: &mut Cx,
    input: DescribeDbInstances,
) -> Result<Value, Fault> {
    let instances = &cx.region().rds.instances;
    let ids = chosen(instances, input.id.as_deref(), no_such_instance)?;
    let described = ids.iter().map(|id| described(cx, id)).collect();
    let filters = [
        ("db-cluster-id", "DBClusterIdentifier"),
        ("db-instance-id", "DBInstanceIdentifier"),
        ("dbi-resource-id", "DbiResourceId"),
        ("domain", "Domain"),
        ("engine", "Engine"),
    ];
    let asked = Asked {
        filters: input.filters,
        max_records: input.max_records,
        marker: input.marker,
    };
    answer("DBInstances", &filters, described, asked)
}

/// Instance `id` as RDS describes it: much of it is the cluster's.
pub(super) fn described(cx: &mut Cx, id: &str) -> Value {
    let region = cx.region.to_owned();
    let arn = cx.arn("rds", &format!("db:{id}"));
    let key = key_arn(cx);
    let rds = &cx.region().rds;
    let Some(instance) = rds.instances.get(id).cloned() else {
        return Value::Null;
    };
    let Some(cluster) = rds.clusters.get(&instance.cluster).cloned() else {
        return Value::Null;
    };
    let address = format!("{id}.{}.{region}.rds.amazonaws.com", rds.domain);
    let subnet_group = rds.subnet_groups.get(&cluster.subnet_group).cloned();
    let subnet_group = subnet_group.map(|group| subnet_groups::described(cx, &group));
    let groups = cluster.security_groups.iter();
    let groups = groups.map(|id| json!({ "VpcSecurityGroupId": id, "Status": "active" }));
    // There is no address before there is a machine.
    let endpoint = (!instance.life.is(Status::Creating)).then(
        || json!({ "Address": address, "Port": cluster.port, "HostedZoneId": "Z1RLNUO7B9Q6NB" }),
    );
    json!({
        "DBInstanceIdentifier": id,
        "DBInstanceArn": arn,
        "DbiResourceId": instance.resource_id,
        "DBClusterIdentifier": instance.cluster,
        "DBInstanceStatus": instance.life.status,
        "DBInstanceClass": instance.class,
        "Engine": cluster.engine.name,
        "EngineVersion": cluster.engine_version,
        "EngineLifecycleSupport": cluster.support,
        "LicenseModel": cluster.engine.license,
        "DBName": cluster.database,
        "MasterUsername": cluster.user,
        "Endpoint": endpoint,
        "DbInstancePort": 0,
        "InstanceCreateTime": timestamp(instance.created),
        "AllocatedStorage": 1,
        "StorageType": cluster.storage,
        "StorageEncrypted": cluster.encrypted,
        "KmsKeyId": cluster.encrypted.then_some(key),
        "AvailabilityZone": instance.zone,
        "MultiAZ": false,
        "PubliclyAccessible": instance.public,
        "PromotionTier": instance.promotion_tier,
        "DBSubnetGroup": subnet_group,
        "VpcSecurityGroups": groups.collect::<Value>(),
        "DBSecurityGroups": [],
        "DBParameterGroups": [{
            "DBParameterGroupName": instance.parameter_group,
            "ParameterApplyStatus": "in-sync",
        }],
        "OptionGroupMemberships": [{
            "OptionGroupName": cluster.engine.default_option_group(&cluster.engine_version),
            "Status": "in-sync",
        }],
        "BackupRetentionPeriod": cluster.backup_days,
        "PreferredBackupWindow": cluster.backup_window,
        "PreferredMaintenanceWindow": instance.maintenance_window,
        "AutoMinorVersionUpgrade": instance.minor_upgrades,
        "CopyTagsToSnapshot": instance.copy_tags,
        "DeletionProtection": false,
        "IAMDatabaseAuthenticationEnabled": cluster.iam_authentication,
        "CACertificateIdentifier": instance.certificate,
        "MonitoringInterval": instance.monitoring.interval,
        "MonitoringRoleArn": instance.monitoring.role,
        "DatabaseInsightsMode": instance.insights.mode,
        "PerformanceInsightsEnabled": instance.insights.enabled,
        "PerformanceInsightsKMSKeyId": instance.insights.key,
        "PerformanceInsightsRetentionPeriod": instance.insights.days,
        "NetworkType": cluster.network,
        "CustomerOwnedIpEnabled": false,
        "ActivityStreamStatus": "stopped",
        "BackupTarget": "region",
        "DedicatedLogVolume": false,
        "AssociatedRoles": [],
        "DomainMemberships": [],
        "PendingModifiedValues": {
            "DBInstanceClass": instance.pending_class,
        },
        "TagList": tags::list(&instance.tags),
    })
}
