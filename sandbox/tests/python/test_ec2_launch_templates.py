"""EC2: launch templates and their versions."""

import pytest

from expect import refusal
from machines import USER_DATA, image, template


def test_a_template_and_its_versions(ec2, ssm, account):
    made = template(ec2, ssm, name="app")
    assert (made["DefaultVersionNumber"], made["LatestVersionNumber"]) == (1, 1)
    assert made["CreatedBy"].startswith(f"arn:aws:iam::{account}:")
    for token in ("one", "two", "two"):
        version = ec2.create_launch_template_version(
            LaunchTemplateName="app", SourceVersion="1", VersionDescription="bigger", ClientToken=token,
            LaunchTemplateData={"InstanceType": "t3.large"},
        )["LaunchTemplateVersion"]
    assert (version["VersionNumber"], version["DefaultVersion"]) == (3, False)
    assert version["LaunchTemplateData"] == {
        "ImageId": image(ssm), "InstanceType": "t3.large", "UserData": USER_DATA}
    for _ in range(2):
        changed = ec2.modify_launch_template(
            LaunchTemplateName="app", DefaultVersion="2", ClientToken="one")["LaunchTemplate"]
        assert (changed["DefaultVersionNumber"], changed["LatestVersionNumber"]) == (2, 3)
    for _ in range(2):
        versions = ec2.describe_launch_template_versions(LaunchTemplateName="app")["LaunchTemplateVersions"]
        assert [it["VersionNumber"] for it in versions] == [3, 2, 1]
    asked = ec2.describe_launch_template_versions(
        LaunchTemplateId=made["LaunchTemplateId"], Versions=["$Default", "$Latest", "1"])
    assert [it["VersionNumber"] for it in asked["LaunchTemplateVersions"]] == [2, 3, 1]
    within = ec2.describe_launch_template_versions(LaunchTemplateName="app", MinVersion="2", MaxVersion="2")
    assert [it["VersionNumber"] for it in within["LaunchTemplateVersions"]] == [2]
    by_filter = ec2.describe_launch_template_versions(
        LaunchTemplateName="app", Filters=[{"Name": "instance-type", "Values": ["t3.small"]}])
    assert [it["VersionNumber"] for it in by_filter["LaunchTemplateVersions"]] == [1]
    for gone, kept in (([1], [2, 9]), ([], [1, 2, 9])):
        answer = ec2.delete_launch_template_versions(LaunchTemplateName="app", Versions=["1", "2", "9"])
        assert [it["VersionNumber"] for it in answer["SuccessfullyDeletedLaunchTemplateVersions"]] == gone
        assert [it["VersionNumber"] for it in answer["UnsuccessfullyDeletedLaunchTemplateVersions"]] == kept
    newest = ec2.create_launch_template_version(LaunchTemplateName="app", LaunchTemplateData={"ImageId": "ami-1"})
    assert newest["LaunchTemplateVersion"]["VersionNumber"] == 4
    ec2.delete_launch_template(LaunchTemplateName="app")
    with refusal(ec2, "InvalidLaunchTemplateName.NotFoundException", "app"):
        ec2.delete_launch_template(LaunchTemplateName="app")
    assert ec2.describe_launch_templates()["LaunchTemplates"] == []


