"""EC2: the network that every Region starts with, and tags."""

import re

import pytest
from botocore import xform_name

from expect import refusal

ZONES = ["eu-central-1a", "eu-central-1b", "eu-central-1c"]

#: The Describe operations that take ids: the operation, its parameter, the list in the answer, the
#: field that holds the id, an id that does not exist, and the code that it is refused with.
LISTINGS = [
    ("describe_vpcs", "VpcIds", "Vpcs", "VpcId", "vpc-0", "InvalidVpcID.NotFound"),
    ("describe_subnets", "SubnetIds", "Subnets", "SubnetId", "subnet-0", "InvalidSubnetID.NotFound"),
    ("describe_internet_gateways", "InternetGatewayIds", "InternetGateways", "InternetGatewayId", "igw-0",
     "InvalidInternetGatewayID.NotFound"),
    ("describe_route_tables", "RouteTableIds", "RouteTables", "RouteTableId", "rtb-0", "InvalidRouteTableID.NotFound"),
    ("describe_network_interfaces", "NetworkInterfaceIds", "NetworkInterfaces", "NetworkInterfaceId", "eni-0",
     "InvalidNetworkInterfaceID.NotFound"),
    ("describe_security_groups", "GroupIds", "SecurityGroups", "GroupId", "sg-0", "InvalidGroup.NotFound"),
    ("describe_images", "ImageIds", "Images", "ImageId", "ami-0", "InvalidAMIID.NotFound"),
    ("describe_instance_types", "InstanceTypes", "InstanceTypes", "InstanceType", "t9.huge", "InvalidInstanceType"),
    ("describe_launch_templates", "LaunchTemplateIds", "LaunchTemplates", "LaunchTemplateId", "lt-0",
     "InvalidLaunchTemplateId.NotFound"),
    ("describe_security_group_rules", "SecurityGroupRuleIds", "SecurityGroupRules", "SecurityGroupRuleId", "sgr-0",
     "InvalidSecurityGroupRuleId.NotFound"),
]


#: Values of a filter of `DescribeImages`, which its documentation lists as it does the filters.
SEVERITIES = ("informational", "low", "medium", "high", "critical")


def default_vpc(ec2):
    [vpc] = ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"]
    return vpc


def test_every_region_has_a_default_network(ec2, client, account):
    vpc = default_vpc(ec2)
    assert (vpc["CidrBlock"], vpc["State"], vpc["OwnerId"]) == ("172.31.0.0/16", "available", account)
    of_vpc = [{"Name": "vpc-id", "Values": [vpc["VpcId"]]}]
    subnets = sorted(ec2.describe_subnets(Filters=of_vpc)["Subnets"], key=lambda subnet: subnet["AvailabilityZone"])
    assert [subnet["AvailabilityZone"] for subnet in subnets] == ZONES
    assert [subnet["CidrBlock"] for subnet in subnets] == ["172.31.0.0/20", "172.31.16.0/20", "172.31.32.0/20"]
    assert all(subnet["DefaultForAz"] and subnet["MapPublicIpOnLaunch"] for subnet in subnets)
    assert {subnet["AvailableIpAddressCount"] for subnet in subnets} == {4091}
    [gateway] = ec2.describe_internet_gateways(Filters=[{"Name": "attachment.vpc-id", "Values": [vpc["VpcId"]]}])[
        "InternetGateways"
    ]
    [table] = ec2.describe_route_tables(Filters=[*of_vpc, {"Name": "association.main", "Values": ["true"]}])[
        "RouteTables"
    ]
    routes = {route["DestinationCidrBlock"]: route["GatewayId"] for route in table["Routes"]}
    assert routes == {"172.31.0.0/16": "local", "0.0.0.0/0": gateway["InternetGatewayId"]}
    [group] = ec2.describe_security_groups(Filters=of_vpc)["SecurityGroups"]
    assert group["GroupName"] == "default"
    assert group["IpPermissions"][0]["UserIdGroupPairs"] == [{"UserId": account, "GroupId": group["GroupId"]}]
    assert default_vpc(client("ec2", region="us-east-1"))["VpcId"] != vpc["VpcId"]


