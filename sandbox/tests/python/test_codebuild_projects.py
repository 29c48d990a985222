"""CodeBuild: projects and credentials."""

import pytest

import codebuild_world as world
from expect import refusal


@pytest.fixture
def role(iam):
    return world.role(iam)


def read(codebuild, name="app"):
    return codebuild.batch_get_projects(names=[name])["projects"][0]


def test_create_and_find(codebuild, role, account):
    given = world.project(role, description="builds the app", tags=[{"key": "team", "value": "blue"}])
    made = codebuild.create_project(**given)["project"]
    assert made["arn"] == f"arn:aws:codebuild:eu-central-1:{account}:project/app"
    assert made["tags"] == given["tags"] and made["description"] == "builds the app"
    assert made["environment"] == given["environment"] | {"imagePullCredentialsType": "CODEBUILD"} | {
        "environmentVariables": []
    }
    assert (made["timeoutInMinutes"], made["queuedTimeoutInMinutes"]) == (60, 480)
    assert made["badge"] == {"badgeEnabled": False} and made["cache"] == {"type": "NO_CACHE"}
    for _ in range(2):
        assert read(codebuild) == made
    with refusal(codebuild, "ResourceAlreadyExistsException", made["arn"]):
        codebuild.create_project(**given)


@pytest.mark.parametrize("more, words", [
    ({"name": None}, "'name'"),
    ({"name": "a"}, "Invalid project name"),
    ({"name": "_app"}, "Invalid project name"),
    ({"source": None}, "'source'"),
    ({"source": {"type": "SVN"}}, "'source.type'"),
    ({"source": {"type": "NO_SOURCE"}}, "buildspec"),
    ({"source": {"type": "GITHUB", "location": "app"}}, "GitHub repository URL"),
    ({"source": {"type": "GITLAB", "location": world.LOCATION}}, "No Access token found"),
    ({"artifacts": None}, "'artifacts'"),
    ({"artifacts": {"type": "S3"}}, "bucket"),
    ({"artifacts": {"type": "CODEPIPELINE"}}, "go together"),
    ({"environment": None}, "'environment'"),
    ({"environment": world.environment(type="MAC")}, "'environment.type'"),
    ({"environment": world.environment(computeType="BUILD_GENERAL1_TINY")}, "'environment.computeType'"),
    ({"environment": world.environment(image="")}, "image"),
    ({"environment": world.environment(("1A", "x"))}, "environment variable name: 1A"),
    ({"serviceRole": None}, "'serviceRole'"),
    ({"serviceRole": "build"}, "Invalid service role"),
    ({"timeoutInMinutes": 4}, "between 5 and 2160"),
    ({"cache": {"type": "LOCAL"}}, "mode"),
    ({"vpcConfig": {"vpcId": "vpc-1"}}, "vpc config"),
    ({"tags": [{"key": "aws:a", "value": "b"}]}, "tag key"),
])
def test_what_cannot_be_created(codebuild, role, more, words):
    given = {name: value for name, value in (world.project(role) | more).items() if value is not None}
    with refusal(codebuild, "InvalidInputException", words):
        codebuild.create_project(**given)
    assert codebuild.list_projects()["projects"] == []


@pytest.mark.parametrize("case", ["no such role", "a role of another service"])
def test_the_role_must_trust_codebuild(codebuild, iam, account, case):
    arn = f"arn:aws:iam::{account}:role/build"
    if case != "no such role":
        world.role(iam, service="codedeploy.amazonaws.com")
    words = f"CodeBuild is not authorized to perform: sts:AssumeRole on {arn}"
    with refusal(codebuild, "InvalidInputException", words):
        codebuild.create_project(**world.project(arn))


def test_a_gitlab_source_wants_a_connection_that_is_available(codebuild, role, server):
    connections = server.client("codeconnections")
    arn = connections.create_connection(ProviderType="GitLab", ConnectionName="gitlab")["ConnectionArn"]
    source = {"type": "GITLAB", "location": world.LOCATION, "auth": {"type": "CODECONNECTIONS", "resource": arn}}
    given = world.project(role, source=source)
    with refusal(codebuild, "InvalidInputException", "not available"):
        codebuild.create_project(**given)
    server.handshake(arn)
    assert codebuild.create_project(**given)["project"]["source"]["auth"] == source["auth"]
    connections.delete_connection(ConnectionArn=arn)
    with refusal(codebuild, "InvalidInputException", "Could not find connection"):
        codebuild.update_project(name="app", source=source)


