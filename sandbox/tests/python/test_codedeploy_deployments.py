"""CodeDeploy: blue/green deployments of an ECS service, from the replacement to the original's end."""

import hashlib

import pytest

from deployments import APPLICATION, AT_ONCE, GROUP, Releases
from expect import refusal
from world import CLUSTER, SERVICE

EVENTS = ["BeforeInstall", "Install", "AfterInstall", "AllowTestTraffic", "AfterAllowTestTraffic", "BeforeAllowTraffic",
          "AllowTraffic", "AfterAllowTraffic"]
WHERE = {"applicationName": APPLICATION, "deploymentGroupName": GROUP}
TARGET = f"{CLUSTER}:{SERVICE}"


@pytest.fixture
def releases(server):
    return Releases(server)


@pytest.fixture
def ready(releases):
    """A deployment that waits to be rerouted."""
    deployment = releases.deploy()
    releases.pass_by(600)
    assert releases.info(deployment)["status"] == "Ready"
    return deployment


def test_from_blue_to_green_and_back(releases):
    first = releases.deploy()
    assert releases.info(first)["status"] == "Created"
    with refusal(releases.codedeploy, "DeploymentNotStartedException"):
        releases.target(first)
    releases.pass_by(20)
    assert releases.info(first)["status"] == "InProgress"
    assert releases.lifecycle(first)["Install"] == "InProgress"
    assert releases.weights(80) == {"blue": 100, "green": 0}
    releases.pass_by(600)
    info = releases.info(first)
    assert (info["status"], info["deploymentOverview"]["Ready"]) == ("Ready", 1)
    assert list(releases.lifecycle(first).values()) == ["Succeeded"] * 5 + ["Pending"] * 3
    assert releases.weights(80) == {"blue": 100, "green": 0}
    assert releases.weights(8080) == {"blue": 0, "green": 100}
    sides = releases.sides(first)
    assert {label: (side["status"], side["trafficWeight"], side["runningCount"], side["targetGroup"]["name"])
            for label, side in sides.items()} == {
        "Blue": ("PRIMARY", 100.0, 2, "blue"), "Green": ("ACTIVE", 0.0, 2, "green")}
    releases.reroute(first)
    releases.pass_by(60)
    assert releases.info(first)["status"] == "Succeeded"
    assert list(releases.lifecycle(first).values()) == ["Succeeded"] * 8
    assert releases.weights(80) == {"blue": 0, "green": 100}
    releases.pass_by(900)
    assert releases.task_sets() == [("PRIMARY", "demo:2")]
    # The colours alternate.
    second = releases.deploy()
    releases.pass_by(600)
    assert releases.weights(8080) == {"blue": 100, "green": 0}
    releases.reroute(second)
    releases.pass_by(900)
    assert releases.info(second)["status"] == "Succeeded"
    assert releases.weights(80) == {"blue": 100, "green": 0}
    assert releases.task_sets() == [("PRIMARY", "demo:3")]


def test_what_is_known_of_a_deployment(releases, ready, account):
    for _ in range(2):
        info = releases.info(ready)
    assert (info["applicationName"], info["deploymentGroupName"], info["creator"]) == (APPLICATION, GROUP, "user")
    assert (info["computePlatform"], info["deploymentConfigName"]) == ("ECS", "CodeDeployDefault.ECSAllAtOnce")
    content = info["revision"]["appSpecContent"]
    assert content["sha256"] == hashlib.sha256(content["content"].encode()).hexdigest()
    assert releases.target(ready)["targetArn"] == f"arn:aws:ecs:eu-central-1:{account}:service/{TARGET.replace(':', '/')}"
    for _ in range(2):
        asked = {"deploymentId": ready}
        assert releases.codedeploy.list_deployment_targets(**asked)["targetIds"] == [TARGET]
        [batch] = releases.codedeploy.batch_get_deployment_targets(**asked, targetIds=[TARGET])["deploymentTargets"]
        assert batch["ecsTarget"] == releases.target(ready)
        [found] = releases.codedeploy.batch_get_deployments(deploymentIds=[ready, "d-NONE00000"])["deploymentsInfo"]
        assert found == info
    filters = lambda **given: releases.codedeploy.list_deployment_targets(deploymentId=ready, targetFilters=given)
    assert filters(TargetStatus=["Ready"])["targetIds"] == [TARGET]
    assert filters(TargetStatus=["Failed"])["targetIds"] == []
    with refusal(releases.codedeploy, "InvalidTargetFilterNameException"):
        filters(ServerInstanceLabel=["Blue"])


