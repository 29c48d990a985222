"""RDS: Aurora clusters, and how they come and go."""

import pytest

from expect import refusal

CLUSTER = {
    "DBClusterIdentifier": "db",
    "Engine": "aurora-postgresql",
    "MasterUsername": "postgres",
    "MasterUserPassword": "postgres123",
}
MEMBER = {
    "DBClusterIdentifier": "db",
    "DBInstanceClass": "db.t3.medium",
    "Engine": "aurora-postgresql",
}
GONE = {"DBClusterIdentifier": "db", "SkipFinalSnapshot": True}

#: Enough for whatever takes time at the tests' speed.
LONG = 60


def cluster(rds, name="db"):
    [found] = rds.describe_db_clusters(DBClusterIdentifier=name)["DBClusters"]
    return found


@pytest.fixture
def db(rds, server):
    """A cluster without instances, available."""
    rds.create_db_cluster(**CLUSTER)
    server.advance(LONG)
    return cluster(rds)


def test_a_cluster_takes_its_time(rds, server, account):
    made = rds.create_db_cluster(**CLUSTER)["DBCluster"]
    assert made["Status"] == "creating"
    assert made["DBClusterArn"] == f"arn:aws:rds:eu-central-1:{account}:cluster:db"
    domain = made["Endpoint"].removeprefix("db.cluster-")
    assert domain.endswith(".eu-central-1.rds.amazonaws.com")
    assert made["ReaderEndpoint"] == f"db.cluster-ro-{domain}"
    server.advance(8)
    assert cluster(rds)["Status"] == "creating"
    server.advance(2)
    assert cluster(rds)["Status"] == "available"
    with refusal(rds, "DBClusterAlreadyExistsFault", "DB Cluster already exists"):
        rds.create_db_cluster(**CLUSTER)


def test_defaults(rds, ec2, db):
    assert "DatabaseName" not in db
    assert (db["Port"], db["MasterUsername"], db["EngineVersion"]) == (5432, "postgres", "17.4")
    assert db["AvailabilityZones"] == ["eu-central-1a", "eu-central-1b", "eu-central-1c"]
    assert db["DBClusterParameterGroup"] == "default.aurora-postgresql17"
    assert (db["BackupRetentionPeriod"], db["StorageEncrypted"], db["DeletionProtection"]) == (1, False, False)
    [group] = ec2.describe_security_groups(GroupNames=["default"])["SecurityGroups"]
    assert db["VpcSecurityGroups"] == [{"VpcSecurityGroupId": group["GroupId"], "Status": "active"}]
    [subnets] = rds.describe_db_subnet_groups(DBSubnetGroupName=db["DBSubnetGroup"])["DBSubnetGroups"]
    assert (subnets["DBSubnetGroupName"], len(subnets["Subnets"])) == ("default", 3)


