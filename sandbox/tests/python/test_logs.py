"""CloudWatch Logs."""

import pytest

from expect import refusal

NAME = "/ecs/tripmgmt"


def group(logs, name=NAME):
    found = logs.describe_log_groups(logGroupNamePrefix=name)["logGroups"]
    return next(group for group in found if group["logGroupName"] == name)


def test_create_and_find(logs, account):
    logs.create_log_group(logGroupName=NAME, tags={"team": "blue"}, logGroupClass="INFREQUENT_ACCESS")
    found = group(logs)
    assert found["arn"] == f"arn:aws:logs:eu-central-1:{account}:log-group:{NAME}:*"
    assert found["logGroupArn"] == f"arn:aws:logs:eu-central-1:{account}:log-group:{NAME}"
    assert found["logGroupClass"] == "INFREQUENT_ACCESS"
    assert "retentionInDays" not in found
    assert group(logs) == found
    with pytest.raises(logs.exceptions.ResourceAlreadyExistsException):
        logs.create_log_group(logGroupName=NAME, tags={"team": "blue"}, logGroupClass="INFREQUENT_ACCESS")


@pytest.mark.parametrize("given, words", [
    ({}, "Value null at 'logGroupName'"),
    ({"logGroupName": ""}, "length greater than or equal to 1"),
    ({"logGroupName": "x" * 513}, "length less than or equal to 512"),
    ({"logGroupName": "a b"}, "regular expression pattern"),
    ({"logGroupName": "aws/mine"}, "aws/"),
    ({"logGroupName": "a", "logGroupClass": "GOLD"}, "'logGroupClass'"),
    ({"logGroupName": "a", "tags": {"aws:a": "b"}}, "'tags'"),
])
def test_what_cannot_be_created(logs, given, words):
    with refusal(logs, "InvalidParameterException", words):
        logs.create_log_group(**given)
    assert logs.describe_log_groups()["logGroups"] == []


def test_describe(logs):
    for name in ("/ecs/a", "/ecs/b", "/lambda/a"):
        logs.create_log_group(logGroupName=name)
    names = lambda **asked: [g["logGroupName"] for g in logs.describe_log_groups(**asked)["logGroups"]]
    assert names(logGroupNamePrefix="/ecs") == ["/ecs/a", "/ecs/b"]
    assert names(logGroupNamePattern="a/a") == ["/lambda/a"]
    assert names(logGroupClass="DELIVERY") == []
    first = logs.describe_log_groups(limit=2)
    assert names(limit=2, nextToken=first["nextToken"]) == ["/lambda/a"]
    for wrong in ({"limit": 51}, {"limit": 0}, {"nextToken": "garbage"}, {"logGroupNamePrefix": "a b"},
                  {"logGroupNamePrefix": "a", "logGroupNamePattern": "a"}):
        with refusal(logs, "InvalidParameterException"):
            logs.describe_log_groups(**wrong)


def test_delete(logs):
    logs.create_log_group(logGroupName=NAME)
    logs.delete_log_group(logGroupName=NAME)
    assert logs.describe_log_groups()["logGroups"] == []
    with pytest.raises(logs.exceptions.ResourceNotFoundException):
        logs.delete_log_group(logGroupName=NAME)
    with refusal(logs, "InvalidParameterException"):
        logs.delete_log_group(logGroupName="a b")


def test_retention(logs):
    logs.create_log_group(logGroupName=NAME)
    for _ in range(2):
        logs.put_retention_policy(logGroupName=NAME, retentionInDays=7)
        assert group(logs)["retentionInDays"] == 7
    with refusal(logs, "InvalidParameterException", "'retentionInDays'"):
        logs.put_retention_policy(logGroupName=NAME, retentionInDays=8)
    for _ in range(2):
        logs.delete_retention_policy(logGroupName=NAME)
        assert "retentionInDays" not in group(logs)
    for call, more in ((logs.put_retention_policy, {"retentionInDays": 7}), (logs.delete_retention_policy, {})):
        with refusal(logs, "ResourceNotFoundException", "The specified log group does not exist."):
            call(logGroupName="none", **more)
        with refusal(logs, "InvalidParameterException"):
            call(logGroupName="a b", **more)


def test_tags_by_arn(logs):
    logs.create_log_group(logGroupName=NAME, tags={"a": "1"})
    arn = group(logs)["logGroupArn"]
    for _ in range(2):
        logs.tag_resource(resourceArn=arn, tags={"b": "2"})
        assert logs.list_tags_for_resource(resourceArn=arn)["tags"] == {"a": "1", "b": "2"}
    for _ in range(2):
        logs.untag_resource(resourceArn=arn, tagKeys=["a", "none"])
        assert logs.list_tags_for_resource(resourceArn=arn + ":*")["tags"] == {"b": "2"}


def test_tags_by_name(logs):
    logs.create_log_group(logGroupName=NAME)
    for _ in range(2):
        logs.tag_log_group(logGroupName=NAME, tags={"a": "1", "b": "2"})
        assert logs.list_tags_log_group(logGroupName=NAME)["tags"] == {"a": "1", "b": "2"}
    for _ in range(2):
        logs.untag_log_group(logGroupName=NAME, tags=["a"])
        assert logs.list_tags_log_group(logGroupName=NAME)["tags"] == {"b": "2"}


@pytest.mark.parametrize("call, more", [
    ("tag_resource", {"tags": {"a": "1"}}), ("untag_resource", {"tagKeys": ["a"]}), ("list_tags_for_resource", {}),
])
def test_tags_of_no_group_by_arn(logs, account, call, more):
    with refusal(logs, "ResourceNotFoundException"):
        getattr(logs, call)(resourceArn=f"arn:aws:logs:eu-central-1:{account}:log-group:none", **more)
    with refusal(logs, "InvalidParameterException"):
        getattr(logs, call)(resourceArn="none", **more)


@pytest.mark.parametrize("call, more", [
    ("tag_log_group", {"tags": {"a": "1"}}), ("untag_log_group", {"tags": ["a"]}), ("list_tags_log_group", {}),
])
def test_tags_of_no_group_by_name(logs, call, more):
    with refusal(logs, "ResourceNotFoundException"):
        getattr(logs, call)(logGroupName="none", **more)
    with refusal(logs, "InvalidParameterException"):
        getattr(logs, call)(logGroupName="a b", **more)


def test_at_most_fifty_tags(logs):
    logs.create_log_group(logGroupName=NAME)
    with refusal(logs, "TooManyTagsException"):
        logs.tag_resource(resourceArn=group(logs)["logGroupArn"], tags={str(n): "x" for n in range(51)})
