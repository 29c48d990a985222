"""CodeDeploy: deployment groups of the platform ECS."""

import json

import pytest

from blue_green import CLUSTER, SERVICE, Stack, changed, role
from expect import refusal

GROUP = {"applicationName": "shop", "deploymentGroupName": "blue-green"}
NOWHERE = {"applicationName": "none", "deploymentGroupName": "blue-green"}
OTHER_LISTENER = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/demo-alb/0123456789abcdef/0123456789abcdef"


@pytest.fixture(autouse=True)
def stack(client, iam, codedeploy):
    """A service to deploy to, a role that CodeDeploy may assume, and an application."""
    role(iam, "ecsCodeDeployRole", "codedeploy", "AWSCodeDeployRoleForECS")
    role(iam, "taskRole", "ecs-tasks")
    codedeploy.create_application(applicationName="shop", computePlatform="ECS")
    return Stack(client)


def found(codedeploy, **asked):
    return codedeploy.get_deployment_group(**(GROUP | asked))["deploymentGroupInfo"]


def test_create(codedeploy, stack):
    settings = stack.settings()
    made = codedeploy.create_deployment_group(**GROUP, **settings)["deploymentGroupId"]
    group = found(codedeploy)
    assert group["deploymentGroupId"] == made
    assert group["computePlatform"] == "ECS"
    assert {name: group[name] for name in settings} == settings
    assert group["alarmConfiguration"] == {"enabled": False, "ignorePollAlarmFailure": False, "alarms": []}
    assert found(codedeploy) == group
    for _ in range(2):
        with refusal(codedeploy, "DeploymentGroupAlreadyExistsException", "blue-green"):
            codedeploy.create_deployment_group(**GROUP, **stack.settings())


def test_all_at_once_is_the_default(codedeploy, stack):
    codedeploy.create_deployment_group(**GROUP, **changed(stack.settings(), "deploymentConfigName", None))
    assert found(codedeploy)["deploymentConfigName"] == "CodeDeployDefault.ECSAllAtOnce"


READY = "blueGreenDeploymentConfiguration__deploymentReadyOption"
TERMINATION = "blueGreenDeploymentConfiguration__terminateBlueInstancesOnDeploymentSuccess"
PAIRS = "loadBalancerInfo__targetGroupPairInfoList"
BLUE_GREEN = "InvalidBlueGreenDeploymentConfigurationException"


