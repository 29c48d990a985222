"""Elastic Load Balancing: load balancers, how they come and go, and their attributes."""

import pytest

from elb_fixtures import (  # noqa: F401 (fixtures)
    ACTIVE,
    NO_BALANCER,
    RELEASED,
    balancer,
    create_balancer,
    security_group,
    subnets,
    vpc,
)
from expect import refusal


def described(elb, name="web"):
    [found] = elb.describe_load_balancers(Names=[name])["LoadBalancers"]
    return found


def interfaces(ec2):
    found = ec2.describe_network_interfaces(Filters=[{"Name": "requester-id", "Values": ["amazon-elb"]}])
    return found["NetworkInterfaces"]


def test_a_load_balancer_takes_its_time(elb, ec2, server, account):
    group = security_group(ec2)
    made = create_balancer(elb, ec2, SecurityGroups=[group], Tags=[{"Key": "a", "Value": "b"}])
    assert made["LoadBalancerArn"].startswith(
        f"arn:aws:elasticloadbalancing:eu-central-1:{account}:loadbalancer/app/web/"
    )
    assert made["DNSName"].startswith("web-") and made["DNSName"].endswith(".eu-central-1.elb.amazonaws.com")
    assert made["CanonicalHostedZoneId"] == "Z215JYRZR1TBD5"
    assert (made["Type"], made["Scheme"], made["IpAddressType"]) == ("application", "internet-facing", "ipv4")
    assert (made["VpcId"], made["SecurityGroups"]) == (vpc(ec2), [group])
    assert [zone["SubnetId"] for zone in made["AvailabilityZones"]] == subnets(ec2)
    assert [zone["ZoneName"][-1] for zone in made["AvailabilityZones"]] == ["a", "b", "c"]
    server.advance(7)
    assert made["State"] == described(elb)["State"] == {"Code": "provisioning"}
    server.advance(1)
    assert described(elb) == made | {"State": {"Code": "active"}}


def test_the_same_again_is_the_one_there_is(elb, ec2):
    made = create_balancer(elb, ec2)
    assert create_balancer(elb, ec2) == made
    assert create_balancer(elb, ec2, Subnets=subnets(ec2)[::-1]) == made
    for change in [{"Scheme": "internal"}, {"Subnets": subnets(ec2)[:2]}, {"SecurityGroups": [security_group(ec2)]}]:
        with refusal(elb, "DuplicateLoadBalancerName", "'web' exists, but with different settings"):
            create_balancer(elb, ec2, **change)
    assert len(elb.describe_load_balancers()["LoadBalancers"]) == 1


def test_what_is_not_said_is_as_on_aws(elb, ec2):
    made = create_balancer(elb, ec2, "inside", Scheme="internal", SubnetMappings=[], Type="application")
    assert made["DNSName"].startswith("internal-inside-")
    [default] = ec2.describe_security_groups(GroupNames=["default"])["SecurityGroups"]
    assert made["SecurityGroups"] == [default["GroupId"]]
    assert {interface["Description"] for interface in interfaces(ec2)} == {
        "ELB " + made["LoadBalancerArn"].split(":loadbalancer/")[1]
    }
    assert all("Association" not in interface for interface in interfaces(ec2))
    mapped = [{"SubnetId": subnet} for subnet in subnets(ec2)[:2]]
    made = create_balancer(elb, ec2, "mapped", Subnets=[], SubnetMappings=mapped)
    assert len(made["AvailabilityZones"]) == 2


