"""ECS: clusters, capacity providers, container instances, account settings, tags."""

import pytest

from expect import refusal
from world import ACCOUNT, CLUSTER, REGION, SERVICE

ARN = f"arn:aws:ecs:{REGION}:{ACCOUNT}:"
INSIGHTS = [{"name": "containerInsights", "value": "enabled"}]


def cluster(ecs, name=CLUSTER, include=("SETTINGS", "TAGS", "CONFIGURATIONS", "ATTACHMENTS", "STATISTICS")):
    return ecs.describe_clusters(clusters=[name], include=list(include))["clusters"][0]


def test_create_and_describe(ecs, iam):
    asked = {"clusterName": CLUSTER, "settings": INSIGHTS, "tags": [{"key": "a", "value": "1"}],
             "configuration": {"executeCommandConfiguration": {"logging": "NONE"}}}
    made = ecs.create_cluster(**asked)["cluster"]
    assert made["clusterArn"] == ARN + "cluster/demo" and made["status"] == "ACTIVE"
    assert ecs.create_cluster(**asked)["cluster"] == made
    found = cluster(ecs, made["clusterArn"])
    assert found["settings"] == INSIGHTS and found["tags"] == [{"key": "a", "value": "1"}]
    assert found["configuration"] == asked["configuration"]
    assert {"name": "runningEC2TasksCount", "value": "0"} in found["statistics"]
    assert cluster(ecs, include=())["settings"] == []
    assert iam.get_role(RoleName="AWSServiceRoleForECS")["Role"]["Path"].startswith("/aws-service-role/ecs.")
    with refusal(ecs, "InvalidParameterException", "inconsistent"):
        ecs.create_cluster(clusterName=CLUSTER)
    assert ecs.create_cluster()["cluster"]["clusterName"] == "default"
    for _ in range(2):
        assert ecs.list_clusters()["clusterArns"] == [ARN + "cluster/default", ARN + "cluster/demo"]
    first = ecs.list_clusters(maxResults=1)
    assert ecs.list_clusters(maxResults=1, nextToken=first["nextToken"])["clusterArns"] == [ARN + "cluster/demo"]
    for _ in range(2):
        failures = ecs.describe_clusters(clusters=["none"])["failures"]
        assert failures == [{"arn": ARN + "cluster/none", "reason": "MISSING"}]


@pytest.mark.parametrize("given, words", [
    ({"clusterName": "a b"}, "invalid characters"),
    ({"clusterName": "x" * 256}, "invalid characters"),
    ({"settings": [{"name": "x", "value": "y"}]}, "Invalid cluster setting name"),
    ({"settings": [{"name": "containerInsights", "value": "y"}]}, "value"),
    ({"tags": [{"key": "aws:a", "value": "y"}]}, "tag"),
    ({"capacityProviders": ["none"]}, "was not found"),
    ({"configuration": {"executeCommandConfiguration": {"logging": "OVERRIDE"}}}, "logConfiguration"),
])
def test_what_cannot_be_created(ecs, given, words):
    with refusal(ecs, "InvalidParameterException", words):
        ecs.create_cluster(**given)
    assert ecs.list_clusters()["clusterArns"] == []


def test_lists_and_looks_that_are_refused(ecs):
    for call in (lambda: ecs.list_clusters(maxResults=101), lambda: ecs.list_clusters(nextToken="garbage"),
                 lambda: ecs.describe_clusters(include=["ALL"])):
        with refusal(ecs, "InvalidParameterException"):
            call()


def test_update(ecs):
    ecs.create_cluster(clusterName=CLUSTER)
    for _ in range(2):
        updated = ecs.update_cluster(cluster=CLUSTER, settings=INSIGHTS,
                                     serviceConnectDefaults={"namespace": "space"})["cluster"]
        assert updated["settings"] == INSIGHTS and updated["serviceConnectDefaults"] == {"namespace": "space"}
    disabled = [{"name": "containerInsights", "value": "disabled"}]
    for _ in range(2):
        assert ecs.update_cluster_settings(cluster=CLUSTER, settings=disabled)["cluster"]["settings"] == disabled
    with refusal(ecs, "InvalidParameterException"):
        ecs.update_cluster(cluster=CLUSTER, settings=[{"name": "x", "value": "y"}])
    with refusal(ecs, "InvalidParameterException"):
        ecs.update_cluster_settings(cluster=CLUSTER, settings=[])


