"""EC2: security groups and their rules."""

import pytest

from expect import refusal
from test_ec2_network import default_vpc

POSTGRES = {"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}


@pytest.fixture
def group(ec2):
    """A new group: its id."""
    return ec2.create_security_group(GroupName="db", Description="the database")["GroupId"]


def described(ec2, group):
    [found] = ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"]
    return found


def test_create(ec2, account):
    vpc = default_vpc(ec2)["VpcId"]
    asked = {
        "GroupName": "db",
        "Description": "the database",
        "VpcId": vpc,
        "TagSpecifications": [{"ResourceType": "security-group", "Tags": [{"Key": "a", "Value": "b"}]}],
    }
    with refusal(ec2, "DryRunOperation"):
        ec2.create_security_group(**asked, DryRun=True)
    made = ec2.create_security_group(**asked)
    assert made["GroupId"].startswith("sg-") and len(made["GroupId"]) == 20
    assert made["SecurityGroupArn"] == f"arn:aws:ec2:eu-central-1:{account}:security-group/{made['GroupId']}"
    assert made["Tags"] == [{"Key": "a", "Value": "b"}]
    found = described(ec2, made["GroupId"])
    assert (found["GroupName"], found["Description"], found["VpcId"]) == ("db", "the database", vpc)
    assert found["IpPermissions"] == []
    [everything] = found["IpPermissionsEgress"]
    assert everything["IpProtocol"] == "-1" and "FromPort" not in everything
    assert everything["IpRanges"] == [{"CidrIp": "0.0.0.0/0"}]
    with refusal(ec2, "InvalidGroup.Duplicate", f"The security group 'db' already exists for VPC '{vpc}'"):
        ec2.create_security_group(**asked)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"GroupName": "db"}, "MissingParameter"),
        ({"GroupName": "db", "Description": "naïve"}, "InvalidParameterValue"),
        ({"GroupName": "default", "Description": "d"}, "InvalidParameterValue"),
        ({"GroupName": "sg-mine", "Description": "d"}, "InvalidParameterValue"),
        ({"GroupName": "x" * 256, "Description": "d"}, "InvalidParameterValue"),
        ({"GroupName": "db", "Description": "d", "VpcId": "vpc-0"}, "InvalidVpcID.NotFound"),
        (
            {"GroupName": "db", "Description": "d", "TagSpecifications": [{"ResourceType": "vpc", "Tags": []}]},
            "InvalidParameterValue",
        ),
    ],
)
def test_create_refused(ec2, asked, code):
    with refusal(ec2, code):
        ec2.create_security_group(**asked)


def test_find_by_name_and_rule(ec2, group):
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[POSTGRES])

    def ids(**filters):
        asked = [{"Name": name.replace("_", "-"), "Values": [value]} for name, value in filters.items()]
        return [found["GroupId"] for found in ec2.describe_security_groups(Filters=asked)["SecurityGroups"]]

    [named] = ec2.describe_security_groups(GroupNames=["db"])["SecurityGroups"]
    assert named["GroupId"] == group
    assert ids(group_name="d?") == ids(group_id=group) == [group]
    assert ids(**{"ip_permission.from_port": "5432", "ip_permission.cidr": "0.0.0.0/0"}) == [group]
    assert ids(**{"ip_permission.from_port": "22"}) == []
    assert len(ids(**{"egress.ip_permission.protocol": "-1"})) == 2
    with refusal(ec2, "InvalidGroup.NotFound", "The security group 'none' does not exist in default VPC"):
        ec2.describe_security_groups(GroupNames=["none"])


def test_authorize(ec2, group, account):
    asked = {"GroupId": group, "IpPermissions": [POSTGRES]}
    made = ec2.authorize_security_group_ingress(**asked)
    [rule] = made["SecurityGroupRules"]
    assert made["Return"] is True
    assert rule["SecurityGroupRuleId"].startswith("sgr-")
    assert (rule["IsEgress"], rule["CidrIpv4"], rule["GroupOwnerId"]) == (False, "0.0.0.0/0", account)
    words = 'the specified rule "peer: 0.0.0.0/0, TCP, from port: 5432, to port: 5432, ALLOW" already exists'
    with refusal(ec2, "InvalidPermission.Duplicate", words):
        ec2.authorize_security_group_ingress(**asked)
    more = {**POSTGRES, "IpRanges": [{"CidrIp": "203.0.113.9/24", "Description": "the office"}]}
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[more])
    [permission] = described(ec2, group)["IpPermissions"]
    assert permission["IpRanges"] == [
        {"CidrIp": "0.0.0.0/0"},
        {"CidrIp": "203.0.113.0/24", "Description": "the office"},
    ]


