"""SSM's Parameter Store."""

import re

import pytest

from expect import refusal

NAME = "/tripmgmt/db/password"


def put(ssm, name=NAME, value="hunter22", kind="SecureString", **more):
    return ssm.put_parameter(Name=name, Value=value, Type=kind, **more)


def test_a_secret_is_kept_and_not_shown_unasked(ssm, account):
    assert put(ssm, Description="d", Tags=[{"Key": "a", "Value": "b"}])["Tier"] == "Standard"
    shown = ssm.get_parameter(Name=NAME)["Parameter"]
    assert re.fullmatch(r"[A-Za-z0-9+/=]{80,}", shown["Value"])
    clear = ssm.get_parameter(Name=NAME, WithDecryption=True)["Parameter"]
    assert clear["Value"] == "hunter22"
    assert clear["Version"] == 1
    assert clear["Type"] == "SecureString"
    assert clear["DataType"] == "text"
    assert clear["ARN"] == f"arn:aws:ssm:eu-central-1:{account}:parameter{NAME}"
    by_arn = ssm.get_parameter(Name=clear["ARN"], WithDecryption=True)["Parameter"]
    assert by_arn["Value"] == "hunter22"


def test_plain_text_is_shown(ssm):
    put(ssm, "plain", "a,b", "StringList")
    assert ssm.get_parameter(Name="plain")["Parameter"]["Value"] == "a,b"


def test_put_again_wants_overwrite(ssm):
    put(ssm)
    with refusal(ssm, "ParameterAlreadyExists", "set the overwrite option"):
        put(ssm)
    assert put(ssm, value="second22", Overwrite=True)["Version"] == 2
    assert ssm.get_parameter(Name=NAME, WithDecryption=True)["Parameter"]["Value"] == "second22"
    first = ssm.get_parameter(Name=NAME + ":1", WithDecryption=True)["Parameter"]
    assert (first["Value"], first["Selector"]) == ("hunter22", ":1")
    with refusal(ssm, "ParameterVersionNotFound"):
        ssm.get_parameter(Name=NAME + ":3")
    with refusal(ssm, "HierarchyTypeMismatchException"):
        put(ssm, kind="String", Overwrite=True)


def test_history(ssm):
    for value in ("one", "two"):
        put(ssm, value=value, Overwrite=True)
    for _ in range(2):
        versions = ssm.get_parameter_history(Name=NAME, WithDecryption=True)["Parameters"]
        assert [(v["Version"], v["Value"]) for v in versions] == [(1, "one"), (2, "two")]
    assert versions[0]["KeyId"] == "alias/aws/ssm"
    first = ssm.get_parameter_history(Name=NAME, MaxResults=1)
    rest = ssm.get_parameter_history(Name=NAME, MaxResults=1, NextToken=first["NextToken"])
    assert [v["Version"] for v in rest["Parameters"]] == [2]
    with refusal(ssm, "ParameterNotFound"):
        ssm.get_parameter_history(Name="none")
    with refusal(ssm, "ValidationException", "maxResults"):
        ssm.get_parameter_history(Name=NAME, MaxResults=51)


@pytest.mark.parametrize("name, code, words", [
    ("", "ValidationException", "between 1 and 1011"),
    ("aws-mine", "ValidationException", "can't be prefixed with \"aws\""),
    ("ssmMine", "ValidationException", "can't be prefixed with"),
    ("/aws/mine", "AccessDeniedException", "No access to reserved parameter name"),
    ("/ssm/mine", "ValidationException", "can't be prefixed with \"ssm\""),
    ("a/b", "ValidationException", "fully qualified name"),
    ("/a b", "ValidationException", "letters, numbers"),
    ("/a//b", "ValidationException", "sub-paths"),
    ("/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16", "HierarchyLevelLimitExceededException", "15 levels"),
])
def test_names_that_are_none(ssm, name, code, words):
    if code == "AccessDeniedException":
        # Common to all services, so it is in no model.
        with pytest.raises(ssm.exceptions.ClientError, match=words):
            put(ssm, name)
    else:
        with refusal(ssm, code, words):
            put(ssm, name)
    assert ssm.describe_parameters()["Parameters"] == []


