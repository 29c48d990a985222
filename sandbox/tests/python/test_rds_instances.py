"""RDS: the instances of a cluster."""

import pytest

from expect import refusal
from test_rds_clusters import CLUSTER, LONG, MEMBER, cluster, db  # noqa: F401 (a fixture)

ONE = {**MEMBER, "DBInstanceIdentifier": "db-1"}
TWO = {**MEMBER, "DBInstanceIdentifier": "db-2"}


def instance(rds, name="db-1"):
    [found] = rds.describe_db_instances(DBInstanceIdentifier=name)["DBInstances"]
    return found


def writers(rds):
    return [member["DBInstanceIdentifier"] for member in cluster(rds)["DBClusterMembers"] if member["IsClusterWriter"]]


@pytest.fixture
def pair(rds, server, db):  # noqa: F811
    """A writer and a reader, both available."""
    rds.create_db_instance(**ONE, PubliclyAccessible=True)
    rds.create_db_instance(**TWO, PromotionTier=5)
    server.advance(LONG)


def test_an_instance_takes_its_time(rds, server, db, account):  # noqa: F811
    made = rds.create_db_instance(**ONE)["DBInstance"]
    assert made["DBInstanceStatus"] == "creating"
    assert "Endpoint" not in made
    assert made["DBInstanceArn"] == f"arn:aws:rds:eu-central-1:{account}:db:db-1"
    with refusal(rds, "DBInstanceAlreadyExists", "DB instance already exists"):
        rds.create_db_instance(**ONE)
    server.advance(20)
    assert instance(rds)["DBInstanceStatus"] == "creating"
    server.advance(2)
    found = instance(rds)
    assert found["DBInstanceStatus"] == "available"
    assert found["Endpoint"]["Port"] == 5432
    assert db["Endpoint"] == found["Endpoint"]["Address"].replace("db-1.", "db.cluster-")


def test_an_instance_may_be_asked_for_at_once(rds, server):
    rds.create_db_cluster(**CLUSTER)
    rds.create_db_instance(**ONE)
    server.advance(LONG)
    assert (cluster(rds)["Status"], instance(rds)["DBInstanceStatus"]) == ("available", "available")


def test_what_is_not_said_is_the_clusters_or_the_default(rds, db):  # noqa: F811
    made = rds.create_db_instance(**ONE)["DBInstance"]
    assert made["EngineVersion"] == db["EngineVersion"]
    assert made["VpcSecurityGroups"] == db["VpcSecurityGroups"]
    assert made["DBSubnetGroup"]["DBSubnetGroupName"] == "default"
    assert (made["PubliclyAccessible"], made["PromotionTier"], made["MultiAZ"]) == (False, 1, False)
    assert made["AvailabilityZone"] == "eu-central-1a"


def test_every_setting_is_kept(rds, db):  # noqa: F811
    kept = {
        **ONE,
        "AvailabilityZone": "eu-central-1b",
        "PubliclyAccessible": True,
        "PromotionTier": 0,
        "AutoMinorVersionUpgrade": False,
        "CopyTagsToSnapshot": True,
        "PreferredMaintenanceWindow": "mon:02:00-mon:03:00",
        "CACertificateIdentifier": "rds-ca-ecc384-g1",
        "MonitoringInterval": 60,
        "MonitoringRoleArn": "arn:aws:iam::123456789012:role/rds-monitoring-role",
        "PerformanceInsightsRetentionPeriod": 31,
    }
    rds.create_db_instance(**kept, EnablePerformanceInsights=True, Tags=[{"Key": "a", "Value": "b"}])
    found = instance(rds)
    assert {name: found[name] for name in kept} == kept
    assert found["PerformanceInsightsEnabled"]
    assert found["TagList"] == [{"Key": "a", "Value": "b"}]


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ({"DBInstanceIdentifier": "-db"}, "InvalidParameterValue", "not a valid identifier"),
        ({"DBInstanceClass": None}, "MissingParameter", "DBInstanceClass"),
        ({"DBInstanceClass": "large"}, "InvalidParameterValue", "Invalid DB Instance class: large"),
        ({"DBInstanceClass": "db.m1.small"}, "InvalidParameterCombination", "RDS does not support"),
        ({"DBInstanceClass": "db.serverless"}, "InvalidParameterCombination", "Serverless v2"),
        ({"Engine": "postgres"}, "InvalidParameterValue", "Invalid DB engine"),
        ({"EngineVersion": "16.4"}, "InvalidParameterCombination", "does not match"),
        ({"DBClusterIdentifier": "none"}, "DBClusterNotFoundFault", "DBCluster none not found."),
        ({"DBClusterIdentifier": None}, "InvalidParameterCombination", "DBClusterIdentifier"),
        ({"AvailabilityZone": "us-east-1a"}, "InvalidVPCNetworkStateFault", "us-east-1a"),
        ({"DBSubnetGroupName": "other"}, "InvalidParameterCombination", "subnet group"),
        ({"DBParameterGroupName": "mine"}, "DBParameterGroupNotFound", "mine"),
        ({"CACertificateIdentifier": "rds-ca-2019"}, "CertificateNotFound", "rds-ca-2019"),
        ({"PromotionTier": 16}, "InvalidParameterValue", "promotion tier"),
        ({"MultiAZ": True}, "InvalidParameterCombination", "Multi-AZ"),
        ({"AllocatedStorage": 20}, "InvalidParameterCombination", "You don't need to set storage size."),
        ({"MasterUserPassword": "x"}, "InvalidParameterCombination", "Set master user password for the DB Cluster."),
        ({"VpcSecurityGroupIds": ["sg-0"]}, "InvalidParameterCombination", "Set vpc security group for the DB Cluster"),
        ({"StorageEncrypted": True}, "InvalidParameterCombination", "for the DB Cluster."),
        ({"Timezone": "UTC"}, "UnknownParameter", "Timezone"),
    ],
)
def test_create_refused(rds, db, change, code, words):  # noqa: F811
    asked = {name: value for name, value in {**ONE, **change}.items() if value is not None}
    with refusal(rds, code, words):
        rds.create_db_instance(**asked)
    assert rds.describe_db_instances()["DBInstances"] == []


