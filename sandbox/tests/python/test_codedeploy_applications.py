"""CodeDeploy: applications, deployment configurations and tags."""

import pytest

from expect import refusal

APP = {"applicationName": "shop"}
NONE = {"applicationName": "none"}
CANARY = {
    "deploymentConfigName": "slow", "computePlatform": "ECS",
    "trafficRoutingConfig": {"type": "TimeBasedCanary", "timeBasedCanary": {"canaryPercentage": 20, "canaryInterval": 7}},
}


@pytest.fixture
def shop(codedeploy):
    """An application for ECS: its id."""
    return codedeploy.create_application(**APP, computePlatform="ECS")["applicationId"]


def test_create(codedeploy, shop):
    found = codedeploy.get_application(**APP)["application"]
    assert (found["applicationId"], found["applicationName"], found["computePlatform"]) == (shop, "shop", "ECS")
    assert found["linkedToGitHub"] is False
    assert codedeploy.get_application(**APP)["application"] == found
    for _ in range(2):
        with refusal(codedeploy, "ApplicationAlreadyExistsException", "shop"):
            codedeploy.create_application(**APP, computePlatform="ECS")


def test_servers_are_the_default_platform(codedeploy):
    codedeploy.create_application(**APP)
    assert codedeploy.get_application(**APP)["application"]["computePlatform"] == "Server"


@pytest.mark.parametrize("given, code", [
    ({}, "ApplicationNameRequiredException"),
    ({"applicationName": ""}, "InvalidApplicationNameException"),
    ({"applicationName": "a b"}, "InvalidApplicationNameException"),
    ({"applicationName": "x" * 101}, "InvalidApplicationNameException"),
    (APP | {"computePlatform": "EKS"}, "InvalidComputePlatformException"),
    (APP | {"tags": [{"Key": "aws:a", "Value": "b"}]}, "InvalidTagsToAddException"),
    (APP | {"tags": [{"Key": f"k{n}", "Value": "v"} for n in range(51)]}, "InvalidTagsToAddException"),
])
def test_what_cannot_be_created(codedeploy, given, code):
    with refusal(codedeploy, code):
        codedeploy.create_application(**given)
    assert codedeploy.list_applications()["applications"] == []


def test_list_and_batch(codedeploy):
    names = [f"app-{n:03}" for n in range(101)]
    for name in names:
        codedeploy.create_application(applicationName=name, computePlatform="ECS")
    first = codedeploy.list_applications()
    assert first["applications"] == names[:100]
    assert codedeploy.list_applications()["applications"] == names[:100]
    assert codedeploy.list_applications(nextToken=first["nextToken"])["applications"] == names[100:]
    with refusal(codedeploy, "InvalidNextTokenException"):
        codedeploy.list_applications(nextToken="garbage")
    for _ in range(2):
        infos = codedeploy.batch_get_applications(applicationNames=names[:2])["applicationsInfo"]
        assert [info["applicationName"] for info in infos] == names[:2]
    with refusal(codedeploy, "ApplicationDoesNotExistException", "none"):
        codedeploy.batch_get_applications(applicationNames=["app-000", "none"])
    with refusal(codedeploy, "BatchLimitExceededException"):
        codedeploy.batch_get_applications(applicationNames=names)


def test_rename(codedeploy, shop):
    for _ in range(2):
        codedeploy.update_application(**APP, newApplicationName="shop")
    codedeploy.update_application(**APP, newApplicationName="store")
    assert codedeploy.get_application(applicationName="store")["application"]["applicationId"] == shop
    with refusal(codedeploy, "ApplicationDoesNotExistException"):
        codedeploy.update_application(**APP, newApplicationName="store")
    codedeploy.create_application(**APP)
    with refusal(codedeploy, "ApplicationAlreadyExistsException"):
        codedeploy.update_application(**APP, newApplicationName="store")
    with refusal(codedeploy, "InvalidApplicationNameException"):
        codedeploy.update_application(**APP, newApplicationName="a b")


def test_delete(codedeploy, shop):
    for _ in range(2):
        codedeploy.delete_application(**APP)
        assert codedeploy.list_applications()["applications"] == []
    with refusal(codedeploy, "InvalidApplicationNameException"):
        codedeploy.delete_application(applicationName="a b")
    with refusal(codedeploy, "ApplicationNameRequiredException"):
        codedeploy.delete_application()
    with refusal(codedeploy, "ApplicationDoesNotExistException", "shop"):
        codedeploy.get_application(**APP)
    with refusal(codedeploy, "ApplicationNameRequiredException"):
        codedeploy.get_application()


def test_predefined_configs(codedeploy):
    names = codedeploy.list_deployment_configs()["deploymentConfigsList"]
    assert {"CodeDeployDefault.ECSAllAtOnce", "CodeDeployDefault.ECSLinear10PercentEvery1Minutes",
            "CodeDeployDefault.ECSCanary10Percent5Minutes", "CodeDeployDefault.OneAtATime"} <= set(names)
    assert codedeploy.list_deployment_configs()["deploymentConfigsList"] == names
    find = lambda name: codedeploy.get_deployment_config(deploymentConfigName=name)["deploymentConfigInfo"]
    at_once = find("CodeDeployDefault.ECSAllAtOnce")
    assert (at_once["computePlatform"], at_once["trafficRoutingConfig"]) == ("ECS", {"type": "AllAtOnce"})
    canary = find("CodeDeployDefault.ECSCanary10Percent15Minutes")["trafficRoutingConfig"]
    assert canary == {"type": "TimeBasedCanary", "timeBasedCanary": {"canaryPercentage": 10, "canaryInterval": 15}}
    assert find("CodeDeployDefault.HalfAtATime")["minimumHealthyHosts"] == {"type": "FLEET_PERCENT", "value": 50}
    with refusal(codedeploy, "InvalidNextTokenException"):
        codedeploy.list_deployment_configs(nextToken="garbage")