@pytest.mark.parametrize(("operation", "ids", "items", "key", "unknown", "code"), LISTINGS)
def test_describe(ec2, operation, ids, items, key, unknown, code):
    describe = getattr(ec2, operation)
    found = describe()[items]
    assert describe()[items] == found
    if found:
        assert describe(**{ids: [found[0][key]]})[items] == found[:1]
    with refusal(ec2, code, unknown):
        describe(**{ids: [unknown]})
    with refusal(ec2, "InvalidParameterValue", "The filter 'colour' is invalid"):
        describe(Filters=[{"Name": "colour", "Values": ["red"]}])
    with refusal(ec2, "InvalidParameterValue", "maxResults"):
        describe(MaxResults=0)
    with refusal(ec2, "DryRunOperation"):
        describe(DryRun=True)


def test_filters(ec2):
    def zones(**filters):
        asked = [{"Name": name.replace("_", "-"), "Values": values} for name, values in filters.items()]
        return sorted(subnet["AvailabilityZone"] for subnet in ec2.describe_subnets(Filters=asked)["Subnets"])

    assert zones(availability_zone=ZONES[:2]) == ZONES[:2]
    assert zones(availability_zone=["eu-central-1?"], default_for_az=["true"]) == ZONES
    assert zones(cidr_block=["172.31.16.*"]) == ZONES[1:2]
    assert zones(default_for_az=["false"]) == []
    assert zones(vpc_id=["vpc-0"]) == []


@pytest.mark.parametrize("operation", [
    "DescribeAvailabilityZones",
    "DescribeImages",
    "DescribeInstanceStatus",
    "DescribeInstanceTypes",
    "DescribeInstances",
    "DescribeKeyPairs",
    "DescribeLaunchTemplateVersions",
    "DescribeLaunchTemplates",
    "DescribeInternetGateways",
    "DescribeNetworkInterfaces",
    "DescribeRegions",
    "DescribeRouteTables",
    "DescribeSecurityGroupRules",
    "DescribeSecurityGroups",
    "DescribeSubnets",
    "DescribeTags",
    "DescribeVpcs",
])
def test_every_documented_filter_is_known(ec2, operation):
    """The filters are those that the service's own model documents."""
    model = ec2.meta.service_model.operation_model(operation).input_shape.members["Filters"].documentation
    names = re.findall(r"<li> <p> <code>([^<]+)</code>", model)
    assert len(names) >= 3
    describe = getattr(ec2, xform_name(operation))
    every = {"Versions": ["$Latest"]} if operation == "DescribeLaunchTemplateVersions" else {}
    for name in names:
        if name in SEVERITIES:
            continue
        name = "tag:Name" if name in ("tag", "tag:&lt;key&gt;") else name
        found = describe(Filters=[{"Name": name, "Values": ["no such value"]}], **every)
        assert [value for key, value in found.items() if isinstance(value, list)] == [[]], name


def test_pages(ec2):
    for number in range(6):
        ec2.create_security_group(GroupName=f"g{number}", Description="d")
    pages = ec2.get_paginator("describe_security_groups").paginate(PaginationConfig={"PageSize": 5})
    sizes = [len(page["SecurityGroups"]) for page in pages]
    assert sizes == [5, 2]
    with refusal(ec2, "InvalidParameterValue"):
        ec2.describe_security_groups(MaxResults=5, NextToken="of my own")


def test_zones(ec2):
    for _ in range(2):
        zones = ec2.describe_availability_zones()["AvailabilityZones"]
        assert [zone["ZoneName"] for zone in zones] == ZONES
    assert {zone["State"] for zone in zones} == {"available"}
    assert zones[0]["ZoneId"] == "euc1-az1"
    [zone] = ec2.describe_availability_zones(ZoneIds=["euc1-az2"])["AvailabilityZones"]
    assert zone == zones[1]
    for asked in ({"ZoneNames": ["eu-central-1z"]}, {"ZoneIds": ["euc1-az9"]}):
        with refusal(ec2, "InvalidParameterValue", "Invalid availability zone"):
            ec2.describe_availability_zones(**asked)