@pytest.mark.parametrize("more, code, words", [
    ({"Value": ""}, "ValidationException", "length greater than or equal to 1"),
    ({"Value": "x" * 4097}, "ValidationException", "4096 characters"),
    ({"Value": "x" * 8193, "Tier": "Advanced"}, "ValidationException", "8192 characters"),
    ({"Type": "Secret"}, "ValidationException", "enum value set: [SecureString, StringList, String]"),
    ({"Type": None}, "ValidationException", "A parameter type is required"),
    ({"Tier": "Gold"}, "ValidationException", "'tier'"),
    ({"Type": "String", "KeyId": "alias/aws/ssm"}, "ValidationException", "SecureString type parameter only"),
    ({"KeyId": "alias/mine"}, "InvalidKeyId", "alias/mine"),
    ({"DataType": "number"}, "ValidationException", "data type is not supported"),
    ({"Tags": [{"Key": "aws:a", "Value": "b"}]}, "ValidationException", "aws:"),
    ({"Tags": [{"Key": str(n), "Value": "b"} for n in range(51)]}, "TooManyTagsError", ""),
    ({"Overwrite": True, "Tags": [{"Key": "a", "Value": "b"}]}, "ValidationException", "tags and overwrite"),
    ({"Name": None}, "ValidationException", "Value null at 'name'"),
])
def test_what_cannot_be_put(ssm, more, code, words):
    given = {"Name": NAME, "Value": "v", "Type": "SecureString"} | more
    with refusal(ssm, code, words):
        ssm.put_parameter(**{key: value for key, value in given.items() if value is not None})
    assert ssm.describe_parameters()["Parameters"] == []


def test_a_refused_secret_is_not_in_the_answer(ssm):
    with pytest.raises(ssm.exceptions.ClientError) as caught:
        put(ssm, value="topsecret" * 1000)
    assert "topsecret" not in str(caught.value)


def test_tiers(ssm):
    assert put(ssm, "large", "x" * 5000, Tier="Intelligent-Tiering")["Tier"] == "Advanced"
    assert put(ssm, "large", "x", Overwrite=True)["Tier"] == "Advanced"
    with refusal(ssm, "ValidationException", "can't downgrade"):
        put(ssm, "large", "x", Overwrite=True, Tier="Standard")


def test_get_and_get_again(ssm):
    put(ssm)
    assert ssm.get_parameter(Name=NAME) ["Parameter"] == ssm.get_parameter(Name=NAME)["Parameter"]
    with pytest.raises(ssm.exceptions.ParameterNotFound):
        ssm.get_parameter(Name="/none")
    with refusal(ssm, "ValidationException", "Value null at 'name'"):
        ssm.get_parameter()


def test_get_several(ssm):
    put(ssm, "a"), put(ssm, "b")
    for _ in range(2):
        answer = ssm.get_parameters(Names=["b", "none", "a"], WithDecryption=True)
        assert [p["Name"] for p in answer["Parameters"]] == ["b", "a"]
        assert answer["InvalidParameters"] == ["none"]
    with refusal(ssm, "ValidationException", "less than or equal to 10"):
        ssm.get_parameters(Names=[str(n) for n in range(11)])
    with refusal(ssm, "ValidationException", "greater than or equal to 1"):
        ssm.get_parameters(Names=[])


def test_by_path(ssm):
    for name in ("/app/a", "/app/b", "/app/deep/c", "/application"):
        put(ssm, name, name, "String")
    put(ssm, "/app/secret")
    names = lambda **asked: [p["Name"] for p in ssm.get_parameters_by_path(**asked)["Parameters"]]
    assert names(Path="/app") == names(Path="/app") == ["/app/a", "/app/b", "/app/secret"]
    assert names(Path="/app/", Recursive=True) == ["/app/a", "/app/b", "/app/deep/c", "/app/secret"]
    secrets = [{"Key": "Type", "Values": ["SecureString"]}]
    assert names(Path="/app", ParameterFilters=secrets) == ["/app/secret"]
    assert names(Path="/none") == []
    first = ssm.get_parameters_by_path(Path="/app", MaxResults=2)
    assert names(Path="/app", MaxResults=2, NextToken=first["NextToken"]) == ["/app/secret"]
    with refusal(ssm, "ValidationException", "must begin with a forward slash"):
        ssm.get_parameters_by_path(Path="app")
    with refusal(ssm, "InvalidNextToken"):
        ssm.get_parameters_by_path(Path="/app", NextToken="garbage")
    with refusal(ssm, "InvalidFilterKey"):
        ssm.get_parameters_by_path(Path="/app", ParameterFilters=[{"Key": "Name", "Values": ["a"]}])


