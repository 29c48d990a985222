//! Cluster snapshots: taken on request, and as the last thing before a cluster goes.

use serde::Deserialize;
use serde_json::{Value, json};

use super::checks::{identifier, name_of};
use super::faults::{cluster_state, no_such_cluster, no_such_snapshot};
use super::life::{self, Due, Life, Status};
use super::listing::{Asked, Filter, answer, chosen};
use super::state::{Cluster, Snapshot};
use crate::agenda;
use crate::context::Cx;
use crate::fault::Fault;
use crate::protocol::timestamp;
use crate::tags::{self, Tag, Tags};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CreateDbClusterSnapshot {
    #[serde(rename = "DBClusterSnapshotIdentifier")]
    snapshot: String,
    #[serde(rename = "DBClusterIdentifier")]
    cluster: String,
    #[serde(default, rename = "Tags")]
    tags: Vec<Tag>,
}

/// `CreateDBClusterSnapshot` (RDS API Reference): of an available cluster.
pub(crate) fn create_db_cluster_snapshot(
    cx: &mut Cx,
    input: CreateDbClusterSnapshot,
) -> Result<Value, Fault> {
    let tags = super::tags::of_new(input.tags)?;
    let id = new_id(cx, "DBClusterSnapshotIdentifier", &input.snapshot)?;
    let name = name_of(&input.cluster);
    let cluster = cx
        .region()
        .rds
        .clusters
        .get(&name)
        .cloned()
        .ok_or_else(|| no_such_cluster(&name))?;
    if !cluster.life.is(Status::Available) {
        return Err(cluster_state(format!(
            "DbCluster {name} is not in available state."
        )));
    }
    let snapshot = take(cx, &id, &cluster, tags);
    life::cluster(cx, &name, Status::BackingUp, life::SNAPSHOT);
    Ok(json!({ "DBClusterSnapshot": described(cx, &snapshot) }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DescribeDbClusterSnapshots {
    #[serde(rename = "DBClusterIdentifier")]
    cluster: Option<String>,
    #[serde(rename = "DBClusterSnapshotIdentifier")]
    snapshot: Option<String>,
    #[serde(rename = "DbClusterResourceId")]
    resource_id: Option<String>,
    #[serde(rename = "SnapshotType")]
    kind: Option<String>,
    #[serde(default, rename = "Filters")]
    filters: Vec<Filter>,
    #[serde(rename = "MaxRecords")]
    max_records: Option<usize>,
    #[serde(rename = "Marker")]
    marker: Option<String>,
    // Nobody shares anything with this account, so there is nothing to add.
    #[serde(default, rename = "IncludeShared")]
    _shared: bool,
    #[serde(default, rename = "IncludePublic")]
    _public: bool,
}

/// `DescribeDBClusterSnapshots` (RDS API Reference).
pub(crate) fn describe_db_cluster_snapshots(
    cx: &mut Cx,
    input: DescribeDbClusterSnapshots,
) -> Result<Value, Fault> {
    let all = &cx.region().rds.snapshots;
    let ids = chosen(all, input.snapshot.as_deref(), no_such_snapshot)?;
    let mut snapshots: Vec<_> = ids.iter().filter_map(|id| all.get(id).cloned()).collect();
    let cluster = input.cluster.as_deref().map(name_of);
    snapshots.retain(|snapshot| {
        cluster
            .as_ref()
            .is_none_or(|cluster| snapshot.cluster.id == *cluster)
            && input
                .resource_id
                .as_ref()
                .is_none_or(|id| snapshot.cluster.resource_id == *id)
            && input.kind.as_deref().is_none_or(|kind| kind == "manual")
    });
    let described = snapshots
        .iter()
        .map(|snapshot| described(cx, snapshot))
        .collect();
    let filters = [
        ("db-cluster-id", "DBClusterIdentifier"),
        ("db-cluster-snapshot-id", "DBClusterSnapshotIdentifier"),
        ("engine", "Engine"),
        ("snapshot-type", "SnapshotType"),
    ];
    let asked = Asked {
        filters: input.filters,
        max_records: input.max_records,
        marker: input.marker,
    };
    answer("DBClusterSnapshots", &filters, described, asked)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeleteDbClusterSnapshot {
    #[serde(rename = "DBClusterSnapshotIdentifier")]
    snapshot: String,
}

/// `DeleteDBClusterSnapshot` (RDS API Reference): once it is available.
pub(crate) fn delete_db_cluster_snapshot(
    cx: &mut Cx,
    input: DeleteDbClusterSnapshot,
) -> Result<Value, Fault> {
    let id = name_of(&input.snapshot);
    let snapshots = &mut cx.region().rds.snapshots;
    let snapshot = snapshots
        .get(&id)
        .cloned()
        .ok_or_else(|| no_such_snapshot(&id))?;
    if !snapshot.life.is(Status::Available) {
        return Err(Fault::new(
            "InvalidDBClusterSnapshotStateFault",
            format!("The DB cluster snapshot {id} is not in the available state."),
        ));
    }
    snapshots.remove(&id);
    let mut described = described(cx, &snapshot);
    described["Status"] = json!("deleted");
    Ok(json!({ "DBClusterSnapshot": described }))
}

/// The identifier of a snapshot that does not exist yet.
pub(super) fn new_id(cx: &mut Cx, parameter: &str, given: &str) -> Result<String, Fault> {
    let id = identifier(parameter, given, 255)?;
    if cx.region().rds.snapshots.contains_key(&id) {
        return Err(Fault::new(
            "DBClusterSnapshotAlreadyExistsFault",
            format!(
                "Cannot create the cluster snapshot because one with the identifier {id} already exists."
            ),
        ));
    }
    Ok(id)
}

/// Takes snapshot `id` of `cluster` as it is.
pub(super) fn take(cx: &mut Cx, id: &str, cluster: &Cluster, tags: Tags) -> Snapshot {
    let (now, until) = (cx.now, cx.after(life::SNAPSHOT));
    let mut all = if cluster.copy_tags {
        cluster.tags.clone()
    } else {
        Tags::new()
    };
    all.extend(tags);
    let groups = &cx.region().rds.subnet_groups;
    let vpc = groups
        .get(&cluster.subnet_group)
        .map(|group| group.vpc.clone())
        .unwrap_or_default();
    let snapshot = Snapshot {
        id: id.to_owned(),
        life: Life::lasting(Status::Creating, until),
        created: now,
        cluster: cluster.clone(),
        vpc,
        tags: all,
    };
    cx.region()
        .rds
        .snapshots
        .insert(id.to_owned(), snapshot.clone());
    cx.plan(until, agenda::Due::Rds(Due::Snapshot(id.to_owned())));
    snapshot
}

fn described(cx: &mut Cx, snapshot: &Snapshot) -> Value {
    let arn = cx.arn("rds", &format!("cluster-snapshot:{}", snapshot.id));
    let key = super::clusters::key_arn(cx);
    let cluster = &snapshot.cluster;
    let done = snapshot.life.is(Status::Available);
    json!({
        "DBClusterSnapshotIdentifier": snapshot.id,
        "DBClusterSnapshotArn": arn,
        "DBClusterIdentifier": cluster.id,
        "DbClusterResourceId": cluster.resource_id,
        "SnapshotCreateTime": timestamp(snapshot.created),
        "SnapshotType": "manual",
        "Status": snapshot.life.status,
        "PercentProgress": if done { 100 } else { 0 },
        "Engine": cluster.engine.name,
        "EngineMode": "provisioned",
        "EngineVersion": cluster.engine_version,
        "LicenseModel": cluster.engine.snapshot_license,
        "AllocatedStorage": 1,
        "AvailabilityZones": cluster.zones,
        "ClusterCreateTime": timestamp(cluster.created),
        "MasterUsername": cluster.user,
        "Port": cluster.port,
        "VpcId": snapshot.vpc,
        "StorageEncrypted": cluster.encrypted,
        "KmsKeyId": cluster.encrypted.then_some(key),
        "StorageType": cluster.storage,
        "IAMDatabaseAuthenticationEnabled": cluster.iam_authentication,
        "TagList": tags::list(&snapshot.tags),
    })
}
