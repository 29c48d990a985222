//! `DescribeDBClusters`, and how a cluster is described in every answer.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::clock::Millis;
use crate::context::Cx;
use crate::fault::Fault;
use crate::protocol::timestamp;
use crate::services::rds::faults::no_such_cluster;
use crate::services::rds::life::Status;
use crate::services::rds::listing::{Asked, Filter, answer, chosen};
use crate::services::rds::state::{Cluster, Rds};
use crate::tags;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
pub(crate) struct DescribeDbClusters {
    #[serde(rename = "DBClusterIdentifier")]
    id: Option<String>,
    #[serde(default)]
    filters: Vec<Filter>,
    max_records: Option<usize>,
    marker: Option<String>,
    // Nobody shares anything with this account, so there is nothing to add.
    #[serde(default, rename = "IncludeShared")]
    _shared: bool,
}

/// `DescribeDBClusters` (RDS API Reference).
pub(crate) fn describe_db_clusters(cx: &mut Cx, input: DescribeDbClusters) -> Result<Value, Fault> {
    let clusters = &cx.region().rds.clusters;
    let ids = chosen(clusters, input.id.as_deref(), no_such_cluster)?;
    let described = ids.iter().map(|id| described(cx, id)).collect();
    let filters = [
        ("clone-group-id", "CloneGroupId"),
        ("db-cluster-id", "DBClusterIdentifier"),
        ("db-cluster-resource-id", "DbClusterResourceId"),
        ("domain", "Domain"),
        ("engine", "Engine"),
    ];
    let asked = Asked {
        filters: input.filters,
        max_records: input.max_records,
        marker: input.marker,
    };
    answer("DBClusters", &filters, described, asked)
}

/// Cluster `id` as RDS describes it.
pub(super) fn described(cx: &mut Cx, id: &str) -> Value {
    let (now, region) = (cx.now, cx.region.to_owned());
    let arn = cx.arn("rds", &format!("cluster:{id}"));
    let key = key_arn(cx);
    let rds = &cx.region().rds;
    let Some(cluster) = rds.clusters.get(id) else {
        return Value::Null;
    };
    let domain = format!("{}.{region}.rds.amazonaws.com", rds.domain);
    let groups = cluster.security_groups.iter();
    let groups = groups.map(|id| json!({ "VpcSecurityGroupId": id, "Status": "active" }));
    let restorable = !cluster.life.is(Status::Creating);
    json!({
        "DBClusterIdentifier": id,
        "DBClusterArn": arn,
        "DbClusterResourceId": cluster.resource_id,
        "Status": cluster.life.status,
        "Engine": cluster.engine.name,
        "EngineVersion": cluster.engine_version,
        "EngineMode": "provisioned",
        "EngineLifecycleSupport": cluster.support,
        "DatabaseName": cluster.database,
        "MasterUsername": cluster.user,
        "Port": cluster.port,
        "Endpoint": format!("{id}.cluster-{domain}"),
        "ReaderEndpoint": format!("{id}.cluster-ro-{domain}"),
        "CustomEndpoints": [],
        "HostedZoneId": "Z1RLNUO7B9Q6NB",
        "AllocatedStorage": 1,
        "AvailabilityZones": cluster.zones,
        "MultiAZ": rds.zones_in_use(id) > 1,
        "DBClusterMembers": members(rds, cluster),
        "DBClusterParameterGroup": cluster.parameter_group,
        "DBSubnetGroup": cluster.subnet_group,
        "VpcSecurityGroups": groups.collect::<Value>(),
        "BackupRetentionPeriod": cluster.backup_days,
        "PreferredBackupWindow": cluster.backup_window,
        "PreferredMaintenanceWindow": cluster.maintenance_window,
        "ClusterCreateTime": timestamp(cluster.created),
        "EarliestRestorableTime": restorable.then(|| timestamp(cluster.created)),
        "LatestRestorableTime": restorable.then(|| timestamp(restorable_until(cluster, now))),
        "StorageEncrypted": cluster.encrypted,
        "KmsKeyId": cluster.encrypted.then_some(key),
        // The plain storage type is not told (RDS API Reference, `CreateDBCluster`).
        "StorageType": (cluster.storage != "aurora").then_some(&cluster.storage),
        "IAMDatabaseAuthenticationEnabled": cluster.iam_authentication,
        "EnabledCloudwatchLogsExports": (!cluster.log_exports.is_empty()).then_some(&cluster.log_exports),
        "DeletionProtection": cluster.deletion_protection,
        "HttpEndpointEnabled": cluster.http_endpoint,
        "CopyTagsToSnapshot": cluster.copy_tags,
        "CrossAccountClone": false,
        "ActivityStreamStatus": "stopped",
        "AssociatedRoles": [],
        "AutoMinorVersionUpgrade": true,
        "DomainMemberships": [],
        "NetworkType": cluster.network,
        "ServerlessV2ScalingConfiguration": cluster.serverless.as_ref().map(|capacity| json!({
            "MinCapacity": capacity.least,
            "MaxCapacity": capacity.most,
            "SecondsUntilAutoPause": capacity.pause_after,
        })),
        "MonitoringInterval": cluster.monitoring.interval,
        "MonitoringRoleArn": cluster.monitoring.role,
        "DatabaseInsightsMode": cluster.insights.mode,
        "PerformanceInsightsEnabled": cluster.insights.enabled,
        "PerformanceInsightsKMSKeyId": cluster.insights.key,
        "PerformanceInsightsRetentionPeriod": cluster.insights.days,
        "PendingModifiedValues": cluster.pending_version.as_ref().map(|version| json!({
            "EngineVersion": version,
        })),
        "TagList": tags::list(&cluster.tags),
    })
}

/// The instant up to which the cluster can be restored: RDS moves it on every five minutes.
fn restorable_until(cluster: &Cluster, now: Millis) -> Millis {
    const STEP: Millis = 5 * 60 * 1000;
    cluster.created.max(now - now.rem_euclid(STEP))
}

fn members(rds: &Rds, cluster: &Cluster) -> Value {
    let members = rds.members(&cluster.id).into_iter().map(|instance| {
        json!({
            "DBInstanceIdentifier": instance.id,
            "IsClusterWriter": cluster.writer.as_ref() == Some(&instance.id),
            "DBClusterParameterGroupStatus": "in-sync",
            "PromotionTier": instance.promotion_tier,
        })
    });
    members.collect()
}

/// The ARN of the key that encrypts RDS's storage in this account and Region.
pub(crate) fn key_arn(cx: &mut Cx) -> String {
    let key = cx.region().rds.key.clone();
    cx.arn("kms", &format!("key/{key}"))
}