def test_list(codebuild, role, server):
    for name in "cc", "aa", "bb":
        codebuild.create_project(**world.project(role, name=name))
        server.advance(1)
    for _ in range(2):
        assert codebuild.list_projects()["projects"] == ["aa", "bb", "cc"]
    assert codebuild.list_projects(sortBy="CREATED_TIME", sortOrder="DESCENDING")["projects"] == ["bb", "aa", "cc"]
    for given in {"sortBy": "SIZE"}, {"nextToken": "?"}:
        with refusal(codebuild, "InvalidInputException"):
            codebuild.list_projects(**given)


def test_more_than_a_page(codebuild, role):
    for number in range(101):
        codebuild.create_project(**world.project(role, name=f"app{number:03}"))
    first = codebuild.list_projects()
    rest = codebuild.list_projects(nextToken=first["nextToken"])
    assert len(first["projects"]) == 100 and rest["projects"] == ["app100"]


def test_update(codebuild, role):
    codebuild.create_project(**world.project(role, description="old"))
    for _ in range(2):
        changed = codebuild.update_project(name="app", description="new", environment=world.environment(("A", "1")))
        assert changed["project"]["description"] == "new"
        assert changed["project"]["environment"]["environmentVariables"] == [
            {"name": "A", "value": "1", "type": "PLAINTEXT"}
        ]
    assert read(codebuild) == changed["project"]
    assert changed["project"]["serviceRole"] == role
    with refusal(codebuild, "ResourceNotFoundException", "Project cannot be found"):
        codebuild.update_project(name="none", description="new")
    with refusal(codebuild, "InvalidInputException"):
        codebuild.update_project(name="app", timeoutInMinutes=1)


def test_delete(codebuild, role):
    codebuild.create_project(**world.project(role))
    for _ in range(2):
        codebuild.delete_project(name="app")
        assert codebuild.batch_get_projects(names=["app"])["projectsNotFound"] == ["app"]
    with refusal(codebuild, "InvalidInputException"):
        codebuild.delete_project(name="")
    with refusal(codebuild, "InvalidInputException"):
        codebuild.batch_get_projects(names=[])


def test_credentials(codebuild, server, raw):
    connection = server.client("codeconnections").create_connection(ProviderType="GitLab", ConnectionName="gitlab")
    given = {"serverType": "GITLAB", "authType": "CODECONNECTIONS", "token": connection["ConnectionArn"]}
    for _ in range(2):
        arn = codebuild.import_source_credentials(**given)["arn"]
    for _ in range(2):
        assert codebuild.list_source_credentials()["sourceCredentialsInfos"] == [
            {"arn": arn, "serverType": "GITLAB", "authType": "CODECONNECTIONS", "resource": given["token"]}
        ]
    with refusal(codebuild, "ResourceAlreadyExistsException"):
        codebuild.import_source_credentials(**given, shouldOverwrite=False)
    for wrong in {"serverType": "SVN"}, {"authType": "NONE"}, {"token": ""}, {"token": "arn:aws:x"}:
        with refusal(codebuild, "InvalidInputException"):
            codebuild.import_source_credentials(**given | wrong)
    codebuild.delete_source_credentials(arn=arn)
    assert codebuild.list_source_credentials()["sourceCredentialsInfos"] == []
    with refusal(codebuild, "ResourceNotFoundException"):
        codebuild.delete_source_credentials(arn=arn)
    with refusal(codebuild, "InvalidInputException"):
        codebuild.delete_source_credentials(arn="none")
    status, text = raw("codebuild", '{"all": true}', "CodeBuild_20161006.ListSourceCredentials")
    assert status == 400 and "not recognized" in text


def test_curated_images(codebuild, raw):
    for _ in range(2):
        platforms = codebuild.list_curated_environment_images()["platforms"]
        names = [
            image["name"] for platform in platforms for language in platform["languages"] for image in language["images"]
        ]
        assert "aws/codebuild/amazonlinux-x86_64-standard:5.0" in names
    status, text = raw("codebuild", '{"all": true}', "CodeBuild_20161006.ListCuratedEnvironmentImages")
    assert status == 400 and "not recognized" in text