@pytest.mark.parametrize("changes, code", [
    ({"serviceRoleArn": None}, "RoleRequiredException"),
    ({"serviceRoleArn": "ecsCodeDeployRole"}, "InvalidRoleException"),
    ({"serviceRoleArn": "arn:aws:iam::123456789012:role/none"}, "InvalidRoleException"),
    ({"serviceRoleArn": "arn:aws:iam::123456789012:role/taskRole"}, "InvalidRoleException"),
    ({"deploymentConfigName": "none"}, "DeploymentConfigDoesNotExistException"),
    ({"deploymentConfigName": "CodeDeployDefault.OneAtATime"}, "InvalidDeploymentConfigNameException"),
    ({"deploymentStyle": None, "blueGreenDeploymentConfiguration": None}, "InvalidDeploymentStyleException"),
    ({"deploymentStyle__deploymentOption": "WITHOUT_TRAFFIC_CONTROL"}, "InvalidDeploymentStyleException"),
    ({"deploymentStyle__deploymentType": "IN_PLACE", "blueGreenDeploymentConfiguration": None},
     "InvalidDeploymentStyleException"),
    ({"deploymentStyle__deploymentType": "GREEN_BLUE"}, "InvalidDeploymentStyleException"),
    ({"blueGreenDeploymentConfiguration": None}, BLUE_GREEN),
    ({READY: None}, BLUE_GREEN),
    ({TERMINATION: None}, BLUE_GREEN),
    ({f"{READY}__actionOnTimeout": "CONTINUE_DEPLOYMENT"}, BLUE_GREEN),
    ({f"{READY}__waitTimeInMinutes": None}, BLUE_GREEN),
    ({f"{READY}__waitTimeInMinutes": 7201}, BLUE_GREEN),
    ({f"{READY}__waitTimeInMinutes": -1}, BLUE_GREEN),
    ({f"{TERMINATION}__terminationWaitTimeInMinutes": 2881}, BLUE_GREEN),
    ({f"{TERMINATION}__terminationWaitTimeInMinutes": -1}, BLUE_GREEN),
    ({"blueGreenDeploymentConfiguration__greenFleetProvisioningOption": {"action": "DISCOVER_EXISTING"}}, BLUE_GREEN),
    ({"loadBalancerInfo": None}, "InvalidLoadBalancerInfoException"),
    ({PAIRS: []}, "InvalidLoadBalancerInfoException"),
    ({f"{PAIRS}__0__targetGroups": [{"name": "prod-tg"}]}, "InvalidTargetGroupPairException"),
    ({f"{PAIRS}__0__targetGroups": [{"name": "prod-tg"}] * 2}, "InvalidTargetGroupPairException"),
    ({f"{PAIRS}__0__prodTrafficRoute": None}, "InvalidTargetGroupPairException"),
    ({f"{PAIRS}__0__testTrafficRoute": {"listenerArns": []}}, "InvalidTargetGroupPairException"),
    ({f"{PAIRS}__0__targetGroups": [{"name": "prod-tg"}, {"name": "none"}]}, "InvalidTargetGroupPairException"),
    ({f"{PAIRS}__0__prodTrafficRoute": {"listenerArns": ["none"]}}, "InvalidTargetGroupPairException"),
    ({f"{PAIRS}__0__prodTrafficRoute": {"listenerArns": [OTHER_LISTENER]}}, "InvalidTargetGroupPairException"),
    ({"ecsServices": None}, "InvalidECSServiceException"),
    ({"ecsServices": [{"serviceName": "demo"}]}, "InvalidECSServiceException"),
    ({"ecsServices": [{"serviceName": SERVICE, "clusterName": CLUSTER}] * 2}, "InvalidECSServiceException"),
    ({"ecsServices": [{"serviceName": "none", "clusterName": CLUSTER}]}, "InvalidECSServiceException"),
    ({"ecsServices": [{"serviceName": SERVICE, "clusterName": "none"}]}, "InvalidECSServiceException"),
    ({"autoScalingGroups": ["asg"]}, "InvalidInputException"),
    ({"autoRollbackConfiguration": {"enabled": True}}, "InvalidAutoRollbackConfigException"),
    ({"autoRollbackConfiguration__events": ["RAIN"]}, "InvalidAutoRollbackConfigException"),
    ({"alarmConfiguration": {"enabled": True, "alarms": []}}, "InvalidAlarmConfigException"),
    ({"alarmConfiguration": {"alarms": [{"name": "a"}, {"name": "a"}]}}, "InvalidAlarmConfigException"),
    ({"alarmConfiguration": {"alarms": [{"name": f"a{n}"} for n in range(51)]}}, "AlarmsLimitExceededException"),
    ({"triggerConfigurations": [{"triggerName": "t"}]}, "InvalidTriggerConfigException"),
    ({"tags": [{"Key": "aws:a", "Value": "b"}]}, "InvalidTagsToAddException"),
])
def test_what_cannot_be_created(codedeploy, stack, changes, code):
    settings = stack.settings()
    for path, value in changes.items():
        settings = changed(settings, path, value)
    with refusal(codedeploy, code):
        codedeploy.create_deployment_group(**GROUP, **settings)
    assert codedeploy.list_deployment_groups(applicationName="shop")["deploymentGroups"] == []


def test_production_and_test_have_each_a_listener(codedeploy, stack):
    pairs = stack.settings()["loadBalancerInfo"]["targetGroupPairInfoList"]
    for wrong, code in (
        ({"targetGroupPairInfoList": pairs * 2}, "InvalidLoadBalancerInfoException"),
        ({"targetGroupPairInfoList": [pairs[0] | {"testTrafficRoute": pairs[0]["prodTrafficRoute"]}]},
         "InvalidTargetGroupPairException"),
    ):
        with refusal(codedeploy, code):
            codedeploy.create_deployment_group(**GROUP, **stack.settings(loadBalancerInfo=wrong))
    # The test listener may be left out.
    settings = changed(stack.settings(), f"{PAIRS}__0__testTrafficRoute", None)
    codedeploy.create_deployment_group(**GROUP, **settings)


def test_ecs_deploys_its_own_services_itself(codedeploy, stack):
    stack.create_service("rolling", controller="ECS")
    settings = stack.settings(ecsServices=[{"serviceName": "rolling", "clusterName": CLUSTER}])
    with refusal(codedeploy, "InvalidECSServiceException", "must be configured for a CODE_DEPLOY deployment controller"):
        codedeploy.create_deployment_group(**GROUP, **settings)


