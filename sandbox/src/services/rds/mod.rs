//! RDS, as far as it is Aurora: clusters, their instances, snapshots and subnet groups.
//!
//! Databases take their time: see [`life`].

mod checks;
mod clusters;
mod connections;
mod engines;
mod faults;
mod instances;
mod life;
mod listing;
mod observation;
mod snapshots;
mod state;
mod subnet_groups;
mod tags;

pub(crate) use connections::{Denied, Endpoint, log_in, resolve};
pub(crate) use life::{Due, due};
pub(crate) use state::Rds;

use crate::protocol::Wire;
use crate::service::{Service, operations};

pub(crate) static SERVICE: Service = Service {
    name: "rds",
    wire: Wire::Query {
        version: "2014-10-31",
        namespace: "http://rds.amazonaws.com/doc/2014-10-31/",
        item,
    },
    refusal: faults::input,
    secrets: &["MasterUserPassword"],
    operations: operations! {
        "CreateDBCluster" => clusters::create_db_cluster,
        "DescribeDBClusters" => clusters::describe_db_clusters,
        "ModifyDBCluster" => clusters::modify_db_cluster,
        "DeleteDBCluster" => clusters::delete_db_cluster,
        "StartDBCluster" => clusters::start_db_cluster,
        "StopDBCluster" => clusters::stop_db_cluster,
        "CreateDBInstance" => instances::create_db_instance,
        "DescribeDBInstances" => instances::describe_db_instances,
        "ModifyDBInstance" => instances::modify_db_instance,
        "DeleteDBInstance" => instances::delete_db_instance,
        "CreateDBClusterSnapshot" => snapshots::create_db_cluster_snapshot,
        "DescribeDBClusterSnapshots" => snapshots::describe_db_cluster_snapshots,
        "DeleteDBClusterSnapshot" => snapshots::delete_db_cluster_snapshot,
        "CreateDBSubnetGroup" => subnet_groups::create_db_subnet_group,
        "DescribeDBSubnetGroups" => subnet_groups::describe_db_subnet_groups,
        "DeleteDBSubnetGroup" => subnet_groups::delete_db_subnet_group,
        "DescribeDBEngineVersions" => engines::describe_db_engine_versions,
        "DescribeOrderableDBInstanceOptions" => engines::describe_orderable_db_instance_options,
        "AddTagsToResource" => tags::add_tags_to_resource,
        "ListTagsForResource" => tags::list_tags_for_resource,
        "RemoveTagsFromResource" => tags::remove_tags_from_resource,
    },
};

/// What the elements of RDS's lists are called (botocore's model of the service).
fn item(list: &str) -> &'static str {
    match list {
        "AvailabilityZones" => "AvailabilityZone",
        "DBClusterMembers" => "DBClusterMember",
        "DBClusterSnapshots" => "DBClusterSnapshot",
        "DBClusters" => "DBCluster",
        "DBEngineVersions" => "DBEngineVersion",
        "DBInstances" => "DBInstance",
        "DBParameterGroups" => "DBParameterGroup",
        "DBSecurityGroups" => "DBSecurityGroup",
        "DBSubnetGroups" => "DBSubnetGroup",
        "OptionGroupMemberships" => "OptionGroupMembership",
        "OrderableDBInstanceOptions" => "OrderableDBInstanceOption",
        "Subnets" => "Subnet",
        "TagList" => "Tag",
        "ValidUpgradeTarget" => "UpgradeTarget",
        "VpcSecurityGroups" => "VpcSecurityGroupMembership",
        _ => "member",
    }
}
