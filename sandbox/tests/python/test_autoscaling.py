"""Auto Scaling: groups, and what they do by themselves."""

import json

import pytest

from expect import refusal
from machines import instances, profile, states, subnets, template

NAME = "app-asg"
#: Until a group has reacted to what was asked of it, in seconds.
SOON = 6
#: More than instances take to start, or to end.
WHILE = 60


@pytest.fixture(autouse=True)
def slowly(account, server):
    """Machines here are as slow as AWS's, so that one can look in between."""
    server.reset(speed=1)


@pytest.fixture
def create(autoscaling, ec2, ssm):
    """Makes the group, of two instances unless told."""
    template(ec2, ssm, name="app")

    def make(**asked):
        asked = {
            "AutoScalingGroupName": NAME,
            "LaunchTemplate": {"LaunchTemplateName": "app", "Version": "$Latest"},
            "MinSize": 1, "MaxSize": 4, "DesiredCapacity": 2,
            "VPCZoneIdentifier": ",".join(subnets(ec2)),
        } | asked
        autoscaling.create_auto_scaling_group(**asked)

    return make


@pytest.fixture
def group(autoscaling):
    """The group, as it is now."""

    def describe():
        [found] = autoscaling.describe_auto_scaling_groups(AutoScalingGroupNames=[NAME])["AutoScalingGroups"]
        return found

    return describe


@pytest.fixture
def activities(autoscaling):
    def describe(**asked):
        return autoscaling.describe_scaling_activities(AutoScalingGroupName=NAME, **asked)["Activities"]

    return describe


def ids(group):
    return [instance["InstanceId"] for instance in group["Instances"]]


def test_a_group_launches_what_it_is_to_have(create, group, activities, ec2, server, account):
    create(Tags=[
        {"Key": "Name", "Value": "app", "PropagateAtLaunch": True},
        {"Key": "own", "Value": "x", "PropagateAtLaunch": False},
    ])
    assert (group()["Instances"], group()["DesiredCapacity"]) == ([], 2)
    server.advance(SOON)
    assert {it["LifecycleState"] for it in group()["Instances"]} == {"Pending"}
    assert {it["StatusCode"] for it in activities()} == {"PreInService"}
    server.advance(WHILE)
    made = group()
    assert [(it["LifecycleState"], it["HealthStatus"]) for it in made["Instances"]] == [("InService", "Healthy")] * 2
    assert [it["AvailabilityZone"] for it in made["Instances"]] == ["eu-central-1a", "eu-central-1b"]
    assert made["Instances"][0]["LaunchTemplate"]["Version"] == "1"
    assert made["AutoScalingGroupARN"].startswith(f"arn:aws:autoscaling:eu-central-1:{account}:autoScalingGroup:")
    assert states(ec2) == ["running", "running"]
    tags = {tag["Key"]: tag["Value"] for tag in instances(ec2)[0]["Tags"]}
    assert (tags["Name"], tags["aws:autoscaling:groupName"]) == ("app", NAME)
    assert "own" not in tags
    [second, first] = activities()
    assert first["Description"] == f"Launching a new EC2 instance: {made['Instances'][0]['InstanceId']}"
    assert (first["StatusCode"], first["Progress"]) == ("Successful", 100)
    assert "a user request created an AutoScalingGroup changing the desired capacity from 0 to 2." in first["Cause"]
    assert "increasing the capacity from 0 to 1." in first["Cause"]
    assert "increasing the capacity from 1 to 2." in second["Cause"]
    assert json.loads(second["Details"])["Availability Zone"] == "eu-central-1b"


def test_settings_are_kept(create, group, autoscaling, ec2):
    create(
        DefaultCooldown=60, HealthCheckType="ELB", HealthCheckGracePeriod=30, TerminationPolicies=["OldestInstance"],
        NewInstancesProtectedFromScaleIn=True, MaxInstanceLifetime=604800, CapacityRebalance=True, Context="ctx",
        DefaultInstanceWarmup=10, InstanceMaintenancePolicy={"MinHealthyPercentage": 90, "MaxHealthyPercentage": 120},
    )
    made = group()
    assert (made["DefaultCooldown"], made["HealthCheckType"], made["HealthCheckGracePeriod"]) == (60, "ELB", 30)
    assert made["NewInstancesProtectedFromScaleIn"] and made["CapacityRebalance"]
    assert (made["MaxInstanceLifetime"], made["DefaultInstanceWarmup"]) == (604800, 10)
    assert made["InstanceMaintenancePolicy"]["MinHealthyPercentage"] == 90
    assert made["TerminationPolicies"] == ["OldestInstance"]
    assert made["VPCZoneIdentifier"] == ",".join(subnets(ec2))
    assert made["ServiceLinkedRoleARN"].endswith("/AWSServiceRoleForAutoScaling")
    for _ in range(2):
        autoscaling.update_auto_scaling_group(
            AutoScalingGroupName=NAME, HealthCheckType="EC2", VPCZoneIdentifier=subnets(ec2)[2],
            NewInstancesProtectedFromScaleIn=False)
    changed = group()
    assert (changed["HealthCheckType"], changed["DefaultCooldown"]) == ("EC2", 60)
    assert changed["AvailabilityZones"] == ["eu-central-1c"]
    assert not changed["NewInstancesProtectedFromScaleIn"]


