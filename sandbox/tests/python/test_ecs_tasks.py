"""ECS: tasks that are run by hand, and what services and tasks are refused."""

import pytest

from expect import refusal
from world import ACCOUNT, CLUSTER, REGION, SERVICE

ARN = f"arn:aws:ecs:{REGION}:{ACCOUNT}:"


def test_run_and_stop(world):
    ecs = world.ecs
    world.cluster(count=1)
    overrides = {"containerOverrides": [{"name": "web", "environment": [{"name": "A", "value": "1"}]}], "memory": "300"}
    asked = {"cluster": CLUSTER, "taskDefinition": world.definition(), "startedBy": "me", "overrides": overrides,
             "tags": [{"key": "a", "value": "1"}], "enableECSManagedTags": True, "group": "mine",
             "clientToken": "one"}
    ran = ecs.run_task(**asked)
    assert ran["failures"] == []
    task = ran["tasks"][0]
    assert (task["lastStatus"], task["desiredStatus"], task["group"]) == ("PENDING", "RUNNING", "mine")
    assert (task["cpu"], task["memory"], task["launchType"]) == ("256", "300", "EC2")
    assert task["overrides"]["containerOverrides"][0]["environment"] == [{"name": "A", "value": "1"}]
    assert {tag["key"]: tag["value"] for tag in task["tags"]} == {"a": "1", "aws:ecs:clusterName": CLUSTER}
    assert ecs.run_task(**asked)["tasks"][0]["taskArn"] == task["taskArn"]
    assert ecs.run_task(**asked | {"clientToken": "two"})["tasks"][0]["taskArn"] != task["taskArn"]
    world.pass_by(30)
    arns = lambda **more: ecs.list_tasks(cluster=CLUSTER, **more)["taskArns"]
    for _ in range(2):
        assert task["taskArn"] in arns(startedBy="me") and len(arns()) == 2
    assert arns(family="demo") == arns(launchType="EC2") == arns() and arns(family="other") == []
    assert arns(containerInstance=world.instances()[0]["containerInstanceArn"]) == arns()
    assert arns(desiredStatus="STOPPED") == arns(desiredStatus="PENDING") == [] and len(arns(maxResults=1)) == 1
    for _ in range(2):
        found = ecs.describe_tasks(cluster=CLUSTER, tasks=[task["taskArn"], "none"], include=["TAGS"])
        assert found["tasks"][0]["lastStatus"] == "RUNNING" and found["tasks"][0]["connectivity"] == "CONNECTED"
        assert found["tasks"][0]["containers"][0]["lastStatus"] == "RUNNING"
        assert found["failures"] == [{"arn": ARN + f"task/{CLUSTER}/none", "reason": "MISSING"}]
    for _ in range(2):
        stopped = ecs.stop_task(cluster=CLUSTER, task=task["taskArn"])["task"]
        assert stopped["stoppedReason"] == "Task stopped by user" and stopped["desiredStatus"] == "STOPPED"
    world.pass_by(30)
    gone, = world.tasks("STOPPED")
    assert gone["lastStatus"] == "STOPPED" and gone["containers"][0]["exitCode"] == 143
    assert gone["startedAt"] <= gone["stoppingAt"] <= gone["stoppedAt"]


def test_as_many_as_there_is_room_for(world):
    world.cluster(count=1)
    ran = world.ecs.run_task(cluster=CLUSTER, taskDefinition=world.definition(memory="800"), count=3)
    assert len(ran["tasks"]) == 2 and [it["reason"] for it in ran["failures"]] == ["RESOURCE:MEMORY"]
    definition = world.definition(family="cpu", cpu="2048")
    ran = world.ecs.run_task(cluster=CLUSTER, taskDefinition=definition)
    assert ran["failures"][0]["reason"].startswith("RESOURCE:")
    arm = world.definition(family="arm", runtimePlatform={"cpuArchitecture": "ARM64"})
    assert world.ecs.run_task(cluster=CLUSTER, taskDefinition=arm)["failures"][0]["reason"] == "ATTRIBUTE"
    where = [{"type": "memberOf", "expression": "attribute:ecs.instance-type == m5.large"}]
    ran = world.ecs.run_task(cluster=CLUSTER, taskDefinition="demo", placementConstraints=where)
    assert ran["failures"][0]["reason"] == "MemberOf placement constraint unsatisfied."


