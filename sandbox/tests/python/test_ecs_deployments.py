"""ECS: what changes a service's tasks: counts, deployments, task sets."""

import pytest

from expect import refusal
from world import CLUSTER, SERVICE


def update(world, **more):
    return world.ecs.update_service(cluster=CLUSTER, service=SERVICE, **more)["service"]


def definitions(world):
    return sorted(task["taskDefinitionArn"].split("/")[-1] for task in world.tasks() if task["lastStatus"] == "RUNNING")


def test_counts(world):
    world.cluster()
    world.service(1)
    world.pass_by(60)
    update(world, desiredCount=3)
    world.pass_by(60)
    assert world.served()["runningCount"] == 3
    update(world, desiredCount=1)
    world.pass_by(60)
    assert world.served()["runningCount"] == 1
    assert any("has stopped 2 running tasks: (task " in message for message in world.messages())
    stopped = world.tasks("STOPPED")
    assert all(task["stoppedReason"].startswith("Scaling activity initiated by (deployment ecs-svc/") for task in stopped)


def test_a_rolling_update(world):
    world.cluster()
    world.service(2)
    world.pass_by(60)
    assert definitions(world) == ["demo:1", "demo:1"]
    made = update(world, taskDefinition=world.definition())
    assert [it["status"] for it in made["deployments"]] == ["PRIMARY", "ACTIVE"]
    world.pass_by(20)
    assert len(world.tasks()) == 4
    world.pass_by(120)
    assert definitions(world) == ["demo:2", "demo:2"]
    deployments = world.served()["deployments"]
    assert len(deployments) == 1 and deployments[0]["rolloutState"] == "COMPLETED"
    before = deployments[0]["id"]
    assert update(world, taskDefinition="demo:2")["deployments"][0]["id"] == before
    assert update(world, taskDefinition="demo:2", forceNewDeployment=True)["deployments"][0]["id"] != before


def test_an_update_that_fails_is_rolled_back(world):
    world.cluster()
    breaker = {"deploymentCircuitBreaker": {"enable": True, "rollback": True}}
    world.service(2, deploymentConfiguration=breaker)
    world.pass_by(60)
    bad = world.definition(container={"image": "123456789012.dkr.ecr.eu-central-1.amazonaws.com/none:1"})
    update(world, taskDefinition=bad)
    world.pass_by(1200)
    assert definitions(world) == ["demo:1", "demo:1"]
    assert any("rolling back to deployment" in message for message in world.messages())
    assert world.served()["deployments"][0]["rolloutState"] == "COMPLETED"


def test_a_task_that_is_stopped_is_replaced(world):
    world.cluster()
    world.service(1)
    world.pass_by(60)
    first = world.tasks()[0]["taskArn"]
    for _ in range(2):
        stopped = world.ecs.stop_task(cluster=CLUSTER, task=first, reason="for a test")["task"]
        assert stopped["desiredStatus"] == "STOPPED" and stopped["stoppedReason"] == "for a test"
        assert stopped["stopCode"] == "UserInitiated"
    world.pass_by(60)
    assert world.served()["runningCount"] == 1
    assert world.tasks()[0]["taskArn"] != first


def test_an_instance_that_drains(world):
    world.cluster()
    world.service(2)
    world.pass_by(60)
    leaving = world.tasks()[0]["containerInstanceArn"]
    for _ in range(2):
        drained = world.ecs.update_container_instances_state(
            cluster=CLUSTER, containerInstances=[leaving], status="DRAINING")
        assert drained["containerInstances"][0]["status"] == "DRAINING"
    world.pass_by(60)
    assert world.served()["runningCount"] == 2
    assert leaving not in {task["containerInstanceArn"] for task in world.tasks()}


def test_an_instance_that_ends(world):
    world.cluster()
    world.service(2)
    world.pass_by(60)
    machine = world.instances()[0]["ec2InstanceId"]
    world.ec2.terminate_instances(InstanceIds=[machine])
    world.pass_by(10)
    stopped = world.tasks("STOPPED")[0]
    assert stopped["stoppedReason"] == f"Host EC2 (instance {machine}) terminated."
    world.pass_by(600)
    assert world.served()["runningCount"] == 2
    assert len(world.instances()) == 2 and machine not in {it["ec2InstanceId"] for it in world.instances()}


def test_fixed_ports(world):
    world.cluster(count=1)
    world.service(2, definition=world.definition(container={"portMappings": [{"containerPort": 80, "hostPort": 80}]}))
    world.pass_by(60)
    assert world.served()["runningCount"] == 1
    assert "is already using a port required by your task" in world.messages()[0]


def test_a_daemon(world):
    world.cluster()
    world.ecs.create_service(cluster=CLUSTER, serviceName=SERVICE, taskDefinition=world.definition(),
                             schedulingStrategy="DAEMON")
    world.pass_by(60)
    assert world.served()["runningCount"] == 2
    assert len({task["containerInstanceArn"] for task in world.tasks()}) == 2


@pytest.fixture
def released(world):
    """A service under CodeDeploy, behind the first of two target groups."""
    blue, green = world.balancer(("blue", "green"))
    world.cluster(security_groups=[world.security_group("machines", (32768, 65535, world.guard))])
    world.service(2, loadBalancers=world.behind(blue), deploymentController={"type": "CODE_DEPLOY"})
    world.pass_by(400)
    return blue, green


