"""ECR: repositories, their settings, policies and tags."""

import base64
import json
from datetime import datetime, timedelta, timezone

import pytest

from expect import refusal

REPOSITORY = {"repositoryName": "demo"}
NONE = {"repositoryName": "none"}
POLICY = json.dumps({
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "ecr:BatchGetImage"}],
})
LIFECYCLE = json.dumps({
    "rules": [{
        "rulePriority": 1,
        "description": "keep ten",
        "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 10},
        "action": {"type": "expire"},
    }]
})


@pytest.fixture
def demo(ecr):
    """An empty repository."""
    return ecr.create_repository(**REPOSITORY)["repository"]


def described(ecr, name="demo"):
    [found] = ecr.describe_repositories(repositoryNames=[name])["repositories"]
    return found


def test_create(ecr, account):
    made = ecr.create_repository(**REPOSITORY)["repository"]
    assert made["repositoryArn"] == f"arn:aws:ecr:eu-central-1:{account}:repository/demo"
    assert made["repositoryUri"] == f"{account}.dkr.ecr.eu-central-1.amazonaws.com/demo"
    assert (made["registryId"], made["imageTagMutability"]) == (account, "MUTABLE")
    assert made["imageScanningConfiguration"] == {"scanOnPush": False}
    assert made["encryptionConfiguration"] == {"encryptionType": "AES256"}
    assert "imageTagMutabilityExclusionFilters" not in made
    assert described(ecr) == made
    words = f"The repository with name 'demo' already exists in the registry with id '{account}'"
    with refusal(ecr, "RepositoryAlreadyExistsException", words):
        ecr.create_repository(**REPOSITORY)


def test_every_setting_is_kept(ecr):
    kept = {
        **REPOSITORY,
        "imageTagMutability": "IMMUTABLE_WITH_EXCLUSION",
        "imageTagMutabilityExclusionFilters": [{"filterType": "WILDCARD", "filter": "latest"}],
        "imageScanningConfiguration": {"scanOnPush": True},
    }
    ecr.create_repository(
        **kept,
        encryptionConfiguration={"encryptionType": "KMS"},
        tags=[{"Key": "a", "Value": "b"}],
    )
    found = described(ecr)
    assert {name: found[name] for name in kept} == kept
    assert found["encryptionConfiguration"]["kmsKey"].startswith("arn:aws:kms:eu-central-1:")
    assert ecr.list_tags_for_resource(resourceArn=found["repositoryArn"])["tags"] == [{"Key": "a", "Value": "b"}]


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ({"repositoryName": "Demo"}, "InvalidParameterException", "repositoryName"),
        ({"repositoryName": "a"}, "InvalidParameterException", "repositoryName"),
        ({"repositoryName": None}, "InvalidParameterException", "repositoryName"),
        ({"registryId": "999999999999"}, "InvalidParameterException", "registryId"),
        ({"imageTagMutability": "SOMETIMES"}, "SerializationException", ""),
        ({"imageTagMutability": "IMMUTABLE_WITH_EXCLUSION"}, "InvalidParameterException", "required"),
        (
            {"imageTagMutabilityExclusionFilters": [{"filterType": "WILDCARD", "filter": "latest"}]},
            "InvalidParameterException",
            "cannot be used",
        ),
        ({"encryptionConfiguration": {"encryptionType": "ROT13"}}, "InvalidParameterException", "encryptionType"),
        (
            {"encryptionConfiguration": {"encryptionType": "AES256", "kmsKey": "k"}},
            "InvalidParameterException",
            "encryptionConfiguration",
        ),
        ({"tags": [{"Key": "aws:a", "Value": "b"}]}, "InvalidTagParameterException", "aws:a"),
        ({"tags": [{"Key": f"k{n}", "Value": ""} for n in range(51)]}, "TooManyTagsException", "50"),
    ],
)
def test_create_refused(ecr, change, code, words):
    asked = {name: value for name, value in {**REPOSITORY, **change}.items() if value is not None}
    with refusal(ecr, code, words):
        ecr.create_repository(**asked)
    assert ecr.describe_repositories()["repositories"] == []


