"""Elastic Load Balancing: listeners, their actions and attributes."""

import pytest

from elb_fixtures import (  # noqa: F401 (fixtures)
    NO_BALANCER,
    NO_GROUP,
    NO_LISTENER,
    balancer,
    create_balancer,
    create_group,
    create_listener,
    fixed,
    forward,
    group,
    listener,
)
from expect import refusal


def described(elb, arn):
    [found] = elb.describe_listeners(ListenerArns=[arn])["Listeners"]
    return found


def test_a_listener_that_forwards(elb, balancer, group):  # noqa: F811
    made = create_listener(elb, balancer, forward(group))
    assert made.pop("ListenerArn").startswith(balancer.replace(":loadbalancer/", ":listener/") + "/")
    assert made == {
        "LoadBalancerArn": balancer,
        "Protocol": "HTTP",
        "Port": 80,
        "DefaultActions": [
            {
                "Type": "forward",
                "TargetGroupArn": group,
                "ForwardConfig": {
                    "TargetGroups": [{"TargetGroupArn": group, "Weight": 1}],
                    "TargetGroupStickinessConfig": {"Enabled": False},
                },
            }
        ],
    }


def test_both_forms_of_a_forward_are_one(elb, balancer, group):  # noqa: F811
    made = create_listener(elb, balancer, forward(group))
    both = forward((group, 1)) | {"TargetGroupArn": group}
    for action in (forward(group), forward((group, 1)), both):
        assert create_listener(elb, balancer, action) == made
    assert len(elb.describe_listeners(LoadBalancerArn=balancer)["Listeners"]) == 1


def test_weights(elb, ec2, balancer, group):  # noqa: F811
    other = create_group(elb, ec2, "test")["TargetGroupArn"]
    action = forward((group, 0), (other, 100)) | {"Order": 1}
    action["ForwardConfig"]["TargetGroupStickinessConfig"] = {"Enabled": True, "DurationSeconds": 60}
    made = create_listener(elb, balancer, action)
    assert made["DefaultActions"] == described(elb, made["ListenerArn"])["DefaultActions"] == [action]


def test_redirects_and_fixed_responses(elb, balancer):  # noqa: F811
    redirect = {"Type": "redirect", "RedirectConfig": {"Protocol": "HTTPS", "Port": "443", "StatusCode": "HTTP_301"}}
    [action] = create_listener(elb, balancer, redirect)["DefaultActions"]
    assert action["RedirectConfig"] == {
        "Protocol": "HTTPS",
        "Port": "443",
        "Host": "#{host}",
        "Path": "/#{path}",
        "Query": "#{query}",
        "StatusCode": "HTTP_301",
    }
    response = fixed("503", ContentType="text/plain", MessageBody="<later & more>")
    assert create_listener(elb, balancer, response, port=81)["DefaultActions"] == [response]


def actions(group):  # noqa: F811
    """Actions that are refused, with the code and words."""
    redirect = lambda **config: {"Type": "redirect", "RedirectConfig": {"StatusCode": "HTTP_302"} | config}
    sticky = lambda **config: {
        "Type": "forward",
        "ForwardConfig": {"TargetGroups": [{"TargetGroupArn": group}], "TargetGroupStickinessConfig": config},
    }
    return [
        ([], "InvalidLoadBalancerAction", "exactly one action"),
        ([fixed(), fixed()], "InvalidLoadBalancerAction", "exactly one action"),
        ([{"Type": "authenticate-oidc"}], "ValidationError", "[forward, redirect, fixed-response]"),
        ([{"Type": "forward"}], "ValidationError", "A target group ARN must be specified"),
        ([forward("prod")], "ValidationError", "'prod' is not a valid target group ARN"),
        ([forward(NO_GROUP)], "TargetGroupNotFound", "not found"),
        ([forward((group, 1000), (NO_GROUP, 1))], "ValidationError", "between '0-999' inclusive"),
        ([forward((group, 1), (group, 2))], "ValidationError", "only be specified once"),
        ([forward((group, 1)) | {"TargetGroupArn": NO_GROUP}], "ValidationError", "forward config"),
        ([forward(*[(f"{NO_GROUP}{n}", 1) for n in range(6)])], "TooManyTargetGroups", "'5' target groups"),
        ([sticky(Enabled=True)], "ValidationError", "A duration must be specified"),
        ([sticky(Enabled=True, DurationSeconds=0)], "ValidationError", "between '1-604800' inclusive"),
        ([{"Type": "redirect"}], "ValidationError", "A configuration must be specified"),
        ([redirect()], "InvalidLoadBalancerAction", "creates a loop"),
        ([redirect(StatusCode="HTTP_303")], "ValidationError", "[HTTP_301, HTTP_302]"),
        ([redirect(Protocol="FTP")], "ValidationError", "regular expression"),
        ([redirect(Port="0")], "ValidationError", "'1-65535'"),
        ([redirect(Path="a")], "ValidationError", "must begin with a '/' character"),
        ([{"Type": "fixed-response"}], "ValidationError", "A configuration must be specified"),
        ([fixed("302")], "ValidationError", "regular expression"),
        ([fixed(ContentType="image/png")], "InvalidLoadBalancerAction", "ContentType must be one of"),
        ([fixed(MessageBody="a" * 1025)], "ValidationError", "length less than or equal to 1024"),
    ]