def test_grows_and_shrinks(create, group, activities, autoscaling, ec2, server):
    create()
    server.advance(WHILE)
    before = ids(group())
    for _ in range(2):
        autoscaling.set_desired_capacity(AutoScalingGroupName=NAME, DesiredCapacity=4)
    server.advance(WHILE)
    grown = group()
    zones = sorted(it["AvailabilityZone"] for it in grown["Instances"])
    assert zones == ["eu-central-1a", "eu-central-1a", "eu-central-1b", "eu-central-1c"]
    assert "explicitly set group desired capacity changing the desired capacity from 2 to 4." in activities()[0]["Cause"]
    autoscaling.update_auto_scaling_group(AutoScalingGroupName=NAME, MaxSize=2)
    assert group()["DesiredCapacity"] == 2
    server.advance(SOON)
    assert sorted(it["LifecycleState"] for it in group()["Instances"]) == ["InService"] * 2 + ["Terminating"] * 2
    assert activities()[0]["Description"].startswith("Terminating EC2 instance: i-")
    assert activities()[0]["StatusCode"] == "InProgress"
    assert "shrinking the capacity from 4 to 3." in activities()[1]["Cause"]
    assert "constraints to min: 1, max: 2, desired: 2" in activities()[1]["Cause"]
    server.advance(WHILE)
    # The oldest of the zone that has two goes first.
    assert before[0] not in ids(group())
    assert states(ec2) == ["running", "running", "terminated", "terminated"]
    assert {it["StatusCode"] for it in activities()} == {"Successful"}


def test_replaces_what_is_gone(create, group, activities, ec2, server):
    create()
    server.advance(WHILE)
    [one, other] = ids(group())
    ec2.terminate_instances(InstanceIds=[one])
    ec2.stop_instances(InstanceIds=[other])
    server.advance(70)
    assert {it["HealthStatus"] for it in group()["Instances"] if it["InstanceId"] in (one, other)} <= {"Unhealthy"}
    server.advance(200)
    now = ids(group())
    assert len(now) == 2 and not {one, other} & set(now)
    assert states(ec2) == ["running", "running", "terminated", "terminated"]
    causes = " ".join(it["Cause"] for it in activities())
    assert causes.count("EC2 health check indicating it has been terminated or stopped.") == 2


def test_protected_instances_stay(create, group, activities, autoscaling, server):
    create()
    server.advance(WHILE)
    [one, other] = ids(group())
    for _ in range(2):
        autoscaling.set_instance_protection(
            AutoScalingGroupName=NAME, InstanceIds=[one], ProtectedFromScaleIn=True)
    autoscaling.set_desired_capacity(AutoScalingGroupName=NAME, DesiredCapacity=1)
    server.advance(WHILE)
    assert ids(group()) == [one]
    autoscaling.update_auto_scaling_group(AutoScalingGroupName=NAME, MinSize=0, DesiredCapacity=0)
    server.advance(WHILE)
    assert ids(group()) == [one]
    assert "all remaining instances are protected from scale in" in activities()[0]["StatusMessage"]
    with refusal(autoscaling, "ValidationError", "is not part of Auto Scaling group"):
        autoscaling.set_instance_protection(
            AutoScalingGroupName=NAME, InstanceIds=[other], ProtectedFromScaleIn=True)
    with refusal(autoscaling, "ValidationError", "not found"):
        autoscaling.set_instance_protection(
            AutoScalingGroupName="none", InstanceIds=[one], ProtectedFromScaleIn=True)


