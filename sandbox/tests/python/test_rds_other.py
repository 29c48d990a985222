"""RDS: snapshots, subnet groups and tags."""

import pytest

from expect import refusal
from test_rds_clusters import CLUSTER, LONG, MEMBER, cluster, db  # noqa: F401 (a fixture)

SNAPSHOT = {"DBClusterSnapshotIdentifier": "before", "DBClusterIdentifier": "db"}


def snapshot(rds, name="before"):
    [found] = rds.describe_db_cluster_snapshots(DBClusterSnapshotIdentifier=name)["DBClusterSnapshots"]
    return found


def test_snapshots(rds, server, db):  # noqa: F811
    made = rds.create_db_cluster_snapshot(**SNAPSHOT, Tags=[{"Key": "a", "Value": "b"}])["DBClusterSnapshot"]
    assert (made["Status"], made["PercentProgress"], made["SnapshotType"]) == ("creating", 0, "manual")
    assert cluster(rds)["Status"] == "backing-up"
    with refusal(rds, "InvalidDBClusterSnapshotStateFault"):
        rds.delete_db_cluster_snapshot(DBClusterSnapshotIdentifier="before")
    with refusal(rds, "InvalidDBClusterStateFault"):
        rds.create_db_cluster_snapshot(**{**SNAPSHOT, "DBClusterSnapshotIdentifier": "other"})
    with refusal(rds, "DBClusterSnapshotAlreadyExistsFault"):
        rds.create_db_cluster_snapshot(**SNAPSHOT, Tags=[{"Key": "a", "Value": "b"}])
    server.advance(LONG)
    found = snapshot(rds)
    assert (found["Status"], found["PercentProgress"], cluster(rds)["Status"]) == ("available", 100, "available")
    assert found["TagList"] == [{"Key": "a", "Value": "b"}]
    assert snapshot(rds) == found == snapshot(rds, found["DBClusterSnapshotArn"])
    assert rds.delete_db_cluster_snapshot(DBClusterSnapshotIdentifier="before")["DBClusterSnapshot"]
    with refusal(rds, "DBClusterSnapshotNotFoundFault", "DBClusterSnapshot before not found."):
        rds.delete_db_cluster_snapshot(DBClusterSnapshotIdentifier="before")


def test_a_snapshot_outlives_its_cluster(rds, server, db):  # noqa: F811
    rds.create_db_cluster_snapshot(**SNAPSHOT)
    server.advance(LONG)
    rds.delete_db_cluster(DBClusterIdentifier="db", SkipFinalSnapshot=True)
    server.advance(LONG)
    assert snapshot(rds)["DBClusterIdentifier"] == "db"
    ids = lambda **asked: len(rds.describe_db_cluster_snapshots(**asked)["DBClusterSnapshots"])
    assert ids(SnapshotType="manual") == ids(DBClusterIdentifier="db") == 1
    assert ids(SnapshotType="automated") == ids(DBClusterIdentifier="other") == 0


def test_snapshots_that_are_refused(rds, db):  # noqa: F811
    with refusal(rds, "DBClusterNotFoundFault"):
        rds.create_db_cluster_snapshot(**{**SNAPSHOT, "DBClusterIdentifier": "none"})
    with refusal(rds, "InvalidParameterValue", "not a valid identifier"):
        rds.create_db_cluster_snapshot(**{**SNAPSHOT, "DBClusterSnapshotIdentifier": "a--b"})
    with refusal(rds, "DBClusterSnapshotNotFoundFault"):
        snapshot(rds, "none")
    with refusal(rds, "InvalidParameterValue", "Unrecognized filter name"):
        rds.describe_db_cluster_snapshots(Filters=[{"Name": "colour", "Values": ["red"]}])


def subnets(ec2):
    found = ec2.describe_subnets()["Subnets"]
    return [subnet["SubnetId"] for subnet in sorted(found, key=lambda subnet: subnet["AvailabilityZone"])]