@pytest.mark.parametrize("call, more", [
    ("update_cluster", {}), ("update_cluster_settings", {"settings": INSIGHTS}), ("delete_cluster", {}),
    ("put_cluster_capacity_providers", {"capacityProviders": [], "defaultCapacityProviderStrategy": []}),
    ("list_services", {}), ("list_tasks", {}), ("list_container_instances", {}),
    ("describe_services", {"services": ["a"]}), ("describe_tasks", {"tasks": ["a"]}),
    ("describe_container_instances", {"containerInstances": ["a"]}),
    ("update_container_instances_state", {"containerInstances": ["a"], "status": "DRAINING"}),
    ("deregister_container_instance", {"containerInstance": "a"}),
    ("stop_task", {"task": "a"}), ("run_task", {"taskDefinition": "demo"}),
    ("create_service", {"serviceName": "a", "taskDefinition": "demo", "desiredCount": 1}),
    ("update_service", {"service": "a"}), ("delete_service", {"service": "a"}),
    ("describe_capacity_providers", {}),
])
def test_of_no_cluster(ecs, call, more):
    with refusal(ecs, "ClusterNotFoundException", "Cluster not found."):
        getattr(ecs, call)(cluster="none", **more)


def test_the_order_of_deletion(world):
    ecs = world.ecs
    world.cluster()
    world.service()
    world.pass_by(60)
    with refusal(ecs, "ClusterContainsServicesException", "The Cluster cannot be deleted while Services are active."):
        ecs.delete_cluster(cluster=CLUSTER)
    ecs.delete_service(cluster=CLUSTER, service=SERVICE, force=True)
    world.pass_by(60)
    with refusal(ecs, "ClusterContainsContainerInstancesException", "while Container Instances are active"):
        ecs.delete_cluster(cluster=CLUSTER)
    ecs.run_task(cluster=CLUSTER, taskDefinition="demo")
    for instance in world.instances():
        arn = instance["containerInstanceArn"]
        if instance["pendingTasksCount"]:
            with refusal(ecs, "InvalidParameterException", "Found running tasks on the instance."):
                ecs.deregister_container_instance(cluster=CLUSTER, containerInstance=arn)
        gone = ecs.deregister_container_instance(cluster=CLUSTER, containerInstance=arn, force=True)
        assert gone["containerInstance"]["status"] == "INACTIVE"
    for _ in range(2):
        with refusal(ecs, "InvalidParameterException", "not found"):
            ecs.deregister_container_instance(cluster=CLUSTER, containerInstance=arn)
    assert ecs.delete_cluster(cluster=CLUSTER)["cluster"]["status"] == "INACTIVE"
    for _ in range(2):
        with refusal(ecs, "ClusterNotFoundException"):
            ecs.delete_cluster(cluster=CLUSTER)
    assert cluster(ecs)["status"] == "INACTIVE" and ecs.list_clusters()["clusterArns"] == []
    assert ecs.create_cluster(clusterName=CLUSTER)["cluster"]["status"] == "ACTIVE"


def provider(arn, **more):
    return {"autoScalingGroupArn": arn, "managedScaling": {"status": "ENABLED", "targetCapacity": 100}} | more