def test_describe(ssm):
    put(ssm, "/app/a", "1", "String", Description="one", Tags=[{"Key": "team", "Value": "blue"}])
    put(ssm, "/app/deep/b")
    put(ssm, "c", "1", "String", Tier="Advanced")
    both = [ssm.describe_parameters()["Parameters"] for _ in range(2)]
    assert both[0] == both[1]
    a = both[0][0]
    assert (a["Description"], a["Version"], a["Tier"], a["Type"]) == ("one", 1, "Standard", "String")
    assert "Value" not in a

    def found(key, *values, **option):
        filters = [{"Key": key, "Values": list(values), **option}]
        return [p["Name"] for p in ssm.describe_parameters(ParameterFilters=filters)["Parameters"]]

    assert found("Name", "/app/a") == ["/app/a"]
    assert found("Name", "/app", Option="BeginsWith") == ["/app/a", "/app/deep/b"]
    assert found("Name", "deep", Option="Contains") == ["/app/deep/b"]
    assert found("Path", "/app") == ["/app/a"]
    assert found("Path", "/app", Option="Recursive") == ["/app/a", "/app/deep/b"]
    assert found("Type", "SecureString") == ["/app/deep/b"]
    assert found("Tier", "Advanced") == ["c"]
    assert found("tag:team", "blue") == ["/app/a"]
    assert found("tag:team", "red") == []
    with refusal(ssm, "InvalidFilterKey"):
        found("Colour", "blue")
    with refusal(ssm, "InvalidFilterOption"):
        found("Type", "String", Option="Contains")
    with refusal(ssm, "InvalidFilterValue"):
        found("Type")


def test_delete(ssm):
    put(ssm)
    ssm.delete_parameter(Name=NAME)
    with pytest.raises(ssm.exceptions.ParameterNotFound):
        ssm.delete_parameter(Name=NAME)
    with refusal(ssm, "ValidationException", "Value null at 'name'"):
        ssm.delete_parameter()
    assert put(ssm)["Version"] == 1


def test_delete_several(ssm):
    put(ssm, "a"), put(ssm, "b")
    answer = ssm.delete_parameters(Names=["a", "none", "b"])
    assert (answer["DeletedParameters"], answer["InvalidParameters"]) == (["a", "b"], ["none"])
    again = ssm.delete_parameters(Names=["a", "none", "b"])
    assert again["InvalidParameters"] == ["a", "none", "b"]
    with refusal(ssm, "ValidationException", "'names'"):
        ssm.delete_parameters(Names=[])


def test_tags(ssm):
    put(ssm, Tags=[{"Key": "a", "Value": "1"}])
    of = {"ResourceType": "Parameter", "ResourceId": NAME}
    for _ in range(2):
        ssm.add_tags_to_resource(**of, Tags=[{"Key": "b", "Value": "2"}])
    assert ssm.list_tags_for_resource(**of)["TagList"] == [{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}]
    for _ in range(2):
        ssm.remove_tags_from_resource(**of, TagKeys=["a", "none"])
        assert ssm.list_tags_for_resource(**of)["TagList"] == [{"Key": "b", "Value": "2"}]


@pytest.mark.parametrize("call, more", [
    ("add_tags_to_resource", {"Tags": [{"Key": "a", "Value": "1"}]}),
    ("list_tags_for_resource", {}),
    ("remove_tags_from_resource", {"TagKeys": ["a"]}),
])
def test_tags_of_what_there_is_not(ssm, call, more):
    with refusal(ssm, "InvalidResourceId"):
        getattr(ssm, call)(ResourceType="Parameter", ResourceId="none", **more)
    with refusal(ssm, "InvalidResourceId"):
        getattr(ssm, call)(ResourceType="Document", ResourceId="none", **more)
    with refusal(ssm, "InvalidResourceType"):
        getattr(ssm, call)(ResourceType="Bucket", ResourceId="none", **more)