def test_authorize_with_the_parameters_of_the_call(ec2, group):
    ec2.authorize_security_group_ingress(GroupName="db", IpProtocol="6", FromPort=22, ToPort=22, CidrIp="10.0.0.0/8")
    [permission] = described(ec2, group)["IpPermissions"]
    assert (permission["IpProtocol"], permission["FromPort"]) == ("tcp", 22)
    ec2.authorize_security_group_ingress(GroupId=group, SourceSecurityGroupName="default")
    assert len(described(ec2, group)["IpPermissions"]) == 4


def test_authorize_egress(ec2, group):
    asked = {"GroupId": group, "IpPermissions": [{**POSTGRES, "IpRanges": [], "Ipv6Ranges": [{"CidrIpv6": "::/0"}]}]}
    [rule] = ec2.authorize_security_group_egress(**asked)["SecurityGroupRules"]
    assert (rule["IsEgress"], rule["CidrIpv6"]) == (True, "::/0")
    with refusal(ec2, "InvalidPermission.Duplicate"):
        ec2.authorize_security_group_egress(**asked)
    with refusal(ec2, "MissingParameter"):
        ec2.authorize_security_group_egress(IpPermissions=[POSTGRES])
    with refusal(ec2, "InvalidGroup.NotFound"):
        ec2.authorize_security_group_egress(GroupId="sg-0", IpPermissions=[POSTGRES])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"IpProtocol": "http"}, "InvalidParameterValue"),
        ({"FromPort": 5433}, "InvalidParameterValue"),
        ({"FromPort": None}, "InvalidParameterValue"),
        ({"ToPort": 70000}, "InvalidParameterValue"),
        ({"IpRanges": [{"CidrIp": "0.0.0.0"}]}, "InvalidParameterValue"),
        ({"IpRanges": [{"CidrIp": "10.0.0.0/33"}]}, "InvalidParameterValue"),
        ({"IpRanges": [{"CidrIp": "10.0.0.0/8"}, {"CidrIp": "10.1.0.0/8"}]}, "InvalidParameterValue"),
        ({"IpRanges": [{"CidrIp": "10.0.0.0/8", "Description": "naïve"}]}, "InvalidParameterValue"),
        ({"IpRanges": []}, "MissingParameter"),
        ({"IpProtocol": None}, "MissingParameter"),
        ({"UserIdGroupPairs": [{"GroupId": "sg-0"}]}, "InvalidGroup.NotFound"),
        ({"PrefixListIds": [{"PrefixListId": "pl-0"}]}, "InvalidPrefixListID.NotFound"),
    ],
)
def test_authorize_refused(ec2, group, change, code):
    permission = {name: value for name, value in {**POSTGRES, **change}.items() if value is not None}
    with refusal(ec2, code):
        ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[permission])
    assert described(ec2, group)["IpPermissions"] == []


def test_authorize_and_revoke_what_there_is_not(ec2, group):
    for call in (
        ec2.authorize_security_group_ingress,
        ec2.revoke_security_group_ingress,
        ec2.revoke_security_group_egress,
    ):
        with refusal(ec2, "InvalidGroup.NotFound", "The security group 'sg-0' does not exist"):
            call(GroupId="sg-0", IpPermissions=[POSTGRES])
        with refusal(ec2, "InvalidGroupId.Malformed"):
            call(GroupId="db", IpPermissions=[POSTGRES])
        with refusal(ec2, "MissingParameter"):
            call(GroupId=group)
    with refusal(ec2, "InvalidSecurityGroupRuleId.NotFound"):
        ec2.revoke_security_group_ingress(GroupId=group, SecurityGroupRuleIds=["sgr-0"])


def test_a_group_has_room_for_sixty_rules(ec2, group):
    ranges = [{"CidrIp": f"10.{n}.0.0/16"} for n in range(60)]
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[{**POSTGRES, "IpRanges": ranges}])
    with refusal(ec2, "RulesPerSecurityGroupLimitExceeded"):
        ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[POSTGRES])


def test_revoke(ec2, group):
    [rule] = ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[POSTGRES])["SecurityGroupRules"]
    asked = {"GroupId": group, "IpPermissions": [POSTGRES]}
    with refusal(ec2, "DryRunOperation"):
        ec2.revoke_security_group_ingress(**asked, DryRun=True)
    revoked = ec2.revoke_security_group_ingress(**asked)
    assert revoked["RevokedSecurityGroupRules"][0]["SecurityGroupRuleId"] == rule["SecurityGroupRuleId"]
    with refusal(ec2, "InvalidPermission.NotFound", "The specified rule does not exist in this security group."):
        ec2.revoke_security_group_ingress(**asked)
    [everything] = ec2.describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [group]}])[
        "SecurityGroupRules"
    ]
    out = {"GroupId": group, "SecurityGroupRuleIds": [everything["SecurityGroupRuleId"]]}
    ec2.revoke_security_group_egress(**out)
    with refusal(ec2, "InvalidSecurityGroupRuleId.NotFound"):
        ec2.revoke_security_group_egress(**out)
    assert described(ec2, group)["IpPermissionsEgress"] == []