def test_ones_own_config(codedeploy, shop):
    codedeploy.create_deployment_config(**CANARY)
    for _ in range(2):
        with refusal(codedeploy, "DeploymentConfigAlreadyExistsException"):
            codedeploy.create_deployment_config(**CANARY)
        found = codedeploy.get_deployment_config(deploymentConfigName="slow")["deploymentConfigInfo"]
        assert found["trafficRoutingConfig"] == CANARY["trafficRoutingConfig"]
    assert "slow" in codedeploy.list_deployment_configs()["deploymentConfigsList"]
    for _ in range(2):
        codedeploy.delete_deployment_config(deploymentConfigName="slow")
    with refusal(codedeploy, "DeploymentConfigDoesNotExistException", "slow"):
        codedeploy.get_deployment_config(deploymentConfigName="slow")
    with refusal(codedeploy, "InvalidDeploymentConfigNameException"):
        codedeploy.get_deployment_config(deploymentConfigName="a b")
    with refusal(codedeploy, "InvalidOperationException"):
        codedeploy.delete_deployment_config(deploymentConfigName="CodeDeployDefault.ECSAllAtOnce")


LINEAR = {"type": "TimeBasedLinear", "timeBasedLinear": {"linearPercentage": 10, "linearInterval": 300}}


@pytest.mark.parametrize("change, code", [
    ({"deploymentConfigName": None}, "DeploymentConfigNameRequiredException"),
    ({"trafficRoutingConfig": None}, "InvalidTrafficRoutingConfigurationException"),
    ({"trafficRoutingConfig": LINEAR | {"timeBasedLinear": {"linearPercentage": 10, "linearInterval": 400}}},
     "InvalidTrafficRoutingConfigurationException"),
    ({"trafficRoutingConfig": {"type": "AllAtOnce"} | CANARY["trafficRoutingConfig"] | {"type": "AllAtOnce"}},
     "InvalidTrafficRoutingConfigurationException"),
    ({"minimumHealthyHosts": {"type": "HOST_COUNT", "value": 1}}, "InvalidTrafficRoutingConfigurationException"),
    ({"computePlatform": "Server"}, "InvalidMinimumHealthyHostValueException"),
    ({"computePlatform": "Server", "trafficRoutingConfig": None,
      "minimumHealthyHosts": {"type": "FLEET_PERCENT", "value": 100}}, "InvalidMinimumHealthyHostValueException"),
])
def test_what_cannot_be_configured(codedeploy, change, code):
    asked = {name: value for name, value in (CANARY | change).items() if value is not None}
    with refusal(codedeploy, code):
        codedeploy.create_deployment_config(**asked)


def test_tags(codedeploy, account):
    codedeploy.create_application(**APP, tags=[{"Key": "a", "Value": "1"}])
    arn = f"arn:aws:codedeploy:eu-central-1:{account}:application:shop"
    for _ in range(2):
        codedeploy.tag_resource(ResourceArn=arn, Tags=[{"Key": "b", "Value": "2"}])
        tags = codedeploy.list_tags_for_resource(ResourceArn=arn)["Tags"]
        assert tags == [{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}]
    for _ in range(2):
        codedeploy.untag_resource(ResourceArn=arn, TagKeys=["a", "none"])
        assert codedeploy.list_tags_for_resource(ResourceArn=arn)["Tags"] == [{"Key": "b", "Value": "2"}]
    with refusal(codedeploy, "InvalidTagsToAddException"):
        codedeploy.tag_resource(ResourceArn=arn, Tags=[{"Key": "aws:x", "Value": "2"}])
    with refusal(codedeploy, "TagRequiredException"):
        codedeploy.tag_resource(ResourceArn=arn, Tags=[])


@pytest.mark.parametrize("call, more", [
    ("tag_resource", {"Tags": [{"Key": "a", "Value": "1"}]}), ("untag_resource", {"TagKeys": ["a"]}),
    ("list_tags_for_resource", {}),
])
def test_tags_of_nothing(codedeploy, account, shop, call, more):
    arn = f"arn:aws:codedeploy:eu-central-1:{account}"
    ask = lambda resource: getattr(codedeploy, call)(ResourceArn=resource, **more)
    with refusal(codedeploy, "ApplicationDoesNotExistException"):
        ask(f"{arn}:application:none")
    with refusal(codedeploy, "DeploymentGroupDoesNotExistException"):
        ask(f"{arn}:deploymentgroup:shop/none")
    with refusal(codedeploy, "ArnNotSupportedException"):
        ask(f"{arn}:deploymentconfig:none")
    with refusal(codedeploy, "InvalidArnException"):
        ask("none")
    with refusal(codedeploy, "ResourceArnRequiredException"):
        getattr(codedeploy, call)(**more)
