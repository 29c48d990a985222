"""Elastic Load Balancing: listener rules, and tags of everything."""

import pytest

from elb_fixtures import (  # noqa: F401 (fixtures)
    NO_BALANCER,
    NO_GROUP,
    NO_LISTENER,
    NO_RULE,
    balancer,
    create_listener,
    fixed,
    forward,
    group,
    listener,
)
from expect import refusal
from test_elb_listeners import actions

PATH = {"Field": "path-pattern", "Values": ["/img/*"]}


def create(elb, listener, priority=10, conditions=(PATH,), action=None, **more):  # noqa: F811
    asked = {"Priority": priority, "Conditions": list(conditions), "Actions": [action or fixed("404")]} | more
    [made] = elb.create_rule(ListenerArn=listener, **asked)["Rules"]
    return made


def rules(elb, listener):  # noqa: F811
    return elb.describe_rules(ListenerArn=listener)["Rules"]


@pytest.fixture
def rule(elb, listener):  # noqa: F811
    return create(elb, listener)["RuleArn"]


def test_a_rule(elb, listener, group):  # noqa: F811
    made = create(elb, listener, 10, action=forward(group))
    assert made["RuleArn"].startswith(listener.replace(":listener/", ":listener-rule/") + "/")
    assert (made["Priority"], made["IsDefault"]) == ("10", False)
    assert made["Conditions"] == [PATH | {"PathPatternConfig": {"Values": ["/img/*"]}}]
    assert made["Actions"][0]["ForwardConfig"]["TargetGroups"] == [{"TargetGroupArn": group, "Weight": 1}]
    first = create(elb, listener, 9)
    for _ in range(2):
        [one, two, default] = rules(elb, listener)
        assert (one, two) == (first, made)
        assert elb.describe_rules(RuleArns=[made["RuleArn"], default["RuleArn"]])["Rules"] == [made, default]
    assert (default["Priority"], default["IsDefault"], default["Conditions"]) == ("default", True, [])
    assert default["Actions"] == elb.describe_listeners(ListenerArns=[listener])["Listeners"][0]["DefaultActions"]


def test_every_kind_of_condition(elb, listener):  # noqa: F811
    given = [
        {"Field": "host-header", "HostHeaderConfig": {"Values": ["*.example"]}},
        {"Field": "http-header", "HttpHeaderConfig": {"HttpHeaderName": "X-A", "Values": ["b"]}},
        {"Field": "http-request-method", "HttpRequestMethodConfig": {"Values": ["GET"]}},
        {"Field": "query-string", "QueryStringConfig": {"Values": [{"Key": "a", "Value": "b"}]}},
        {"Field": "source-ip", "SourceIpConfig": {"Values": ["10.0.0.0/8"]}},
    ]
    shown = create(elb, listener, conditions=given)["Conditions"]
    assert shown == [given[0] | {"Values": ["*.example"]}, *given[1:]]


@pytest.mark.parametrize(
    ("conditions", "words"),
    [
        ([], "A condition must be specified"),
        ([{"Field": "colour", "Values": ["red"]}], "'colour' must be one of '[path-pattern, host-header"),
        ([{"Values": ["red"]}], "A condition field must be specified"),
        ([{"Field": "path-pattern", "Values": []}], "A condition value must be specified"),
        ([{"Field": "path-pattern", "Values": ["/a", "/b"]}], "too many values; the limit is '1'"),
        ([{"Field": "path-pattern", "Values": ["/" + "a" * 128]}], "too long; the limit is '128'"),
        ([PATH | {"PathPatternConfig": {"Values": ["/a"]}}], "both Values and a configuration"),
        ([PATH, PATH], "only have one 'path-pattern' condition"),
        ([{"Field": "host-header", "HostHeaderConfig": {"Values": list("abcdef")}}], "'5' condition values"),
        ([{"Field": "host-header", "Values": ["*******"]}], "'6' condition wildcards"),
        ([{"Field": "http-header"}], "A configuration must be specified with 'http-header'"),
        ([{"Field": "http-header", "HttpHeaderConfig": {"Values": ["a"]}}], "HttpHeaderName"),
        ([{"Field": "http-request-method", "HttpRequestMethodConfig": {"Values": ["get"]}}], "A-Z, hyphen"),
        ([{"Field": "query-string", "QueryStringConfig": {"Values": [{"Key": "a"}]}}], "must not be empty"),
        ([{"Field": "source-ip", "SourceIpConfig": {"Values": ["10.0.0.1"]}}], "CIDR format"),
    ],
)
def test_conditions_that_are_refused(elb, listener, rule, conditions, words):  # noqa: F811
    with refusal(elb, "ValidationError", words):
        create(elb, listener, 11, conditions=conditions)
    with refusal(elb, "ValidationError", words if conditions else "Either conditions or actions"):
        elb.modify_rule(RuleArn=rule, Conditions=conditions)
    assert len(rules(elb, listener)) == 2