@pytest.mark.parametrize("given, words", [
    ({"count": 0}, "count"), ({"count": 11}, "count"),
    ({"launchType": "ROCKET"}, "launchType"),
    ({"overrides": {"containerOverrides": [{"name": "x"}]}}, "Override for container named x is not a container"),
    ({"launchType": "EC2", "capacityProviderStrategy": [{"capacityProvider": "a"}]}, "both a launch type"),
    ({"networkConfiguration": {"awsvpcConfiguration": {"subnets": []}}}, "Network Configuration is not valid"),
    ({"placementStrategy": [{"type": "spread"}]}, "is not valid for placement strategy spread"),
    ({"placementConstraints": [{"type": "memberOf", "expression": "?"}]}, "Invalid expression"),
    ({}, "No Container Instances were found in your cluster."),
])
def test_what_cannot_be_run(world, given, words):
    world.roles()
    world.ecs.create_cluster(clusterName=CLUSTER)
    with refusal(world.ecs, "InvalidParameterException", words):
        world.ecs.run_task(cluster=CLUSTER, taskDefinition=world.definition(), **given)
    with refusal(world.ecs, "ClientException", "TaskDefinition not found."):
        world.ecs.run_task(cluster=CLUSTER, taskDefinition="none")
    with refusal(world.ecs, "UnsupportedFeatureException"):
        world.ecs.run_task(cluster=CLUSTER, taskDefinition="demo", launchType="FARGATE")


def test_a_role_that_is_not_there(world):
    world.ecs.create_cluster(clusterName=CLUSTER)
    with refusal(world.ecs, "ClientException", "ECS was unable to assume the role"):
        world.ecs.run_task(cluster=CLUSTER, taskDefinition=world.definition())


def test_lists_and_looks_that_are_refused(world):
    ecs = world.ecs
    ecs.create_cluster(clusterName=CLUSTER)
    for call in (
        lambda: ecs.list_tasks(cluster=CLUSTER, desiredStatus="x"),
        lambda: ecs.list_tasks(cluster=CLUSTER, serviceName="a", startedBy="b"),
        lambda: ecs.list_tasks(cluster=CLUSTER, containerInstance="none"),
        lambda: ecs.describe_tasks(cluster=CLUSTER, tasks=[]),
        lambda: ecs.describe_tasks(cluster=CLUSTER, tasks=["a"], include=["x"]),
        lambda: ecs.stop_task(cluster=CLUSTER, task="none"),
        lambda: ecs.describe_services(cluster=CLUSTER, services=[]),
        lambda: ecs.describe_services(cluster=CLUSTER, services=["a"] * 11),
        lambda: ecs.list_services(cluster=CLUSTER, schedulingStrategy="x"),
        lambda: ecs.list_services(cluster=CLUSTER, nextToken="garbage"),
    ):
        with refusal(ecs, "InvalidParameterException"):
            call()
    with refusal(ecs, "ServiceNotFoundException"):
        ecs.list_tasks(cluster=CLUSTER, serviceName="none")


def test_a_service_s_settings_are_kept(world):
    ecs = world.ecs
    world.cluster(count=0)
    settings = {
        "deploymentConfiguration": {"maximumPercent": 150, "minimumHealthyPercent": 50, "strategy": "ROLLING",
                                    "deploymentCircuitBreaker": {"enable": True, "rollback": False}},
        "placementStrategy": [{"type": "binpack", "field": "memory"}],
        "placementConstraints": [{"type": "distinctInstance"}], "enableECSManagedTags": True,
        "propagateTags": "SERVICE", "enableExecuteCommand": True, "availabilityZoneRebalancing": "ENABLED",
    }
    asked = settings | {"tags": [{"key": "a", "value": "1"}], "clientToken": "one", "definition": world.definition()}
    made = world.service(0, **asked)
    assert world.service(0, **asked)["serviceArn"] == made["serviceArn"] == ARN + f"service/{CLUSTER}/{SERVICE}"
    for key, value in settings.items():
        assert made[key] == value, key
    found = ecs.describe_services(cluster=CLUSTER, services=[made["serviceArn"]], include=["TAGS"])["services"][0]
    assert found["tags"] == [{"key": "a", "value": "1"}] and found["launchType"] == "EC2"
    assert found["schedulingStrategy"] == "REPLICA" and "deploymentController" not in found
    for _ in range(2):
        assert ecs.list_services(cluster=CLUSTER)["serviceArns"] == [made["serviceArn"]]
    assert ecs.list_services(cluster=CLUSTER, schedulingStrategy="DAEMON")["serviceArns"] == []
    for _ in range(2):
        changed = ecs.update_service(
            cluster=CLUSTER, service=SERVICE, enableExecuteCommand=False, propagateTags="NONE",
            deploymentConfiguration={"maximumPercent": 200}, placementStrategy=[], desiredCount=1)["service"]
        assert changed["deploymentConfiguration"]["minimumHealthyPercent"] == 50
        assert changed["deploymentConfiguration"]["maximumPercent"] == 200
        assert not changed["enableExecuteCommand"] and changed["placementStrategy"] == []
    with refusal(ecs, "InvalidParameterException", "Creation of service was not idempotent."):
        world.service(0)


