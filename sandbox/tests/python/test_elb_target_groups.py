"""Elastic Load Balancing: target groups, their health checks and attributes."""

import pytest

from elb_fixtures import (  # noqa: F401 (fixtures)
    NO_BALANCER,
    NO_GROUP,
    balancer,
    create_group,
    create_listener,
    fixed,
    forward,
    group,
    listener,
    vpc,
)
from expect import refusal

DEFAULTS = {
    "Protocol": "HTTP",
    "ProtocolVersion": "HTTP1",
    "Port": 80,
    "TargetType": "instance",
    "IpAddressType": "ipv4",
    "HealthCheckEnabled": True,
    "HealthCheckProtocol": "HTTP",
    "HealthCheckPort": "traffic-port",
    "HealthCheckPath": "/",
    "HealthCheckIntervalSeconds": 30,
    "HealthCheckTimeoutSeconds": 5,
    "HealthyThresholdCount": 5,
    "UnhealthyThresholdCount": 2,
    "Matcher": {"HttpCode": "200"},
    "LoadBalancerArns": [],
}


def described(elb, arn):
    [found] = elb.describe_target_groups(TargetGroupArns=[arn])["TargetGroups"]
    return found


def test_a_target_group(elb, ec2, account):
    made = create_group(elb, ec2)
    arn = made.pop("TargetGroupArn")
    assert arn.startswith(f"arn:aws:elasticloadbalancing:eu-central-1:{account}:targetgroup/prod/")
    assert made == DEFAULTS | {"TargetGroupName": "prod", "VpcId": vpc(ec2)}
    assert described(elb, arn) == made | {"TargetGroupArn": arn}
    settings = {
        "TargetType": "ip",
        "Protocol": "HTTPS",
        "ProtocolVersion": "HTTP2",
        "Port": 8443,
        "HealthCheckEnabled": True,
        "HealthCheckProtocol": "HTTPS",
        "HealthCheckPort": "8080",
        "HealthCheckPath": "/health?full",
        "HealthCheckIntervalSeconds": 300,
        "HealthCheckTimeoutSeconds": 120,
        "HealthyThresholdCount": 10,
        "UnhealthyThresholdCount": 3,
        "Matcher": {"HttpCode": "200-299,302"},
        "IpAddressType": "ipv4",
    }
    made = create_group(elb, ec2, "all", **settings, Tags=[{"Key": "a", "Value": "b"}])
    assert settings.items() <= made.items()


def test_the_same_again_is_the_one_there_is(elb, ec2, group):  # noqa: F811
    assert create_group(elb, ec2)["TargetGroupArn"] == group
    for change in [{"Port": 8080}, {"Protocol": "HTTPS"}, {"TargetType": "ip"}, {"HealthCheckPath": "/health"}]:
        with refusal(elb, "DuplicateTargetGroupName", "'prod' exists, but with different settings"):
            create_group(elb, ec2, **change)
    assert len(elb.describe_target_groups()["TargetGroups"]) == 1