def test_rules_that_are_refused(elb, listener, rule, group):  # noqa: F811
    with refusal(elb, "PriorityInUse", "Priority '10' is currently in use"):
        create(elb, listener)
    for priority in (0, 50001):
        with refusal(elb, "ValidationError", "at 'priority'"):
            create(elb, listener, priority)
    with refusal(elb, "ListenerNotFound"):
        create(elb, NO_LISTENER)
    with refusal(elb, "ValidationError", "not a valid listener ARN"):
        create(elb, "web")
    for given, code, words in actions(group):
        with refusal(elb, code, words):
            create(elb, listener, 11, Actions=given)
    assert len(rules(elb, listener)) == 2


def test_listing(elb, listener, rule):  # noqa: F811
    pages = elb.get_paginator("describe_rules").paginate(ListenerArn=listener, PaginationConfig={"PageSize": 1})
    assert [len(page["Rules"]) for page in pages] == [1, 1]
    with refusal(elb, "RuleNotFound", "One or more rules not found"):
        elb.describe_rules(RuleArns=[rule, NO_RULE])
    with refusal(elb, "ListenerNotFound"):
        elb.describe_rules(ListenerArn=NO_LISTENER)
    with refusal(elb, "ValidationError", "either listener rule ARNs or a listener ARN"):
        elb.describe_rules()
    with refusal(elb, "ValidationError", "at the same time"):
        elb.describe_rules(ListenerArn=listener, RuleArns=[rule])


def test_modifying(elb, listener, rule):  # noqa: F811
    host = {"Field": "host-header", "Values": ["a.example"]}
    for _ in range(2):
        [answer] = elb.modify_rule(RuleArn=rule, Conditions=[host])["Rules"]
    assert answer["Conditions"] == [host | {"HostHeaderConfig": {"Values": ["a.example"]}}]
    assert answer["Actions"] == [fixed("404")]
    [answer] = elb.modify_rule(RuleArn=rule, Actions=[fixed("503")])["Rules"]
    assert (answer["Actions"], rules(elb, listener)[0]) == ([fixed("503")], answer)
    with refusal(elb, "ValidationError", "Either conditions or actions must be specified"):
        elb.modify_rule(RuleArn=rule)
    with refusal(elb, "RuleNotFound", NO_RULE):
        elb.modify_rule(RuleArn=NO_RULE, Actions=[fixed()])


def test_the_default_rule_goes_with_its_listener(elb, listener, rule):  # noqa: F811
    default = rules(elb, listener)[-1]["RuleArn"]
    with refusal(elb, "OperationNotPermitted", "cannot be modified"):
        elb.modify_rule(RuleArn=default, Actions=[fixed()])
    with refusal(elb, "OperationNotPermitted", "cannot be deleted"):
        elb.delete_rule(RuleArn=default)
    with refusal(elb, "OperationNotPermitted"):
        elb.set_rule_priorities(RulePriorities=[{"RuleArn": default, "Priority": 1}])
    elb.delete_rule(RuleArn=rule)
    with refusal(elb, "RuleNotFound", rule):
        elb.delete_rule(RuleArn=rule)
    assert [found["RuleArn"] for found in rules(elb, listener)] == [default]