def test_list(releases, ready):
    listed = lambda **asked: releases.codedeploy.list_deployments(**asked)["deployments"]
    for _ in range(2):
        assert listed() == listed(**WHERE) == [ready]
    assert listed(**WHERE, includeOnlyStatuses=["Succeeded"]) == []
    assert listed(**WHERE, includeOnlyStatuses=["Ready"]) == [ready]
    assert listed(createTimeRange={"start": "2020-01-01T00:00:00Z", "end": "2020-01-02T00:00:00Z"}) == []
    for asked, code in (
        ({"applicationName": "none", "deploymentGroupName": "a"}, "ApplicationDoesNotExistException"),
        (WHERE | {"deploymentGroupName": "none"}, "DeploymentGroupDoesNotExistException"),
        ({"applicationName": APPLICATION}, "DeploymentGroupNameRequiredException"),
        ({"deploymentGroupName": GROUP}, "ApplicationNameRequiredException"),
        ({"includeOnlyStatuses": ["Sunny"]}, "InvalidDeploymentStatusException"),
        ({"nextToken": "x"}, "InvalidNextTokenException"),
        ({"createTimeRange": {"start": "2021-01-01T00:00:00Z", "end": "2020-01-02T00:00:00Z"}}, "InvalidTimeRangeException"),
    ):
        with refusal(releases.codedeploy, code):
            listed(**asked)


@pytest.mark.parametrize("call, more", [
    ("get_deployment", {}), ("list_deployment_targets", {}), ("get_deployment_target", {"targetId": TARGET}),
    ("batch_get_deployment_targets", {"targetIds": [TARGET]}), ("continue_deployment", {}), ("stop_deployment", {}),
])
def test_deployments_that_there_are_not(codedeploy, call, more):
    ask = lambda **asked: getattr(codedeploy, call)(**asked, **more)
    with refusal(codedeploy, "DeploymentDoesNotExistException"):
        ask(deploymentId="d-NONE00000")
    with refusal(codedeploy, "InvalidDeploymentIdException"):
        ask(deploymentId="none")
    with refusal(codedeploy, "DeploymentIdRequiredException"):
        ask()


def test_targets_that_there_are_not(releases, ready):
    for call, asked in (("get_deployment_target", {"targetId": "none"}), ("batch_get_deployment_targets", {"targetIds": ["none"]})):
        with refusal(releases.codedeploy, "DeploymentTargetDoesNotExistException"):
            getattr(releases.codedeploy, call)(deploymentId=ready, **asked)
    with refusal(releases.codedeploy, "DeploymentTargetIdRequiredException"):
        releases.codedeploy.batch_get_deployment_targets(deploymentId=ready, targetIds=[])
    with refusal(releases.codedeploy, "DeploymentTargetListSizeExceededException"):
        releases.codedeploy.batch_get_deployment_targets(deploymentId=ready, targetIds=[TARGET] * 26)
    with refusal(releases.codedeploy, "BatchLimitExceededException"):
        releases.codedeploy.batch_get_deployments(deploymentIds=[ready] * 26)
    with refusal(releases.codedeploy, "InvalidDeploymentIdException"):
        releases.codedeploy.batch_get_deployments(deploymentIds=["none"])


def test_one_at_a_time(releases, ready):
    for _ in range(2):
        with refusal(releases.codedeploy, "DeploymentLimitExceededException", f"already has an active Deployment '{ready}'"):
            releases.deploy("demo:2")


