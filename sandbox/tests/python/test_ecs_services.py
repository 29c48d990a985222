"""ECS: services, from their creation to their end."""

import pytest

from expect import refusal
from world import CLUSTER, IMAGE, SERVICE


def test_instances_join_their_cluster(world):
    world.cluster()
    instances = world.instances()
    assert len(instances) == 2
    for instance in instances:
        assert instance["status"] == "ACTIVE" and instance["agentConnected"]
        resources = {it["name"]: it["integerValue"] for it in instance["registeredResources"]}
        assert resources["CPU"] == 2048 and 1800 < resources["MEMORY"] < 2048
    zones = {a["value"] for i in instances for a in i["attributes"] if a["name"] == "ecs.availability-zone"}
    assert len(zones) == 2


def test_a_service_reaches_its_count(world):
    world.cluster()
    made = world.service()
    assert made["status"] == "ACTIVE" and made["runningCount"] == 0
    world.pass_by(60)
    service = world.served()
    assert (service["runningCount"], service["pendingCount"]) == (2, 0)
    assert service["deployments"][0]["rolloutState"] == "COMPLETED"
    messages = world.messages()
    assert messages[0] == f"(service {SERVICE}) has reached a steady state."
    assert any("deployment completed" in message for message in messages)
    assert messages[-1].startswith(f"(service {SERVICE}) has started 2 tasks: (task ")
    tasks = world.tasks()
    assert len({task["availabilityZone"] for task in tasks}) == 2
    for task in tasks:
        binding = task["containers"][0]["networkBindings"][0]
        assert binding["containerPort"] == 8080 and 32768 <= binding["hostPort"] <= 60999
        assert task["startedBy"] == service["deployments"][0]["id"]


def test_behind_a_load_balancer(world):
    blue, = world.balancer()
    guard = world.security_group("machines", (32768, 65535, world.guard))
    world.cluster(security_groups=[guard])
    world.service(loadBalancers=world.behind(blue))
    world.pass_by(400)
    health = world.elbv2.describe_target_health(TargetGroupArn=blue)["TargetHealthDescriptions"]
    assert [it["TargetHealth"]["State"] for it in health] == ["healthy", "healthy"]
    assert world.messages()[0] == f"(service {SERVICE}) has reached a steady state."


def test_unreachable_ports(world):
    blue, = world.balancer()
    world.cluster(security_groups=[world.security_group("machines")])
    world.service(loadBalancers=world.behind(blue), healthCheckGracePeriodSeconds=0)
    world.pass_by(600)
    assert any("is unhealthy in (target-group" in message for message in world.messages())
    stopped = world.tasks("STOPPED")
    assert stopped[0]["stoppedReason"] == f"Task failed ELB health checks in (target-group {blue})"
    assert stopped[0]["stopCode"] == "ServiceSchedulerInitiated"


def test_no_image(world):
    world.cluster()
    world.ecr.create_repository(repositoryName="app")
    world.service(definition=world.definition(container={"image": IMAGE}))
    world.pass_by(300)
    stopped = world.tasks("STOPPED")
    assert {task["stopCode"] for task in stopped} == {"TaskFailedToStart"}
    assert stopped[0]["stoppedReason"].startswith("CannotPullContainerError: ")
    assert stopped[0]["stoppedReason"].endswith(f"manifest for {IMAGE} not found: manifest unknown: Requested image not found")
    assert "is unable to consistently start tasks successfully" in world.messages()[0]
    digest = world.image()
    world.ecs.update_service(cluster=CLUSTER, service=SERVICE, desiredCount=0)
    world.ecs.update_service(cluster=CLUSTER, service=SERVICE, desiredCount=2)
    world.pass_by(60)
    assert [task["containers"][0]["imageDigest"] for task in world.tasks()] == [digest, digest]
    assert world.served()["runningCount"] == 2


def test_no_room(world):
    world.cluster(count=1)
    world.service(definition=world.definition(memory="1500"))
    world.pass_by(60)
    assert world.served()["runningCount"] == 1
    message = world.messages()[0]
    instance = world.instances()[0]["containerInstanceArn"].split("/")[-1]
    assert message == (
        f"(service {SERVICE}) was unable to place a task because no container instance met all of its requirements. "
        f"The closest matching (container-instance {instance}) has insufficient memory available. For more "
        "information, see the Troubleshooting section of the Amazon ECS Developer Guide.")
    world.autoscaling.set_desired_capacity(AutoScalingGroupName="demo-asg", DesiredCapacity=2)
    world.pass_by(300)
    assert world.served()["runningCount"] == 2


def test_no_instances(world):
    world.roles()
    world.ecs.create_cluster(clusterName=CLUSTER)
    world.service()
    world.pass_by(30)
    assert "Reason: No Container Instances were found in your cluster." in world.messages()[0]