def test_every_setting_is_kept(rds, ec2):
    group = ec2.create_security_group(GroupName="db", Description="d")["GroupId"]
    kept = {
        "DBClusterIdentifier": "db",
        "Engine": "aurora-postgresql",
        "EngineVersion": "16.4",
        "MasterUsername": "owner",
        "DatabaseName": "tripmgmt",
        "Port": 6432,
        "AvailabilityZones": ["eu-central-1a", "eu-central-1b"],
        "BackupRetentionPeriod": 7,
        "PreferredBackupWindow": "01:00-01:30",
        "PreferredMaintenanceWindow": "mon:02:00-mon:03:00",
        "StorageEncrypted": True,
        "StorageType": "aurora-iopt1",
        "DeletionProtection": True,
        "CopyTagsToSnapshot": True,
        "NetworkType": "IPV4",
        "EngineMode": "provisioned",
        "EngineLifecycleSupport": "open-source-rds-extended-support-disabled",
        "ServerlessV2ScalingConfiguration": {"MinCapacity": 0.5, "MaxCapacity": 4.0},
        "MonitoringInterval": 60,
        "MonitoringRoleArn": "arn:aws:iam::123456789012:role/rds-monitoring-role",
        "DatabaseInsightsMode": "advanced",
        "PerformanceInsightsRetentionPeriod": 465,
    }
    rds.create_db_cluster(
        **kept,
        MasterUserPassword="postgres123",
        VpcSecurityGroupIds=[group],
        EnableIAMDatabaseAuthentication=True,
        EnableCloudwatchLogsExports=["postgresql"],
        EnableHttpEndpoint=True,
        EnablePerformanceInsights=True,
        Tags=[{"Key": "a", "Value": "b"}],
    )
    found = cluster(rds)
    assert {name: found[name] for name in kept} == kept
    assert found["VpcSecurityGroups"][0]["VpcSecurityGroupId"] == group
    assert found["IAMDatabaseAuthenticationEnabled"] and found["HttpEndpointEnabled"]
    assert found["EnabledCloudwatchLogsExports"] == ["postgresql"]
    assert found["PerformanceInsightsEnabled"]
    assert found["KmsKeyId"].startswith("arn:aws:kms:eu-central-1:")
    assert found["TagList"] == [{"Key": "a", "Value": "b"}]


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ({"DBClusterIdentifier": "1db"}, "InvalidParameterValue", "not a valid identifier"),
        ({"DBClusterIdentifier": None}, "MissingParameter", "DBClusterIdentifier"),
        ({"Engine": "postgres"}, "InvalidParameterValue", "Invalid DB engine"),
        ({"EngineVersion": "16.99"}, "InvalidParameterCombination", "Cannot find version 16.99"),
        ({"EngineMode": "serverless"}, "InvalidParameterValue", "EngineMode"),
        ({"MasterUsername": None}, "InvalidParameterValue", "MasterUsername must be provided"),
        ({"MasterUsername": "admin"}, "InvalidParameterValue", "reserved word"),
        ({"MasterUserPassword": "short77"}, "InvalidParameterValue", "shorter than 8 characters"),
        ({"MasterUserPassword": "with/slash"}, "InvalidParameterValue", "Only printable ASCII"),
        ({"MasterUserPassword": None}, "InvalidParameterValue", "MasterUserPassword must be provided"),
        ({"DatabaseName": "trip-mgmt"}, "InvalidParameterValue", "DatabaseName"),
        ({"Port": 80}, "InvalidParameterValue", "1150"),
        ({"Port": "many"}, "InvalidParameterValue", "Port"),
        ({"VpcSecurityGroupIds": ["sg-0"]}, "InvalidParameterValue", "Invalid security group"),
        ({"DBSubnetGroupName": "none"}, "DBSubnetGroupNotFoundFault", "DB subnet group 'none' does not exist."),
        ({"DBClusterParameterGroupName": "mine"}, "DBClusterParameterGroupNotFound", "mine"),
        ({"AvailabilityZones": ["us-east-1a"]}, "InvalidVPCNetworkStateFault", "us-east-1a"),
        ({"BackupRetentionPeriod": 36}, "InvalidParameterValue", "between 1 and 35"),
        ({"PreferredBackupWindow": "noon"}, "InvalidParameterValue", "backup window"),
        ({"PreferredMaintenanceWindow": "noon"}, "InvalidParameterValue", "maintenance window"),
        ({"StorageType": "gp3"}, "InvalidParameterValue", "StorageType"),
        ({"KmsKeyId": "alias/aws/rds"}, "InvalidParameterCombination", "StorageEncrypted"),
        ({"KmsKeyId": "alias/mine", "StorageEncrypted": True}, "KMSKeyNotAccessibleFault", "alias/mine"),
        ({"EnableCloudwatchLogsExports": ["audit"]}, "InvalidParameterCombination", "audit"),
        ({"ServerlessV2ScalingConfiguration": {"MinCapacity": 4, "MaxCapacity": 1}}, "InvalidParameterValue", "4"),
        ({"MonitoringInterval": 60}, "InvalidParameterCombination", "MonitoringRoleArn"),
        ({"DatabaseInsightsMode": "advanced", "PerformanceInsightsRetentionPeriod": 7}, "InvalidParameterCombination",
         "465"),
        ({"ManageMasterUserPassword": True}, "UnknownParameter", "ManageMasterUserPassword"),
        ({"Tags": [{"Key": "aws:a", "Value": "b"}]}, "InvalidParameterValue", "reserved prefix"),
    ],
)
def test_create_refused(rds, change, code, words):
    asked = {name: value for name, value in {**CLUSTER, **change}.items() if value is not None}
    with refusal(rds, code, words):
        rds.create_db_cluster(**asked)
    assert rds.describe_db_clusters()["DBClusters"] == []


def test_the_password_is_in_no_answer_and_no_event(rds, server, db):
    rds.modify_db_cluster(DBClusterIdentifier="db", MasterUserPassword="another-secret")
    events = server._get("/__events__")
    assert "HIDDEN_DUE_TO_SECURITY_REASONS" in events
    assert "postgres123" not in events and "another-secret" not in events