def test_taking_one_out(create, group, autoscaling, server):
    create()
    server.advance(WHILE)
    [one, other] = ids(group())
    activity = autoscaling.terminate_instance_in_auto_scaling_group(
        InstanceId=one, ShouldDecrementDesiredCapacity=True)["Activity"]
    assert activity["Description"] == f"Terminating EC2 instance: {one}"
    assert "in response to a user request, shrinking the capacity from 2 to 1." in activity["Cause"]
    assert group()["DesiredCapacity"] == 1
    for _ in range(2):
        with refusal(autoscaling, "ValidationError", "desiredSize equals minSize (1)"):
            autoscaling.terminate_instance_in_auto_scaling_group(
                InstanceId=other, ShouldDecrementDesiredCapacity=True)
    server.advance(WHILE)
    assert ids(group()) == [other]
    autoscaling.terminate_instance_in_auto_scaling_group(InstanceId=other, ShouldDecrementDesiredCapacity=False)
    server.advance(2 * WHILE)
    assert len(ids(group())) == 1 and other not in ids(group())
    with refusal(autoscaling, "ValidationError", "No managed instance found"):
        autoscaling.terminate_instance_in_auto_scaling_group(InstanceId="i-0", ShouldDecrementDesiredCapacity=False)


def test_a_template_that_no_longer_works(create, group, activities, ec2, iam, autoscaling, server):
    profile(iam)
    data = {"IamInstanceProfile": {"Name": "ecsInstanceRole"}}
    ec2.create_launch_template_version(LaunchTemplateName="app", SourceVersion="1", LaunchTemplateData=data)
    create(DesiredCapacity=1)
    server.advance(WHILE)
    iam.remove_role_from_instance_profile(InstanceProfileName="ecsInstanceRole", RoleName="ecsInstanceRole")
    iam.delete_instance_profile(InstanceProfileName="ecsInstanceRole")
    autoscaling.set_desired_capacity(AutoScalingGroupName=NAME, DesiredCapacity=2)
    server.advance(SOON)
    [failed, *_] = activities()
    assert failed["StatusCode"] == "Failed"
    assert failed["StatusMessage"].endswith("Invalid IAM Instance Profile name. Launching EC2 instance failed.")
    assert failed["Description"] == f"Launching a new EC2 instance.  Status Reason: {failed['StatusMessage']}"
    assert activities(Filters=[{"Name": "Status", "Values": ["Failed"]}]) == [failed]
    server.advance(600)
    tries = activities(Filters=[{"Name": "Status", "Values": ["Failed"]}])
    assert 3 <= len(tries) < 10
    ec2.delete_launch_template(LaunchTemplateName="app")
    server.advance(600)
    assert "does not exist. Launching EC2 instance failed." in activities()[0]["StatusMessage"]
    assert len(ids(group())) == 1


def test_deleting(create, group, autoscaling, ec2, server):
    create(DesiredCapacity=1)
    server.advance(WHILE)
    with refusal(autoscaling, "ResourceInUse", "while there are instances"):
        autoscaling.delete_auto_scaling_group(AutoScalingGroupName=NAME)
    autoscaling.update_auto_scaling_group(AutoScalingGroupName=NAME, MinSize=0, DesiredCapacity=0)
    server.advance(SOON)
    with refusal(autoscaling, "ScalingActivityInProgress", "scaling activities in progress"):
        autoscaling.delete_auto_scaling_group(AutoScalingGroupName=NAME)
    server.advance(WHILE)
    for _ in range(2):
        autoscaling.delete_auto_scaling_group(AutoScalingGroupName=NAME)
    assert group()["Status"] == "Delete in progress"
    with refusal(autoscaling, "ValidationError", "pending delete"):
        autoscaling.set_desired_capacity(AutoScalingGroupName=NAME, DesiredCapacity=1)
    server.advance(SOON)
    assert autoscaling.describe_auto_scaling_groups()["AutoScalingGroups"] == []
    with refusal(autoscaling, "ValidationError", "not found"):
        autoscaling.delete_auto_scaling_group(AutoScalingGroupName=NAME)
    kept = autoscaling.describe_scaling_activities(AutoScalingGroupName=NAME, IncludeDeletedGroups=True)["Activities"]
    assert {it["AutoScalingGroupState"] for it in kept} == {"Deleted"}


def test_deleting_by_force(create, group, autoscaling, ec2, server):
    create(NewInstancesProtectedFromScaleIn=True)
    server.advance(WHILE)
    autoscaling.delete_auto_scaling_group(AutoScalingGroupName=NAME, ForceDelete=True)
    server.advance(SOON)
    assert {it["LifecycleState"] for it in group()["Instances"]} == {"Terminating"}
    with refusal(autoscaling, "AlreadyExists", "is pending delete"):
        create()
    server.advance(WHILE)
    assert autoscaling.describe_auto_scaling_groups()["AutoScalingGroups"] == []
    assert states(ec2) == ["terminated", "terminated"]