def test_the_role_is_named_where_codedeploy_cannot_assume_it(codedeploy, stack):
    arn = "arn:aws:iam::123456789012:role/taskRole"
    with refusal(codedeploy, "InvalidRoleException", f"permissions required to assume the role {arn}."):
        codedeploy.create_deployment_group(**GROUP, **stack.settings(serviceRoleArn=arn))


@pytest.mark.parametrize("where, code", [
    ({"deploymentGroupName": "a"}, "ApplicationNameRequiredException"),
    ({"applicationName": "shop"}, "DeploymentGroupNameRequiredException"),
    ({"applicationName": "a b", "deploymentGroupName": "a"}, "InvalidApplicationNameException"),
    ({"applicationName": "shop", "deploymentGroupName": "a b"}, "InvalidDeploymentGroupNameException"),
    (NOWHERE, "ApplicationDoesNotExistException"),
])
def test_where_there_is_no_group(codedeploy, where, code, stack):
    with refusal(codedeploy, code):
        codedeploy.create_deployment_group(**where, **stack.settings())
    with refusal(codedeploy, code):
        codedeploy.get_deployment_group(**where)
    with refusal(codedeploy, code):
        current = {name.replace("deployment", "currentDeployment"): value for name, value in where.items()}
        codedeploy.update_deployment_group(**current, deploymentConfigName="CodeDeployDefault.ECSAllAtOnce")


def test_a_service_has_one_group(codedeploy, stack):
    codedeploy.create_application(applicationName="AppECS-demo", computePlatform="ECS")
    other = {"applicationName": "AppECS-demo", "deploymentGroupName": "DgpECS-demo"}
    codedeploy.create_deployment_group(**other, **stack.settings())
    with refusal(codedeploy, "ECSServiceMappingLimitExceededException", "only one deployment group"):
        codedeploy.create_deployment_group(**GROUP, **stack.settings())
    codedeploy.delete_deployment_group(**other)
    codedeploy.create_deployment_group(**GROUP, **stack.settings())
    # Its own service is no other's.
    codedeploy.update_deployment_group(
        applicationName="shop", currentDeploymentGroupName="blue-green", ecsServices=stack.settings()["ecsServices"])


def test_update(codedeploy, stack):
    codedeploy.create_deployment_group(**GROUP, **stack.settings())
    before = found(codedeploy)
    config = stack.settings()["blueGreenDeploymentConfiguration"]
    config["terminateBlueInstancesOnDeploymentSuccess"]["terminationWaitTimeInMinutes"] = 10
    asked = {"applicationName": "shop", "currentDeploymentGroupName": "blue-green"}
    for _ in range(2):
        answer = codedeploy.update_deployment_group(**asked, blueGreenDeploymentConfiguration=config)
        assert answer["hooksNotCleanedUp"] == []
        assert found(codedeploy) == before | {"blueGreenDeploymentConfiguration": config}
    with refusal(codedeploy, BLUE_GREEN):
        config["deploymentReadyOption"]["actionOnTimeout"] = "CONTINUE_DEPLOYMENT"
        codedeploy.update_deployment_group(**asked, blueGreenDeploymentConfiguration=config)
    alarms = {"enabled": True, "ignorePollAlarmFailure": True, "alarms": [{"name": "5xx"}]}
    trigger = {"triggerName": "t", "triggerEvents": ["DeploymentReady"],
               "triggerTargetArn": "arn:aws:sns:eu-central-1:123456789012:topic"}
    codedeploy.update_deployment_group(
        **asked, newDeploymentGroupName="green-blue", alarmConfiguration=alarms, triggerConfigurations=[trigger],
        outdatedInstancesStrategy="IGNORE", terminationHookEnabled=True)
    renamed = found(codedeploy, deploymentGroupName="green-blue")
    assert (renamed["alarmConfiguration"], renamed["triggerConfigurations"]) == (alarms, [trigger])
    assert (renamed["outdatedInstancesStrategy"], renamed["terminationHookEnabled"]) == ("IGNORE", True)
    assert renamed["deploymentGroupId"] == before["deploymentGroupId"]
    with refusal(codedeploy, "DeploymentGroupDoesNotExistException", "blue-green"):
        codedeploy.update_deployment_group(**asked, outdatedInstancesStrategy="UPDATE")


