"""Elastic Load Balancing: targets, and how their health follows what there is."""

import pytest

from elb_fixtures import (  # noqa: F401 (fixtures)
    ACTIVE,
    NO_GROUP,
    WHILE,
    balancer,
    create_balancer,
    create_group,
    create_listener,
    forward,
    group,
    instance,
    launch,
    listener,
    security_group,
    subnets,
)
from expect import refusal

#: At the tests' speed: the two checks that make a target unhealthy, and draining.
UNHEALTHY, DRAINED = 3, 15


def register(elb, group, *targets):  # noqa: F811
    elb.register_targets(TargetGroupArn=group, Targets=list(targets))


def deregister(elb, group, *targets):  # noqa: F811
    elb.deregister_targets(TargetGroupArn=group, Targets=list(targets))


def described(elb, group, **asked):  # noqa: F811
    return elb.describe_target_health(TargetGroupArn=group, **asked)["TargetHealthDescriptions"]


def health(elb, group):  # noqa: F811
    """State and reason of the one target of the group."""
    [found] = described(elb, group)
    return found["TargetHealth"]["State"], found["TargetHealth"].get("Reason")


def test_targets_are_an_id_and_a_port(elb, group, instance):  # noqa: F811
    for _ in range(2):
        register(elb, group, {"Id": instance}, {"Id": instance, "Port": 32768})
    found = described(elb, group)
    assert [target["Target"] for target in found] == [
        {"Id": instance, "Port": 80},
        {"Id": instance, "Port": 32768},
    ]
    assert [target["HealthCheckPort"] for target in found] == ["80", "32768"]
    for _ in range(2):
        deregister(elb, group, {"Id": instance})
    [found] = described(elb, group)
    assert found["Target"]["Port"] == 32768


def test_a_group_that_nobody_uses(elb, group, instance):  # noqa: F811
    register(elb, group, {"Id": instance})
    [found] = described(elb, group)
    assert found["TargetHealth"] == {
        "State": "unused",
        "Reason": "Target.NotInUse",
        "Description": "Target group is not configured to receive traffic from the load balancer",
    }


def test_asking_for_single_targets(elb, group, instance):  # noqa: F811
    register(elb, group, {"Id": instance})
    for _ in range(2):
        there, other, port = described(
            elb, group, Targets=[{"Id": instance}, {"Id": "i-1"}, {"Id": instance, "Port": 81}]
        )
    assert there["TargetHealth"]["Reason"] == "Target.NotInUse"
    assert other["TargetHealth"] == port["TargetHealth"]
    assert other["TargetHealth"]["Reason"] == "Target.NotRegistered"
    [found] = described(elb, group, Include=["AnomalyDetection"])
    assert found["AnomalyDetection"] == {"Result": "normal", "MitigationInEffect": "no"}


def test_a_target_that_does_not_answer(elb, ec2, server, balancer, listener, group, instance):  # noqa: F811
    elb.set_security_groups(LoadBalancerArn=balancer, SecurityGroups=[security_group(ec2)])
    register(elb, group, {"Id": instance})
    # As long as the load balancer is being provisioned, nothing is checked.
    server.advance(ACTIVE - WHILE - 1)
    assert health(elb, group) == ("initial", "Elb.RegistrationInProgress")
    server.advance(2)
    assert health(elb, group) == ("initial", "Elb.InitialHealthChecking")
    server.advance(UNHEALTHY)
    [found] = described(elb, group)
    assert found["TargetHealth"] == {
        "State": "unhealthy",
        "Reason": "Target.Timeout",
        "Description": "Request timed out",
    }
    # Without a listener there is nothing to be unhealthy for.
    elb.delete_listener(ListenerArn=listener)
    assert health(elb, group) == ("unused", "Target.NotInUse")