@pytest.mark.parametrize("change, code", [
    ({"applicationName": "none"}, "ApplicationDoesNotExistException"),
    ({"deploymentGroupName": "none"}, "DeploymentGroupDoesNotExistException"),
    ({"deploymentConfigName": "none"}, "DeploymentConfigDoesNotExistException"),
    ({"deploymentConfigName": "CodeDeployDefault.OneAtATime"}, "InvalidDeploymentConfigNameException"),
    ({"revision": {}}, "RevisionRequiredException"),
    ({"revision": {"revisionType": "GitHub"}}, "InvalidRevisionException"),
    ({"revision": {"revisionType": "S3", "s3Location": {"bucket": "none", "key": "none"}}}, "RevisionDoesNotExistException"),
    ({"revision": {"revisionType": "AppSpecContent", "appSpecContent": {"content": "version: 1.0"}}}, "InvalidRevisionException"),
    ({"revision": {"revisionType": "AppSpecContent", "appSpecContent": {"content": "x", "sha256": "y"}}}, "InvalidRevisionException"),
    ({"autoRollbackConfiguration": {"enabled": True}}, "InvalidAutoRollbackConfigException"),
])
def test_what_cannot_be_deployed(releases, change, code):
    with refusal(releases.codedeploy, code):
        releases.deploy("demo:1", **change)
    assert releases.codedeploy.list_deployments()["deployments"] == []


