"""EC2: networks of one's own."""

import pytest

from expect import refusal
from machines import image


def test_a_second_network(ec2):
    vpc = ec2.create_vpc(
        CidrBlock="10.1.2.3/16",
        TagSpecifications=[{"ResourceType": "vpc", "Tags": [{"Key": "Name", "Value": "second"}]}],
    )["Vpc"]
    assert (vpc["CidrBlock"], vpc["IsDefault"]) == ("10.1.0.0/16", False)
    [shown] = ec2.describe_vpcs(VpcIds=[vpc["VpcId"]])["Vpcs"]
    assert shown == vpc
    of_vpc = [{"Name": "vpc-id", "Values": [vpc["VpcId"]]}]
    [default] = ec2.describe_security_groups(Filters=of_vpc)["SecurityGroups"]
    assert default["GroupName"] == "default"
    assert ec2.describe_route_tables(Filters=of_vpc)["RouteTables"]
    subnet = ec2.create_subnet(VpcId=vpc["VpcId"], CidrBlock="10.1.0.0/24", AvailabilityZone="eu-central-1b")["Subnet"]
    assert (subnet["AvailabilityZoneId"], subnet["AvailableIpAddressCount"]) == ("euc1-az2", 251)
    assert not subnet["MapPublicIpOnLaunch"] and not subnet["DefaultForAz"]
    assert ec2.describe_subnets(Filters=of_vpc)["Subnets"] == [subnet]
    by_id = ec2.create_subnet(VpcId=vpc["VpcId"], CidrBlock="10.1.1.0/24", AvailabilityZoneId="euc1-az3")["Subnet"]
    assert by_id["AvailabilityZone"] == "eu-central-1c"
    group = ec2.create_security_group(GroupName="app", Description="d", VpcId=vpc["VpcId"])["GroupId"]
    for cleared in (subnet["SubnetId"], by_id["SubnetId"], None):
        with refusal(ec2, "DependencyViolation", vpc["VpcId"]):
            ec2.delete_vpc(VpcId=vpc["VpcId"])
        if cleared:
            ec2.delete_subnet(SubnetId=cleared)
    ec2.delete_security_group(GroupId=group)
    ec2.delete_vpc(VpcId=vpc["VpcId"])
    with refusal(ec2, "InvalidVpcID.NotFound", vpc["VpcId"]):
        ec2.delete_vpc(VpcId=vpc["VpcId"])
    with refusal(ec2, "InvalidSubnetID.NotFound", subnet["SubnetId"]):
        ec2.delete_subnet(SubnetId=subnet["SubnetId"])
    assert ec2.describe_security_groups(Filters=of_vpc)["SecurityGroups"] == []


@pytest.mark.parametrize(("cidr", "code"), [
    ("10.0.0.0/8", "InvalidVpc.Range"),
    ("10.0.0.0/29", "InvalidVpc.Range"),
    ("10.0.0.0", "InvalidParameterValue"),
])
def test_ranges_that_are_no_network(ec2, cidr, code):
    with refusal(ec2, code, cidr):
        ec2.create_vpc(CidrBlock=cidr)


@pytest.mark.parametrize(("asked", "code", "words"), [
    ({"CidrBlock": "10.2.0.0/24"}, "InvalidSubnet.Range", "10.2.0.0/24"),
    ({"CidrBlock": "10.1.0.0/29"}, "InvalidSubnet.Range", "10.1.0.0/29"),
    ({"CidrBlock": "10.1.0.128/25"}, "InvalidSubnet.Conflict", "conflicts with another subnet"),
    ({"CidrBlock": "10.1.1.0/24", "AvailabilityZone": "mars-1a"}, "InvalidParameterValue", "eu-central-1a"),
    ({"VpcId": "vpc-0", "CidrBlock": "10.1.1.0/24"}, "InvalidVpcID.NotFound", "vpc-0"),
    ({}, "MissingParameter", "cidrBlock"),
    ({"CidrBlock": "10.1.1.0/24", "DryRun": True}, "DryRunOperation", ""),
])
def test_subnets_that_are_refused(ec2, asked, code, words):
    vpc = ec2.create_vpc(CidrBlock="10.1.0.0/16")["Vpc"]["VpcId"]
    ec2.create_subnet(VpcId=vpc, CidrBlock="10.1.0.0/24")
    for _ in range(2):
        with refusal(ec2, code, words):
            ec2.create_subnet(**{"VpcId": vpc} | asked)


def test_a_subnet_with_a_machine_in_it(ec2, ssm):
    vpc = ec2.create_vpc(CidrBlock="10.1.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.1.0.0/24")["Subnet"]["SubnetId"]
    ec2.run_instances(ImageId=image(ssm), InstanceType="t3.small", SubnetId=subnet, MinCount=1, MaxCount=1)
    for _ in range(2):
        with refusal(ec2, "DependencyViolation", subnet):
            ec2.delete_subnet(SubnetId=subnet)


def test_five_networks_are_enough(ec2):
    for number in range(4):
        ec2.create_vpc(CidrBlock=f"10.{number}.0.0/16")
    for _ in range(2):
        with refusal(ec2, "VpcLimitExceeded"):
            ec2.create_vpc(CidrBlock="10.9.0.0/16")
    with refusal(ec2, "MissingParameter", "cidrBlock"):
        ec2.create_vpc()
    with refusal(ec2, "DryRunOperation"):
        empty = ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["false"]}])["Vpcs"][0]["VpcId"]
        ec2.delete_vpc(VpcId=empty, DryRun=True)