def test_describe(ecr, demo, account):
    ecr.create_repository(repositoryName="team/app")
    names = lambda **asked: [found["repositoryName"] for found in ecr.describe_repositories(**asked)["repositories"]]
    assert names() == names() == ["demo", "team/app"]
    first = ecr.describe_repositories(maxResults=1)
    assert names(maxResults=1, nextToken=first["nextToken"]) == ["team/app"]
    words = f"The repository with name 'none' does not exist in the registry with id '{account}'"
    with refusal(ecr, "RepositoryNotFoundException", words):
        names(repositoryNames=["demo", "none"])
    with refusal(ecr, "RepositoryNotFoundException", "999999999999"):
        names(registryId="999999999999", repositoryNames=["demo"])
    with refusal(ecr, "InvalidParameterException", "maxResults"):
        names(maxResults=0)


def test_delete(ecr, demo):
    assert ecr.delete_repository(**REPOSITORY)["repository"] == demo
    with refusal(ecr, "RepositoryNotFoundException"):
        ecr.delete_repository(**REPOSITORY)


def test_mutability(ecr, demo):
    filters = [{"filterType": "WILDCARD", "filter": "dev-*"}]
    asked = {
        **REPOSITORY,
        "imageTagMutability": "MUTABLE_WITH_EXCLUSION",
        "imageTagMutabilityExclusionFilters": filters,
    }
    for _ in range(2):
        assert ecr.put_image_tag_mutability(**asked)["imageTagMutabilityExclusionFilters"] == filters
    assert described(ecr)["imageTagMutability"] == "MUTABLE_WITH_EXCLUSION"
    ecr.put_image_tag_mutability(**REPOSITORY, imageTagMutability="IMMUTABLE")
    assert "imageTagMutabilityExclusionFilters" not in described(ecr)
    with refusal(ecr, "RepositoryNotFoundException"):
        ecr.put_image_tag_mutability(**NONE, imageTagMutability="IMMUTABLE")


@pytest.mark.parametrize(
    "filters",
    [
        [],
        [{"filterType": "WILDCARD", "filter": f"f{n}"} for n in range(6)],
        [{"filterType": "REGEX", "filter": "a"}],
        [{"filterType": "WILDCARD", "filter": "a/b"}],
        [{"filterType": "WILDCARD", "filter": "*a*b*"}],
        [{"filterType": "WILDCARD", "filter": "a" * 129}],
    ],
)
def test_exclusions_that_are_refused(ecr, demo, filters):
    with refusal(ecr, "InvalidParameterException", "imageTagMutabilityExclusionFilters"):
        ecr.put_image_tag_mutability(
            **REPOSITORY,
            imageTagMutability="IMMUTABLE_WITH_EXCLUSION",
            imageTagMutabilityExclusionFilters=filters,
        )
    assert described(ecr) == demo


def test_scanning(ecr, demo):
    asked = {**REPOSITORY, "imageScanningConfiguration": {"scanOnPush": True}}
    for _ in range(2):
        assert ecr.put_image_scanning_configuration(**asked)["imageScanningConfiguration"] == {"scanOnPush": True}
    assert described(ecr)["imageScanningConfiguration"] == {"scanOnPush": True}
    with refusal(ecr, "RepositoryNotFoundException"):
        ecr.put_image_scanning_configuration(**{**asked, **NONE})
    with refusal(ecr, "InvalidParameterException"):
        ecr.put_image_scanning_configuration(**REPOSITORY)


def test_policies(ecr, demo):
    with refusal(ecr, "RepositoryPolicyNotFoundException", "Repository policy does not exist"):
        ecr.get_repository_policy(**REPOSITORY)
    for _ in range(2):
        assert ecr.set_repository_policy(**REPOSITORY, policyText=POLICY)["policyText"] == POLICY
    for _ in range(2):
        assert ecr.get_repository_policy(**REPOSITORY)["policyText"] == POLICY
    assert ecr.delete_repository_policy(**REPOSITORY)["policyText"] == POLICY
    with refusal(ecr, "RepositoryPolicyNotFoundException"):
        ecr.delete_repository_policy(**REPOSITORY)
    for call in (ecr.get_repository_policy, ecr.delete_repository_policy):
        with refusal(ecr, "RepositoryNotFoundException"):
            call(**NONE)
        with refusal(ecr, "InvalidParameterException", "repositoryName"):
            call()
    with refusal(ecr, "RepositoryNotFoundException"):
        ecr.set_repository_policy(**NONE, policyText=POLICY)
    for broken in ("{", "{}", '{"Statement":[]}', POLICY.replace("Allow", "Perhaps")):
        with refusal(ecr, "InvalidParameterException", "Invalid repository policy provided"):
            ecr.set_repository_policy(**REPOSITORY, policyText=broken)