def test_actions_that_are_refused(elb, balancer, listener, group):  # noqa: F811
    before = described(elb, listener)
    for given, code, words in actions(group):
        with refusal(elb, code, words):
            create_listener(elb, balancer, *given, port=81)
        if given:
            with refusal(elb, code, words):
                elb.modify_listener(ListenerArn=listener, DefaultActions=given)
    assert elb.describe_listeners(LoadBalancerArn=balancer)["Listeners"] == [before]


def test_listeners_that_are_refused(elb, balancer, listener, group):  # noqa: F811
    certificate = [{"CertificateArn": "arn:aws:acm:eu-central-1:123456789012:certificate/none"}]
    for change, code, words in [
        ({"Protocol": "TCP"}, "ValidationError", "[HTTP, HTTPS]"),
        ({"Port": 0}, "ValidationError", "greater than or equal to 1"),
        ({"Protocol": "HTTPS"}, "ValidationError", "A certificate must be specified"),
        ({"Protocol": "HTTPS", "Certificates": certificate}, "CertificateNotFound", "certificate/none' not found"),
        ({"Certificates": certificate}, "ValidationError", "cannot be specified for HTTP listeners"),
        ({"SslPolicy": "ELBSecurityPolicy-2016-08"}, "ValidationError", "cannot be specified for HTTP listeners"),
        ({"LoadBalancerArn": NO_BALANCER}, "LoadBalancerNotFound", "not found"),
        ({"LoadBalancerArn": "web"}, "ValidationError", "not a valid load balancer ARN"),
        ({"Port": 80, "DefaultActions": [fixed()]}, "DuplicateListener", "already exists on this port"),
    ]:
        asked = {"LoadBalancerArn": balancer, "Protocol": "HTTP", "Port": 81, "DefaultActions": [forward(group)]}
        with refusal(elb, code, words):
            elb.create_listener(**(asked | change))
    with refusal(elb, "ValidationError", "A listener port must be specified"):
        elb.create_listener(LoadBalancerArn=balancer, Protocol="HTTP", DefaultActions=[fixed()])
    with refusal(elb, "ValidationError", "A listener protocol must be specified"):
        elb.create_listener(LoadBalancerArn=balancer, Port=81, DefaultActions=[fixed()])


def test_a_target_group_has_one_load_balancer(elb, ec2, balancer, listener, group):  # noqa: F811
    other = create_balancer(elb, ec2, "other")["LoadBalancerArn"]
    with refusal(elb, "TargetGroupAssociationLimit", f"more than one load balancer: {group}"):
        create_listener(elb, other, forward(group))
    elsewhere = create_listener(elb, other, fixed())["ListenerArn"]
    with refusal(elb, "TargetGroupAssociationLimit"):
        elb.modify_listener(ListenerArn=elsewhere, DefaultActions=[forward(group)])
    host = {"Field": "host-header", "Values": ["a.example"]}
    with refusal(elb, "TargetGroupAssociationLimit"):
        elb.create_rule(ListenerArn=elsewhere, Priority=1, Conditions=[host], Actions=[forward(group)])
    elb.delete_listener(ListenerArn=listener)
    create_listener(elb, other, forward(group), port=81)