def test_an_appspec_in_a_bucket(releases, s3):
    s3.create_bucket(Bucket="appspecs", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    s3.put_object(Bucket="appspecs", Key="appspec.json", Body=releases.appspec(releases.arn("demo:1")).encode())
    location = {"bucket": "appspecs", "key": "appspec.json", "bundleType": "JSON"}
    deployment = releases.deploy("demo:1", revision={"revisionType": "S3", "s3Location": location})
    releases.pass_by(600)
    assert releases.info(deployment)["status"] == "Ready"


def test_nobody_reroutes(releases, server, ready):
    server.advance(6 * 60)
    info = releases.info(ready)
    assert (info["status"], info["errorInformation"]["code"]) == ("Stopped", "TIMEOUT")
    assert releases.weights(80)["blue"] == 100
    releases.pass_by(900)
    assert releases.task_sets() == [("PRIMARY", "demo:1")]


def test_a_person_has_their_time_in_full(releases, server, ready):
    server.advance(3 * 60)
    assert releases.info(ready)["status"] == "Ready"


def test_stop(releases, ready):
    answer = releases.codedeploy.stop_deployment(deploymentId=ready, autoRollbackEnabled=False)
    assert answer["status"] == "Succeeded"
    info = releases.info(ready)
    assert (info["status"], info["errorInformation"]["code"]) == ("Stopped", "MANUAL_STOP")
    assert "rollbackInfo" not in info
    assert releases.lifecycle(ready)["AllowTraffic"] == "Skipped"
    for _ in range(2):
        with refusal(releases.codedeploy, "DeploymentAlreadyCompletedException"):
            releases.codedeploy.stop_deployment(deploymentId=ready)
    with refusal(releases.codedeploy, "DeploymentAlreadyCompletedException"):
        releases.reroute(ready)
    releases.pass_by(900)
    assert releases.task_sets() == [("PRIMARY", "demo:1")]
    again = releases.deploy()
    releases.pass_by(600)
    assert releases.info(again)["status"] == "Ready"


def test_stop_and_roll_back(releases, ready):
    releases.codedeploy.stop_deployment(deploymentId=ready, autoRollbackEnabled=True)
    rollback = releases.info(ready)["rollbackInfo"]["rollbackDeploymentId"]
    info = releases.info(rollback)
    assert (info["creator"], info["status"]) == ("codeDeployRollback", "Succeeded")
    assert info["rollbackInfo"]["rollbackTriggeringDeploymentId"] == ready
    assert releases.weights(80)["blue"] == 100


def test_what_cannot_go_on(releases):
    deployment = releases.deploy()
    for wait, code in (("READY_WAIT", "DeploymentIsNotInReadyStateException"),
                       ("TERMINATION_WAIT", "InvalidDeploymentStatusException"),
                       ("LONG_WAIT", "InvalidDeploymentWaitTypeException")):
        with refusal(releases.codedeploy, code):
            releases.reroute(deployment, wait)
    releases.pass_by(600)
    for _ in range(1):
        releases.reroute(deployment)
    with refusal(releases.codedeploy, "DeploymentIsNotInReadyStateException"):
        releases.reroute(deployment)


def test_the_original_waits_to_be_let_go(server):
    releases = Releases(server, ready=AT_ONCE, minutes=10)
    deployment = releases.deploy()
    releases.pass_by(600)
    info = releases.info(deployment)
    assert (info["status"], info["instanceTerminationWaitTimeStarted"]) == ("InProgress", True)
    assert releases.sides(deployment)["Blue"]["runningCount"] == 2
    assert releases.weights(80)["green"] == 100
    releases.reroute(deployment, "TERMINATION_WAIT")
    assert releases.info(deployment)["status"] == "Succeeded"
    releases.pass_by(900)
    assert releases.task_sets() == [("PRIMARY", "demo:2")]


def test_back_after_the_shift(server):
    releases = Releases(server, ready=AT_ONCE, minutes=10)
    deployment = releases.deploy()
    releases.pass_by(600)
    releases.codedeploy.stop_deployment(deploymentId=deployment)
    assert releases.info(deployment)["status"] == "Stopped"
    assert releases.weights(80)["blue"] == 100
    releases.pass_by(900)
    assert releases.task_sets() == [("PRIMARY", "demo:1")]


def test_in_parts(server):
    releases = Releases(server, ready=AT_ONCE, config="CodeDeployDefault.ECSLinear10PercentEvery1Minutes")
    deployment = releases.deploy()
    releases.pass_by(400)
    share = releases.weights(80)["green"]
    assert 0 < share < 100 and share % 10 == 0
    assert releases.sides(deployment)["Green"]["trafficWeight"] == share
    server.advance(10 * 60)
    assert releases.info(deployment)["status"] == "Succeeded"


def test_a_replacement_that_never_becomes_healthy(releases):
    # Nobody answers on that container's port.
    broken = releases.definition(container={"environment": [
        {"name": "SPRING_DATASOURCE_URL", "value": "jdbc:postgresql://nowhere:5432/app"}]})
    deployment = releases.deploy(broken)
    releases.pass_by(1800)
    assert releases.info(deployment)["status"] == "InProgress"
    releases.pass_by(1900)
    info = releases.info(deployment)
    assert (info["status"], info["errorInformation"]["code"]) == ("Failed", "TIMEOUT")
    assert "rollbackDeploymentId" in info["rollbackInfo"]
    assert releases.lifecycle(deployment)["Install"] == "Failed"
    assert releases.weights(80)["blue"] == 100


def test_an_appspec_that_names_another_container(releases):
    deployment = releases.deploy(content=releases.appspec(releases.arn("demo:1"), container="none"))
    releases.pass_by(60)
    info = releases.info(deployment)
    assert (info["status"], info["errorInformation"]["code"]) == ("Failed", "ECS_UPDATE_ERROR")
    assert "none" in info["errorInformation"]["message"]


def test_a_role_that_may_not(releases):
    releases.iam.detach_role_policy(
        RoleName="ecsCodeDeployRole", PolicyArn="arn:aws:iam::aws:policy/AWSCodeDeployRoleForECS")
    deployment = releases.deploy("demo:1")
    releases.pass_by(60)
    error = releases.info(deployment)["errorInformation"]
    assert (error["code"], "ecs:DescribeServices" in error["message"]) == ("IAM_ROLE_PERMISSIONS", True)


def test_a_listener_that_leads_elsewhere(releases):
    releases.elbv2.modify_listener(ListenerArn=releases.listeners[80], DefaultActions=[
        {"Type": "forward", "TargetGroupArn": releases.groups["green"]}])
    deployment = releases.deploy("demo:1")
    releases.pass_by(60)
    error = releases.info(deployment)["errorInformation"]
    assert "Primary taskset target group must be behind listener" in error["message"]