REFUSED_CHECKS = [
    ({"HealthCheckProtocol": "TCP"}, "[HTTP, HTTPS]"),
    ({"HealthCheckPort": "0"}, "'traffic-port' or in the range '1-65535'"),
    ({"HealthCheckPath": "health"}, "must begin with a '/' character"),
    ({"HealthCheckPath": "/" + "a" * 1024}, "at most 1024 characters"),
    ({"HealthCheckIntervalSeconds": 4}, "greater than or equal to 5"),
    ({"HealthCheckIntervalSeconds": 301}, "less than or equal to 300"),
    ({"HealthCheckTimeoutSeconds": 1}, "greater than or equal to 2"),
    ({"HealthCheckTimeoutSeconds": 30}, "timeout '30' must be smaller than the interval '30'"),
    ({"HealthyThresholdCount": 1}, "greater than or equal to 2"),
    ({"UnhealthyThresholdCount": 11}, "less than or equal to 10"),
    ({"Matcher": {"HttpCode": "2xx"}}, "HttpCode must be like"),
    ({"Matcher": {"HttpCode": "200-500"}}, "'500' must be within '200-499' inclusive"),
]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        *REFUSED_CHECKS,
        ({"Name": "a" * 33}, "cannot be longer than '32' characters"),
        ({"Name": "a.b"}, "alphanumeric characters or hyphens"),
        ({"Name": "a-"}, "cannot begin or end with '-'"),
        ({"Protocol": None}, "A protocol must be specified"),
        ({"Protocol": "TCP"}, "[HTTP, HTTPS]"),
        ({"Port": None}, "A port must be specified"),
        ({"Port": 65536}, "less than or equal to 65535"),
        ({"VpcId": None}, "A VPC ID must be specified"),
        ({"VpcId": "vpc-0"}, "The VPC ID 'vpc-0' is not found"),
        ({"TargetType": "lambda"}, "[instance, ip]"),
        ({"ProtocolVersion": "HTTP3"}, "[HTTP1, HTTP2]"),
        ({"IpAddressType": "ipv6"}, "[ipv4]"),
    ],
)
def test_target_groups_that_are_refused(elb, ec2, change, words):
    asked = {"Name": "prod", "Protocol": "HTTP", "Port": 80, "VpcId": vpc(ec2)} | change
    with refusal(elb, "ValidationError", words):
        elb.create_target_group(**{key: value for key, value in asked.items() if value is not None})
    assert elb.describe_target_groups()["TargetGroups"] == []


def test_health_checks_cannot_be_switched_off(elb, ec2, group):  # noqa: F811
    with refusal(elb, "InvalidConfigurationRequest", "Health check enabled must be true"):
        create_group(elb, ec2, "off", HealthCheckEnabled=False)
    with refusal(elb, "InvalidConfigurationRequest", "Health check enabled must be true"):
        elb.modify_target_group(TargetGroupArn=group, HealthCheckEnabled=False)


def test_modifying(elb, group):  # noqa: F811
    before = described(elb, group)
    new = {"HealthCheckPath": "/health", "HealthCheckIntervalSeconds": 10, "Matcher": {"HttpCode": "200,302"}}
    for _ in range(2):
        [answer] = elb.modify_target_group(TargetGroupArn=group, **new)["TargetGroups"]
        assert answer == described(elb, group) == before | new


@pytest.mark.parametrize(("change", "words"), REFUSED_CHECKS)
def test_changes_that_are_refused(elb, group, change, words):  # noqa: F811
    before = described(elb, group)
    with refusal(elb, "ValidationError", words):
        elb.modify_target_group(TargetGroupArn=group, **change)
    assert described(elb, group) == before


def test_listing(elb, ec2, listener, balancer, group):  # noqa: F811
    other = create_group(elb, ec2, "test")["TargetGroupArn"]
    arns = lambda **asked: [found["TargetGroupArn"] for found in elb.describe_target_groups(**asked)["TargetGroups"]]
    for _ in range(2):
        assert sorted(arns()) == sorted([group, other])
        assert arns(Names=["test"]) == arns(TargetGroupArns=[other]) == [other]
        assert arns(LoadBalancerArn=balancer) == [group]
    assert described(elb, group)["LoadBalancerArns"] == [balancer]
    pages = elb.get_paginator("describe_target_groups").paginate(PaginationConfig={"PageSize": 1})
    assert [len(page["TargetGroups"]) for page in pages] == [1, 1]
    with refusal(elb, "TargetGroupNotFound", "One or more target groups not found"):
        arns(Names=["test", "none"])
    with refusal(elb, "TargetGroupNotFound"):
        arns(TargetGroupArns=[NO_GROUP])
    with refusal(elb, "LoadBalancerNotFound"):
        arns(LoadBalancerArn=NO_BALANCER)
    with refusal(elb, "ValidationError", "at the same time"):
        arns(LoadBalancerArn=balancer, Names=["test"])
    with refusal(elb, "ValidationError", "'test' is not a valid target group ARN"):
        arns(TargetGroupArns=["test"])