def test_priorities(elb, balancer, listener, rule):  # noqa: F811
    other = create(elb, listener, 20)["RuleArn"]
    third = create(elb, listener, 30)["RuleArn"]
    set_all = lambda *pairs: elb.set_rule_priorities(
        RulePriorities=[{"RuleArn": arn, "Priority": priority} for arn, priority in pairs]
    )["Rules"]
    for _ in range(2):
        answer = set_all((rule, 20), (other, 10))
        assert {found["RuleArn"]: found["Priority"] for found in answer} == {rule: "20", other: "10"}
    assert [found["RuleArn"] for found in rules(elb, listener)[:3]] == [other, rule, third]
    before = rules(elb, listener)
    elsewhere = create_listener(elb, balancer, fixed(), port=81)["ListenerArn"]
    foreign = create(elb, elsewhere)["RuleArn"]
    for pairs, code, words in [
        ([(rule, 30)], "PriorityInUse", "Priority '30' is currently in use"),
        ([(rule, 1), (other, 1)], "ValidationError", "'1' was provided multiple times"),
        ([(rule, 1), (rule, 2)], "ValidationError", "was provided multiple times"),
        ([(rule, 0)], "ValidationError", "at 'priority'"),
        ([(rule, 1), (foreign, 2)], "ValidationError", "the same listener"),
        ([], "ValidationError", "the same listener"),
        ([(NO_RULE, 1)], "RuleNotFound", NO_RULE),
    ]:
        with refusal(elb, code, words):
            set_all(*pairs)
    assert rules(elb, listener) == before


def tags(elb, *arns):
    found = elb.describe_tags(ResourceArns=list(arns))["TagDescriptions"]
    return {one["ResourceArn"]: {tag["Key"]: tag["Value"] for tag in one["Tags"]} for one in found}


def test_tags(elb, balancer, group, listener, rule):  # noqa: F811
    everything = [balancer, group, listener, rule]
    for _ in range(2):
        elb.add_tags(ResourceArns=everything, Tags=[{"Key": "a", "Value": "b"}, {"Key": "c"}])
    expected = {arn: {"a": "b", "c": ""} for arn in everything}
    assert tags(elb, *everything) == tags(elb, *everything) == expected
    for _ in range(2):
        elb.remove_tags(ResourceArns=[group, rule], TagKeys=["c", "none"])
    assert tags(elb, *everything) == expected | {group: {"a": "b"}, rule: {"a": "b"}}


def test_tags_of_a_new_thing(elb, listener):  # noqa: F811
    made = create(elb, listener, Tags=[{"Key": "a", "Value": "b"}])["RuleArn"]
    assert tags(elb, made) == {made: {"a": "b"}}


@pytest.mark.parametrize(
    ("arn", "code"),
    [
        (NO_BALANCER, "LoadBalancerNotFound"),
        (NO_GROUP, "TargetGroupNotFound"),
        (NO_LISTENER, "ListenerNotFound"),
        (NO_RULE, "RuleNotFound"),
        ("arn:aws:elasticloadbalancing:eu-central-1:123456789012:truststore/a/1", "ValidationError"),
    ],
)
def test_tags_of_what_there_is_not(elb, group, arn, code):  # noqa: F811
    with refusal(elb, code):
        tags(elb, group, arn)
    with refusal(elb, code):
        elb.add_tags(ResourceArns=[group, arn], Tags=[{"Key": "a", "Value": "b"}])
    with refusal(elb, code):
        elb.remove_tags(ResourceArns=[group, arn], TagKeys=["a"])
    assert tags(elb, group) == {group: {}}


def test_tags_that_are_refused(elb, group):  # noqa: F811
    for given, code, words in [
        ([{"Key": "aws:a", "Value": "b"}], "ValidationError", "reserved prefix"),
        ([{"Key": "", "Value": "b"}], "ValidationError", "1 to 128 characters"),
        ([{"Key": "a", "Value": "b" * 257}], "ValidationError", "at most 256"),
        ([{"Key": "a"}, {"Key": "a"}], "DuplicateTagKeys", "more than once: a"),
        ([{"Key": f"k{n}"} for n in range(51)], "TooManyTags", "'50'"),
    ]:
        with refusal(elb, code, words):
            elb.add_tags(ResourceArns=[group], Tags=given)
    with refusal(elb, "ValidationError", "more than 20 resources"):
        tags(elb, *[group] * 21)
    assert tags(elb, group) == {group: {}}