def test_describe(rds, pair):
    assert instance(rds, "DB-1") == instance(rds, instance(rds)["DBInstanceArn"])
    for asked in ("db", cluster(rds)["DBClusterArn"]):
        found = rds.describe_db_instances(Filters=[{"Name": "db-cluster-id", "Values": [asked]}])["DBInstances"]
        assert [member["DBInstanceIdentifier"] for member in found] == ["db-1", "db-2"]
    with refusal(rds, "DBInstanceNotFound", "DBInstance none not found."):
        instance(rds, "none")
    with refusal(rds, "InvalidParameterValue", "Unrecognized filter name: colour"):
        rds.describe_db_instances(Filters=[{"Name": "colour", "Values": ["red"]}])


def test_instances_spread_over_zones(rds, pair):
    assert [instance(rds, name)["AvailabilityZone"][-1] for name in ("db-1", "db-2")] == ["a", "b"]
    assert cluster(rds)["MultiAZ"] is True


def test_the_first_is_the_writer_until_it_goes(rds, server, pair):
    rds.create_db_instance(**{**MEMBER, "DBInstanceIdentifier": "db-3"}, PromotionTier=2)
    server.advance(LONG)
    assert writers(rds) == ["db-1"]
    rds.delete_db_instance(DBInstanceIdentifier="db-1", SkipFinalSnapshot=True)
    assert writers(rds) == ["db-3"]
    server.advance(LONG)
    assert writers(rds) == ["db-3"]
    assert [member["DBInstanceIdentifier"] for member in cluster(rds)["DBClusterMembers"]] == ["db-2", "db-3"]


def test_modify(rds, server, ec2, pair):
    asked = {"DBInstanceIdentifier": "db-1", "PubliclyAccessible": False, "PromotionTier": 3}
    assert rds.modify_db_instance(**asked)["DBInstance"]["DBInstanceStatus"] == "modifying"
    with refusal(rds, "InvalidDBInstanceState", "Database instance is not in available state."):
        rds.modify_db_instance(**asked)
    server.advance(LONG)
    found = instance(rds)
    assert (found["DBInstanceStatus"], found["PubliclyAccessible"], found["PromotionTier"]) == ("available", False, 3)
    assert all("Association" not in eni for eni in ec2.describe_network_interfaces()["NetworkInterfaces"])


def test_another_class_waits_unless_it_is_urgent(rds, server, pair):
    asked = {"DBInstanceIdentifier": "db-1", "DBInstanceClass": "db.t4g.medium"}
    rds.modify_db_instance(**asked)
    server.advance(LONG)
    found = instance(rds)
    assert found["DBInstanceClass"] == "db.t3.medium"
    assert found["PendingModifiedValues"] == {"DBInstanceClass": "db.t4g.medium"}
    rds.modify_db_instance(**asked, ApplyImmediately=True)
    server.advance(LONG)
    found = instance(rds)
    assert (found["DBInstanceClass"], found["PendingModifiedValues"]) == ("db.t4g.medium", {})


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ({"DBInstanceIdentifier": "none"}, "DBInstanceNotFound", "DBInstance none not found."),
        ({"DBInstanceClass": "db.m1.small"}, "InvalidParameterCombination", "RDS does not support"),
        ({"PromotionTier": 16}, "InvalidParameterValue", "promotion tier"),
        ({"BackupRetentionPeriod": 3}, "InvalidParameterCombination",
         "Modify backup retention for the DB Cluster using the ModifyDbCluster API"),
        ({"DeletionProtection": True}, "InvalidParameterCombination", "Modify deletion protection for the DB Cluster"),
    ],
)
def test_modify_refused(rds, pair, change, code, words):
    with refusal(rds, code, words):
        rds.modify_db_instance(**{"DBInstanceIdentifier": "db-1", **change})


def test_delete(rds, server, pair):
    with refusal(rds, "InvalidParameterCombination",
                 "FinalDBSnapshotIdentifier can not be specified when deleting a cluster instance"):
        rds.delete_db_instance(DBInstanceIdentifier="db-2", FinalDBSnapshotIdentifier="last")
    assert rds.delete_db_instance(DBInstanceIdentifier="db-2")["DBInstance"]["DBInstanceStatus"] == "deleting"
    with refusal(rds, "InvalidDBInstanceState", "Instance db-2 is already being deleted."):
        rds.delete_db_instance(DBInstanceIdentifier="db-2")
    server.advance(LONG)
    with refusal(rds, "DBInstanceNotFound", "DBInstance db-2 not found."):
        rds.delete_db_instance(DBInstanceIdentifier="db-2")