def test_describe(rds, db):
    assert cluster(rds, "DB") == cluster(rds, db["DBClusterArn"])
    by_filter = lambda **filters: rds.describe_db_clusters(
        Filters=[{"Name": name.replace("_", "-"), "Values": [value]} for name, value in filters.items()]
    )["DBClusters"]
    assert len(by_filter(db_cluster_id="db")) == len(by_filter(db_cluster_id=db["DBClusterArn"])) == 1
    assert by_filter(engine="aurora-mysql") == []
    with refusal(rds, "DBClusterNotFoundFault", "DBCluster none not found."):
        cluster(rds, "none")
    with refusal(rds, "InvalidParameterValue", "Unrecognized filter name: colour"):
        by_filter(colour="red")
    with refusal(rds, "InvalidParameterValue", "MaxRecords"):
        rds.describe_db_clusters(MaxRecords=5)


def test_pages(rds):
    for number in range(25):
        rds.create_db_cluster(**{**CLUSTER, "DBClusterIdentifier": f"db{number}"})
    pages = rds.get_paginator("describe_db_clusters").paginate(PaginationConfig={"PageSize": 20})
    assert [len(page["DBClusters"]) for page in pages] == [20, 5]


def test_modify(rds, ec2, server, db):
    group = ec2.create_security_group(GroupName="db", Description="d")["GroupId"]
    changed = {
        "Port": 6432,
        "BackupRetentionPeriod": 14,
        "PreferredBackupWindow": "01:00-01:30",
        "PreferredMaintenanceWindow": "mon:02:00-mon:03:00",
        "DeletionProtection": True,
        "CopyTagsToSnapshot": True,
        "StorageType": "aurora-iopt1",
        "ServerlessV2ScalingConfiguration": {"MinCapacity": 0.5, "MaxCapacity": 4.0},
    }
    made = rds.modify_db_cluster(
        DBClusterIdentifier="db",
        ApplyImmediately=True,
        VpcSecurityGroupIds=[group],
        EnableIAMDatabaseAuthentication=True,
        CloudwatchLogsExportConfiguration={"EnableLogTypes": ["postgresql"]},
        **changed,
    )["DBCluster"]
    assert made["Status"] == "modifying"
    with refusal(rds, "InvalidDBClusterStateFault", "not in available state"):
        rds.modify_db_cluster(DBClusterIdentifier="db", Port=5432)
    server.advance(LONG)
    found = cluster(rds)
    assert found["Status"] == "available"
    assert {name: found[name] for name in changed} == changed
    assert found["VpcSecurityGroups"][0]["VpcSecurityGroupId"] == group
    assert found["EnabledCloudwatchLogsExports"] == ["postgresql"]


def test_a_new_password_is_set_for_a_while(rds, server, db):
    asked = {"DBClusterIdentifier": "db", "MasterUserPassword": "another-secret"}
    assert rds.modify_db_cluster(**asked)["DBCluster"]["Status"] == "resetting-master-credentials"
    server.advance(LONG)
    assert rds.modify_db_cluster(**asked)["DBCluster"]["Status"] == "resetting-master-credentials"


def test_upgrades(rds, server):
    rds.create_db_cluster(**CLUSTER, EngineVersion="16.4")
    server.advance(LONG)
    rds.modify_db_cluster(DBClusterIdentifier="db", EngineVersion="16.8")
    server.advance(LONG)
    found = cluster(rds)
    assert (found["EngineVersion"], found["PendingModifiedValues"]) == ("16.4", {"EngineVersion": "16.8"})
    with refusal(rds, "InvalidParameterCombination", "AllowMajorVersionUpgrade"):
        rds.modify_db_cluster(DBClusterIdentifier="db", EngineVersion="17.4")
    upgraded = rds.modify_db_cluster(
        DBClusterIdentifier="db", EngineVersion="17.4", AllowMajorVersionUpgrade=True, ApplyImmediately=True
    )["DBCluster"]
    assert (upgraded["Status"], upgraded["EngineVersion"]) == ("upgrading", "17.4")
    assert upgraded["DBClusterParameterGroup"] == "default.aurora-postgresql17"
    server.advance(LONG)
    with refusal(rds, "InvalidParameterCombination", "Cannot upgrade"):
        rds.modify_db_cluster(DBClusterIdentifier="db", EngineVersion="16.8")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"MasterUserPassword": "short77"}, "InvalidParameterValue"),
        ({"Port": 80}, "InvalidParameterValue"),
        ({"VpcSecurityGroupIds": ["sg-0"]}, "InvalidParameterValue"),
        ({"BackupRetentionPeriod": 0}, "InvalidParameterValue"),
        ({"DBClusterParameterGroupName": "mine"}, "DBClusterParameterGroupNotFound"),
        ({"EngineVersion": "16.99"}, "InvalidParameterCombination"),
        ({"RotateMasterUserPassword": True}, "UnknownParameter"),
    ],
)
def test_modify_refused(rds, db, change, code):
    with refusal(rds, code):
        rds.modify_db_cluster(DBClusterIdentifier="db", **change)
    assert cluster(rds) == db