def test_draining(elb, server, listener, group, instance):  # noqa: F811
    server.advance(ACTIVE)
    register(elb, group, {"Id": instance})
    deregister(elb, group, {"Id": instance})
    server.advance(DRAINED - 1)
    [found] = described(elb, group)
    assert found["TargetHealth"] == {
        "State": "draining",
        "Reason": "Target.DeregistrationInProgress",
        "Description": "Target deregistration is in progress",
    }
    server.advance(1)
    assert described(elb, group) == []
    # Taken back before it has drained.
    register(elb, group, {"Id": instance})
    deregister(elb, group, {"Id": instance})
    register(elb, group, {"Id": instance})
    server.advance(DRAINED)
    assert health(elb, group) == ("unhealthy", "Target.FailedHealthChecks")


def test_the_delay_is_the_groups(elb, server, listener, group, instance):  # noqa: F811
    delay = [{"Key": "deregistration_delay.timeout_seconds", "Value": "40"}]
    elb.modify_target_group_attributes(TargetGroupArn=group, Attributes=delay)
    server.advance(ACTIVE)
    register(elb, group, {"Id": instance})
    deregister(elb, group, {"Id": instance})
    server.advance(1)
    assert health(elb, group) == ("draining", "Target.DeregistrationInProgress")
    server.advance(1)
    assert described(elb, group) == []


def test_security_groups_decide_who_is_reached(elb, ec2, ssm, server):
    alb, guard = security_group(ec2), security_group(ec2, "guard")
    machine = launch(ec2, ssm, server, SecurityGroupIds=[guard])
    balancer = create_balancer(elb, ec2, SecurityGroups=[alb])["LoadBalancerArn"]  # noqa: F811
    group = create_group(elb, ec2)["TargetGroupArn"]  # noqa: F811
    create_listener(elb, balancer, forward(group))
    server.advance(ACTIVE)
    register(elb, group, {"Id": machine, "Port": 32768})
    server.advance(UNHEALTHY + 1)
    assert health(elb, group) == ("unhealthy", "Target.Timeout")
    admit = lambda ports, **peer: [{"IpProtocol": "tcp", "FromPort": ports[0], "ToPort": ports[1]} | peer]
    from_alb = {"UserIdGroupPairs": [{"GroupId": alb}]}
    # Another port, and another peer, are of no use.
    ec2.authorize_security_group_ingress(GroupId=guard, IpPermissions=admit((80, 80), **from_alb))
    elsewhere = {"IpRanges": [{"CidrIp": "10.0.0.0/8"}]}
    ec2.authorize_security_group_ingress(GroupId=guard, IpPermissions=admit((32768, 65535), **elsewhere))
    assert health(elb, group) == ("unhealthy", "Target.Timeout")
    ec2.authorize_security_group_ingress(GroupId=guard, IpPermissions=admit((32768, 65535), **from_alb))
    assert health(elb, group) == ("unhealthy", "Target.FailedHealthChecks")
    ec2.revoke_security_group_ingress(GroupId=guard, IpPermissions=admit((32768, 65535), **from_alb))
    assert health(elb, group) == ("unhealthy", "Target.Timeout")
    # The load balancer's addresses do as well as its group.
    own = {"IpRanges": [{"CidrIp": "172.31.0.0/16"}]}
    ec2.authorize_security_group_ingress(GroupId=guard, IpPermissions=admit((0, 65535), **own))
    assert health(elb, group) == ("unhealthy", "Target.FailedHealthChecks")
    # And the load balancer's own group must let it out.
    [everything] = ec2.describe_security_groups(GroupIds=[alb])["SecurityGroups"][0]["IpPermissionsEgress"]
    ec2.revoke_security_group_egress(GroupId=alb, IpPermissions=[everything])
    assert health(elb, group) == ("unhealthy", "Target.Timeout")