def test_everything_is_given_back(ec2):
    data = {
        "ImageId": "resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id",
        "InstanceType": "t3.small",
        "KeyName": "mine",
        "IamInstanceProfile": {"Name": "ecsInstanceRole"},
        "UserData": USER_DATA,
        "EbsOptimized": True,
        "DisableApiTermination": False,
        "InstanceInitiatedShutdownBehavior": "terminate",
        "Monitoring": {"Enabled": True},
        "MetadataOptions": {"HttpTokens": "required", "HttpPutResponseHopLimit": 2, "HttpEndpoint": "enabled"},
        "CreditSpecification": {"CpuCredits": "standard"},
        "PrivateDnsNameOptions": {"HostnameType": "ip-name", "EnableResourceNameDnsAAAARecord": False},
        "BlockDeviceMappings": [
            {"DeviceName": "/dev/xvda", "Ebs": {"VolumeSize": 30, "VolumeType": "gp3", "Encrypted": True}}],
        "NetworkInterfaces": [
            {"DeviceIndex": 0, "AssociatePublicIpAddress": True, "Groups": ["sg-1", "sg-2"]}],
        "TagSpecifications": [{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": "app"}]}],
    }
    ec2.create_launch_template(LaunchTemplateName="app", LaunchTemplateData=data)
    [version] = ec2.describe_launch_template_versions(LaunchTemplateName="app")["LaunchTemplateVersions"]
    assert version["LaunchTemplateData"] == data


def test_one_list_alone_is_still_the_template(ec2):
    ec2.create_launch_template(LaunchTemplateName="app", LaunchTemplateData={"SecurityGroupIds": ["sg-1"]})
    [version] = ec2.describe_launch_template_versions(Versions=["$Latest"])["LaunchTemplateVersions"]
    assert version["LaunchTemplateData"] == {"SecurityGroupIds": ["sg-1"]}


def test_templates_that_are_refused(ec2, ssm):
    template(ec2, ssm, name="app")
    data = {"InstanceType": "t3.small"}
    again = [
        ec2.create_launch_template(LaunchTemplateName="once", LaunchTemplateData=data, ClientToken="once")
        for _ in range(2)
    ]
    assert again[0]["LaunchTemplate"] == again[1]["LaunchTemplate"]
    for _ in range(2):
        with refusal(ec2, "InvalidLaunchTemplateName.AlreadyExistsException", "already in use"):
            ec2.create_launch_template(LaunchTemplateName="app", LaunchTemplateData=data)
    for name in ("a", "no spaces", "x" * 129):
        with refusal(ec2, "InvalidLaunchTemplateName.MalformedException"):
            ec2.create_launch_template(LaunchTemplateName=name, LaunchTemplateData=data)
    with refusal(ec2, "UnknownParameter", "KernelId"):
        ec2.create_launch_template(LaunchTemplateName="new", LaunchTemplateData={"KernelId": "aki-1"})
    with refusal(ec2, "DryRunOperation"):
        ec2.create_launch_template(LaunchTemplateName="new", LaunchTemplateData=data, DryRun=True)
    with refusal(ec2, "InvalidLaunchTemplateId.VersionNotFound", "9"):
        ec2.create_launch_template_version(LaunchTemplateName="app", SourceVersion="9", LaunchTemplateData=data)
    assert len(ec2.describe_launch_templates(LaunchTemplateNames=["app"])["LaunchTemplates"]) == 1


@pytest.mark.parametrize(("operation", "asked"), [
    ("create_launch_template_version", {"LaunchTemplateData": {"InstanceType": "t3.small"}}),
    ("describe_launch_template_versions", {}),
    ("modify_launch_template", {"DefaultVersion": "1"}),
    ("delete_launch_template", {}),
    ("delete_launch_template_versions", {"Versions": ["1"]}),
])
def test_a_template_that_there_is_not(ec2, operation, asked):
    call = getattr(ec2, operation)
    for _ in range(2):
        with refusal(ec2, "InvalidLaunchTemplateId.NotFound", "with template ID lt-0, does not exist"):
            call(LaunchTemplateId="lt-0", **asked)
    with refusal(ec2, "InvalidLaunchTemplateName.NotFoundException", "with template name none, does not exist"):
        call(LaunchTemplateName="none", **asked)
    with refusal(ec2, "InvalidLaunchTemplateId.Malformed", "expecting"):
        call(LaunchTemplateId="app", **asked)
    with refusal(ec2, "InvalidParameterCombination"):
        call(LaunchTemplateId="lt-0", LaunchTemplateName="none", **asked)
    with refusal(ec2, "MissingParameter"):
        call(**asked)


def test_tags(ec2, ssm):
    made = ec2.create_launch_template(
        LaunchTemplateName="app", LaunchTemplateData={"InstanceType": "t3.small"},
        TagSpecifications=[{"ResourceType": "launch-template", "Tags": [{"Key": "stage", "Value": "x"}]}],
    )["LaunchTemplate"]
    assert made["Tags"] == [{"Key": "stage", "Value": "x"}]
    found = ec2.describe_launch_templates(Filters=[{"Name": "tag:stage", "Values": ["x"]}])["LaunchTemplates"]
    assert [it["LaunchTemplateId"] for it in found] == [made["LaunchTemplateId"]]