def test_what_there_is_not(rds):
    for call in (
        rds.modify_db_cluster,
        rds.delete_db_cluster,
        rds.start_db_cluster,
        rds.stop_db_cluster,
    ):
        with refusal(rds, "DBClusterNotFoundFault", "DBCluster none not found."):
            call(DBClusterIdentifier="none")


def test_stop_and_start(rds, server, db):
    rds.create_db_instance(**MEMBER, DBInstanceIdentifier="db-1")
    with refusal(rds, "InvalidDBInstanceState"):
        rds.stop_db_cluster(DBClusterIdentifier="db")
    server.advance(LONG)
    status = lambda: (
        cluster(rds)["Status"],
        rds.describe_db_instances(DBInstanceIdentifier="db-1")["DBInstances"][0]["DBInstanceStatus"],
    )
    with refusal(rds, "InvalidDBClusterStateFault"):
        rds.start_db_cluster(DBClusterIdentifier="db")
    assert rds.stop_db_cluster(DBClusterIdentifier="db")["DBCluster"]["Status"] == "stopping"
    with refusal(rds, "InvalidDBClusterStateFault"):
        rds.stop_db_cluster(DBClusterIdentifier="db")
    server.advance(LONG)
    assert status() == ("stopped", "stopped")
    with refusal(rds, "InvalidDBClusterStateFault"):
        rds.create_db_instance(**MEMBER, DBInstanceIdentifier="db-2")
    assert rds.start_db_cluster(DBClusterIdentifier="db")["DBCluster"]["Status"] == "starting"
    with refusal(rds, "InvalidDBClusterStateFault"):
        rds.start_db_cluster(DBClusterIdentifier="db")
    server.advance(LONG)
    assert status() == ("available", "available")


def test_delete_in_the_right_order(rds, server, db):
    rds.create_db_instance(**MEMBER, DBInstanceIdentifier="db-1")
    server.advance(LONG)
    with refusal(rds, "InvalidDBClusterStateFault",
                 "Cluster cannot be deleted, it still contains DB instances in non-deleting state."):
        rds.delete_db_cluster(**GONE)
    rds.delete_db_instance(DBInstanceIdentifier="db-1")
    assert rds.delete_db_cluster(**GONE)["DBCluster"]["Status"] == "deleting"
    with refusal(rds, "InvalidDBClusterStateFault", "already being deleted"):
        rds.delete_db_cluster(**GONE)
    with refusal(rds, "InvalidDBClusterStateFault"):
        rds.create_db_instance(**MEMBER, DBInstanceIdentifier="db-2")
    server.advance(LONG)
    with refusal(rds, "DBClusterNotFoundFault"):
        cluster(rds)
    assert rds.describe_db_instances()["DBInstances"] == []


def test_a_protected_cluster_stays(rds, server, db):
    rds.modify_db_cluster(DBClusterIdentifier="db", DeletionProtection=True)
    server.advance(LONG)
    with refusal(rds, "InvalidParameterCombination", "Cannot delete protected Cluster"):
        rds.delete_db_cluster(**GONE)
    rds.modify_db_cluster(DBClusterIdentifier="db", DeletionProtection=False)
    server.advance(LONG)
    rds.delete_db_cluster(**GONE)


def test_a_last_snapshot_is_taken_or_skipped(rds, server, db):
    with refusal(rds, "InvalidParameterCombination", "FinalDBSnapshotIdentifier is required unless"):
        rds.delete_db_cluster(DBClusterIdentifier="db")
    with refusal(rds, "InvalidParameterCombination", "You cannot specify both"):
        rds.delete_db_cluster(**GONE, FinalDBSnapshotIdentifier="last")
    rds.delete_db_cluster(DBClusterIdentifier="db", FinalDBSnapshotIdentifier="last")
    server.advance(LONG)
    [snapshot] = rds.describe_db_cluster_snapshots(DBClusterIdentifier="db")["DBClusterSnapshots"]
    assert (snapshot["DBClusterSnapshotIdentifier"], snapshot["Status"]) == ("last", "available")
    rds.create_db_cluster(**CLUSTER)
    server.advance(LONG)
    with refusal(rds, "DBClusterSnapshotAlreadyExistsFault"):
        rds.delete_db_cluster(DBClusterIdentifier="db", FinalDBSnapshotIdentifier="last")