def test_rules_are_changed_and_tagged(ec2, group):
    tags = [{"ResourceType": "security-group-rule", "Tags": [{"Key": "a", "Value": "b"}]}]
    [rule] = ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[POSTGRES], TagSpecifications=tags)[
        "SecurityGroupRules"
    ]
    assert rule["Tags"] == [{"Key": "a", "Value": "b"}]
    name = rule["SecurityGroupRuleId"]
    new = {"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432, "CidrIpv4": "198.51.100.7/32", "Description": "me"}
    for _ in range(2):
        ec2.modify_security_group_rules(
            GroupId=group, SecurityGroupRules=[{"SecurityGroupRuleId": name, "SecurityGroupRule": new}]
        )
    [changed] = ec2.describe_security_group_rules(SecurityGroupRuleIds=[name])["SecurityGroupRules"]
    assert {field: changed[field] for field in new} == new
    for update, code in [
        ({"SecurityGroupRuleId": "sgr-0", "SecurityGroupRule": new}, "InvalidSecurityGroupRuleId.NotFound"),
        (
            {"SecurityGroupRuleId": name, "SecurityGroupRule": {**new, "CidrIpv6": "::/0"}},
            "InvalidParameterCombination",
        ),
    ]:
        with refusal(ec2, code):
            ec2.modify_security_group_rules(GroupId=group, SecurityGroupRules=[update])


def test_delete(ec2, group):
    with refusal(ec2, "DryRunOperation"):
        ec2.delete_security_group(GroupId=group, DryRun=True)
    assert ec2.delete_security_group(GroupId=group)["GroupId"] == group
    with refusal(ec2, "InvalidGroup.NotFound", f"The security group '{group}' does not exist"):
        ec2.delete_security_group(GroupId=group)
    ec2.create_security_group(GroupName="db", Description="again")
    ec2.delete_security_group(GroupName="db")
    with refusal(ec2, "MissingParameter"):
        ec2.delete_security_group()
    [default] = ec2.describe_security_groups(GroupNames=["default"])["SecurityGroups"]
    with refusal(ec2, "CannotDelete", "cannot be deleted by a user"):
        ec2.delete_security_group(GroupId=default["GroupId"])


def test_a_group_that_another_names_stays(ec2, group):
    other = ec2.create_security_group(GroupName="app", Description="d")["GroupId"]
    permission = {"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": group}]}
    ec2.authorize_security_group_ingress(GroupId=other, IpPermissions=[permission])
    named = ec2.describe_security_groups(Filters=[{"Name": "ip-permission.group-name", "Values": ["db"]}])
    assert [found["GroupId"] for found in named["SecurityGroups"]] == [other]
    with refusal(ec2, "DependencyViolation", f"resource {group} has a dependent object"):
        ec2.delete_security_group(GroupId=group)
    ec2.revoke_security_group_ingress(GroupId=other, IpPermissions=[permission])
    ec2.delete_security_group(GroupId=group)


def test_a_group_that_a_database_wears_stays(ec2, rds, server, group):
    rds.create_db_cluster(
        DBClusterIdentifier="db",
        Engine="aurora-postgresql",
        MasterUsername="postgres",
        MasterUserPassword="postgres123",
        VpcSecurityGroupIds=[group],
    )
    rds.create_db_instance(
        DBInstanceIdentifier="db-1",
        DBClusterIdentifier="db",
        DBInstanceClass="db.t3.medium",
        Engine="aurora-postgresql",
        PubliclyAccessible=True,
    )
    [interface] = ec2.describe_network_interfaces(Filters=[{"Name": "group-id", "Values": [group]}])[
        "NetworkInterfaces"
    ]
    assert (interface["RequesterId"], interface["RequesterManaged"]) == ("amazon-rds", True)
    assert interface["Groups"] == [{"GroupId": group, "GroupName": "db"}]
    assert interface["Association"]["PublicIp"]
    with refusal(ec2, "DependencyViolation"):
        ec2.delete_security_group(GroupId=group)
    server.advance(60)
    rds.delete_db_instance(DBInstanceIdentifier="db-1")
    with refusal(ec2, "DependencyViolation"):
        ec2.delete_security_group(GroupId=group)
    server.advance(60)
    assert ec2.describe_network_interfaces()["NetworkInterfaces"] == []
    ec2.delete_security_group(GroupId=group)