def test_capacity_providers(world):
    ecs = world.ecs
    arn = world.cluster(count=0, protected=True)
    asked = {"name": "cp", "autoScalingGroupProvider": provider(arn, managedTerminationProtection="ENABLED"),
             "tags": [{"key": "a", "value": "1"}]}
    made = ecs.create_capacity_provider(**asked)["capacityProvider"]
    assert made["capacityProviderArn"] == ARN + "capacity-provider/cp" and made["status"] == "ACTIVE"
    assert made["autoScalingGroupProvider"]["managedScaling"] == {
        "status": "ENABLED", "targetCapacity": 100, "minimumScalingStepSize": 1, "maximumScalingStepSize": 10000,
        "instanceWarmupPeriod": 300}
    assert made["autoScalingGroupProvider"]["managedTerminationProtection"] == "ENABLED"
    for _ in range(2):
        with refusal(ecs, "ClientException", "already exists"):
            ecs.create_capacity_provider(**asked)
    with refusal(ecs, "ClientException", "already in use"):
        ecs.create_capacity_provider(name="other", autoScalingGroupProvider=provider(arn))
    for _ in range(2):
        found = ecs.describe_capacity_providers(capacityProviders=["cp", "none"], include=["TAGS"])
        assert found["capacityProviders"] == [made] and found["failures"][0]["reason"] == "MISSING"
    names = [it["name"] for it in ecs.describe_capacity_providers()["capacityProviders"]]
    assert names == ["FARGATE", "FARGATE_SPOT", "cp"]
    for _ in range(2):
        updated = ecs.update_capacity_provider(name="cp", autoScalingGroupProvider={
            "managedScaling": {"targetCapacity": 80}})["capacityProvider"]
        assert updated["autoScalingGroupProvider"]["managedScaling"]["targetCapacity"] == 80
        assert updated["updateStatus"] == "UPDATE_COMPLETE"
    strategy = [{"capacityProvider": "cp", "weight": 1, "base": 0}]
    put = {"cluster": CLUSTER, "capacityProviders": ["cp"], "defaultCapacityProviderStrategy": strategy}
    attached = ecs.put_cluster_capacity_providers(**put)["cluster"]
    assert attached["capacityProviders"] == ["cp"] and attached["defaultCapacityProviderStrategy"] == strategy
    assert attached["attachmentsStatus"] == "UPDATE_IN_PROGRESS"
    for call in (lambda: ecs.put_cluster_capacity_providers(**put), lambda: ecs.delete_cluster(cluster=CLUSTER)):
        with refusal(ecs, "UpdateInProgressException", "busy state"):
            call()
    world.pass_by(60)
    assert cluster(ecs)["attachmentsStatus"] == "UPDATE_COMPLETE"
    ecs.put_cluster_capacity_providers(**put)
    for _ in range(2):
        with refusal(ecs, "ClientException", "is in use and cannot be deleted"):
            ecs.delete_capacity_provider(capacityProvider="cp")
    ecs.put_cluster_capacity_providers(cluster=CLUSTER, capacityProviders=[], defaultCapacityProviderStrategy=[])
    for _ in range(2):
        gone = ecs.delete_capacity_provider(capacityProvider=made["capacityProviderArn"])["capacityProvider"]
        assert gone["updateStatus"] == "DELETE_IN_PROGRESS"
    world.pass_by(60)
    for call in (lambda: ecs.delete_capacity_provider(capacityProvider="cp"),
                 lambda: ecs.update_capacity_provider(name="cp", autoScalingGroupProvider={})):
        with refusal(ecs, "ClientException", "does not exist"):
            call()


