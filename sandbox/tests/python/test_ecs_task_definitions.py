"""ECS: task definitions."""

import pytest

from expect import refusal
from world import ACCOUNT, EXECUTION_ROLE, REGION

ARN = f"arn:aws:ecs:{REGION}:{ACCOUNT}:task-definition/"


def container(**more):
    return {"name": "web", "image": "nginx", "memory": 128} | more


def register(ecs, *containers, **more):
    asked = {"family": "demo", "containerDefinitions": list(containers) or [container()]} | more
    return ecs.register_task_definition(**asked)["taskDefinition"]


def test_register_and_describe(ecs):
    asked = container(
        portMappings=[{"containerPort": 8080}], environment=[{"name": "A", "value": "1"}],
        secrets=[{"name": "B", "valueFrom": "/b"}], ulimits=[{"name": "nofile", "softLimit": 1, "hardLimit": 2}],
        logConfiguration={"logDriver": "awslogs", "options": {"awslogs-group": "g", "awslogs-region": REGION}},
        healthCheck={"command": ["CMD-SHELL", "true"]}, dockerLabels={"a": "b"},
        linuxParameters={"initProcessEnabled": True}, stopTimeout=60)
    made = register(
        ecs, asked, cpu=".25 vCPU", memory="0.5 GB", executionRoleArn=EXECUTION_ROLE, taskRoleArn="demo-task",
        networkMode="bridge", requiresCompatibilities=["EC2"], tags=[{"key": "a", "value": "1"}],
        volumes=[{"name": "v", "host": {"sourcePath": "/v"}}],
        runtimePlatform={"cpuArchitecture": "X86_64", "operatingSystemFamily": "LINUX"})
    assert made["taskDefinitionArn"] == ARN + "demo:1"
    assert (made["cpu"], made["memory"], made["status"]) == ("256", "512", "ACTIVE")
    found = made["containerDefinitions"][0]
    assert found["portMappings"] == [{"containerPort": 8080, "hostPort": 0, "protocol": "tcp"}]
    assert found["essential"] is True and found["cpu"] == 0 and found["mountPoints"] == []
    assert found["healthCheck"] == {"command": ["CMD-SHELL", "true"], "interval": 30, "timeout": 5, "retries": 3}
    for key in ("environment", "secrets", "ulimits", "logConfiguration", "dockerLabels", "linuxParameters"):
        given = asked[key] | {"secretOptions": []} if key == "logConfiguration" else asked[key]
        assert found[key] == given
    names = {it["name"] for it in made["requiresAttributes"]}
    assert "com.amazonaws.ecs.capability.logging-driver.awslogs" in names
    assert made["compatibilities"] == ["EXTERNAL", "EC2"]
    for reference in ("demo", "demo:1", ARN + "demo:1"):
        described = ecs.describe_task_definition(taskDefinition=reference, include=["TAGS"])
        assert described["taskDefinition"] == made and described["tags"] == [{"key": "a", "value": "1"}]
    assert register(ecs)["revision"] == 2 and register(ecs)["revision"] == 3


@pytest.mark.parametrize("containers, more, words", [
    ([], {"containerDefinitions": []}, "Container list cannot be empty."),
    ([container()], {"family": ""}, "Family should not be null or empty."),
    ([container()], {"family": "a b"}, "Family contains invalid characters."),
    ([{"name": "web", "image": "nginx"}], {}, "Invalid setting for container 'web'. At least one of 'memory' or "
     "'memoryReservation' must be specified."),
    ([container(name="")], {}, "Container.name should not be null or empty."),
    ([container(image="")], {}, "Container.image should not be null or empty."),
    ([container(), container()], {}, "unique"),
    ([container(essential=False)], {}, "essential"),
    ([container(memory=2)], {}, "at least 4 MiB"),
    ([container(memoryReservation=256)], {}, "memoryReservation"),
    ([container(memory=1024)], {"memory": "512"}, "greater than for the task"),
    ([container()], {"cpu": "64"}, "Invalid 'cpu' setting for task."),
    ([container()], {"memory": "much"}, "Invalid 'memory' setting for task."),
    ([container()], {"executionRoleArn": "arn:aws:iam::1:role/x"}, "Role is not valid"),
    ([container(secrets=[{"name": "A", "valueFrom": "/a"}])], {}, "When you are specifying container secrets, you must "
     "also specify a value for 'executionRoleArn'."),
    ([container(portMappings=[{"containerPort": 80, "hostPort": 81}])], {"networkMode": "host"},
     "When networkMode=host, the host ports and container ports in port mappings must match."),
    ([container(portMappings=[{"containerPort": 80, "hostPort": 81}])], {"networkMode": "awsvpc"}, "must match"),
    ([container(portMappings=[{"containerPort": 0}])], {}, "Container port"),
    ([container(portMappings=[{"containerPort": 80, "hostPort": 70000}])], {}, "Host port"),
    ([container(logConfiguration={"logDriver": "awslogs", "options": {}})], {}, "Log driver awslogs requires options"),
    ([container()], {"requiresCompatibilities": ["FARGATE"]}, "Fargate requires that 'cpu' be defined"),
    ([container()], {"requiresCompatibilities": ["FARGATE"], "cpu": "256", "memory": "512"}, "Fargate only supports"),
    ([container(dependsOn=[{"containerName": "x", "condition": "START"}])], {}, "dependsOn"),
])
def test_what_cannot_be_registered(ecs, containers, more, words):
    with refusal(ecs, "ClientException", words):
        register(ecs, *containers, **more)
    assert ecs.list_task_definitions()["taskDefinitionArns"] == []