def test_under_codedeploy(world, released):
    service = world.served()
    assert service["deploymentController"] == {"type": "CODE_DEPLOY"} and service["deployments"] == []
    tasks, = service["taskSets"]
    assert tasks["status"] == "PRIMARY" and tasks["stabilityStatus"] == "STEADY_STATE"
    assert (tasks["computedDesiredCount"], tasks["runningCount"]) == (2, 2)
    assert tasks["scale"] == {"value": 100.0, "unit": "PERCENT"}
    assert tasks["loadBalancers"][0]["targetGroupArn"] == released[0]
    assert any(f"taskSet {tasks['id']}) has started 2 tasks" in message for message in world.messages())
    assert update(world, desiredCount=3)["desiredCount"] == 3
    world.pass_by(400)
    assert world.served()["taskSets"][0]["runningCount"] == 3


@pytest.mark.parametrize("given, words", [
    ({"taskDefinition": "demo:1"}, "Unable to update task definition on services with a CODE_DEPLOY deployment "
     "controller. Use AWS CodeDeploy to trigger a new deployment."),
    ({"loadBalancers": []}, "Unable to update load balancers on services with a CODE_DEPLOY"),
    ({"networkConfiguration": {}}, "Unable to update network parameters on services with a CODE_DEPLOY"),
    ({"forceNewDeployment": True}, "Cannot force a new deployment on services with a CODE_DEPLOY"),
    ({"deploymentController": {"type": "ECS"}}, "The deployment controller"),
])
def test_what_codedeploy_does_not_leave_to_others(world, released, given, words):
    with refusal(world.ecs, "InvalidParameterException", words):
        update(world, **given)
    with refusal(world.ecs, "InvalidParameterException", "Use AWS CodeDeploy"):
        world.ecs.create_task_set(cluster=CLUSTER, service=SERVICE, taskDefinition="demo:1")


def test_task_sets(world):
    blue, green = world.balancer(("blue", "green"))
    world.cluster(security_groups=[world.security_group("machines", (32768, 65535, world.guard))])
    ecs = world.ecs
    where = {"cluster": CLUSTER, "service": SERVICE}
    ecs.create_service(cluster=CLUSTER, serviceName=SERVICE, desiredCount=2, deploymentController={"type": "EXTERNAL"})
    asked = where | {"taskDefinition": world.definition(), "launchType": "EC2", "externalId": "first",
                     "scale": {"value": 100, "unit": "PERCENT"}, "loadBalancers": world.behind(blue),
                     "tags": [{"key": "a", "value": "1"}], "clientToken": "one"}
    first = ecs.create_task_set(**asked)["taskSet"]
    assert ecs.create_task_set(**asked)["taskSet"]["id"] == first["id"]
    assert first["status"] == "ACTIVE" and first["externalId"] == "first"
    for _ in range(2):
        primary = ecs.update_service_primary_task_set(**where, primaryTaskSet=first["id"])["taskSet"]
        assert primary["status"] == "PRIMARY"
    second = ecs.create_task_set(**where, taskDefinition=world.definition(), launchType="EC2",
                                 loadBalancers=world.behind(green))["taskSet"]
    for _ in range(2):
        scaled = ecs.update_task_set(**where, taskSet=second["taskSetArn"], scale={"value": 50, "unit": "PERCENT"})
        assert scaled["taskSet"]["computedDesiredCount"] == 1
    world.pass_by(400)
    sets = ecs.describe_task_sets(**where, include=["TAGS"])["taskSets"]
    assert ecs.describe_task_sets(**where, include=["TAGS"])["taskSets"] == sets
    assert {it["id"]: it["runningCount"] for it in sets} == {first["id"]: 2, second["id"]: 1}
    assert {it["id"]: it["tags"] for it in sets}[first["id"]] == [{"key": "a", "value": "1"}]
    assert all(it["stabilityStatus"] == "STEADY_STATE" for it in sets)
    with refusal(ecs, "InvalidParameterException", "scaled above 0"):
        ecs.delete_task_set(**where, taskSet=second["id"])
    for _ in range(2):
        gone = ecs.delete_task_set(**where, taskSet=second["id"], force=True)["taskSet"]
        assert gone["status"] == "DRAINING"
    world.pass_by(600)
    assert [it["id"] for it in ecs.describe_task_sets(**where)["taskSets"]] == [first["id"]]
    assert ecs.describe_task_sets(**where, taskSets=["ecs-svc/1"])["failures"][0]["reason"] == "MISSING"


@pytest.mark.parametrize("call, more", [
    ("create_task_set", {"taskDefinition": "demo:1"}),
    ("describe_task_sets", {}),
    ("update_task_set", {"taskSet": "ecs-svc/1", "scale": {"value": 1, "unit": "PERCENT"}}),
    ("update_service_primary_task_set", {"primaryTaskSet": "ecs-svc/1"}),
    ("delete_task_set", {"taskSet": "ecs-svc/1"}),
])
def test_task_sets_of_no_service(world, call, more):
    ask = getattr(world.ecs, call)
    with refusal(world.ecs, "ClusterNotFoundException", "Cluster not found."):
        ask(cluster="none", service=SERVICE, **more)
    world.ecs.create_cluster(clusterName=CLUSTER)
    with refusal(world.ecs, "ServiceNotFoundException", "Service not found."):
        ask(cluster=CLUSTER, service=SERVICE, **more)
    world.ecs.create_service(cluster=CLUSTER, serviceName="rolling", desiredCount=0,
                             taskDefinition=world.definition(), launchType="EC2")
    with refusal(world.ecs, "InvalidParameterException", "ECS deployment controller"):
        ask(cluster=CLUSTER, service="rolling", **more)
    if "taskSet" in more or "primaryTaskSet" in more:
        world.ecs.create_service(cluster=CLUSTER, serviceName=SERVICE, deploymentController={"type": "EXTERNAL"})
        with refusal(world.ecs, "TaskSetNotFoundException"):
            ask(cluster=CLUSTER, service=SERVICE, **more)
