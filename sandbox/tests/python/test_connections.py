"""CodeConnections, by both of its names."""

import pytest

from expect import refusal

NAMES = ["codeconnections", "codestar-connections"]


@pytest.fixture(params=NAMES)
def client(server, request):
    return server.client(request.param)


@pytest.fixture
def arn(client):
    made = client.create_connection(
        ProviderType="GitLab", ConnectionName="gitlab-connection", Tags=[{"Key": "team", "Value": "blue"}]
    )
    assert made["Tags"] == [{"Key": "team", "Value": "blue"}]
    return made["ConnectionArn"]


def test_pending_until_a_person_shakes_hands(server, client, arn, account):
    service = client.meta.service_model.service_name
    assert arn.startswith(f"arn:aws:{service}:eu-central-1:{account}:connection/")
    for _ in range(2):
        found = client.get_connection(ConnectionArn=arn)["Connection"]
        assert found == {
            "ConnectionName": "gitlab-connection", "ConnectionArn": arn, "ProviderType": "GitLab",
            "OwnerAccountId": account, "ConnectionStatus": "PENDING",
        }
    for _ in range(2):
        server.handshake(arn)
        assert client.get_connection(ConnectionArn=arn)["Connection"]["ConnectionStatus"] == "AVAILABLE"


def test_both_names_know_the_same(server, arn):
    for name in NAMES:
        assert server.client(name).list_connections()["Connections"][0]["ConnectionArn"] == arn


def test_names_need_not_differ(client, arn):
    asked = {"ProviderType": "GitLab", "ConnectionName": "gitlab-connection", "Tags": [{"Key": "team", "Value": "blue"}]}
    assert client.create_connection(**asked)["ConnectionArn"] != arn


@pytest.mark.parametrize("given, code, words", [
    ({"ProviderType": "GitLab"}, "ValidationException", "'connectionName'"),
    ({"ProviderType": "GitLab", "ConnectionName": ""}, "ValidationException", "between 1 and 32"),
    ({"ProviderType": "GitLab", "ConnectionName": "x" * 33}, "ValidationException", "between 1 and 32"),
    ({"ProviderType": "SourceForge", "ConnectionName": "a"}, "ValidationException", "enum value set"),
    ({"ProviderType": "GitLabSelfManaged", "ConnectionName": "a"}, "ValidationException", "host ARN"),
    ({"ConnectionName": "a"}, "ValidationException", "provider type"),
    ({"HostArn": "arn:aws:codeconnections:eu-central-1:123456789012:host/a", "ConnectionName": "a"},
     "ResourceNotFoundException", "Host"),
    ({"ProviderType": "GitLab", "ConnectionName": "a", "Tags": [{"Key": "aws:a", "Value": ""}]},
     "ValidationException", "aws:"),
    ({"ProviderType": "GitLab", "ConnectionName": "a", "Tags": [{"Key": str(n), "Value": ""} for n in range(201)]},
     "LimitExceededException", "200"),
])
def test_what_cannot_be_created(client, given, code, words):
    with refusal(client, code, words):
        client.create_connection(**given)
    assert client.list_connections()["Connections"] == []


def test_list(client, arn):
    other = client.create_connection(ProviderType="GitHub", ConnectionName="b")["ConnectionArn"]
    arns = lambda **given: [it["ConnectionArn"] for it in client.list_connections(**given)["Connections"]]
    for _ in range(2):
        assert arns() == [arn, other]
    assert arns(ProviderTypeFilter="GitHub") == [other]
    assert arns(HostArnFilter="arn:aws:codeconnections:eu-central-1:123456789012:host/a") == []
    first = client.list_connections(MaxResults=1)
    rest = client.list_connections(MaxResults=1, NextToken=first["NextToken"])
    assert [it["ConnectionArn"] for it in first["Connections"] + rest["Connections"]] == [arn, other]
    for given in {"MaxResults": 101}, {"NextToken": "?"}, {"ProviderTypeFilter": "x"}:
        with refusal(client, "ValidationException"):
            client.list_connections(**given)


def test_tags(client, arn):
    for _ in range(2):
        client.tag_resource(ResourceArn=arn, Tags=[{"Key": "a", "Value": "1"}])
        assert client.list_tags_for_resource(ResourceArn=arn)["Tags"] == [
            {"Key": "a", "Value": "1"}, {"Key": "team", "Value": "blue"},
        ]
    for _ in range(2):
        client.untag_resource(ResourceArn=arn, TagKeys=["team"])
        assert client.list_tags_for_resource(ResourceArn=arn)["Tags"] == [{"Key": "a", "Value": "1"}]


def test_delete(client, arn):
    client.delete_connection(ConnectionArn=arn)
    assert client.list_connections()["Connections"] == []
    with refusal(client, "ResourceNotFoundException", arn):
        client.delete_connection(ConnectionArn=arn)


@pytest.mark.parametrize("call, member, more", [
    ("get_connection", "ConnectionArn", {}), ("delete_connection", "ConnectionArn", {}),
    ("list_tags_for_resource", "ResourceArn", {}), ("tag_resource", "ResourceArn", {"Tags": []}),
    ("untag_resource", "ResourceArn", {"TagKeys": []}),
])
def test_no_such_connection(client, arn, call, member, more):
    with refusal(client, "ResourceNotFoundException"):
        getattr(client, call)(**{member: arn + "0"}, **more)
    with refusal(client, "ValidationException"):
        getattr(client, call)(**{member: "none"}, **more)