def test_load_balancers_that_are_refused(elb, ec2):
    two = subnets(ec2)[:2]
    for change, code, words in [
        ({"Name": "a" * 33}, "ValidationError", "cannot be longer than '32' characters"),
        ({"Name": "a_b"}, "ValidationError", "alphanumeric characters or hyphens"),
        ({"Name": "-a"}, "ValidationError", "cannot begin or end with '-'"),
        ({"Name": ""}, "ValidationError", "cannot be empty"),
        ({"Name": "internal-a"}, "ValidationError", "cannot begin with 'internal-'"),
        ({"Subnets": []}, "ValidationError", "At least two subnets in two different Availability Zones"),
        ({"Subnets": two[:1]}, "ValidationError", "At least two subnets in two different Availability Zones"),
        ({"Subnets": [*two, two[0]]}, "InvalidConfigurationRequest", "in the same Availability Zone"),
        ({"Subnets": [*two, "subnet-0"]}, "SubnetNotFound", "'subnet-0' does not exist"),
        ({"SubnetMappings": [{"SubnetId": two[0]}]}, "ValidationError", "either subnets or subnet mappings"),
        ({"SecurityGroups": ["sg-0"]}, "InvalidSecurityGroup", "One or more security groups are invalid"),
        ({"Scheme": "public"}, "ValidationError", "[internet-facing, internal]"),
        ({"Type": "network"}, "OperationNotPermitted", "does not support creating load balancers"),
        ({"Type": "classic"}, "ValidationError", "[application, network, gateway]"),
        ({"IpAddressType": "dualstack"}, "InvalidConfigurationRequest", "IPv6 CIDR"),
        ({"Tags": [{"Key": "a"}, {"Key": "a"}]}, "DuplicateTagKeys", "more than once: a"),
        ({"Tags": [{"Key": str(n)} for n in range(51)]}, "TooManyTags", "'50'"),
    ]:
        with refusal(elb, code, words):
            create_balancer(elb, ec2, **change)
    own = [{"SubnetId": two[0], "AllocationId": "eipalloc-1"}, {"SubnetId": two[1]}]
    with refusal(elb, "InvalidConfigurationRequest", "cannot specify addresses"):
        create_balancer(elb, ec2, Subnets=[], SubnetMappings=own)
    assert elb.describe_load_balancers()["LoadBalancers"] == []
    assert interfaces(ec2) == []


def test_an_unknown_parameter_is_refused(raw):
    status, text = raw(
        "elasticloadbalancing", "Action=CreateLoadBalancer&Version=2015-12-01&Name=web&Colour=red"
    )
    assert status == 400 and "<Code>ValidationError</Code>" in text and "Colour" in text


def test_listing(elb, ec2, balancer):  # noqa: F811
    other = create_balancer(elb, ec2, "api")["LoadBalancerArn"]
    arns = lambda **asked: [
        found["LoadBalancerArn"] for found in elb.describe_load_balancers(**asked)["LoadBalancers"]
    ]
    for _ in range(2):
        assert sorted(arns()) == sorted([balancer, other])
        assert arns(LoadBalancerArns=[other]) == arns(Names=["api"]) == [other]
    pages = elb.get_paginator("describe_load_balancers").paginate(PaginationConfig={"PageSize": 1})
    assert [len(page["LoadBalancers"]) for page in pages] == [1, 1]
    with refusal(elb, "LoadBalancerNotFound", "Load balancers '[none]' not found"):
        elb.describe_load_balancers(Names=["api", "none"])
    with refusal(elb, "LoadBalancerNotFound", NO_BALANCER):
        elb.describe_load_balancers(LoadBalancerArns=[NO_BALANCER])
    with refusal(elb, "ValidationError", "'web' is not a valid load balancer ARN"):
        elb.describe_load_balancers(LoadBalancerArns=["web"])
    with refusal(elb, "ValidationError", "at the same time"):
        elb.describe_load_balancers(LoadBalancerArns=[other], Names=["api"])
    with refusal(elb, "ValidationError", "at 'pageSize'"):
        elb.describe_load_balancers(PageSize=0)
    with refusal(elb, "ValidationError", "not a valid marker"):
        elb.describe_load_balancers(Marker="x")


def test_its_interfaces_outlive_it(elb, ec2, server):
    group = security_group(ec2)
    made = create_balancer(elb, ec2, SecurityGroups=[group])
    found = interfaces(ec2)
    assert sorted(interface["SubnetId"] for interface in found) == sorted(subnets(ec2))
    assert all(interface["RequesterManaged"] and interface["Association"]["PublicIp"] for interface in found)
    assert all([member["GroupId"] for member in interface["Groups"]] == [group] for interface in found)
    with refusal(ec2, "DependencyViolation"):
        ec2.delete_security_group(GroupId=group)
    for _ in range(2):
        elb.delete_load_balancer(LoadBalancerArn=made["LoadBalancerArn"])
    elb.delete_load_balancer(LoadBalancerArn=NO_BALANCER)
    with refusal(elb, "LoadBalancerNotFound"):
        described(elb)
    server.advance(RELEASED - 2)
    with refusal(ec2, "DependencyViolation"):
        ec2.delete_security_group(GroupId=group)
    server.advance(2)
    assert interfaces(ec2) == []
    ec2.delete_security_group(GroupId=group)