def test_capacity_providers_that_cannot_be(world):
    ecs = world.ecs
    arn = world.cluster(count=0)
    protect = {"managedTerminationProtection": "ENABLED"}
    for name, given, words in [
        ("ecs-cp", provider(arn), "prefixed"),
        ("a b", provider(arn), "invalid"),
        ("cp", provider(arn, **protect), "instance protection from scale in"),
        ("cp", {"autoScalingGroupArn": arn} | protect, "managed scaling must be enabled"),
        ("cp", provider(arn, managedScaling={"status": "ENABLED", "targetCapacity": 0}), "target capacity"),
        ("cp", provider(arn, managedDraining="MAYBE"), "managedDraining"),
    ]:
        with refusal(ecs, "InvalidParameterException", words):
            ecs.create_capacity_provider(name=name, autoScalingGroupProvider=given)
    with refusal(ecs, "ClientException", "Auto Scaling group ARN was not found"):
        ecs.create_capacity_provider(name="cp", autoScalingGroupProvider=provider(arn + "x"))
    with refusal(ecs, "InvalidParameterException", "reserved"):
        ecs.delete_capacity_provider(capacityProvider="FARGATE")
    with refusal(ecs, "InvalidParameterException"):
        ecs.describe_capacity_providers(include=["ALL"])
    for strategy, words in [
        ([{"capacityProvider": "other", "weight": 1}], "associated with the cluster"),
        ([{"capacityProvider": "FARGATE", "weight": 0}], "weight greater than 0"),
        ([{"capacityProvider": "FARGATE", "weight": 1001}], "between 0 and 1000"),
        ([{"capacityProvider": "FARGATE", "weight": 1, "base": 1},
          {"capacityProvider": "FARGATE", "weight": 1, "base": 1}], "base"),
    ]:
        with refusal(ecs, "InvalidParameterException", words):
            ecs.put_cluster_capacity_providers(cluster=CLUSTER, capacityProviders=["FARGATE"],
                                               defaultCapacityProviderStrategy=strategy)


def test_managed_scaling(world):
    ecs = world.ecs
    arn = world.cluster(count=0)
    ecs.create_capacity_provider(name="cp", autoScalingGroupProvider=provider(arn))
    strategy = [{"capacityProvider": "cp", "weight": 1, "base": 0}]
    ecs.put_cluster_capacity_providers(cluster=CLUSTER, capacityProviders=["cp"], defaultCapacityProviderStrategy=strategy)
    world.pass_by(60)
    world.ecs.create_service(cluster=CLUSTER, serviceName=SERVICE, desiredCount=3, taskDefinition=world.definition(memory="900"))
    world.pass_by(10)
    assert {task["lastStatus"] for task in world.tasks()} == {"PROVISIONING"}
    world.pass_by(900)
    service = world.served()
    assert service["runningCount"] == 3 and service["capacityProviderStrategy"] == strategy
    assert "launchType" not in service
    assert {task["capacityProviderName"] for task in world.tasks()} == {"cp"}
    assert {it["capacityProviderName"] for it in world.instances()} == {"cp"}
    with refusal(ecs, "ResourceInUseException"):
        ecs.put_cluster_capacity_providers(cluster=CLUSTER, capacityProviders=[], defaultCapacityProviderStrategy=[])


def test_container_instances(world):
    ecs = world.ecs
    world.cluster()
    world.service(1)
    world.pass_by(60)
    arns = lambda **asked: ecs.list_container_instances(cluster=CLUSTER, **asked)["containerInstanceArns"]
    instance = world.instances()[0]
    arn, machine = instance["containerInstanceArn"], instance["ec2InstanceId"]
    zone = next(a["value"] for a in instance["attributes"] if a["name"] == "ecs.availability-zone")
    for _ in range(2):
        assert arns(filter=f"ec2InstanceId == {machine}") == [arn]
    assert arns(filter=f"attribute:ecs.availability-zone == {zone} and agentConnected == true") == [arn]
    assert len(arns(filter="attribute:ecs.instance-type =~ t3.*")) == 2
    assert len(arns(filter="runningTasksCount == 1")) == 1 and arns(status="DRAINING") == []
    with refusal(ecs, "InvalidParameterException", "Invalid expression"):
        arns(filter="what")
    described = ecs.describe_container_instances(cluster=CLUSTER, containerInstances=[arn, "none"],
                                                 include=["TAGS", "CONTAINER_INSTANCE_HEALTH"])
    assert described["containerInstances"][0]["healthStatus"]["overallStatus"] == "OK"
    assert described["failures"] == [{"arn": "none", "reason": "MISSING"}]
    remaining = lambda it: {r["name"]: r["integerValue"] for r in it["remainingResources"]}["MEMORY"]
    assert sorted(remaining(it) for it in world.instances())[1] - sorted(remaining(it) for it in world.instances())[0] == 500
    with refusal(ecs, "InvalidParameterException"):
        ecs.describe_container_instances(cluster=CLUSTER, containerInstances=[])
    with refusal(ecs, "InvalidParameterException", "ACTIVE or DRAINING"):
        ecs.update_container_instances_state(cluster=CLUSTER, containerInstances=[arn], status="REGISTERING")
    failures = ecs.update_container_instances_state(cluster=CLUSTER, containerInstances=["none"], status="ACTIVE")
    assert failures["failures"][0]["reason"] == "MISSING"