def test_subnet_groups(rds, ec2, server):
    asked = {"DBSubnetGroupName": "Two", "DBSubnetGroupDescription": "two zones", "SubnetIds": subnets(ec2)[:2]}
    made = rds.create_db_subnet_group(**asked)["DBSubnetGroup"]
    assert (made["DBSubnetGroupName"], made["SubnetGroupStatus"]) == ("two", "Complete")
    assert [subnet["SubnetAvailabilityZone"]["Name"][-1] for subnet in made["Subnets"]] == ["a", "b"]
    with refusal(rds, "DBSubnetGroupAlreadyExists", "The DB subnet group 'two' already exists."):
        rds.create_db_subnet_group(**asked)
    for _ in range(2):
        assert rds.describe_db_subnet_groups(DBSubnetGroupName="two")["DBSubnetGroups"] == [made]
    rds.create_db_cluster(**CLUSTER, DBSubnetGroupName="two")
    assert cluster(rds)["AvailabilityZones"] == ["eu-central-1a", "eu-central-1b"]
    with refusal(rds, "InvalidVPCNetworkStateFault"):
        rds.create_db_instance(**MEMBER, DBInstanceIdentifier="db-1", AvailabilityZone="eu-central-1c")
    with refusal(rds, "InvalidDBSubnetGroupStateFault", "still using it"):
        rds.delete_db_subnet_group(DBSubnetGroupName="two")
    rds.delete_db_cluster(DBClusterIdentifier="db", SkipFinalSnapshot=True)
    server.advance(LONG)
    rds.delete_db_subnet_group(DBSubnetGroupName="two")
    with refusal(rds, "DBSubnetGroupNotFoundFault", "DB subnet group 'two' does not exist."):
        rds.delete_db_subnet_group(DBSubnetGroupName="two")


def test_subnet_groups_that_are_refused(rds, ec2):
    some = {"DBSubnetGroupName": "g", "DBSubnetGroupDescription": "d", "SubnetIds": subnets(ec2)}
    for change, code, words in [
        ({"SubnetIds": ["subnet-0", *subnets(ec2)]}, "InvalidSubnet", "Some input subnets in :[subnet-0] are invalid."),
        ({"SubnetIds": subnets(ec2)[:1]}, "DBSubnetGroupDoesNotCoverEnoughAZs", "Current AZ coverage: eu-central-1a."),
        ({"DBSubnetGroupName": "default"}, "InvalidParameterValue", "reserved"),
        ({"DBSubnetGroupName": "a b!"}, "InvalidParameterValue", "not a valid identifier"),
    ]:
        with refusal(rds, code, words):
            rds.create_db_subnet_group(**{**some, **change})
    with refusal(rds, "DBSubnetGroupNotFoundFault"):
        rds.describe_db_subnet_groups(DBSubnetGroupName="none")
    with refusal(rds, "InvalidParameterValue", "Unrecognized filter name"):
        rds.describe_db_subnet_groups(Filters=[{"Name": "vpc-id", "Values": ["vpc-0"]}])


def test_tags(rds, db):  # noqa: F811
    arn = db["DBClusterArn"]
    tags = lambda: rds.list_tags_for_resource(ResourceName=arn)["TagList"]
    for _ in range(2):
        rds.add_tags_to_resource(ResourceName=arn, Tags=[{"Key": "a", "Value": "b"}, {"Key": "c", "Value": ""}])
    assert tags() == tags() == [{"Key": "a", "Value": "b"}, {"Key": "c", "Value": ""}]
    for _ in range(2):
        rds.remove_tags_from_resource(ResourceName=arn, TagKeys=["c", "none"])
    assert tags() == cluster(rds)["TagList"] == [{"Key": "a", "Value": "b"}]


@pytest.mark.parametrize(
    ("resource", "code"),
    [
        ("cluster:none", "DBClusterNotFoundFault"),
        ("db:none", "DBInstanceNotFound"),
        ("cluster-snapshot:none", "DBClusterSnapshotNotFoundFault"),
        ("subgrp:none", "DBSubnetGroupNotFoundFault"),
        ("og:none", "InvalidParameterValue"),
    ],
)
def test_tags_of_what_there_is_not(rds, account, resource, code):
    arn = f"arn:aws:rds:eu-central-1:{account}:{resource}"
    with refusal(rds, code):
        rds.list_tags_for_resource(ResourceName=arn)
    with refusal(rds, code):
        rds.add_tags_to_resource(ResourceName=arn, Tags=[{"Key": "a", "Value": "b"}])
    with refusal(rds, code):
        rds.remove_tags_from_resource(ResourceName=arn, TagKeys=["a"])
    with refusal(rds, "InvalidParameterValue", "Invalid resource name"):
        rds.list_tags_for_resource(ResourceName="db")