def test_regions(ec2):
    for _ in range(2):
        regions = {region["RegionName"]: region for region in ec2.describe_regions()["Regions"]}
    assert regions["eu-west-1"]["Endpoint"] == "ec2.eu-west-1.amazonaws.com"
    assert "eu-south-1" not in regions
    everywhere = {region["RegionName"]: region for region in ec2.describe_regions(AllRegions=True)["Regions"]}
    assert everywhere["eu-south-1"]["OptInStatus"] == "not-opted-in"
    with refusal(ec2, "InvalidParameterValue", "mars-1"):
        ec2.describe_regions(RegionNames=["mars-1"])


def test_account_attributes(ec2):
    for _ in range(2):
        [attribute] = ec2.describe_account_attributes(AttributeNames=["default-vpc"])["AccountAttributes"]
    assert attribute["AttributeValues"] == [{"AttributeValue": default_vpc(ec2)["VpcId"]}]
    with refusal(ec2, "InvalidParameterValue", "colour"):
        ec2.describe_account_attributes(AttributeNames=["colour"])


def test_tags(ec2):
    vpc = default_vpc(ec2)["VpcId"]
    for _ in range(2):
        ec2.create_tags(Resources=[vpc], Tags=[{"Key": "Name", "Value": "main"}, {"Key": "stage", "Value": "x"}])
    assert {tag["Key"]: tag["Value"] for tag in default_vpc(ec2)["Tags"]} == {"Name": "main", "stage": "x"}
    for _ in range(2):
        [tag] = ec2.describe_tags(Filters=[{"Name": "key", "Values": ["Name"]}])["Tags"]
    assert tag == {"Key": "Name", "Value": "main", "ResourceId": vpc, "ResourceType": "vpc"}
    assert ec2.describe_tags(Filters=[{"Name": "tag:Name", "Values": ["main"]}])["Tags"] == [tag]
    assert ec2.describe_vpcs(Filters=[{"Name": "tag:Name", "Values": ["m*n"]}])["Vpcs"]
    assert not ec2.describe_vpcs(Filters=[{"Name": "tag:Name", "Values": ["other"]}])["Vpcs"]
    ec2.delete_tags(Resources=[vpc], Tags=[{"Key": "Name", "Value": "another"}])
    assert len(default_vpc(ec2)["Tags"]) == 2
    for _ in range(2):
        ec2.delete_tags(Resources=[vpc], Tags=[{"Key": "Name"}])
    assert [tag["Key"] for tag in default_vpc(ec2)["Tags"]] == ["stage"]
    ec2.delete_tags(Resources=[vpc])
    assert default_vpc(ec2)["Tags"] == []


def test_tags_that_are_refused(ec2):
    vpc = default_vpc(ec2)["VpcId"]
    tag = {"Key": "a", "Value": "b"}
    for call in (ec2.create_tags, ec2.delete_tags):
        with refusal(ec2, "InvalidVpcID.NotFound", "The vpc ID 'vpc-0' does not exist"):
            call(Resources=["vpc-0"], Tags=[tag])
        with refusal(ec2, "MissingParameter", "ResourceId"):
            call(Tags=[tag])
        with refusal(ec2, "DryRunOperation"):
            call(Resources=[vpc], Tags=[tag], DryRun=True)
    with refusal(ec2, "InvalidParameterValue", "aws:"):
        ec2.create_tags(Resources=[vpc], Tags=[{"Key": "aws:mine", "Value": "b"}])
    with refusal(ec2, "TagLimitExceeded"):
        ec2.create_tags(Resources=[vpc], Tags=[{"Key": f"k{n}", "Value": ""} for n in range(51)])
    with refusal(ec2, "InvalidParameterValue", "The filter 'colour' is invalid"):
        ec2.describe_tags(Filters=[{"Name": "colour", "Values": ["red"]}])
    assert default_vpc(ec2)["Tags"] == []


def test_what_the_model_does_not_know(raw):
    status, answer = raw("ec2", "Action=DescribeVpcs&Version=2016-11-15&Colour=red")
    assert status == 400
    assert "<Code>UnknownParameter</Code>" in answer
    assert "The parameter Colour is not recognized" in answer