def test_an_agent_that_may_not_register(world):
    world.role("ecsInstanceRole", "ec2.amazonaws.com")
    world.iam.create_instance_profile(InstanceProfileName="ecsInstanceRole")
    world.iam.add_role_to_instance_profile(InstanceProfileName="ecsInstanceRole", RoleName="ecsInstanceRole")
    world.group(1)
    world.pass_by(120)
    world.ecs.create_cluster(clusterName=CLUSTER)
    world.pass_by(600)
    assert world.instances() == []
    policy = "arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role"
    world.iam.attach_role_policy(RoleName="ecsInstanceRole", PolicyArn=policy)
    world.pass_by(600)
    assert len(world.instances()) == 1


def test_account_settings(ecs):
    for _ in range(2):
        setting = ecs.put_account_setting(name="containerInsights", value="enhanced")["setting"]
        assert setting["value"] == "enhanced" and setting["type"] == "user"
    for _ in range(2):
        assert ecs.list_account_settings()["settings"] == [setting]
    every = ecs.list_account_settings(effectiveSettings=True, maxResults=100)["settings"]
    assert {it["name"]: it["value"] for it in every}["taskLongArnFormat"] == "enabled"
    assert ecs.create_cluster(clusterName="a")["cluster"]["settings"][0]["value"] == "enhanced"
    for wrong in ({"name": "x", "value": "enabled"}, {"name": "containerInsights", "value": "x"},
                  {"name": "containerInsights", "value": "enabled", "principalArn": "arn:aws:iam::1:user/x"}):
        with refusal(ecs, "InvalidParameterException"):
            ecs.put_account_setting(**wrong)
    with refusal(ecs, "InvalidParameterException"):
        ecs.list_account_settings(name="x")


def test_tags(world):
    ecs = world.ecs
    world.cluster(count=1)
    world.service(1)
    world.pass_by(60)
    definition = world.served()["taskDefinition"]
    for arn in (ARN + "cluster/demo", ARN + f"service/demo/{SERVICE}", definition, world.tasks()[0]["taskArn"],
                world.instances()[0]["containerInstanceArn"]):
        for _ in range(2):
            ecs.tag_resource(resourceArn=arn, tags=[{"key": "a", "value": "1"}, {"key": "b", "value": "2"}])
        for _ in range(2):
            ecs.untag_resource(resourceArn=arn, tagKeys=["a", "none"])
        for _ in range(2):
            assert ecs.list_tags_for_resource(resourceArn=arn)["tags"] == [{"key": "b", "value": "2"}]


@pytest.mark.parametrize("call, more", [
    ("tag_resource", {"tags": [{"key": "a", "value": "1"}]}), ("untag_resource", {"tagKeys": ["a"]}),
    ("list_tags_for_resource", {}),
])
def test_tags_of_nothing(ecs, call, more):
    ask = getattr(ecs, call)
    ecs.create_cluster(clusterName=CLUSTER)
    with refusal(ecs, "ClusterNotFoundException"):
        ask(resourceArn=ARN + "service/none/a", **more)
    code = "InvalidParameterException" if call == "list_tags_for_resource" else "ResourceNotFoundException"
    with refusal(ecs, code):
        ask(resourceArn=ARN + "service/demo/none", **more)
    with refusal(ecs, "InvalidParameterException"):
        ask(resourceArn="none", **more)
    with refusal(ecs, "InvalidParameterException", "50"):
        ecs.tag_resource(resourceArn=ARN + "cluster/demo", tags=[{"key": str(n), "value": ""} for n in range(51)])
