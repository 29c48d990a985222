"""RDS: the engines, what can be ordered of them, and how Aurora MySQL differs from Aurora PostgreSQL."""

import pytest

from expect import refusal
from test_rds_clusters import CLUSTER, LONG, MEMBER, cluster

VERSION = "8.0.mysql_aurora.3.10.3"
OLD = "5.7.mysql_aurora.2.12.6"
LICENSE = "general-public-license"
MYSQL = {**CLUSTER, "Engine": "aurora-mysql", "MasterUsername": "admin"}
MYSQL_MEMBER = {**MEMBER, "Engine": "aurora-mysql", "DBInstanceIdentifier": "db-1"}


def test_engine_versions(rds):
    for _ in range(2):
        versions = rds.describe_db_engine_versions(Engine="aurora-postgresql")["DBEngineVersions"]
    by_version = {version["EngineVersion"]: version for version in versions}
    assert by_version["16.4"]["DBParameterGroupFamily"] == "aurora-postgresql16"
    targets = {target["EngineVersion"]: target for target in by_version["16.4"]["ValidUpgradeTarget"]}
    assert targets["17.4"]["IsMajorVersionUpgrade"] and not targets["16.8"]["IsMajorVersionUpgrade"]
    assert "15.10" not in targets
    names = lambda **asked: [v["EngineVersion"] for v in rds.describe_db_engine_versions(**asked)["DBEngineVersions"]]
    assert names(Engine="aurora-postgresql", DefaultOnly=True) == ["17.4"]
    assert names(Engine="aurora-postgresql", EngineVersion="16", DefaultOnly=True) == ["16.9"]
    assert names(DBParameterGroupFamily="aurora-postgresql14") == ["14.17", "14.18"]
    assert names(Engine="mysql") == names(Engine="aurora-mysql", EngineVersion="17") == []
    assert names(DefaultOnly=True) == [VERSION, "17.4"]
    with refusal(rds, "InvalidParameterValue", "Unrecognized filter name"):
        rds.describe_db_engine_versions(Filters=[{"Name": "colour", "Values": ["red"]}])


def test_orderable_options(rds):
    asked = {"Engine": "aurora-postgresql", "EngineVersion": "17.4"}
    for _ in range(2):
        options = rds.describe_orderable_db_instance_options(**asked)["OrderableDBInstanceOptions"]
    classes = {option["DBInstanceClass"] for option in options}
    assert {"db.t3.medium", "db.t4g.medium"} <= classes
    assert [zone["Name"][-1] for zone in options[0]["AvailabilityZones"]] == ["a", "b", "c"]
    [option] = rds.describe_orderable_db_instance_options(**asked, DBInstanceClass="db.t3.medium")[
        "OrderableDBInstanceOptions"
    ]
    assert option["StorageType"] == "aurora"
    everything = rds.get_paginator("describe_orderable_db_instance_options").paginate(Engine="aurora-postgresql")
    assert sum(len(page["OrderableDBInstanceOptions"]) for page in everything) > 100
    with refusal(rds, "InvalidParameterValue", "Invalid DB engine"):
        rds.describe_orderable_db_instance_options(Engine="dbase")


def test_mysql_versions(rds):
    versions = rds.describe_db_engine_versions(Engine="aurora-mysql")["DBEngineVersions"]
    by_version = {version["EngineVersion"]: version for version in versions}
    found = by_version[VERSION]
    assert (found["MajorEngineVersion"], found["DBParameterGroupFamily"]) == ("8.0", "aurora-mysql8.0")
    assert found["DBEngineVersionDescription"] == "Aurora MySQL 3.10.3 (compatible with MySQL 8.0.42)"
    assert {"audit", "error", "general", "slowquery"} <= set(found["ExportableLogTypes"])
    assert (found["SupportsBabelfish"], found["SupportsParallelQuery"]) == (False, True)
    assert "ServerlessV2FeaturesSupport" in found and "ServerlessV2FeaturesSupport" not in by_version[OLD]
    targets = {target["EngineVersion"]: target for target in by_version[OLD]["ValidUpgradeTarget"]}
    assert targets[VERSION]["IsMajorVersionUpgrade"]
    [default] = rds.describe_db_engine_versions(Engine="aurora-mysql", EngineVersion="8.0", DefaultOnly=True)[
        "DBEngineVersions"
    ]
    assert default == found
    [found] = rds.describe_db_engine_versions(DBParameterGroupFamily="aurora-mysql5.7")["DBEngineVersions"]
    assert found["EngineVersion"] == OLD