@pytest.mark.parametrize(("asked", "words"), [
    ({"LaunchTemplate": {"LaunchTemplateName": "none"}}, "with template name none, does not exist."),
    ({"LaunchTemplate": {"LaunchTemplateName": "app", "Version": "9"}}, "specified version 9"),
    ({"LaunchTemplate": None}, "Valid requests must contain either LaunchTemplate"),
    ({"MinSize": 5}, "Max bound, 4, must be greater than or equal to min bound, 5"),
    ({"DesiredCapacity": 9}, "Desired capacity:9 must be between the specified min size:1 and max size:4"),
    ({"VPCZoneIdentifier": "subnet-0"}, "The subnet ID 'subnet-0' does not exist"),
    ({"VPCZoneIdentifier": ""}, "At least one Availability Zone or VPC Subnet is required."),
    ({"AvailabilityZones": ["eu-central-1a"]}, "do not match"),
    ({"AvailabilityZones": ["mars-1a"]}, "mars-1a"),
    ({"HealthCheckType": "MOON"}, "MOON"),
    ({"TerminationPolicies": ["Never"]}, "Never"),
    ({"MaxInstanceLifetime": 60}, "86400"),
    ({"AutoScalingGroupName": "a:b"}, "':'"),
    ({"Tags": [{"Key": "aws:x", "Value": "y"}]}, "reserved"),
    ({"MixedInstancesPolicy": {"InstancesDistribution": {"SpotMaxPrice": "1"}}}, "MixedInstancesPolicy"),
])
def test_groups_that_are_refused(create, autoscaling, asked, words):
    dropped = {name for name, value in asked.items() if value is None}
    with refusal(autoscaling, "ValidationError", words):
        if dropped:
            autoscaling.create_auto_scaling_group(AutoScalingGroupName=NAME, MinSize=0, MaxSize=1)
        else:
            create(**asked)
    assert autoscaling.describe_auto_scaling_groups()["AutoScalingGroups"] == []


@pytest.mark.parametrize(("data", "words"), [
    ({"ImageId": "ami-00000000000000000"}, "The image id '[ami-00000000000000000]' does not exist"),
    ({"IamInstanceProfile": {"Name": "none"}}, "Invalid IAM Instance Profile name"),
    ({"KeyName": "none"}, "The key pair 'none' does not exist"),
    ({"SecurityGroupIds": ["sg-0"]}, "The security group 'sg-0' does not exist"),
])
def test_the_template_is_tried_first(create, ec2, autoscaling, data, words):
    ec2.create_launch_template_version(LaunchTemplateName="app", SourceVersion="1", LaunchTemplateData=data)
    with refusal(autoscaling, "ValidationError", "You must use a valid fully-formed launch template."):
        create()
    with refusal(autoscaling, "ValidationError", words):
        create()


def test_changes_that_are_refused(create, group, autoscaling):
    create()
    with refusal(autoscaling, "AlreadyExists", f"A group with the name {NAME} already exists"):
        create()
    for _ in range(2):
        with refusal(autoscaling, "ValidationError", "New SetDesiredCapacity value 9 is above max value 4"):
            autoscaling.set_desired_capacity(AutoScalingGroupName=NAME, DesiredCapacity=9)
    with refusal(autoscaling, "ValidationError", "New SetDesiredCapacity value 0 is below min value 1"):
        autoscaling.set_desired_capacity(AutoScalingGroupName=NAME, DesiredCapacity=0)
    with refusal(autoscaling, "ScalingActivityInProgress"):
        autoscaling.set_desired_capacity(AutoScalingGroupName=NAME, DesiredCapacity=3, HonorCooldown=True)
    with refusal(autoscaling, "ValidationError", "Desired capacity:9"):
        autoscaling.update_auto_scaling_group(AutoScalingGroupName=NAME, DesiredCapacity=9)
    for call in (autoscaling.update_auto_scaling_group, autoscaling.delete_auto_scaling_group):
        with refusal(autoscaling, "ValidationError", "AutoScalingGroup 'none' not found"):
            call(AutoScalingGroupName="none")
    with refusal(autoscaling, "ValidationError", "AutoScalingGroup 'none' not found"):
        autoscaling.set_desired_capacity(AutoScalingGroupName="none", DesiredCapacity=1)
    for _ in range(2):
        with refusal(autoscaling, "ValidationError", "AutoScalingGroup 'none' not found"):
            autoscaling.describe_scaling_activities(AutoScalingGroupName="none")
    assert group()["DesiredCapacity"] == 2