def test_values_that_are_none(ecs):
    for containers, more in [
        ([container()], {"networkMode": "mesh"}), ([container()], {"requiresCompatibilities": ["MOON"]}),
        ([container(logConfiguration={"logDriver": "paper"})], {}),
        ([container(portMappings=[{"containerPort": 1, "protocol": "ip"}])], {}),
        ([container()], {"tags": [{"key": "aws:a", "value": ""}]}),
    ]:
        with refusal(ecs, "InvalidParameterException"):
            register(ecs, *containers, **more)
    with refusal(ecs, "SerializationException"):
        register(ecs, container(memory="128"))


def test_fargate_can_be_described(ecs):
    made = register(ecs, cpu="512", memory="1024", networkMode="awsvpc", requiresCompatibilities=["FARGATE"])
    assert made["compatibilities"] == ["EC2", "FARGATE"]
    with refusal(ecs, "ClientException", "No Fargate configuration exists for given values."):
        register(ecs, cpu="512", memory="500", networkMode="awsvpc", requiresCompatibilities=["FARGATE"])


def test_lists(ecs):
    for family in ("a", "a", "b"):
        register(ecs, family=family)
    ecs.deregister_task_definition(taskDefinition="b:1")
    arns = lambda **asked: [arn.removeprefix(ARN) for arn in ecs.list_task_definitions(**asked)["taskDefinitionArns"]]
    for _ in range(2):
        assert arns() == ["a:1", "a:2"]
    assert arns(sort="DESC") == ["a:2", "a:1"] and arns(familyPrefix="b") == []
    assert arns(status="INACTIVE") == ["b:1"]
    families = lambda **asked: ecs.list_task_definition_families(**asked)["families"]
    for _ in range(2):
        assert families() == ["a", "b"]
    assert families(status="ACTIVE") == ["a"] and families(status="INACTIVE") == ["b"]
    assert families(familyPrefix="a") == ["a"] and families(maxResults=1) == ["a"]
    for wrong in ({"status": "x"}, {"maxResults": 0}):
        with refusal(ecs, "InvalidParameterException"):
            arns(**wrong)
        with refusal(ecs, "InvalidParameterException"):
            families(**wrong)


def test_deregister_and_delete(world):
    ecs = world.ecs
    world.cluster(count=1)
    register(ecs)
    world.service(1, definition="demo:1")
    world.pass_by(60)
    refused = ecs.delete_task_definitions(taskDefinitions=["demo:1", "none:1"])
    assert "still in ACTIVE status" in refused["failures"][0]["reason"]
    assert refused["failures"][1]["reason"] == "MISSING"
    for _ in range(2):
        assert ecs.deregister_task_definition(taskDefinition="demo:1")["taskDefinition"]["status"] == "INACTIVE"
    for call, more in ((ecs.run_task, {"cluster": "demo"}),
                       (ecs.create_service, {"cluster": "demo", "serviceName": "b", "desiredCount": 1})):
        with refusal(ecs, "ClientException", "TaskDefinition is inactive"):
            call(taskDefinition="demo:1", **more)
    for _ in range(2):
        deleted = ecs.delete_task_definitions(taskDefinitions=["demo:1"])["taskDefinitions"]
        assert deleted[0]["status"] == "DELETE_IN_PROGRESS"
    world.pass_by(200)
    assert world.served()["runningCount"] == 1
    assert ecs.describe_task_definition(taskDefinition="demo:1")["taskDefinition"]["status"] == "DELETE_IN_PROGRESS"
    ecs.delete_service(cluster="demo", service="app", force=True)
    world.pass_by(200)
    for call in (ecs.describe_task_definition, ecs.deregister_task_definition):
        with refusal(ecs, "ClientException"):
            call(taskDefinition="demo:1")
    assert register(ecs)["revision"] == 2
    with refusal(ecs, "InvalidParameterException"):
        ecs.deregister_task_definition(taskDefinition="demo")
    with refusal(ecs, "InvalidParameterException"):
        ecs.delete_task_definitions(taskDefinitions=[])
    with refusal(ecs, "InvalidParameterException"):
        ecs.describe_task_definition(taskDefinition="demo", include=["ALL"])