def test_mysql_classes(rds):
    def classes(version, **asked):
        asked = {"Engine": "aurora-mysql", "EngineVersion": version, **asked}
        options = rds.describe_orderable_db_instance_options(**asked)["OrderableDBInstanceOptions"]
        assert {option["LicenseModel"] for option in options} <= {LICENSE}
        return {option["DBInstanceClass"] for option in options}

    assert {"db.serverless", "db.t3.medium", "db.r8g.large"} <= classes(VERSION)
    assert "db.serverless" not in classes(OLD) and "db.t3.small" in classes(OLD)
    assert classes(VERSION, LicenseModel="postgresql-license") == classes("17.4") == set()


def test_a_mysql_cluster(rds, server):
    rds.create_db_cluster(**MYSQL, DatabaseName="trip_mgmt", EnableCloudwatchLogsExports=["audit", "slowquery"])
    rds.create_db_instance(**MYSQL_MEMBER, EngineVersion="8.0", LicenseModel=LICENSE)
    server.advance(LONG)
    found = cluster(rds)
    assert (found["Engine"], found["EngineVersion"], found["Port"]) == ("aurora-mysql", VERSION, 3306)
    assert found["DBClusterParameterGroup"] == "default.aurora-mysql8.0"
    assert found["EnabledCloudwatchLogsExports"] == ["audit", "slowquery"]
    [member] = rds.describe_db_instances(Filters=[{"Name": "engine", "Values": ["aurora-mysql"]}])["DBInstances"]
    assert (member["Engine"], member["EngineVersion"], member["LicenseModel"]) == ("aurora-mysql", VERSION, LICENSE)
    assert member["Endpoint"]["Port"] == 3306
    assert member["DBParameterGroups"][0]["DBParameterGroupName"] == "default.aurora-mysql8.0"
    assert member["OptionGroupMemberships"][0]["OptionGroupName"] == "default:aurora-mysql-8-0"
    asked = {"DBClusterIdentifier": "db", "DBClusterSnapshotIdentifier": "before"}
    snapshot = rds.create_db_cluster_snapshot(**asked)["DBClusterSnapshot"]
    assert (snapshot["Engine"], snapshot["LicenseModel"]) == ("aurora-mysql", "aurora-mysql")


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ({"EngineVersion": "17.4"}, "InvalidParameterCombination", "Cannot find version 17.4 for aurora-mysql"),
        ({"DBClusterParameterGroupName": "default.aurora-postgresql17"}, "DBClusterParameterGroupNotFound",
         "DBClusterParameterGroup not found: default.aurora-postgresql17"),
        ({"MasterUsername": "select"}, "InvalidParameterValue",
         "MasterUsername select cannot be used as it is a reserved word used by the engine"),
        ({"MasterUsername": "rdsadmin"}, "InvalidParameterValue", "reserved word"),
        ({"MasterUsername": "a" * 17}, "InvalidParameterValue", "16 at most"),
        ({"DatabaseName": "Groups"}, "InvalidParameterValue",
         "DatabaseName Groups cannot be used.  It is a reserved word for this engine"),
        ({"DatabaseName": "information_schema"}, "InvalidParameterValue", "reserved word"),
        ({"DatabaseName": "a" * 65}, "InvalidParameterValue", "64 at most"),
        ({"EnableCloudwatchLogsExports": ["error", "postgresql"]}, "InvalidParameterCombination",
         f"You cannot use the log types 'postgresql' with engine version aurora-mysql {VERSION}."),
        ({"EngineVersion": "5.7", "EngineLifecycleSupport": "open-source-rds-extended-support-disabled"},
         "InvalidParameterCombination", "past its end of standard support date"),
    ],
)
def test_a_mysql_cluster_refused(rds, change, code, words):
    with refusal(rds, code, words):
        rds.create_db_cluster(**{**MYSQL, **change})
    assert rds.describe_db_clusters()["DBClusters"] == []