def test_deletion_protection(elb, balancer):  # noqa: F811
    protect = lambda value: elb.modify_load_balancer_attributes(
        LoadBalancerArn=balancer, Attributes=[{"Key": "deletion_protection.enabled", "Value": value}]
    )
    for _ in range(2):
        protect("true")
    with refusal(elb, "OperationNotPermitted", "because deletion protection is enabled"):
        elb.delete_load_balancer(LoadBalancerArn=balancer)
    with refusal(elb, "ValidationError", "must be one of [true, false]"):
        protect("yes")
    protect("false")
    elb.delete_load_balancer(LoadBalancerArn=balancer)


def attributes(elb, arn):
    found = elb.describe_load_balancer_attributes(LoadBalancerArn=arn)["Attributes"]
    return {attribute["Key"]: attribute["Value"] for attribute in found}


def test_attributes(elb, ec2, balancer):  # noqa: F811
    before = attributes(elb, balancer)
    assert before["idle_timeout.timeout_seconds"] == "60"
    assert before["load_balancing.cross_zone.enabled"] == before["routing.http2.enabled"] == "true"
    assert before["ipv6.deny_all_igw_traffic"] == "false"
    new = {"idle_timeout.timeout_seconds": "4000", "routing.http.desync_mitigation_mode": "strictest"}
    pairs = [{"Key": key, "Value": value} for key, value in new.items()]
    answer = elb.modify_load_balancer_attributes(LoadBalancerArn=balancer, Attributes=pairs)["Attributes"]
    assert {attribute["Key"]: attribute["Value"] for attribute in answer} == before | new
    assert attributes(elb, balancer) == attributes(elb, balancer) == before | new
    inside = create_balancer(elb, ec2, "inside", Scheme="internal")["LoadBalancerArn"]
    assert attributes(elb, inside)["ipv6.deny_all_igw_traffic"] == "true"


@pytest.mark.parametrize(
    ("pairs", "code", "words"),
    [
        ({"colour": "red"}, "ValidationError", "Load balancer attribute key 'colour' is not recognized"),
        ({"idle_timeout.timeout_seconds": "0"}, "ValidationError", "between '1-4000' inclusive"),
        ({"idle_timeout.timeout_seconds": "a"}, "ValidationError", "between '1-4000' inclusive"),
        ({"load_balancing.cross_zone.enabled": "false"}, "ValidationError", "must be one of [true]"),
        ({"access_logs.s3.enabled": "true"}, "ValidationError", "'access_logs.s3.bucket' cannot be empty"),
        (
            {"access_logs.s3.enabled": "true", "access_logs.s3.bucket": "b"},
            "InvalidConfigurationRequest",
            "Access Denied for bucket: b",
        ),
        ({"access_logs.s3.prefix": "a" * 1025}, "ValidationError", "at most '1024' characters"),
        ({}, "ValidationError", "must be specified"),
    ],
)
def test_attributes_that_are_refused(elb, balancer, pairs, code, words):  # noqa: F811
    before = attributes(elb, balancer)
    given = [{"Key": key, "Value": value} for key, value in pairs.items()]
    with refusal(elb, code, words):
        elb.modify_load_balancer_attributes(LoadBalancerArn=balancer, Attributes=given)
    assert attributes(elb, balancer) == before


def test_an_attribute_is_given_once(elb, balancer):  # noqa: F811
    twice = [{"Key": "idle_timeout.timeout_seconds", "Value": value} for value in ("1", "2")]
    with refusal(elb, "ValidationError", "more than once"):
        elb.modify_load_balancer_attributes(LoadBalancerArn=balancer, Attributes=twice)


def test_security_groups(elb, ec2, balancer):  # noqa: F811
    groups = sorted(security_group(ec2, name) for name in ("one", "two"))
    for _ in range(2):
        answer = elb.set_security_groups(LoadBalancerArn=balancer, SecurityGroups=groups)
        assert answer["SecurityGroupIds"] == described(elb)["SecurityGroups"] == groups
    for interface in interfaces(ec2):
        assert sorted(member["GroupId"] for member in interface["Groups"]) == groups
    with refusal(elb, "InvalidSecurityGroup"):
        elb.set_security_groups(LoadBalancerArn=balancer, SecurityGroups=["sg-0"])
    with refusal(elb, "ValidationError", "A security group must be specified"):
        elb.set_security_groups(LoadBalancerArn=balancer, SecurityGroups=[])
    six = [security_group(ec2, f"g{n}") for n in range(6)]
    with refusal(elb, "InvalidConfigurationRequest", "more than '5' security groups"):
        elb.set_security_groups(LoadBalancerArn=balancer, SecurityGroups=six)
    assert described(elb)["SecurityGroups"] == groups