def test_modifying(elb, ec2, balancer, listener, group):  # noqa: F811
    other = create_group(elb, ec2, "test")["TargetGroupArn"]
    before = described(elb, listener)
    for _ in range(2):
        [answer] = elb.modify_listener(ListenerArn=listener, Port=8080)["Listeners"]
        assert answer == described(elb, listener) == before | {"Port": 8080}
    action = forward((group, 0), (other, 100))
    [answer] = elb.modify_listener(ListenerArn=listener, DefaultActions=[action])["Listeners"]
    [shown] = answer["DefaultActions"]
    assert shown["ForwardConfig"]["TargetGroups"] == action["ForwardConfig"]["TargetGroups"]
    assert "TargetGroupArn" not in shown
    assert elb.describe_target_groups(TargetGroupArns=[other])["TargetGroups"][0]["LoadBalancerArns"] == [balancer]
    create_listener(elb, balancer, fixed())
    with refusal(elb, "DuplicateListener"):
        elb.modify_listener(ListenerArn=listener, Port=80)
    with refusal(elb, "ValidationError", "A certificate must be specified"):
        elb.modify_listener(ListenerArn=listener, Protocol="HTTPS")
    assert described(elb, listener) == answer


def test_listing(elb, balancer, listener):  # noqa: F811
    other = create_listener(elb, balancer, fixed(), port=8080)["ListenerArn"]
    arns = lambda **asked: [found["ListenerArn"] for found in elb.describe_listeners(**asked)["Listeners"]]
    for _ in range(2):
        assert arns(LoadBalancerArn=balancer) == [listener, other]
        assert arns(ListenerArns=[other]) == [other]
    pages = elb.get_paginator("describe_listeners")
    pages = pages.paginate(LoadBalancerArn=balancer, PaginationConfig={"PageSize": 1})
    assert [len(page["Listeners"]) for page in pages] == [1, 1]
    with refusal(elb, "ListenerNotFound", "One or more listeners not found"):
        arns(ListenerArns=[listener, NO_LISTENER])
    with refusal(elb, "LoadBalancerNotFound"):
        arns(LoadBalancerArn=NO_BALANCER)
    with refusal(elb, "ValidationError", "either listener ARNs or a load balancer ARN"):
        arns()
    with refusal(elb, "ValidationError", "at the same time"):
        arns(LoadBalancerArn=balancer, ListenerArns=[listener])


def test_deleting(elb, balancer, listener, group):  # noqa: F811
    host = {"Field": "host-header", "Values": ["a.example"]}
    [rule] = elb.create_rule(ListenerArn=listener, Priority=1, Conditions=[host], Actions=[forward(group)])["Rules"]
    elb.delete_listener(ListenerArn=listener)
    with refusal(elb, "ListenerNotFound", listener):
        elb.delete_listener(ListenerArn=listener)
    with refusal(elb, "RuleNotFound"):
        elb.describe_rules(RuleArns=[rule["RuleArn"]])
    assert elb.describe_listeners(LoadBalancerArn=balancer)["Listeners"] == []
    with refusal(elb, "ValidationError", "not a valid listener ARN"):
        elb.delete_listener(ListenerArn="web")


def attributes(elb, arn):
    found = elb.describe_listener_attributes(ListenerArn=arn)["Attributes"]
    return {attribute["Key"]: attribute["Value"] for attribute in found}


def test_attributes(elb, listener):  # noqa: F811
    before = attributes(elb, listener)
    assert before["routing.http.response.server.enabled"] == "true"
    new = {"routing.http.response.x_frame_options.header_value": "DENY"}
    pairs = [{"Key": key, "Value": value} for key, value in new.items()]
    for _ in range(2):
        elb.modify_listener_attributes(ListenerArn=listener, Attributes=pairs)
    assert attributes(elb, listener) == attributes(elb, listener) == before | new
    with refusal(elb, "ValidationError", "Listener attribute key 'colour' is not recognized"):
        elb.modify_listener_attributes(ListenerArn=listener, Attributes=[{"Key": "colour", "Value": "red"}])


@pytest.mark.parametrize(("arn", "code"), [(NO_LISTENER, "ListenerNotFound"), ("web", "ValidationError")])
def test_what_there_is_not(elb, arn, code):
    pairs = [{"Key": "routing.http.response.server.enabled", "Value": "true"}]
    for operation, asked in [
        (elb.modify_listener, {"Port": 81}),
        (elb.describe_listener_attributes, {}),
        (elb.modify_listener_attributes, {"Attributes": pairs}),
    ]:
        with refusal(elb, code):
            operation(ListenerArn=arn, **asked)