def test_a_target_group_in_use_stays(elb, ec2, balancer, group):  # noqa: F811
    other = create_group(elb, ec2, "test")["TargetGroupArn"]
    listener = create_listener(elb, balancer, forward((group, 1), (other, 0)))["ListenerArn"]  # noqa: F811
    for arn in (group, other):
        with refusal(elb, "ResourceInUse", f"'{arn}' is currently in use by a listener or a rule"):
            elb.delete_target_group(TargetGroupArn=arn)
    elb.modify_listener(ListenerArn=listener, DefaultActions=[fixed()])
    host = {"Field": "host-header", "Values": ["a.example"]}
    elb.create_rule(ListenerArn=listener, Priority=1, Conditions=[host], Actions=[forward(group)])
    elb.delete_target_group(TargetGroupArn=other)
    with refusal(elb, "ResourceInUse"):
        elb.delete_target_group(TargetGroupArn=group)
    elb.delete_load_balancer(LoadBalancerArn=balancer)
    for _ in range(2):
        elb.delete_target_group(TargetGroupArn=group)
    elb.delete_target_group(TargetGroupArn=NO_GROUP)
    with refusal(elb, "ValidationError", "not a valid target group ARN"):
        elb.delete_target_group(TargetGroupArn="prod")
    assert elb.describe_target_groups()["TargetGroups"] == []


def attributes(elb, arn):
    found = elb.describe_target_group_attributes(TargetGroupArn=arn)["Attributes"]
    return {attribute["Key"]: attribute["Value"] for attribute in found}


def modify(elb, arn, **new):
    pairs = [{"Key": key.replace("__", "."), "Value": value} for key, value in new.items()]
    return elb.modify_target_group_attributes(TargetGroupArn=arn, Attributes=pairs)["Attributes"]


def test_attributes(elb, group):  # noqa: F811
    before = attributes(elb, group)
    assert before["deregistration_delay.timeout_seconds"] == "300"
    assert (before["stickiness.enabled"], before["stickiness.type"]) == ("false", "lb_cookie")
    assert before["load_balancing.algorithm.type"] == "round_robin"
    for _ in range(2):
        modify(elb, group, deregistration_delay__timeout_seconds="0", slow_start__duration_seconds="30")
    new = {"deregistration_delay.timeout_seconds": "0", "slow_start.duration_seconds": "30"}
    assert attributes(elb, group) == attributes(elb, group) == before | new
    modify(elb, group, stickiness__enabled="true", stickiness__type="app_cookie", stickiness__app_cookie__cookie_name="c")


@pytest.mark.parametrize(
    ("new", "words"),
    [
        ({"deregistration_delay__timeout_seconds": "3601"}, "between '0-3600' inclusive"),
        ({"slow_start__duration_seconds": "29"}, "'0' or between '30-900' inclusive"),
        ({"load_balancing__algorithm__type": "random"}, "must be one of [round_robin, "),
        ({"load_balancing__algorithm__anomaly_mitigation": "on"}, "'weighted_random'"),
        ({"slow_start__duration_seconds": "30", "load_balancing__algorithm__type": "weighted_random"}, "Slow start"),
        ({"stickiness__enabled": "true", "stickiness__type": "app_cookie"}, "application cookie name"),
        (
            {
                "stickiness__enabled": "true",
                "stickiness__type": "app_cookie",
                "stickiness__app_cookie__cookie_name": "AWSALB",
            },
            "reserved prefix",
        ),
        (
            {"target_group_health__dns_failover__minimum_healthy_targets__percentage": "0"},
            "'off' or between '1-100' inclusive",
        ),
        ({"colour": "red"}, "Target group attribute key 'colour' is not recognized"),
    ],
)
def test_attributes_that_are_refused(elb, group, new, words):  # noqa: F811
    before = attributes(elb, group)
    with refusal(elb, "ValidationError", words):
        modify(elb, group, **new)
    assert attributes(elb, group) == before


@pytest.mark.parametrize(("arn", "code"), [(NO_GROUP, "TargetGroupNotFound"), ("prod", "ValidationError")])
def test_what_there_is_not(elb, arn, code):
    with refusal(elb, code):
        attributes(elb, arn)
    with refusal(elb, code):
        modify(elb, arn, stickiness__enabled="true")
    with refusal(elb, code):
        elb.modify_target_group(TargetGroupArn=arn, HealthCheckPath="/")