def test_subnets(elb, ec2, server, balancer):  # noqa: F811
    [a, b, c] = subnets(ec2)
    for _ in range(2):
        zones = elb.set_subnets(LoadBalancerArn=balancer, Subnets=[c, a])["AvailabilityZones"]
        assert [zone["SubnetId"] for zone in zones] == [a, c]
    assert described(elb)["AvailabilityZones"] == zones
    server.advance(RELEASED)
    assert sorted(interface["SubnetId"] for interface in interfaces(ec2)) == sorted([a, c])
    elb.set_subnets(LoadBalancerArn=balancer, SubnetMappings=[{"SubnetId": a}, {"SubnetId": b}])
    with refusal(elb, "ValidationError", "At least two subnets"):
        elb.set_subnets(LoadBalancerArn=balancer, Subnets=[a])
    with refusal(elb, "SubnetNotFound"):
        elb.set_subnets(LoadBalancerArn=balancer, Subnets=[a, "subnet-0"])
    assert [zone["SubnetId"] for zone in described(elb)["AvailabilityZones"]] == [a, b]


def test_ip_address_type(elb, balancer):  # noqa: F811
    for _ in range(2):
        assert elb.set_ip_address_type(LoadBalancerArn=balancer, IpAddressType="ipv4") ["IpAddressType"] == "ipv4"
    with refusal(elb, "InvalidConfigurationRequest", "IPv6 CIDR"):
        elb.set_ip_address_type(LoadBalancerArn=balancer, IpAddressType="dualstack")


@pytest.mark.parametrize(("arn", "code"), [(NO_BALANCER, "LoadBalancerNotFound"), ("web", "ValidationError")])
def test_what_there_is_not(elb, ec2, arn, code):
    for operation, asked in [
        (elb.describe_load_balancer_attributes, {}),
        (elb.modify_load_balancer_attributes, {"Attributes": [{"Key": "routing.http2.enabled", "Value": "true"}]}),
        (elb.set_security_groups, {"SecurityGroups": [security_group(ec2)]}),
        (elb.set_subnets, {"Subnets": subnets(ec2)}),
        (elb.set_ip_address_type, {"IpAddressType": "ipv4"}),
    ]:
        with refusal(elb, code):
            operation(LoadBalancerArn=arn, **asked)


def test_the_waiters_of_boto3(elb, ec2, server, balancer):  # noqa: F811
    server.advance(ACTIVE)
    elb.get_waiter("load_balancer_available").wait(LoadBalancerArns=[balancer])
    elb.delete_load_balancer(LoadBalancerArn=balancer)
    elb.get_waiter("load_balancers_deleted").wait(LoadBalancerArns=[balancer])


def test_limits(elb):
    for _ in range(2):
        limits = {limit["Name"]: limit["Max"] for limit in elb.describe_account_limits()["Limits"]}
    assert (limits["application-load-balancers"], limits["listeners-per-application-load-balancer"]) == ("50", "50")
    first = elb.describe_account_limits(PageSize=2)
    assert len(first["Limits"]) == 2 and first["NextMarker"]
    with refusal(elb, "ValidationError", "at 'pageSize'"):
        elb.describe_account_limits(PageSize=401)


def test_the_service_linked_role(elb, ec2, iam, server, balancer):  # noqa: F811
    name = "AWSServiceRoleForElasticLoadBalancing"
    role = iam.get_role(RoleName=name)["Role"]
    assert role["Path"] == "/aws-service-role/elasticloadbalancing.amazonaws.com/"
    task = iam.delete_service_linked_role(RoleName=name)["DeletionTaskId"]
    server.advance(60)
    status = iam.get_service_linked_role_deletion_status(DeletionTaskId=task)
    assert status["Status"] == "FAILED"
    assert status["Reason"]["RoleUsageList"][0]["Resources"] == [balancer]