def test_the_port_of_the_health_check_counts(elb, ec2, server, balancer, listener, group, instance):  # noqa: F811
    elb.set_security_groups(LoadBalancerArn=balancer, SecurityGroups=[security_group(ec2)])
    [default] = ec2.describe_security_groups(GroupNames=["default"])["SecurityGroups"]
    port = {"IpProtocol": "tcp", "FromPort": 9000, "ToPort": 9000, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
    ec2.authorize_security_group_ingress(GroupId=default["GroupId"], IpPermissions=[port])
    server.advance(ACTIVE)
    register(elb, group, {"Id": instance})
    server.advance(UNHEALTHY + 1)
    assert health(elb, group) == ("unhealthy", "Target.Timeout")
    elb.modify_target_group(TargetGroupArn=group, HealthCheckPort="9000")
    assert health(elb, group) == ("unhealthy", "Target.FailedHealthChecks")
    assert described(elb, group)[0]["HealthCheckPort"] == "9000"


def test_a_zone_that_is_not_enabled(elb, ec2, server, group, instance):  # noqa: F811
    balancer = create_balancer(elb, ec2, Subnets=subnets(ec2)[1:])["LoadBalancerArn"]  # noqa: F811
    create_listener(elb, balancer, forward(group))
    server.advance(ACTIVE)
    register(elb, group, {"Id": instance})
    [found] = described(elb, group)
    assert found["TargetHealth"] == {
        "State": "unused",
        "Reason": "Target.NotInUse",
        "Description": "Target is in an Availability Zone that is not enabled for the load balancer",
    }
    elb.set_subnets(LoadBalancerArn=balancer, Subnets=subnets(ec2))
    assert health(elb, group) == ("initial", "Elb.RegistrationInProgress")


def test_instances_that_stop_and_go(elb, ec2, server, listener, group, instance):  # noqa: F811
    server.advance(ACTIVE)
    register(elb, group, {"Id": instance})
    ec2.stop_instances(InstanceIds=[instance])
    server.advance(WHILE)
    assert health(elb, group) == ("unused", "Target.InvalidState")
    ec2.start_instances(InstanceIds=[instance])
    server.advance(WHILE)
    assert health(elb, group)[0] == "initial"
    ec2.terminate_instances(InstanceIds=[instance])
    server.advance(WHILE)
    assert described(elb, group) == []


def test_addresses(elb, ec2, server, balancer, instance):  # noqa: F811
    [found] = ec2.describe_instances(InstanceIds=[instance])["Reservations"][0]["Instances"]
    group = create_group(elb, ec2, TargetType="ip")["TargetGroupArn"]  # noqa: F811
    create_listener(elb, balancer, forward(group))
    server.advance(ACTIVE)
    register(elb, group, {"Id": found["PrivateIpAddress"]}, {"Id": "10.0.0.1", "AvailabilityZone": "all"})
    server.advance(UNHEALTHY + 1)
    own, foreign = described(elb, group)
    assert own["Target"]["AvailabilityZone"] == "eu-central-1a"
    assert foreign["Target"] == {"Id": "10.0.0.1", "Port": 80, "AvailabilityZone": "all"}
    # Nothing listens on the instance; at the other address nobody is there.
    assert own["TargetHealth"]["Reason"] == "Target.FailedHealthChecks"
    assert foreign["TargetHealth"]["Reason"] == "Target.Timeout"


def test_targets_that_are_refused(elb, ec2, ssm, server, group, instance):  # noqa: F811
    ip = create_group(elb, ec2, "ip", TargetType="ip")["TargetGroupArn"]
    stopped = launch(ec2, ssm, server)
    ec2.stop_instances(InstanceIds=[stopped])
    server.advance(WHILE)
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    elsewhere = create_group(elb, ec2, "elsewhere", VpcId=vpc)["TargetGroupArn"]
    for arn, target, code, words in [
        (group, {"Id": "10.0.0.1"}, "InvalidTarget", "Instance ID '10.0.0.1' is not valid"),
        (group, {"Id": "i-0"}, "InvalidTarget", "The following instances do not exist: 'i-0'"),
        (group, {"Id": stopped}, "InvalidTarget", f"not in a running state and cannot be registered: '{stopped}'"),
        (elsewhere, {"Id": instance}, "InvalidTarget", f"not in the target group VPC '{vpc}': '{instance}'"),
        (group, {"Id": instance, "Port": 65536}, "ValidationError", "less than or equal to 65535"),
        (group, {"Id": instance, "AvailabilityZone": "all"}, "ValidationError", "targets of type 'instance'"),
        (ip, {"Id": instance}, "ValidationError", "not a valid IPv4 address"),
        (ip, {"Id": "192.0.2.1"}, "ValidationError", "or a private range"),
        (ip, {"Id": "10.0.0.1"}, "ValidationError", "You must specify an Availability Zone"),
        (NO_GROUP, {"Id": instance}, "TargetGroupNotFound", "not found"),
        ("prod", {"Id": instance}, "ValidationError", "not a valid target group ARN"),
    ]:
        good = {group: {"Id": instance}, ip: {"Id": "172.31.0.9"}}
        with refusal(elb, code, words):
            register(elb, arn, *([good[arn]] if arn in good else []), target)
    for operation in (register, deregister):
        with refusal(elb, "ValidationError", "At least one target must be specified"):
            operation(elb, group)
    assert described(elb, group) == described(elb, ip) == described(elb, elsewhere) == []
    register(elb, ip, {"Id": "10.0.0.1", "AvailabilityZone": "all"})
    with refusal(elb, "ValidationError", "less than or equal to 65535"):
        deregister(elb, ip, {"Id": "10.0.0.1"}, {"Id": "10.0.0.1", "Port": 65536})
    assert len(described(elb, ip)) == 1
    with refusal(elb, "TargetGroupNotFound"):
        deregister(elb, NO_GROUP, {"Id": instance})
    with refusal(elb, "TargetGroupNotFound"):
        described(elb, NO_GROUP)
    with refusal(elb, "ValidationError", "[AnomalyDetection, All]"):
        described(elb, group, Include=["Weather"])
    many = [{"Id": instance, "Port": port} for port in range(1, 1002)]
    with refusal(elb, "TooManyTargets"):
        register(elb, group, *many)


@pytest.mark.parametrize("what", ["target group", "load balancer"])
def test_another_vpc(elb, ec2, balancer, what):  # noqa: F811
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    if what == "target group":
        group = create_group(elb, ec2, "elsewhere", VpcId=vpc)["TargetGroupArn"]  # noqa: F811
        with refusal(elb, "InvalidConfigurationRequest", f"in a different VPC than load balancer '{balancer}'"):
            create_listener(elb, balancer, forward(group))
        return
    inside = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{n}.0/24", AvailabilityZone=f"eu-central-1{zone}")
        for n, zone in enumerate("ab")
    ]
    inside = [made["Subnet"]["SubnetId"] for made in inside]
    with refusal(elb, "InvalidSubnet", f"VPC {vpc} has no internet gateway"):
        create_balancer(elb, ec2, "inside", Subnets=inside)
    with refusal(elb, "InvalidConfigurationRequest", "same VPC"):
        create_balancer(elb, ec2, "both", Subnets=[inside[0], subnets(ec2)[1]])
    with refusal(elb, "InvalidConfigurationRequest", f"does not belong to VPC '{vpc}'"):
        create_balancer(
            elb, ec2, "inside", Subnets=inside, Scheme="internal", SecurityGroups=[security_group(ec2, "here")]
        )
    made = create_balancer(elb, ec2, "inside", Subnets=inside, Scheme="internal")
    assert made["VpcId"] == vpc
    with refusal(elb, "InvalidConfigurationRequest", f"must belong to the VPC '{vpc}'"):
        elb.set_subnets(LoadBalancerArn=made["LoadBalancerArn"], Subnets=subnets(ec2))