def test_rename_to_one_that_is_there(codedeploy, stack):
    codedeploy.create_deployment_group(**GROUP, **stack.settings())
    stack.create_service("other")
    second = stack.settings(ecsServices=[{"serviceName": "other", "clusterName": CLUSTER}])
    codedeploy.create_deployment_group(applicationName="shop", deploymentGroupName="second", **second)
    with refusal(codedeploy, "DeploymentGroupAlreadyExistsException"):
        codedeploy.update_deployment_group(
            applicationName="shop", currentDeploymentGroupName="second", newDeploymentGroupName="blue-green")


def test_list_and_batch(codedeploy, stack):
    codedeploy.create_deployment_group(**GROUP, **stack.settings())
    for _ in range(2):
        listed = codedeploy.list_deployment_groups(applicationName="shop")
        assert (listed["applicationName"], listed["deploymentGroups"]) == ("shop", ["blue-green"])
        answer = codedeploy.batch_get_deployment_groups(
            applicationName="shop", deploymentGroupNames=["blue-green", "none"])
        assert answer["deploymentGroupsInfo"] == [found(codedeploy)]
        assert "none" in answer["errorMessage"]
    for call, more in ((codedeploy.list_deployment_groups, {}),
                       (codedeploy.batch_get_deployment_groups, {"deploymentGroupNames": ["a"]})):
        with refusal(codedeploy, "ApplicationDoesNotExistException"):
            call(applicationName="none", **more)
        with refusal(codedeploy, "InvalidApplicationNameException"):
            call(applicationName="a b", **more)
    with refusal(codedeploy, "InvalidNextTokenException"):
        codedeploy.list_deployment_groups(applicationName="shop", nextToken="garbage")
    with refusal(codedeploy, "BatchLimitExceededException"):
        codedeploy.batch_get_deployment_groups(applicationName="shop", deploymentGroupNames=["a"] * 101)


def test_delete(codedeploy, stack):
    codedeploy.create_deployment_group(**GROUP, **stack.settings())
    for _ in range(2):
        assert codedeploy.delete_deployment_group(**GROUP)["hooksNotCleanedUp"] == []
    with refusal(codedeploy, "DeploymentGroupDoesNotExistException", "blue-green"):
        codedeploy.get_deployment_group(**GROUP)
    with refusal(codedeploy, "InvalidDeploymentGroupNameException"):
        codedeploy.delete_deployment_group(applicationName="shop", deploymentGroupName="a b")


def test_an_application_takes_its_groups_with_it(codedeploy, stack):
    codedeploy.create_deployment_group(**GROUP, **stack.settings())
    codedeploy.delete_application(applicationName="shop")
    codedeploy.create_application(applicationName="shop", computePlatform="ECS")
    assert codedeploy.list_deployment_groups(applicationName="shop")["deploymentGroups"] == []


def test_a_config_in_use_stays(codedeploy, stack):
    codedeploy.create_deployment_config(
        deploymentConfigName="mine", computePlatform="ECS", trafficRoutingConfig={"type": "AllAtOnce"})
    codedeploy.create_deployment_group(**GROUP, **stack.settings(deploymentConfigName="mine"))
    with refusal(codedeploy, "DeploymentConfigInUseException"):
        codedeploy.delete_deployment_config(deploymentConfigName="mine")
    codedeploy.delete_application(applicationName="shop")
    codedeploy.delete_deployment_config(deploymentConfigName="mine")


def test_tags(codedeploy, account, stack):
    codedeploy.create_deployment_group(**GROUP, **stack.settings(), tags=[{"Key": "a", "Value": "1"}])
    arn = f"arn:aws:codedeploy:eu-central-1:{account}:deploymentgroup:shop/blue-green"
    codedeploy.tag_resource(ResourceArn=arn, Tags=[{"Key": "b", "Value": "2"}])
    assert [tag["Key"] for tag in codedeploy.list_tags_for_resource(ResourceArn=arn)["Tags"]] == ["a", "b"]
    codedeploy.untag_resource(ResourceArn=arn, TagKeys=["a", "b"])
    assert codedeploy.list_tags_for_resource(ResourceArn=arn)["Tags"] == []
    with refusal(codedeploy, "DeploymentGroupDoesNotExistException"):
        codedeploy.list_tags_for_resource(ResourceArn=arn + "-none")


def test_older_clients_speak_json(raw):
    status, body = raw("codedeploy", '{"applicationName": "shop"}', "CodeDeploy_20141006.GetApplication")
    assert (status, json.loads(body)["application"]["applicationName"]) == (200, "shop")
    status, body = raw("codedeploy", '{"applicationName": "none"}', "CodeDeploy_20141006.GetApplication")
    assert (status, json.loads(body)["__type"]) == (400, "ApplicationDoesNotExistException")