def test_zones_instead_of_subnets(create, group, ec2, server):
    create(VPCZoneIdentifier="", AvailabilityZones=["eu-central-1c"])
    server.advance(WHILE)
    assert {it["SubnetId"] for it in instances(ec2)} == {subnets(ec2)[2]}
    assert (group()["VPCZoneIdentifier"], group()["AvailabilityZones"]) == ("", ["eu-central-1c"])


def test_listings(create, autoscaling, server):
    create(Tags=[{"Key": "stage", "Value": "x"}])
    create(AutoScalingGroupName="other", DesiredCapacity=1)
    server.advance(WHILE)

    def names(**asked):
        return [it["AutoScalingGroupName"] for it in autoscaling.describe_auto_scaling_groups(**asked)["AutoScalingGroups"]]

    for _ in range(2):
        assert names(Filters=[{"Name": "tag:stage", "Values": ["x"]}]) == [NAME]
    assert names(AutoScalingGroupNames=["none"]) == []
    pages = autoscaling.get_paginator("describe_auto_scaling_groups").paginate(PaginationConfig={"PageSize": 1})
    assert [len(page["AutoScalingGroups"]) for page in pages] == [1, 1]
    for _ in range(2):
        members = autoscaling.describe_auto_scaling_instances()["AutoScalingInstances"]
    assert sorted(it["AutoScalingGroupName"] for it in members) == [NAME, NAME, "other"]
    assert {it["HealthStatus"] for it in members} == {"HEALTHY"}
    [one] = autoscaling.describe_auto_scaling_instances(InstanceIds=[members[0]["InstanceId"]])["AutoScalingInstances"]
    assert one == members[0]
    assert len(autoscaling.describe_scaling_activities()["Activities"]) == 3
    [activity, *_] = autoscaling.describe_scaling_activities()["Activities"]
    assert autoscaling.describe_scaling_activities(ActivityIds=[activity["ActivityId"]])["Activities"] == [activity]
    early = [{"Name": "StartTimeUpperBound", "Values": ["2000-01-01T00:00:00Z"]}]
    assert autoscaling.describe_scaling_activities(Filters=early)["Activities"] == []
    for describe in (autoscaling.describe_auto_scaling_groups, autoscaling.describe_auto_scaling_instances,
                     autoscaling.describe_scaling_activities, autoscaling.describe_tags):
        with refusal(autoscaling, "ValidationError", "MaxRecords"):
            describe(MaxRecords=0)
        with refusal(autoscaling, "InvalidNextToken"):
            describe(NextToken="of my own")
    for describe in (autoscaling.describe_auto_scaling_groups, autoscaling.describe_tags,
                     autoscaling.describe_scaling_activities):
        with refusal(autoscaling, "ValidationError", "colour"):
            describe(Filters=[{"Name": "colour", "Values": ["red"]}])


def test_tags(create, autoscaling):
    create()
    tag = {"ResourceId": NAME, "ResourceType": "auto-scaling-group", "Key": "AmazonECSManaged", "Value": "",
           "PropagateAtLaunch": True}
    for _ in range(2):
        autoscaling.create_or_update_tags(Tags=[tag])
        assert autoscaling.describe_tags(Filters=[{"Name": "key", "Values": ["AmazonECSManaged"]}])["Tags"] == [tag]
    assert autoscaling.describe_tags(Filters=[{"Name": "propagate-at-launch", "Values": ["false"]}])["Tags"] == []
    for call in (autoscaling.create_or_update_tags, autoscaling.delete_tags):
        with refusal(autoscaling, "ValidationError", "AutoScalingGroup 'none' not found"):
            call(Tags=[tag | {"ResourceId": "none"}])
    with refusal(autoscaling, "ValidationError", "reserved"):
        autoscaling.create_or_update_tags(Tags=[tag | {"Key": "aws:x"}])
    for _ in range(2):
        autoscaling.delete_tags(Tags=[{"ResourceId": NAME, "ResourceType": "auto-scaling-group", "Key": tag["Key"]}])
    assert autoscaling.describe_tags()["Tags"] == []
    with refusal(autoscaling, "LimitExceeded", "50"):
        create(AutoScalingGroupName="many", Tags=[{"Key": f"k{n}", "Value": ""} for n in range(51)])