def test_the_end_of_a_service(world):
    ecs = world.ecs
    world.cluster(count=1)
    world.service(1)
    world.pass_by(60)
    with refusal(ecs, "InvalidParameterException", "The service cannot be stopped while it is scaled above 0."):
        ecs.delete_service(cluster=CLUSTER, service=SERVICE)
    ecs.update_service(cluster=CLUSTER, service=SERVICE, desiredCount=0)
    for _ in range(2):
        assert ecs.delete_service(cluster=CLUSTER, service=SERVICE)["service"]["status"] == "DRAINING"
    with refusal(ecs, "ServiceNotActiveException", "Service was not ACTIVE."):
        ecs.update_service(cluster=CLUSTER, service=SERVICE, desiredCount=1)
    with refusal(ecs, "InvalidParameterException", "Unable to Start a service that is still Draining."):
        world.service(1)
    world.pass_by(60)
    assert world.served()["status"] == "INACTIVE" and ecs.list_services(cluster=CLUSTER)["serviceArns"] == []
    for call in (ecs.delete_service, ecs.update_service):
        with refusal(ecs, "Service" + ("NotFoundException" if call == ecs.delete_service else "NotActiveException")):
            call(cluster=CLUSTER, service=SERVICE)
        with refusal(ecs, "ServiceNotFoundException"):
            call(cluster=CLUSTER, service="none")
    world.service(1)
    world.pass_by(60)
    assert world.served()["runningCount"] == 1
    for _ in range(2):
        found = ecs.describe_services(cluster=CLUSTER, services=["none"])
        assert found["failures"] == [{"arn": ARN + f"service/{CLUSTER}/none", "reason": "MISSING"}]


@pytest.mark.parametrize("given, words", [
    ({"serviceName": "a b"}, "Service name contains invalid characters."),
    ({"desiredCount": -1}, "Desired count"),
    ({"deploymentController": {"type": "MAGIC"}}, "type"),
    ({"schedulingStrategy": "DAEMON"}, "does not support a desired count"),
    ({"deploymentConfiguration": {"maximumPercent": 100, "minimumHealthyPercent": 100}}, "cannot be 100"),
    ({"healthCheckGracePeriodSeconds": 10}, "Health check grace period is only valid"),
    ({"role": "ecsServiceRole"}, "A role was passed, but no load balancers were present."),
    ({"deploymentController": {"type": "CODE_DEPLOY"}}, "load balancer"),
    ({"deploymentController": {"type": "EXTERNAL"}}, "TaskDefinition must be empty or null."),
    ({"propagateTags": "ALL"}, "propagateTags"),
    ({"platformVersion": "LATEST"}, "platform version"),
    ({"capacityProviderStrategy": [{"capacityProvider": "a", "weight": 1}]}, "both a launch type"),
])
def test_services_that_cannot_be(world, given, words):
    world.cluster(count=0)
    with refusal(world.ecs, "InvalidParameterException", words):
        world.service(**given)
    assert world.ecs.list_services(cluster=CLUSTER)["serviceArns"] == []


def test_load_balancers_that_cannot_be(world):
    world.cluster(count=0)
    blue, = world.balancer()
    definition = world.definition()
    lone, ip = world.target_group("lone"), world.target_group("ip", kind="ip")
    for given, words in [
        (world.behind(lone), f"The target group with targetGroupArn {lone} does not have an associated load balancer."),
        (world.behind(ip), f"The provided target group {ip} has target type ip, which is incompatible with the bridge "
         "network mode specified in the task definition."),
        (world.behind(blue + "x"), "does not exist"),
        (world.behind(blue, container="api"), "The container api does not exist in the task definition."),
        (world.behind(blue, port=80), "The container web did not have a container port 80 defined."),
        ([{"loadBalancerName": "old", "containerName": "web", "containerPort": 8080}], "Classic"),
        (world.behind(*[blue] * 6), "at most 5"),
    ]:
        with refusal(world.ecs, "InvalidParameterException", words):
            world.service(definition=definition, loadBalancers=given)
    with refusal(world.ecs, "InvalidParameterException", "Unable to assume role and validate the specified"):
        world.service(definition=definition, loadBalancers=world.behind(blue), role="ecsInstanceRole")
    made = world.service(definition=definition, loadBalancers=world.behind(blue), healthCheckGracePeriodSeconds=30)
    assert made["healthCheckGracePeriodSeconds"] == 30 and made["roleArn"].endswith("/AWSServiceRoleForECS")


def test_what_cannot_be_updated(world):
    world.cluster(count=0)
    world.service(0)
    for given, words in [
        ({"desiredCount": -1}, "Desired count"),
        ({"capacityProviderStrategy": []}, "force a new deployment"),
        ({"deploymentController": {"type": "CODE_DEPLOY"}}, "deployment controller"),
        ({"availabilityZoneRebalancing": "x"}, "availabilityZoneRebalancing"),
    ]:
        with refusal(world.ecs, "InvalidParameterException", words):
            world.ecs.update_service(cluster=CLUSTER, service=SERVICE, **given)
    with refusal(world.ecs, "ClientException", "TaskDefinition not found."):
        world.ecs.update_service(cluster=CLUSTER, service=SERVICE, taskDefinition="none")


def test_a_parameter_that_is_not_known(raw):
    status, text = raw("ecs", '{"colour": "red"}', "AmazonEC2ContainerServiceV20141113.CreateCluster")
    assert status == 400 and "InvalidParameterException" in text and "colour" in text