def test_each_engine_has_names_of_its_own(rds):
    rds.create_db_cluster(**{**MYSQL, "DatabaseName": "analyse"})
    with refusal(rds, "InvalidParameterValue", "reserved word"):
        rds.create_db_cluster(**{**CLUSTER, "DBClusterIdentifier": "other", "DatabaseName": "analyse"})
    rds.create_db_cluster(**{**CLUSTER, "DBClusterIdentifier": "other", "DatabaseName": "groups"})


@pytest.mark.parametrize(("ours", "theirs"), [(MYSQL, MEMBER), (CLUSTER, MYSQL_MEMBER)])
def test_an_instance_is_of_its_clusters_engine(rds, ours, theirs):
    rds.create_db_cluster(**ours)
    words = f"({theirs['Engine']}) doesn't match the engine name of your DB cluster ({ours['Engine']})."
    with refusal(rds, "InvalidParameterCombination", "The engine name requested for your DB instance " + words):
        rds.create_db_instance(**{**theirs, "DBInstanceIdentifier": "db-1"})
    assert rds.describe_db_instances()["DBInstances"] == []


def test_an_instance_has_its_engines_license_and_class(rds):
    rds.create_db_cluster(**MYSQL, EngineVersion="5.7")
    with refusal(rds, "InvalidParameterValue", LICENSE):
        rds.create_db_instance(**MYSQL_MEMBER, LicenseModel="postgresql-license")
    words = f"Engine=aurora-mysql, EngineVersion={OLD}, LicenseModel={LICENSE}."
    with refusal(rds, "InvalidParameterCombination", words):
        rds.create_db_instance(**{**MYSQL_MEMBER, "DBInstanceClass": "db.serverless"})


def test_a_mysql_cluster_goes_from_5_7_to_8_0(rds, server):
    rds.create_db_cluster(**MYSQL, EngineVersion="5.7")
    rds.create_db_instance(**MYSQL_MEMBER)
    server.advance(LONG)
    asked = {"DBClusterIdentifier": "db", "EngineVersion": "8.0", "ApplyImmediately": True}
    with refusal(rds, "InvalidParameterCombination", "AllowMajorVersionUpgrade"):
        rds.modify_db_cluster(**asked)
    upgraded = rds.modify_db_cluster(**asked, AllowMajorVersionUpgrade=True)["DBCluster"]
    assert (upgraded["EngineVersion"], upgraded["DBClusterParameterGroup"]) == (VERSION, "default.aurora-mysql8.0")
    [member] = rds.describe_db_instances()["DBInstances"]
    assert member["DBParameterGroups"][0]["DBParameterGroupName"] == "default.aurora-mysql8.0"


def test_observation_changes_what_is_said(rds, server):
    rds.create_db_cluster(**MYSQL, EnablePerformanceInsights=True, PerformanceInsightsRetentionPeriod=31)
    server.advance(LONG)

    def modify(**asked):
        changed = rds.modify_db_cluster(DBClusterIdentifier="db", **asked)["DBCluster"]
        server.advance(LONG)
        return changed

    assert modify(Port=3307)["PerformanceInsightsRetentionPeriod"] == 31
    role = "arn:aws:iam::123456789012:role/rds-monitoring-role"
    assert modify(MonitoringInterval=60, MonitoringRoleArn=role)["MonitoringInterval"] == 60
    assert modify(MonitoringInterval=30)["MonitoringRoleArn"] == role
    assert "MonitoringRoleArn" not in modify(MonitoringInterval=0)
    assert modify(DatabaseInsightsMode="advanced")["PerformanceInsightsRetentionPeriod"] == 465
    assert modify(DatabaseInsightsMode="standard")["PerformanceInsightsRetentionPeriod"] == 7
    assert "PerformanceInsightsRetentionPeriod" not in modify(EnablePerformanceInsights=False)