def test_lifecycle_policies(ecr, demo):
    with refusal(ecr, "LifecyclePolicyNotFoundException", "Lifecycle policy does not exist"):
        ecr.get_lifecycle_policy(**REPOSITORY)
    for _ in range(2):
        ecr.put_lifecycle_policy(**REPOSITORY, lifecyclePolicyText=LIFECYCLE)
    for _ in range(2):
        assert ecr.get_lifecycle_policy(**REPOSITORY)["lifecyclePolicyText"] == LIFECYCLE
    assert ecr.delete_lifecycle_policy(**REPOSITORY)["lifecyclePolicyText"] == LIFECYCLE
    with refusal(ecr, "LifecyclePolicyNotFoundException"):
        ecr.delete_lifecycle_policy(**REPOSITORY)
    for call in (ecr.get_lifecycle_policy, ecr.delete_lifecycle_policy):
        with refusal(ecr, "RepositoryNotFoundException"):
            call(**NONE)
        with refusal(ecr, "InvalidParameterException", "repositoryName"):
            call()
    with refusal(ecr, "RepositoryNotFoundException"):
        ecr.put_lifecycle_policy(**NONE, lifecyclePolicyText=LIFECYCLE)
    rule = json.loads(LIFECYCLE)["rules"][0]
    for rules in (
        [],
        [rule, rule],
        [{**rule, "rulePriority": 0}],
        [{**rule, "selection": {"tagStatus": "any"}}],
        [{**rule, "action": {"type": "archive"}}],
    ):
        with refusal(ecr, "InvalidParameterException", "Lifecycle policy validation failure"):
            ecr.put_lifecycle_policy(**REPOSITORY, lifecyclePolicyText=json.dumps({"rules": rules}))


def test_tags(ecr, demo):
    arn = demo["repositoryArn"]
    tags = lambda: ecr.list_tags_for_resource(resourceArn=arn)["tags"]
    for _ in range(2):
        ecr.tag_resource(resourceArn=arn, tags=[{"Key": "a", "Value": "b"}, {"Key": "c", "Value": ""}])
    assert tags() == tags() == [{"Key": "a", "Value": "b"}, {"Key": "c", "Value": ""}]
    for _ in range(2):
        ecr.untag_resource(resourceArn=arn, tagKeys=["c", "none"])
    assert tags() == [{"Key": "a", "Value": "b"}]
    with refusal(ecr, "InvalidTagParameterException"):
        ecr.tag_resource(resourceArn=arn, tags=[{"Key": "", "Value": "b"}])
    for arn, code in [(arn.replace("demo", "none"), "RepositoryNotFoundException"),
                      ("arn:aws:s3:::demo", "InvalidParameterException")]:
        with refusal(ecr, code):
            tags()
        with refusal(ecr, code):
            ecr.tag_resource(resourceArn=arn, tags=[{"Key": "a", "Value": "b"}])
        with refusal(ecr, code):
            ecr.untag_resource(resourceArn=arn, tagKeys=["a"])


def test_a_token_for_docker(ecr, account):
    tokens = []
    for _ in range(2):
        [data] = ecr.get_authorization_token()["authorizationData"]
        tokens.append(base64.b64decode(data["authorizationToken"]).decode())
    assert all(token.startswith("AWS:") for token in tokens) and tokens[0] != tokens[1]
    assert data["proxyEndpoint"] == f"https://{account}.dkr.ecr.eu-central-1.amazonaws.com"
    left = data["expiresAt"] - datetime.now(timezone.utc)
    assert timedelta(hours=11, minutes=59) < left <= timedelta(hours=12)
    with refusal(ecr, "InvalidParameterException"):
        ecr.get_authorization_token(registryIds=["999999999999"])
